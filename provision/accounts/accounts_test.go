package accounts

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

// policy is that of a manager of the brand outdoor.
func policy() dedupe.Policy {
	return dedupe.Policy{
		Organization:  "here",
		Operator:      "o",
		OperatorRank:  50,
		OperatorMay:   []string{provision.MayAssignRoles, provision.MayCreateStaff},
		DefaultRoles:  map[record.Kind]string{record.Staff: "editor"},
		Ranks:         map[string]int{"member": 10, "editor": 30, "settings": 40, "manager": 50, "administrator": 100},
		Dashboards:    map[string]bool{"editor": true, "manager": true, "administrator": true},
		Elevated:      map[string]bool{"editor": true, "manager": true, "administrator": true, "settings": true},
		Exceeding:     map[string]bool{"administrator": true, "settings": true},
		VisibleBrands: []string{"outdoor"},
		Now:           now,
	}
}

// person is a client of outdoor who has registered, but for what is changed.
func person(change ...func(*pick.Person)) pick.Person {
	email, _, err := identity.ParseEmail("ana@example.com")
	if err != nil {
		panic(err)
	}
	p := pick.Person{Account: dedupe.Account{
		ID:          "a",
		Version:     3,
		Status:      dedupe.Registered,
		Email:       email,
		Memberships: []dedupe.Membership{{Brand: "outdoor", Kind: record.Client, Role: "member"}},
		Campaigns:   []string{"outdoor/spring"},
		Products:    []string{"reports"},
	}}
	for _, c := range change {
		c(&p)
	}
	return p
}

// role gives the person another role, and kind another kind.
func role(name string) func(*pick.Person) {
	return func(p *pick.Person) { p.Account.Memberships[0].Role = name }
}

func kind(k record.Kind) func(*pick.Person) {
	return func(p *pick.Person) { p.Account.Memberships[0].Kind = k }
}

func also(brand, role string) func(*pick.Person) {
	return func(p *pick.Person) {
		p.Account.Memberships = append(p.Account.Memberships, dedupe.Membership{Brand: brand, Kind: record.Client, Role: role})
	}
}

func operator(p *pick.Person)    { p.Account.ID = "o" }
func noAddress(p *pick.Person)   { p.Account.Email = identity.Email{} }
func registering(p *pick.Person) { p.Account.Status = dedupe.Registering }

// linked is somebody who has not registered and has a live link.
func linked(p *pick.Person) {
	p.Account.Status = dedupe.Invited
	p.Invitation = provision.Invite{LinkRow: provision.LinkRow{
		ID:            "l1",
		Organization:  "here",
		Purpose:       provision.Invitation,
		State:         provision.LiveState,
		Email:         p.Account.Email.Value,
		GeneratedAt:   now.Add(-time.Hour),
		ExpiresAt:     now.Add(time.Hour),
		AccountEmail:  p.Account.Email,
		AccountStatus: dedupe.Invited,
		Active:        true,
	}}
}

// A trial is a verb, whom it is about, who does it, and what comes out.
type trial struct {
	verb pick.Verb
	is   pick.Person
	by   func(*dedupe.Policy)
	want string
}

func try(t *testing.T, trials map[string]trial) {
	t.Helper()
	for name, c := range trials {
		t.Run(name, func(t *testing.T) {
			p := policy()
			if c.by != nil {
				c.by(&p)
			}
			if got := say(c.verb.Judge(c.is, p)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// say writes a judgement down in a line.
func say(j pick.Judgement) string {
	s := fmt.Sprintf("%s %s", j.Outcome, j.Reason)
	if j.Ends {
		s += " ends"
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
