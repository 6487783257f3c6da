package accounts

import (
	"testing"

	"muster/dedupe"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/pick"
)

func blocked(p *pick.Person) { p.Account.Blocked = true }

func barred(p *pick.Person) {
	p.Account.Blocked = true
	p.Account.Barred = true
}

// linkedHere is somebody with a live link, as the account knows it too.
func linkedHere(p *pick.Person) {
	linked(p)
	p.Account.Link = dedupe.LinkState{Ever: true, ID: "l1", Here: true}
}

func linkedElsewhere(p *pick.Person) { p.Account.Link = dedupe.LinkState{Ever: true, ID: "l1"} }

func tied(p *pick.Person) { p.Ties = provision.Ties{Organizations: 2, Mails: 1, MailsOfAll: 3} }

func TestBlock(t *testing.T) {
	here, everywhere := Block{}, Block{Everywhere: true}
	try(t, map[string]trial{
		"somebody":                     {verb: Block{Why: "asked"}, is: person(), want: `updated blocked_now [{"op":"block","why":"asked"}]`},
		"somebody with a link":         {verb: here, is: person(linkedHere), want: `updated blocked_now ends [{"op":"block","ends_link":true}]`},
		"somebody with another's link": {verb: here, is: person(linkedElsewhere), want: `updated blocked_now [{"op":"block"}]`},
		"somebody elsewhere too": {verb: here, is: person(tied),
			want: `updated blocked_now [{"op":"block","ends_mail":1,"elsewhere":2}]`},
		"somebody everywhere": {verb: everywhere, is: person(tied, linkedElsewhere),
			want: `updated blocked_now [{"op":"block","everywhere":true,"ends_link":true,"ends_mail":3,"elsewhere":2}]`},
		"who is blocked":                     {verb: here, is: person(blocked), want: "unchanged already_blocked"},
		"who is blocked everywhere":          {verb: here, is: person(barred), want: "unchanged already_blocked"},
		"who is blocked here, everywhere":    {verb: everywhere, is: person(blocked), want: `updated blocked_now [{"op":"block","everywhere":true}]`},
		"who is blocked everywhere, again":   {verb: everywhere, is: person(barred), want: "unchanged already_blocked"},
		"who ranks as high":                  {verb: here, is: person(role("manager")), want: `updated blocked_now [{"op":"block"}]`},
		"who ranks above":                    {verb: here, is: person(role("administrator")), want: "rejected not_allowed"},
		"who ranks above and is blocked":     {verb: everywhere, is: person(role("administrator"), blocked), want: "rejected not_allowed"},
		"who manages a brand that is unseen": {verb: here, is: person(also("kitchen", "editor")), want: "rejected not_allowed"},
		"who is in a brand that is unseen":   {verb: here, is: person(also("kitchen", "member")), want: "rejected not_allowed"},
		"oneself":                            {verb: here, is: person(operator), want: "rejected yourself"},
		"oneself, everywhere":                {verb: everywhere, is: person(operator), want: "rejected yourself"},
	})
}

func TestActivate(t *testing.T) {
	here, everywhere := Activate{}, Activate{Everywhere: true}
	const lowered = `"lowered":[{"brand":"outdoor","from":"manager","to":"member","lowers":true}]`
	try(t, map[string]trial{
		"a member": {verb: Activate{Why: "back"}, is: person(blocked), want: `updated activated [{"op":"unblock","roles":true,"why":"back"}]`},
		"a role above the default is lowered": {verb: here, is: person(blocked, role("manager")),
			want: `updated activated [{"op":"unblock",` + lowered + `}]`},
		"so is one that can do more, whatever its rank": {
			verb: here,
			is:   person(blocked, role("helper")),
			by:   func(p *dedupe.Policy) { p.Ranks["helper"] = 5; p.Elevated = map[string]bool{"helper": true} },
			want: `updated activated [{"op":"unblock","lowered":[{"brand":"outdoor","from":"helper","to":"member","lowers":true}]}]`,
		},
		"the default of the kind is not": {verb: here, is: person(blocked, kind(record.Staff), role("editor")),
			want: `updated activated [{"op":"unblock","roles":true}]`},
		"nor any role that is to come back": {verb: Activate{Roles: true}, is: person(blocked, role("manager")),
			want: `updated activated [{"op":"unblock","roles":true}]`},
		"who is not blocked":                    {verb: here, is: person(), want: "unchanged not_blocked"},
		"who is blocked everywhere":             {verb: here, is: person(barred), want: "rejected blocked_everywhere"},
		"everywhere":                            {verb: everywhere, is: person(barred), want: `updated activated [{"op":"unblock","everywhere":true,"roles":true}]`},
		"everywhere, with a role above":         {verb: everywhere, is: person(barred, role("manager")), want: `updated activated [{"op":"unblock","everywhere":true,` + lowered + `}]`},
		"everywhere, who is blocked here alone": {verb: everywhere, is: person(blocked), want: "unchanged not_blocked"},
		"who ranks above":                       {verb: here, is: person(blocked, role("administrator")), want: "rejected not_allowed"},
		"who manages a brand that is unseen":    {verb: here, is: person(blocked, also("kitchen", "editor")), want: "rejected not_allowed"},
		"everywhere, who ranks above":           {verb: everywhere, is: person(barred, role("administrator")), want: "rejected not_allowed"},
	})
}
