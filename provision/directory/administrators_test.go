package directory

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
)

func TestAppoint(t *testing.T) {
	zoe := identity.Email{Address: "Zoe@example.com", Value: "zoe@example.com", Mailbox: "zoe@example.com"}
	brands := []provision.Brand{{ID: "1", Slug: "spring"}, {ID: "2", Slug: "summer"}}
	joins := func(brand string) change.Change {
		joined := dedupe.Membership{Brand: brand, Kind: record.Staff, Role: provision.AdministratorRole}
		return change.Join{Membership: joined}
	}
	for name, c := range map[string]struct {
		holds   provision.Holding
		changes change.Changes
		words   []string
	}{
		"an address without an account gets one, in every brand": {
			changes: change.Changes{change.Create{NewAccount: dedupe.NewAccount{Email: zoe}},
				joins("spring"), joins("summer")},
			words: []string{"account of administrator Zoe@example.com added",
				`Zoe@example.com is administrator of brand "spring"`,
				`Zoe@example.com is administrator of brand "summer"`},
		},
		"a lower role is raised, and a brand of another organization is left alone": {
			holds: provision.Holding{Account: "zoe", Roles: map[string]string{"1": "member", "9": "member"}},
			changes: change.Changes{change.SetRole{Brand: "spring", From: "member", To: provision.AdministratorRole},
				joins("summer")},
			words: []string{`Zoe@example.com raised from member to administrator of brand "spring"`,
				`Zoe@example.com is administrator of brand "summer"`},
		},
		"who is administrator everywhere stays as they are": {
			holds: provision.Holding{Account: "zoe",
				Roles: map[string]string{"1": provision.AdministratorRole, "2": provision.AdministratorRole}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			changes := appoint(zoe, c.holds, brands)
			if diff := cmp.Diff(c.changes, changes); diff != "" {
				t.Errorf("changes (-want +got)\n%s", diff)
			}
			if diff := cmp.Diff(c.words, appointed(zoe, changes)); diff != "" {
				t.Errorf("words (-want +got)\n%s", diff)
			}
		})
	}
}
