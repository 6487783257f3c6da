package accounts

import (
	"strings"
	"testing"
	"time"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/record"

	"muster/provision/pick"
)

// owned is somebody whom the organization made, who has nothing but what is
// given.
func owned(p *pick.Person) {
	p.Account.Status = dedupe.Created
	p.Account.OwnedHere = true
	p.Account.Name = "Ana Lee"
	p.Account.Language = "en"
	p.Account.ExternalIDs = []string{"A-1"}
	p.Account.Attributes = map[string]map[string]string{"outdoor": {"Tier": "Gold", "City": "Faro"}}
	p.Owners = map[identity.Key]string{{Space: "external:here", Value: "A-1"}: "a", {Space: "email", Value: "ben@example.com"}: "b"}
}

// says is what rows of the person say.
func says(wishes ...Wish) func(*pick.Person) {
	return func(p *pick.Person) {
		for _, w := range wishes {
			p.Said = append(p.Said, w)
		}
	}
}

// wish is what --set flags come to.
func wish(t testing.TB, set ...string) Wish {
	t.Helper()
	var w Wish
	for _, one := range set {
		name, value, _ := strings.Cut(one, "=")
		if err := w.Set(name, value); err != nil {
			t.Fatal(err)
		}
	}
	return w
}

func edit(t testing.TB, set ...string) Edit { return Edit{Organization: "here", Wish: wish(t, set...)} }

func TestEdit(t *testing.T) {
	gold := wish(t, "Tier=Silver")
	try(t, map[string]trial{
		"what is there is replaced": {verb: edit(t, "language=de", "name=Ana"), is: person(owned),
			want: `updated edited [{"op":"clear","name":"Ana Lee","language":"en"},{"op":"fill","name":"Ana","language":"de"}]`},
		"what is not there is filled in":   {verb: edit(t, "time zone=UTC"), is: person(owned), want: `updated edited [{"op":"fill","time_zone":"UTC"}]`},
		"and taken away":                   {verb: edit(t, "language=<delete>"), is: person(owned), want: `updated edited [{"op":"clear","language":"en"}]`},
		"what is so already is left":       {verb: edit(t, "language=en", "external id=A-1", "tier=Gold"), is: person(owned), want: "unchanged as_it_was"},
		"an id takes the place of another": {verb: edit(t, "external_id=A-2"), is: person(owned), want: `updated edited [{"op":"drop_key","space":"external:here","value":"A-1"},{"op":"take_key","space":"external:here","value":"A-2"}]`},
		"an address that is somebody's":    {verb: edit(t, "email=ben@example.com"), is: person(owned), want: "rejected taken"},
		"an address of somebody erased": {verb: edit(t, "email=gone@example.com"), is: person(owned, func(p *pick.Person) {
			p.Erased = map[identity.Key]bool{{Space: "email", Value: "gone@example.com"}: true}
		}), want: "rejected erased"},
		"an address, and the key of it":     {verb: edit(t, "email=lee@example.com"), is: person(owned), want: `updated edited [{"op":"take_key","space":"email","value":"lee@example.com"},{"op":"readdress",` + readdressed + `}]`},
		"a link to the former address ends": {verb: edit(t, "email=lee@example.com"), is: person(owned, withLink), want: `updated readdressed ends [{"op":"take_key","space":"email","value":"lee@example.com"},{"op":"readdress",` + readdressed + `},{"op":"end_link","why":"email"}]`},
		"free columns, whatever their letters": {verb: edit(t, "TIER=Silver", "City=<delete>"), is: person(owned),
			want: `updated edited [{"op":"columns","brand":"outdoor","from":{"City":"Faro","Tier":"Gold"},"to":{"City":"","Tier":"Silver"}}]`},
		"free columns of somebody registered": {verb: edit(t, "Tier=Silver"), is: person(),
			want: `updated edited [{"op":"columns","brand":"outdoor","from":{"Tier":""},"to":{"Tier":"Silver"}}]`},
		"a name of somebody registered":        {verb: edit(t, "name=Ana"), is: person(), want: "rejected not_owned"},
		"nobody above the operator":            {verb: edit(t, "name=Ana"), is: person(owned, role("administrator")), want: "rejected not_allowed"},
		"nobody who is in an unseen brand":     {verb: edit(t, "name=Ana"), is: person(owned, also("kitchen", "member")), want: "rejected not_allowed"},
		"a row goes before the flags":          {verb: edit(t, "Tier=Gold"), is: person(says(gold)), want: `updated edited [{"op":"columns","brand":"outdoor","from":{"Tier":""},"to":{"Tier":"Silver"}}]`},
		"rows that disagree":                   {verb: edit(t), is: person(says(gold, wish(t, "Tier=Gold"))), want: "rejected rows_disagree"},
		"a value that cannot be used":          {verb: edit(t), is: person(says(wishOf(newCell("New email", "x")))), want: "rejected not_a_value"},
		"columns that are not new say nothing": {verb: edit(t), is: person(says(wishOf(newCell("Tier", "x")))), want: "unchanged as_it_was"},
	})
}

