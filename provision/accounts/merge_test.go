package accounts

import (
	"testing"
	"time"

	"muster/dedupe"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/pick"
)

// second is another client of outdoor, who has not registered and is the
// organization's own, but for what is changed.
func second(change ...func(*pick.Person)) pick.Person {
	return person(append([]func(*pick.Person){func(p *pick.Person) {
		p.Account.ID = "b"
		p.Account.Status = dedupe.Created
		p.Account.OwnedHere = true
	}}, change...)...)
}

func registeredToo(p *pick.Person) { p.Account.Status = dedupe.Registered }
func heldByOthers(p *pick.Person)  { p.Elsewhere = 1 }
func operatorsOwn(p *pick.Person)  { p.Account.ID = "o" }
func ownedByOthers(p *pick.Person) { p.Account.OwnedHere = false }
func ofThePlatform(p *dedupe.Policy) {
	p.OperatorMay = append(p.OperatorMay, provision.MayBlockEverywhere)
}
func carries(id string) func(*pick.Person) {
	return func(p *pick.Person) { p.Account.ExternalIDs = []string{id} }
}
func alsoIn(brand string) func(*pick.Person) {
	return func(p *pick.Person) {
		p.Account.Memberships = append(p.Account.Memberships, dedupe.Membership{Brand: brand, Kind: record.Client, Role: "member"})
	}
}

