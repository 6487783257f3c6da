package directory

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/provision"
)

// Ann is an account of organization "org"; her address, her external id and
// her handle lead to her.
var (
	annEmail  = identity.Email{Address: "Ann@gmail.com", Value: "Ann@gmail.com", Mailbox: "ann@gmail.com"}
	annHandle = identity.Profile{Network: "instagram", Kind: "handle", Value: "ann"}
	annNumber = identity.Key{Space: dedupe.ExternalSpace("org"), Value: "7"}
	annKeys   = []provision.Found{
		{Key: annEmail.Key(), Account: "ann"}, {Key: annNumber, Account: "ann"}, {Key: annHandle.Key(), Account: "ann"},
	}
)

// ann is what she holds, changed by f where it is not nil.
func ann(f func(*provision.Holding)) []provision.Holding {
	h := provision.Holding{
		Account: "ann", Version: 3, Status: dedupe.Invited, Email: annEmail.Value, Name: "Ann", Link: "org",
		Profiles: map[provision.Pin]bool{provision.PinOf(annHandle): false}, Roles: map[string]string{"summer": "manager"},
	}
	if f != nil {
		f(&h)
	}
	return []provision.Holding{h}
}

func TestCompareAccounts(t *testing.T) {
	shop := identity.Profile{Network: "website", Kind: "page", Value: "shop.example.com", Shared: true}
	bumped := []provision.Bump{{Account: "ann", Version: 3}}
	for name, c := range map[string]struct {
		rows     []Account
		found    []provision.Found
		holdings []provision.Holding
		counts   provision.LoadCounts
		batch    provision.Batch // but for its audit
	}{
		"a new account gets its keys, and belongs to the organization until it registers": {
			rows:   []Account{{ID: "new", Email: annEmail, Name: "Ann", Organization: "org", ExternalID: "7"}},
			counts: provision.LoadCounts{Added: 1},
			batch: provision.Batch{
				Accounts: []provision.AccountRow{{ID: "new", NewAccount: dedupe.NewAccount{Email: annEmail, Name: "Ann"},
					Status: dedupe.Created, Owner: "org"}},
				Keys:  []provision.KeyRow{{Key: annEmail.Key(), Account: "new"}, {Key: annNumber, Account: "new"}},
				Hints: []provision.KeyRow{{Key: annEmail.MailboxKey(), Account: "new"}},
			},
		},
		"who has registered belongs to nobody": {
			rows:   []Account{{ID: "new", Name: "Ann", Organization: "org", Status: dedupe.Registered}},
			counts: provision.LoadCounts{Added: 1},
			batch: provision.Batch{Accounts: []provision.AccountRow{
				{ID: "new", NewAccount: dedupe.NewAccount{Name: "Ann"}, Status: dedupe.Registered}}},
		},
		"an account that has it all is unchanged": {
			rows: []Account{{ID: "new", Email: annEmail, Name: "Other", Organization: "org", ExternalID: "7",
				Declared: []identity.Profile{annHandle, {}}, Status: dedupe.Created, Brand: "summer", Role: "member"}},
			found: annKeys, holdings: ann(nil),
			counts: provision.LoadCounts{Unchanged: 1},
		},
		"the email counts more than the external id": {
			rows:     []Account{{ID: "new", Email: annEmail, Organization: "org", ExternalID: "8", Name: "Ann"}},
			found:    append([]provision.Found{{Key: identity.Key{Space: annNumber.Space, Value: "8"}, Account: "bob"}}, annKeys...),
			holdings: append(ann(nil), provision.Holding{Account: "bob"}),
			counts:   provision.LoadCounts{Unchanged: 1},
		},
		"an external id leads to the account, which gets the address it lacks": {
			rows:  []Account{{ID: "new", Email: annEmail, Organization: "org", ExternalID: "7"}},
			found: annKeys[1:2], holdings: ann(func(h *provision.Holding) { h.Email = "" }),
			counts: provision.LoadCounts{Updated: 1},
			batch: provision.Batch{Bumps: bumped, Edits: []provision.EditRow{{Account: "ann", Email: annEmail}},
				Keys: []provision.KeyRow{{Key: annEmail.Key(), Account: "ann"}}, Hints: []provision.KeyRow{{Key: annEmail.MailboxKey(), Account: "ann"}}},
		},
		"a profile that the account only declared leads to nobody, and its key stays there": {
			rows:  []Account{{ID: "new", Organization: "org", Connected: []identity.Profile{annHandle}}},
			found: annKeys[2:], holdings: ann(nil),
			counts: provision.LoadCounts{Added: 1},
			batch: provision.Batch{Accounts: []provision.AccountRow{{ID: "new", Status: dedupe.Created, Owner: "org"}},
				Profiles: []provision.ProfileRow{{Profile: annHandle, Account: "new", Connected: true}}},
		},
		"a profile that both connected leads to the account": {
			rows:  []Account{{ID: "new", Organization: "org", Connected: []identity.Profile{annHandle}}},
			found: annKeys[2:], holdings: ann(func(h *provision.Holding) { h.Profiles[provision.PinOf(annHandle)] = true }),
			counts: provision.LoadCounts{Unchanged: 1},
		},
		"a row leads to the account that an earlier load made of it, whoever owns its key": {
			rows: []Account{
				{ID: "bob", Before: "bob", Organization: "org", Connected: []identity.Profile{annHandle}}},
			found:    annKeys[2:],
			holdings: append(ann(nil), provision.Holding{Account: "bob", Profiles: map[provision.Pin]bool{provision.PinOf(annHandle): true}}),
			counts:   provision.LoadCounts{Unchanged: 1},
		},
		"a declared profile becomes connected, never the other way": {
			rows: []Account{
				{ID: "new", Email: annEmail, Organization: "org", Connected: []identity.Profile{annHandle}},
				{ID: "new", Email: annEmail, Organization: "org", Declared: []identity.Profile{annHandle}},
			},
			found: annKeys, holdings: ann(nil),
			counts: provision.LoadCounts{Updated: 1, Unchanged: 1},
			batch:  provision.Batch{Bumps: bumped, Connects: []provision.ProfileRow{{Profile: annHandle, Account: "ann", Connected: true}}},
		},
		"a page that people share is a hint": {
			rows:  []Account{{ID: "new", Email: annEmail, Organization: "org", Declared: []identity.Profile{shop}}},
			found: annKeys, holdings: ann(nil),
			counts: provision.LoadCounts{Updated: 1},
			batch: provision.Batch{Bumps: bumped, Hints: []provision.KeyRow{{Key: shop.Key(), Account: "ann"}},
				Profiles: []provision.ProfileRow{{Profile: shop, Account: "ann"}}},
		},
		"who registers loses the link, whoever gave it": {
			rows: []Account{
				{ID: "new", Email: annEmail, Organization: "org", Status: dedupe.Registered, Blocked: true}},
			found: annKeys, holdings: ann(func(h *provision.Holding) { h.Link = "other" }),
			counts: provision.LoadCounts{Updated: 1},
			batch: provision.Batch{Bumps: []provision.Bump{{Account: "ann", Version: 3, Epoch: true}},
				Edits: []provision.EditRow{{Account: "ann", Status: dedupe.Registered}},
				Ends:  []provision.EndRow{{Account: "ann", Why: "registered"}}, Blocks: []provision.BlockRow{{Account: "ann", Organization: "org"}}},
		},
		"a block ends the link of the organization": {
			rows:  []Account{{ID: "new", Email: annEmail, Organization: "org", Blocked: true}},
			found: annKeys, holdings: ann(nil),
			counts: provision.LoadCounts{Updated: 1},
			batch:  provision.Batch{Bumps: []provision.Bump{{Account: "ann", Version: 3, Epoch: true}}, Blocks: []provision.BlockRow{{Account: "ann", Organization: "org"}}},
		},
		"a block leaves the link of another organization": {
			rows:  []Account{{ID: "new", Email: annEmail, Organization: "org", Blocked: true}},
			found: annKeys, holdings: ann(func(h *provision.Holding) { h.Link = "other" }),
			counts: provision.LoadCounts{Updated: 1},
			batch:  provision.Batch{Bumps: bumped, Blocks: []provision.BlockRow{{Account: "ann", Organization: "org"}}},
		},
		"a block that is there, or was lifted since, stays as it is": {
			rows:  []Account{{ID: "new", Email: annEmail, Organization: "org", Blocked: true}},
			found: annKeys, holdings: ann(func(h *provision.Holding) { h.Blocks = []string{"org"} }),
			counts: provision.LoadCounts{Unchanged: 1},
		},
		"rows of one new person become one account, which is not written to twice": {
			rows: []Account{
				{ID: "new", Email: annEmail, Organization: "org"},
				{ID: "other", Email: annEmail, Organization: "org", Brand: "summer", Kind: "staff", Role: "manager"},
			},
			counts: provision.LoadCounts{Added: 1, Updated: 1},
			batch: provision.Batch{
				Accounts: []provision.AccountRow{{ID: "new", NewAccount: dedupe.NewAccount{Email: annEmail},
					Status: dedupe.Created, Owner: "org"}},
				Keys:        []provision.KeyRow{{Key: annEmail.Key(), Account: "new"}},
				Hints:       []provision.KeyRow{{Key: annEmail.MailboxKey(), Account: "new"}},
				Memberships: []provision.MembershipRow{{Account: "new", Brand: "summer", Kind: "staff", Role: "manager"}},
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, counts := compareAccounts(c.rows, c.found, c.holdings, c.batch.By, counted("audit"))
			if counts != c.counts {
				t.Errorf("%+v, want %+v", counts, c.counts)
			}
			if want := counts.Added + counts.Updated; len(got.Audit) != want {
				t.Errorf("%d entries of the audit for %d changed rows", len(got.Audit), want)
			}
			got.Audit = nil
			if diff := cmp.Diff(c.batch, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