const readdressed = `"from":{"address":"ana@example.com","value":"ana@example.com","mailbox":"ana@example.com"},` +
	`"to":{"address":"lee@example.com","value":"lee@example.com","mailbox":"lee@example.com"}`

func newCell(column, value string) record.Record {
	return record.Record{Attributes: []record.Attribute{{Column: column, Value: value}}}
}

func withLink(p *pick.Person) {
	linked(p)
	p.Account.Status = dedupe.Created
	p.Account.Link = dedupe.LinkState{Ever: true, ID: "l1", Here: true}
}

func TestWishesThatCannotBe(t *testing.T) {
	for set, want := range map[string]string{
		"emial=x@example.com":   `"emial" is no field; did you mean "email"?`,
		"email=x":               `the new email "x" is none`,
		"email=<delete>":        "an account keeps its address",
		"name=<delete>":         "an account keeps its name",
		"language=Klingonish":   `"Klingonish" cannot be the language`,
		"time zone=Mars":        `"Mars" cannot be the time zone`,
		"picture=ftp://x":       `"ftp://x" cannot be the picture`,
		"contact email=nobody":  `the new contact email "nobody" is none`,
		"profile=no place here": `"no place here" is no profile`,
		"=x":                    "has no field before the =",
	} {
		name, value, _ := strings.Cut(set, "=")
		var w Wish
		if err := w.Set(name, value); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", set, err)
		}
	}
}

func byMail(p *dedupe.Policy)    { p.Invite = dedupe.InviteMail }
func byReport(p *dedupe.Policy)  { p.Invite = dedupe.InviteReport }
func signsOn(p *pick.Person)     { p.Account.SSO = true }
func blockedHere(p *pick.Person) { p.Account.Blocked = true }
func inTwo(p *pick.Person)       { p.Ties.Organizations = 1 }
func resetByUs(p *pick.Person) {
	p.Account.Link = dedupe.LinkState{ID: "l1", Here: true, ExpiresAt: now.Add(time.Hour)}
}
func resetByThem(p *pick.Person) {
	p.Account.Link = dedupe.LinkState{ID: "l1", ExpiresAt: now.Add(time.Hour)}
}
func resetExpired(p *pick.Person) {
	p.Account.Link = dedupe.LinkState{ID: "l1", Here: true, ExpiresAt: now}
}

func TestResetLink(t *testing.T) {
	var v ResetLink
	const mailed = `{"op":"issue_link","reset":true,"mail":true},{"op":"mail","template":"reset","about":true}`
	try(t, map[string]trial{
		"a link to hand over":                  {verb: v, is: person(), by: byReport, want: `updated reset_issued [{"op":"issue_link","reset":true}]`},
		"by mail":                              {verb: v, is: person(), by: byMail, want: "updated reset_issued [" + mailed + "]"},
		"in place of one that is live":         {verb: v, is: person(resetByUs), by: byReport, want: `updated reset_issued [{"op":"issue_link","again":true,"live":true,"reset":true}]`},
		"in place of one that has expired":     {verb: v, is: person(resetExpired), by: byReport, want: `updated reset_issued [{"op":"issue_link","again":true,"reset":true}]`},
		"not in place of another's":            {verb: v, is: person(resetByThem), by: byReport, want: "unchanged link_of_others"},
		"of somebody in two organizations":     {verb: v, is: person(inTwo), by: byReport, want: "rejected by_mail_alone"},
		"who gets theirs by mail":              {verb: v, is: person(inTwo), by: byMail, want: "updated reset_issued [" + mailed + "]"},
		"whoever signs on elsewhere":           {verb: v, is: person(signsOn), by: byReport, want: "rejected signs_on"},
		"whoever is blocked":                   {verb: v, is: person(blockedHere), by: byReport, want: "rejected blocked_here"},
		"whoever has no password":              {verb: v, is: person(owned), by: byReport, want: "rejected never_registered"},
		"whoever is above the operator":        {verb: v, is: person(role("administrator")), by: byReport, want: "rejected above_operator"},
		"whoever is in a brand that is unseen": {verb: v, is: person(also("kitchen", "member")), by: byReport, want: "rejected above_operator"},
		"whoever has no address":               {verb: v, is: person(noAddress), by: byReport, want: "rejected no_address"},
	})
}

func TestResetPicture(t *testing.T) {
	pictured := func(p *pick.Person) { p.Account.Picture = "https://pictures.example.com/a.png" }
	try(t, map[string]trial{
		"a picture is taken off":      {verb: ResetPicture{}, is: person(owned, pictured), want: `updated picture_reset [{"op":"clear","picture":"https://pictures.example.com/a.png"}]`},
		"there is none":               {verb: ResetPicture{}, is: person(owned), want: "unchanged no_picture"},
		"it is the person's by now":   {verb: ResetPicture{}, is: person(pictured), want: "rejected not_owned"},
		"nobody who ranks above them": {verb: ResetPicture{}, is: person(owned, pictured, role("administrator")), want: "rejected not_allowed"},
	})
}

var _ pick.Editor = Edit{}
