package provision

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/dedupe"
	"muster/importer/identity"
)

// Ann is an account of organization "org"; her address, her external id and
// her handle lead to her.
var (
	annEmail  = identity.Email{Address: "Ann@gmail.com", Value: "Ann@gmail.com", Mailbox: "ann@gmail.com"}
	annHandle = identity.Profile{Network: "instagram", Kind: "handle", Value: "ann"}
	annNumber = identity.Key{Space: dedupe.ExternalSpace("org"), Value: "7"}
	annKeys   = []Found{
		{Key: annEmail.Key(), Account: "ann"}, {Key: annNumber, Account: "ann"}, {Key: annHandle.Key(), Account: "ann"},
	}
)

// ann is what she holds, changed by f where it is not nil.
func ann(f func(*Holding)) []Holding {
	h := Holding{
		Account: "ann", Version: 3, Status: dedupe.Invited, Email: annEmail.Value, Name: "Ann", Link: "org",
		Profiles: map[Pin]bool{PinOf(annHandle): false}, Roles: map[string]string{"summer": "manager"},
	}
	if f != nil {
		f(&h)
	}
	return []Holding{h}
}

func TestCompareAccounts(t *testing.T) {
	shop := identity.Profile{Network: "website", Kind: "page", Value: "shop.example.com", Shared: true}
	bumped := []Bump{{Account: "ann", Version: 3}}
	for name, c := range map[string]struct {
		rows     []DirectoryAccount
		found    []Found
		holdings []Holding
		counts   LoadCounts
		batch    Batch // but for its audit
	}{
		"a new account gets its keys, and belongs to the organization until it registers": {
			rows:   []DirectoryAccount{{ID: "new", Email: annEmail, Name: "Ann", Organization: "org", ExternalID: "7"}},
			counts: LoadCounts{Added: 1},
			batch: Batch{
				Accounts: []AccountRow{{ID: "new", NewAccount: dedupe.NewAccount{Email: annEmail, Name: "Ann"},
					Status: dedupe.Created, Owner: "org"}},
				Keys:  []KeyRow{{annEmail.Key(), "new"}, {annNumber, "new"}},
				Hints: []KeyRow{{annEmail.MailboxKey(), "new"}},
			},
		},
		"who has registered belongs to nobody": {
			rows:   []DirectoryAccount{{ID: "new", Name: "Ann", Organization: "org", Status: dedupe.Registered}},
			counts: LoadCounts{Added: 1},
			batch: Batch{Accounts: []AccountRow{
				{ID: "new", NewAccount: dedupe.NewAccount{Name: "Ann"}, Status: dedupe.Registered}}},
		},
		"an account that has it all is unchanged": {
			rows: []DirectoryAccount{{ID: "new", Email: annEmail, Name: "Other", Organization: "org", ExternalID: "7",
				Declared: []identity.Profile{annHandle, {}}, Status: dedupe.Created, Brand: "summer", Role: "member"}},
			found: annKeys, holdings: ann(nil),
			counts: LoadCounts{Unchanged: 1},
		},
		"the email counts more than the external id": {
			rows:     []DirectoryAccount{{ID: "new", Email: annEmail, Organization: "org", ExternalID: "8", Name: "Ann"}},
			found:    append([]Found{{Key: identity.Key{Space: annNumber.Space, Value: "8"}, Account: "bob"}}, annKeys...),
			holdings: append(ann(nil), Holding{Account: "bob"}),
			counts:   LoadCounts{Unchanged: 1},
		},
		"an external id leads to the account, which gets the address it lacks": {
			rows:  []DirectoryAccount{{ID: "new", Email: annEmail, Organization: "org", ExternalID: "7"}},
			found: annKeys[1:2], holdings: ann(func(h *Holding) { h.Email = "" }),
			counts: LoadCounts{Updated: 1},
			batch: Batch{Bumps: bumped, Edits: []EditRow{{Account: "ann", Email: annEmail}},
				Keys: []KeyRow{{annEmail.Key(), "ann"}}, Hints: []KeyRow{{annEmail.MailboxKey(), "ann"}}},
		},
		"a profile that the account only declared leads to nobody, and its key stays there": {
			rows:  []DirectoryAccount{{ID: "new", Organization: "org", Connected: []identity.Profile{annHandle}}},
			found: annKeys[2:], holdings: ann(nil),
			counts: LoadCounts{Added: 1},
			batch: Batch{Accounts: []AccountRow{{ID: "new", Status: dedupe.Created, Owner: "org"}},
				Profiles: []ProfileRow{{Profile: annHandle, Account: "new", Connected: true}}},
		},
		"a profile that both connected leads to the account": {
			rows:  []DirectoryAccount{{ID: "new", Organization: "org", Connected: []identity.Profile{annHandle}}},
			found: annKeys[2:], holdings: ann(func(h *Holding) { h.Profiles[PinOf(annHandle)] = true }),
			counts: LoadCounts{Unchanged: 1},
		},
		"a row leads to the account that an earlier load made of it, whoever owns its key": {
			rows: []DirectoryAccount{
				{ID: "bob", Before: "bob", Organization: "org", Connected: []identity.Profile{annHandle}}},
			found:    annKeys[2:],
			holdings: append(ann(nil), Holding{Account: "bob", Profiles: map[Pin]bool{PinOf(annHandle): true}}),
			counts:   LoadCounts{Unchanged: 1},
		},
		"a declared profile becomes connected, never the other way": {
			rows: []DirectoryAccount{
				{ID: "new", Email: annEmail, Organization: "org", Connected: []identity.Profile{annHandle}},
				{ID: "new", Email: annEmail, Organization: "org", Declared: []identity.Profile{annHandle}},
			},
			found: annKeys, holdings: ann(nil),
			counts: LoadCounts{Updated: 1, Unchanged: 1},
			batch:  Batch{Bumps: bumped, Connects: []ProfileRow{{Profile: annHandle, Account: "ann", Connected: true}}},
		},
		"a page that people share is a hint": {
			rows:  []DirectoryAccount{{ID: "new", Email: annEmail, Organization: "org", Declared: []identity.Profile{shop}}},
			found: annKeys, holdings: ann(nil),
			counts: LoadCounts{Updated: 1},
			batch: Batch{Bumps: bumped, Hints: []KeyRow{{shop.Key(), "ann"}},
				Profiles: []ProfileRow{{Profile: shop, Account: "ann"}}},
		},
		"who registers loses the link, whoever gave it": {
			rows: []DirectoryAccount{
				{ID: "new", Email: annEmail, Organization: "org", Status: dedupe.Registered, Blocked: true}},
			found: annKeys, holdings: ann(func(h *Holding) { h.Link = "other" }),
			counts: LoadCounts{Updated: 1},
			batch: Batch{Bumps: []Bump{{Account: "ann", Version: 3, Epoch: true}},
				Edits: []EditRow{{Account: "ann", Status: dedupe.Registered}},
				Ends:  []EndRow{{Account: "ann", Why: "registered"}}, Blocks: []BlockRow{{"ann", "org"}}},
		},
		"a block ends the link of the organization": {
			rows:  []DirectoryAccount{{ID: "new", Email: annEmail, Organization: "org", Blocked: true}},
			found: annKeys, holdings: ann(nil),
			counts: LoadCounts{Updated: 1},
			batch:  Batch{Bumps: []Bump{{Account: "ann", Version: 3, Epoch: true}}, Blocks: []BlockRow{{"ann", "org"}}},
		},
		"a block leaves the link of another organization": {
			rows:  []DirectoryAccount{{ID: "new", Email: annEmail, Organization: "org", Blocked: true}},
			found: annKeys, holdings: ann(func(h *Holding) { h.Link = "other" }),
			counts: LoadCounts{Updated: 1},
			batch:  Batch{Bumps: bumped, Blocks: []BlockRow{{"ann", "org"}}},
		},
		"a block that is there, or was lifted since, stays as it is": {
			rows:  []DirectoryAccount{{ID: "new", Email: annEmail, Organization: "org", Blocked: true}},
			found: annKeys, holdings: ann(func(h *Holding) { h.Blocks = []string{"org"} }),
			counts: LoadCounts{Unchanged: 1},
		},
		"rows of one new person become one account, which is not written to twice": {
			rows: []DirectoryAccount{
				{ID: "new", Email: annEmail, Organization: "org"},
				{ID: "other", Email: annEmail, Organization: "org", Brand: "summer", Kind: "staff", Role: "manager"},
			},
			counts: LoadCounts{Added: 1, Updated: 1},
			batch: Batch{
				Accounts: []AccountRow{{ID: "new", NewAccount: dedupe.NewAccount{Email: annEmail},
					Status: dedupe.Created, Owner: "org"}},
				Keys:        []KeyRow{{annEmail.Key(), "new"}},
				Hints:       []KeyRow{{annEmail.MailboxKey(), "new"}},
				Memberships: []MembershipRow{{Account: "new", Brand: "summer", Kind: "staff", Role: "manager"}},
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
