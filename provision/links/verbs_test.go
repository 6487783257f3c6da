package links

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/pick"
)

var now = time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)

const here = "here"

// policy is that of a manager of the brand outdoor.
func policy() dedupe.Policy {
	return dedupe.Policy{
		Organization:  here,
		Invite:        dedupe.InviteReport,
		Ranks:         map[string]int{"member": 10, "manager": 50, "administrator": 100},
		Dashboards:    map[string]bool{"manager": true, "administrator": true},
		OperatorRank:  50,
		VisibleBrands: []string{"outdoor"},
		Now:           now,
	}
}

// person is a creator of outdoor who was made here and has a live link, but for
// what is changed.
func person(change func(*pick.Person)) pick.Person {
	email, _, err := identity.ParseEmail("ana@example.com")
	if err != nil {
		panic(err)
	}
	p := pick.Person{
		Account: dedupe.Account{
			ID:          "a",
			Version:     3,
			Status:      dedupe.Created,
			Email:       email,
			OwnedHere:   true,
			Memberships: []dedupe.Membership{{Brand: "outdoor", Kind: record.Creator, Role: "member"}},
			Link:        dedupe.LinkState{Ever: true, ID: "l1", Here: true, ExpiresAt: now.Add(time.Hour)},
		},
		Invitation: provision.Invite{LinkRow: provision.LinkRow{
			ID:            "l1",
			Account:       "a",
			Organization:  here,
			Purpose:       provision.Invitation,
			State:         provision.LiveState,
			Email:         email.Value,
			GeneratedAt:   now.Add(-time.Hour),
			ExpiresAt:     now.Add(time.Hour),
			AccountEmail:  email,
			AccountStatus: dedupe.Created,
			Active:        true,
		}},
	}
	if change != nil {
		change(&p)
	}
	return p
}

// What may be the case with a person.
func registered(p *pick.Person) {
	p.Account.Status = dedupe.Registered
	p.Account.OwnedHere = false
	p.Invitation.AccountStatus = dedupe.Registered
}

func expired(p *pick.Person) {
	p.Account.Link.ExpiresAt = now
	p.Invitation.ExpiresAt = now
}

func ended(p *pick.Person) {
	p.Account.Link = dedupe.LinkState{Ever: true}
	p.Invitation.State = provision.RevokedState
}

func uninvited(p *pick.Person) {
	p.Account.Link = dedupe.LinkState{}
	p.Invitation = provision.Invite{}
}

func blocked(p *pick.Person) {
	ended(p)
	p.Account.Blocked = true
	p.Invitation.AccountBlocked = true
}

func barred(p *pick.Person) {
	blocked(p)
	p.Account.Barred = true
}

func ofOthers(p *pick.Person) {
	p.Account.OwnedHere = false
	p.Account.Link.Here = false
	p.Invitation = provision.Invite{}
}

func liveElsewhere(p *pick.Person) {
	p.Account.Link.Here = false
	p.Invitation = provision.Invite{}
}

func signsOn(p *pick.Person)   { p.Account.SSO = true }
func noAddress(p *pick.Person) { p.Account.Email = identity.Email{} }
func inNoBrand(p *pick.Person) { p.Account.Memberships = nil }
func ranksAbove(p *pick.Person) {
	p.Account.Memberships[0].Role = "administrator"
}

func managesUnseen(p *pick.Person) {
	p.Account.Memberships = append(p.Account.Memberships, dedupe.Membership{Brand: "kitchen", Role: "manager"})
}

