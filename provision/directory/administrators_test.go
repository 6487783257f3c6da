package directory

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/provision"
)

func TestAppoint(t *testing.T) {
	zoe := identity.Email{Address: "Zoe@example.com", Value: "zoe@example.com", Mailbox: "zoe@example.com"}
	folded := identity.Email{Address: "z.oe@gmail.com", Value: "z.oe@gmail.com", Mailbox: "zoe@gmail.com"}
	org := provision.Organization{ID: "org", Brands: []provision.Brand{{ID: "1", Slug: "spring"}, {ID: "2", Slug: "summer"}}}
	in := func(account, brand string) provision.MembershipRow {
		return provision.MembershipRow{Account: account, Brand: brand, Kind: "staff", Role: provision.AdministratorRole}
	}
	fresh := func(e identity.Email) []provision.AccountRow {
		return []provision.AccountRow{{ID: "id 1", NewAccount: dedupe.NewAccount{Email: e}, Status: dedupe.Created, Owner: "org"}}
	}
	for name, c := range map[string]struct {
		email identity.Email
		holds provision.Holding
		batch provision.Batch // but for its audit
		words []string
	}{
		"an address without an account gets one, in every brand": {
			email: zoe,
			batch: provision.Batch{
				Accounts:    fresh(zoe),
				Keys:        []provision.KeyRow{{Key: zoe.Key(), Account: "id 1"}},
				Memberships: []provision.MembershipRow{in("id 1", "1"), in("id 1", "2")},
			},
			words: []string{"account of administrator Zoe@example.com added",
				`Zoe@example.com is administrator of brand "spring"`,
				`Zoe@example.com is administrator of brand "summer"`},
		},
		"the mailbox of a new account is a hint where it folds": {
			email: folded,
			batch: provision.Batch{
				Accounts:    fresh(folded),
				Keys:        []provision.KeyRow{{Key: folded.Key(), Account: "id 1"}},
				Hints:       []provision.KeyRow{{Key: folded.MailboxKey(), Account: "id 1"}},
				Memberships: []provision.MembershipRow{in("id 1", "1"), in("id 1", "2")},
			},
			words: []string{"account of administrator z.oe@gmail.com added",
				`z.oe@gmail.com is administrator of brand "spring"`,
				`z.oe@gmail.com is administrator of brand "summer"`},
		},
		"a lower role is raised, and a brand of another organization is left alone": {
			email: zoe, holds: provision.Holding{Account: "zoe", Version: 4, Roles: map[string]string{"1": "member", "9": "member"}},
			batch: provision.Batch{
				Bumps:       []provision.Bump{{Account: "zoe", Version: 4}},
				Memberships: []provision.MembershipRow{in("zoe", "2")},
				Raises:      []provision.MembershipRow{in("zoe", "1")},
			},
			words: []string{`Zoe@example.com raised from member to administrator of brand "spring"`,
				`Zoe@example.com is administrator of brand "summer"`},
		},
		"who is administrator everywhere stays as they are": {
			email: zoe,
			holds: provision.Holding{Account: "zoe", Roles: map[string]string{"1": provision.AdministratorRole, "2": provision.AdministratorRole}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			a := appointment{organization: org, newID: counted("id")}
			a.appoint(c.email, c.holds)
			if written := len(a.batch.Audit) == 1; written != (len(c.words) > 0) {
				t.Errorf("%d entries of the audit", len(a.batch.Audit))
			}
			a.batch.Audit = nil
			if diff := cmp.Diff(c.batch, a.batch); diff != "" {
				t.Errorf("batch (-want +got)\n%s", diff)
			}
			if diff := cmp.Diff(c.words, a.words); diff != "" {
				t.Errorf("words (-want +got)\n%s", diff)
			}
		})
	}
}