func TestMerge(t *testing.T) {
	const joins = `updated accounts_joined [{"op":"merge","account":"b","version":3}]`
	for name, c := range map[string]struct {
		stays, goes pick.Person
		force       bool
		by          func(*dedupe.Policy)
		want        string
	}{
		"two accounts of one person":                  {stays: person(), goes: second(), want: joins},
		"both have registered":                        {stays: person(), goes: second(registeredToo), want: "rejected both_registered"},
		"both have registered, and that is known":     {stays: person(), goes: second(registeredToo), force: true, want: joins},
		"the one that stays is in a brand not seen":   {stays: person(alsoIn("kitchen")), goes: second(), want: "rejected not_allowed"},
		"the one that goes is in a brand not seen":    {stays: person(), goes: second(alsoIn("kitchen")), want: "rejected not_allowed"},
		"the one that stays ranks above the operator": {stays: person(role("administrator")), goes: second(), want: "rejected not_allowed"},
		"the one that goes ranks above the operator":  {stays: person(), goes: second(role("administrator")), want: "rejected not_allowed"},
		"the operator takes somebody in":              {stays: person(operatorsOwn), goes: second(), want: "rejected yourself"},
		"somebody takes the operator in":              {stays: person(), goes: second(operatorsOwn), want: "rejected yourself"},
		"the one that goes is another organization's": {stays: person(), goes: second(ownedByOthers), want: "rejected not_owned"},
		"others let the one that goes in":             {stays: person(), goes: second(heldByOthers), want: "rejected held_elsewhere"},
		"not even where that is known":                {stays: person(), goes: second(heldByOthers, registeredToo), force: true, want: "rejected held_elsewhere"},
		"others let the one that stays in":            {stays: person(heldByOthers), goes: second(), want: "rejected held_elsewhere"},
		"whoever runs the platform joins them":        {stays: person(heldByOthers), goes: second(heldByOthers), by: ofThePlatform, want: joins},
		"they are different things to a brand":        {stays: person(), goes: second(kind(record.Staff)), want: "rejected kind_differs"},
	} {
		t.Run(name, func(t *testing.T) {
			p := policy()
			if c.by != nil {
				c.by(&p)
			}
			if got := say(Merge{Gone: c.goes, Force: c.force}.Judge(c.stays, p)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestConfirm(t *testing.T) {
	const takes = `updated confirmed [{"op":"take_key","space":"external:here","value":"7"}]`
	for name, c := range map[string]struct {
		person pick.Person
		other  pick.Person
		sso    bool
		by     func(*dedupe.Policy)
		want   string
	}{
		"a first id":                                  {person: second(), want: takes},
		"the same id again":                           {person: second(carries("7")), want: "unchanged has_id"},
		"another id":                                  {person: second(carries("8")), want: "rejected other_id"},
		"somebody else carries it":                    {person: person(), other: second(carries("7")), want: `updated confirmed_joined [{"op":"merge","account":"b","version":3}]`},
		"somebody else, and another id":               {person: person(carries("8")), other: second(carries("7")), want: "rejected other_id"},
		"somebody above carries it":                   {person: person(), other: second(carries("7"), role("administrator")), want: "rejected not_allowed"},
		"another organization's account":              {person: second(ownedByOthers), want: "rejected not_owned"},
		"others hold the account, too":                {person: person(heldByOthers), want: "rejected held_elsewhere"},
		"others hold the one that has the id already": {person: person(heldByOthers, carries("7")), want: "unchanged has_id"},
		"others hold the account that is joined":      {person: person(heldByOthers), other: second(carries("7")), want: "rejected held_elsewhere"},
		"whoever runs the platform gives an id":       {person: second(heldByOthers), by: ofThePlatform, want: takes},
		"somebody of a brand not seen":                {person: second(alsoIn("kitchen")), want: "rejected not_allowed"},
		"whoever had begun has registered under single sign-on": {
			person: second(func(p *pick.Person) { p.Account.Status = dedupe.Registering }),
			sso:    true,
			want:   `updated confirmed [{"op":"take_key","space":"external:here","value":"7"},{"op":"status","from":"registering","to":"registered"}]`,
		},
		"elsewhere they choose a password first": {
			person: second(func(p *pick.Person) { p.Account.Status = dedupe.Registering }),
			want:   takes,
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := policy()
			p.SSO = c.sso
			if c.by != nil {
				c.by(&p)
			}
			if got := say(Confirm{ID: "7", Other: c.other}.Judge(c.person, p)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestSurvivor(t *testing.T) {
	early := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		a, b Half
		want string
	}{
		"whoever has registered stays": {Half{second(), early}, Half{person(), early.AddDate(0, 1, 0)}, "a"},
		"else the older":               {Half{second(), early.AddDate(0, 1, 0)}, Half{second(func(p *pick.Person) { p.Account.ID = "c" }), early}, "c"},
		"of both registered the older": {Half{person(), early}, Half{second(registeredToo), early.AddDate(0, 1, 0)}, "a"},
		"of the same age the first":    {Half{second(), early}, Half{second(func(p *pick.Person) { p.Account.ID = "a" }), early}, "a"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, pair := range [][2]Half{{c.a, c.b}, {c.b, c.a}} {
				if stays, _ := Survivor(pair[0], pair[1]); stays.Account.ID != c.want {
					t.Errorf("%s stays", stays.Account.ID)
				}
			}
		})
	}
}

func TestForget(t *testing.T) {
	marked := func(p *pick.Person) { p.Marks = []string{"k-m"} }
	for name, c := range map[string]struct {
		verb   Forget
		person pick.Person
		want   string
	}{
		"whoever nobody else holds is gone": {person: person(marked), want: `updated forgotten [{"op":"erase","whole":true,"marks":["k-m"]}]`},
		"what others hold stays theirs":     {person: person(marked, heldByOthers), want: `updated forgotten_here [{"op":"erase","marks":["k-m"]}]`},
		"so does the account of whoever registered and left": {
			person: person(marked, func(p *pick.Person) { p.Account.Memberships, p.Account.OwnedHere = nil, false }),
			want:   `updated forgotten_here [{"op":"erase","marks":["k-m"]}]`,
		},
		"but for everywhere": {
			verb:   Forget{All: true},
			person: person(marked, heldByOthers),
			want:   `updated forgotten [{"op":"erase","whole":true,"everywhere":true,"marks":["k-m"]}]`,
		},
		"nobody erases themselves":           {person: person(operatorsOwn), want: "rejected yourself"},
		"nor whoever ranks above":            {person: person(role("administrator")), want: "rejected not_allowed"},
		"nor whoever is in a brand not seen": {person: person(alsoIn("kitchen")), want: "rejected not_allowed"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := say(c.verb.Judge(c.person, policy())); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
	if got := say(Forget{}.Nobody()); got != "unchanged nothing_kept" {
		t.Errorf("of nobody: %s", got)
	}
}