func TestVerbs(t *testing.T) {
	const (
		issues   = `[{"op":"issue_link"}]`
		replaces = `[{"op":"issue_link","again":true,"live":true}]`
		renews   = `[{"op":"issue_link","again":true}]`
	)
	for name, c := range map[string]struct {
		verb pick.Verb
		is   func(*pick.Person)
		by   func(*dedupe.Policy)
		want string
	}{
		"a first link for whoever never had one": {verb: Issue{}, is: uninvited, want: "updated invited " + issues},
		"no first link beside a live one":        {verb: Issue{}, want: "unchanged link_lives"},
		"no first link after one that ended":     {verb: Issue{}, is: ended, want: "rejected had_link"},
		"no first link after one that expired":   {verb: Issue{}, is: expired, want: "rejected had_link"},
		"a first link by mail": {
			verb: Issue{},
			is:   uninvited,
			by:   func(p *dedupe.Policy) { p.Invite = dedupe.InviteMail },
			want: `updated invited [{"op":"issue_link","mail":true},{"op":"mail","template":"invite","about":true}]`,
		},

		"a live link is replaced, and that is said":     {verb: Reissue{}, want: "updated link_replaced ends " + replaces},
		"a live link is kept where that is asked for":   {verb: Reissue{KeepLive: true}, want: "unchanged link_lives"},
		"an expired link is renewed, and nobody has it": {verb: Reissue{}, is: expired, want: "updated reissued " + renews},
		"an expired link is renewed beside kept ones":   {verb: Reissue{KeepLive: true}, is: expired, want: "updated reissued " + renews},
		"a link that had ended is renewed":              {verb: Reissue{}, is: ended, want: "updated link_renewed " + renews},
		"whoever never had a link gets the first":       {verb: Reissue{}, is: uninvited, want: "updated invited " + issues},
		"a link that another organization gave is left": {verb: Reissue{}, is: liveElsewhere, want: "unchanged link_lives"},
		"nobody who has registered gets a link":         {verb: Reissue{}, is: registered, want: "rejected registered"},
		"nobody who is blocked gets a link":             {verb: Reissue{}, is: blocked, want: "rejected blocked_here"},
		"nobody who is blocked everywhere gets a link":  {verb: Reissue{}, is: barred, want: "rejected blocked_everywhere"},
		"nobody whom others made gets a link":           {verb: Reissue{}, is: ofOthers, want: "rejected not_owned"},
		"nobody without an address gets a link":         {verb: Reissue{}, is: noAddress, want: "rejected no_address"},
		"nobody who is in no brand gets a link":         {verb: Issue{}, is: inNoBrand, want: "rejected in_no_brand"},
		"nobody above the operator gets a link":         {verb: Reissue{}, is: ranksAbove, want: "rejected above_operator"},
		"nobody who manages what the operator does not": {verb: Reissue{}, is: managesUnseen, want: "rejected above_operator"},
		"nobody who signs on elsewhere gets a link":     {verb: Reissue{}, is: signsOn, want: "rejected signs_on"},
		"nobody of an organization with single sign-on": {verb: Issue{}, is: uninvited, by: func(p *dedupe.Policy) { p.SSO = true }, want: "rejected signs_on"},

		"a live link is ended":                       {verb: Revoke{}, want: `updated link_revoked ends [{"op":"end_link","why":"by hand"}]`},
		"an expired link need not be ended":          {verb: Revoke{}, is: expired, want: "unchanged no_live_link"},
		"no link need not be ended":                  {verb: Revoke{}, is: uninvited, want: "unchanged no_live_link"},
		"the link of whoever is above stays":         {verb: Revoke{}, is: ranksAbove, want: "rejected above_operator"},
		"a link that others gave is not ours to end": {verb: Revoke{}, is: liveElsewhere, want: "unchanged no_live_link"},

		"a live link is shown, and that is kept": {verb: Show{}, want: `unchanged link_shown shows l1 [{"op":"reveal","link":"l1"}]`},
		"an expired link is not shown":           {verb: Show{}, is: expired, want: "rejected no_live_link"},
		"the link of whoever is above is not":    {verb: Show{}, is: ranksAbove, want: "rejected above_operator"},
		"the link of whoever manages the unseen": {verb: Show{}, is: managesUnseen, want: "rejected above_operator"},
		"the link of an account others own is not": {
			verb: Show{},
			is:   func(p *pick.Person) { p.Account.OwnedHere = false },
			want: "rejected not_owned",
		},

		"a link is handed over, and its person invited": {
			verb: handed("l1"),
			want: `updated handed_over [{"op":"hand_over","link":"l1"},{"op":"status","from":"created","to":"invited"}]`,
		},
		"a person who is invited stays invited": {
			verb: handed("l1"),
			is:   func(p *pick.Person) { p.Account.Status = dedupe.Invited },
			want: `updated handed_over [{"op":"hand_over","link":"l1"}]`,
		},
		"a person who has begun stays begun": {
			verb: handed("l1"),
			is:   func(p *pick.Person) { p.Account.Status = dedupe.Registering },
			want: `updated handed_over [{"op":"hand_over","link":"l1"}]`,
		},
		"a link that has expired since was handed over": {
			verb: handed("l1"),
			is:   expired,
			want: `updated handed_over [{"op":"hand_over","link":"l1"},{"op":"status","from":"created","to":"invited"}]`,
		},
		"a link is not handed over twice": {
			verb: handed("l1"),
			is:   func(p *pick.Person) { p.Invitation.HandedOverAt = now },
			want: "unchanged handed_over_before",
		},
		"a link that another took the place of is not handed over": {verb: handed("l0"), want: "rejected link_superseded"},
		"a link that was ended is not handed over":                 {verb: handed("l1"), is: ended, want: "rejected link_ended"},
		"whoever has registered needs no mark":                     {verb: handed("l1"), is: registered, want: "unchanged registered"},
		"nobody of a brand that the operator does not see is marked": {
			verb: handed("l1"),
			is:   func(p *pick.Person) { p.Account.Memberships[0].Brand = "kitchen" },
			want: "rejected nobody_matches",
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := policy()
			if c.by != nil {
				c.by(&p)
			}
			if got := say(c.verb.Judge(person(c.is), p)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// handed marks a link of the account a.
func handed(link string) *Handed { return &Handed{links: map[string]string{"a": link}} }

// say writes a judgement down in a line.
func say(j pick.Judgement) string {
	s := fmt.Sprintf("%s %s", j.Outcome, j.Reason)
	if j.Ends {
		s += " ends"
	}
	if j.Show != "" {
		s += " shows " + j.Show
	}
	if len(j.Changes) > 0 {
		text, err := json.Marshal(j.Changes)
		s += fmt.Sprintf(" %s", text)
		if err != nil {
			s += err.Error()
		}
		if j.Action == "" {
			s += " without an action"
		}
	}
	return s
}
