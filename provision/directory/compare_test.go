package directory

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
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

// onAnn is what changes on her account, in organization "org".
func onAnn(changes ...change.Change) []*placedStep {
	return []*placedStep{{organization: "org", Step: change.On("ann", 3, LoadedAgainAction, changes...)}}
}

// added is what makes an account, in organization "org".
func added(id string, changes ...change.Change) []*placedStep {
	return []*placedStep{{organization: "org", Step: change.On(id, 0, LoadedAction, changes...)}}
}

func creates(e identity.Email, name string, status dedupe.Status) change.Create {
	return change.Create{NewAccount: dedupe.NewAccount{Email: e, Name: name}, Status: status}
}

func TestCompareAccounts(t *testing.T) {
	shop := identity.Profile{Network: "website", Kind: "page", Value: "shop.example.com", Shared: true}
	bobNumber := identity.Key{Space: annNumber.Space, Value: "8"}
	joined := dedupe.Membership{Brand: "summer sun", Kind: record.Staff, Role: "manager"}
	for name, c := range map[string]struct {
		rows     []Account
		found    []provision.Found
		holdings []provision.Holding
		counts   provision.LoadCounts
		steps    []*placedStep
		later    []*placedStep
		may      *rights
	}{
		"a new account takes its external id": {
			rows:   []Account{{ID: "new", Email: annEmail, Name: "Ann", Organization: "org", ExternalID: "7"}},
			counts: provision.LoadCounts{Added: 1},
			steps:  added("new", creates(annEmail, "Ann", dedupe.Created), change.TakeKey{Key: annNumber}),
		},
		"a new account may have registered, and be blocked": {
			rows:   []Account{{ID: "new", Name: "Ann", Organization: "org", Status: dedupe.Registered, Blocked: true}},
			counts: provision.LoadCounts{Added: 1},
			steps:  added("new", creates(identity.Email{}, "Ann", dedupe.Registered), change.Block{}),
		},
		"an account that has it all is unchanged": {
			rows: []Account{{ID: "new", Email: annEmail, Name: "Other", Organization: "org", ExternalID: "7",
				Declared: []identity.Profile{annHandle, {}}, Status: dedupe.Created, Brand: "summer", Role: "member"}},
			found: annKeys, holdings: ann(nil),
			counts: provision.LoadCounts{Unchanged: 1},
		},
		"the email counts more than the external id, which stays where it is": {
			rows:     []Account{{ID: "new", Email: annEmail, Organization: "org", ExternalID: "8", Name: "Ann"}},
			found:    append([]provision.Found{{Key: bobNumber, Account: "bob"}}, annKeys...),
			holdings: append(ann(nil), provision.Holding{Account: "bob"}),
			counts:   provision.LoadCounts{Unchanged: 1},
		},
		"an external id leads to the account, which gets the address it lacks": {
			rows:  []Account{{ID: "new", Email: annEmail, Organization: "org", ExternalID: "7"}},
			found: annKeys[1:2], holdings: ann(func(h *provision.Holding) { h.Email = "" }),
			counts: provision.LoadCounts{Updated: 1},
			steps:  onAnn(change.TakeKey{Key: annEmail.Key()}, change.Readdress{To: annEmail}),
		},
		"another address than the account has leads there, too": {
			rows:  []Account{{ID: "new", Email: annEmail, Organization: "org", ExternalID: "7"}},
			found: annKeys[1:2], holdings: ann(func(h *provision.Holding) { h.Email = "ann@example.net" }),
			counts: provision.LoadCounts{Updated: 1, Addresses: []int{0}},
			steps:  onAnn(change.TakeKey{Key: annEmail.Key()}),
		},
		"and is not told again": {
			rows:  []Account{{ID: "new", Email: annEmail, Organization: "org", ExternalID: "7"}},
			found: annKeys[:2], holdings: ann(func(h *provision.Holding) { h.Email = "ann@example.net" }),
			counts: provision.LoadCounts{Unchanged: 1},
		},
		"a profile whose key has become free leads to the account that has it": {
			rows:  []Account{{ID: "new", Email: annEmail, Organization: "org", Name: "Ann", Declared: []identity.Profile{annHandle}}},
			found: annKeys[:1], holdings: ann(nil),
			counts: provision.LoadCounts{Updated: 1},
			steps:  onAnn(change.TakeKey{Key: annHandle.Key()}),
		},
		"an account without a name gets one": {
			rows:  []Account{{ID: "new", Email: annEmail, Organization: "org", Name: "Ann Lima"}},
			found: annKeys, holdings: ann(func(h *provision.Holding) { h.Name = "" }),
			counts: provision.LoadCounts{Updated: 1},
			steps:  onAnn(change.Fill{Fill: dedupe.Fill{Name: "Ann Lima"}}),
		},
		"a profile that the account only declared leads to nobody, and its key stays there": {
			rows:  []Account{{ID: "new", Organization: "org", Connected: []identity.Profile{annHandle}}},
			found: annKeys[2:], holdings: ann(nil),
			counts: provision.LoadCounts{Added: 1},
			steps: added("new", creates(identity.Email{}, "", dedupe.Created),
				change.AddProfile{Profile: annHandle, Connected: true, Disputed: true}),
		},
		"a profile that both connected leads to the account": {
			rows:  []Account{{ID: "new", Organization: "org", Connected: []identity.Profile{annHandle}}},
			found: annKeys[2:], holdings: ann(func(h *provision.Holding) { h.Profiles[provision.PinOf(annHandle)] = true }),
			counts: provision.LoadCounts{Unchanged: 1},
		},
		"a row leads to the account that an earlier load made of it, whoever owns its key": {
			rows: []Account{
				{ID: "bob", Before: "bob", Organization: "org", Connected: []identity.Profile{annHandle}}},
			found: annKeys[2:],
			holdings: append(ann(nil), provision.Holding{Account: "bob",
				Profiles: map[provision.Pin]bool{provision.PinOf(annHandle): true}}),
			counts: provision.LoadCounts{Unchanged: 1},
		},
		"a declared profile becomes connected, never the other way": {
			rows: []Account{
				{ID: "new", Email: annEmail, Organization: "org", Connected: []identity.Profile{annHandle}},
				{ID: "new", Email: annEmail, Organization: "org", Declared: []identity.Profile{annHandle}},
			},
			found: annKeys, holdings: ann(nil),
			counts: provision.LoadCounts{Updated: 1, Unchanged: 1},
			steps:  onAnn(change.Connect{Profile: annHandle}),
		},
		"a page that people share is nobody's": {
			rows: []Account{
				{ID: "new", Email: annEmail, Organization: "org", Declared: []identity.Profile{shop}}},
			found: append([]provision.Found{{Key: shop.Key(), Account: "bob"}}, annKeys...), holdings: ann(nil),
			counts: provision.LoadCounts{Updated: 1},
			steps:  onAnn(change.AddProfile{Profile: shop}),
		},
		"a status goes on, and never back": {
			rows: []Account{
				{ID: "new", Email: annEmail, Organization: "org", Status: dedupe.Registering},
				{ID: "new", Email: annEmail, Organization: "org", Status: dedupe.Invited},
			},
			found: annKeys, holdings: ann(nil),
			counts: provision.LoadCounts{Updated: 1, Unchanged: 1},
			steps:  onAnn(change.SetStatus{From: dedupe.Invited, To: dedupe.Registering}),
		},
		"who registers loses the link, whoever gave it": {
			rows: []Account{
				{ID: "new", Email: annEmail, Organization: "org", Status: dedupe.Registered, Blocked: true}},
			found: annKeys, holdings: ann(func(h *provision.Holding) { h.Link = "other" }),
			counts: provision.LoadCounts{Updated: 1},
			steps: onAnn(change.SetStatus{From: dedupe.Invited, To: dedupe.Registered},
				change.EndLink{Why: provision.EndRegistered}, change.Block{}),
		},
		"a block ends the link of the organization, once": {
			rows: []Account{
				{ID: "new", Email: annEmail, Organization: "org", Blocked: true},
				{ID: "new", Email: annEmail, Organization: "org", Status: dedupe.Registered},
			},
			found: annKeys, holdings: ann(nil),
			counts: provision.LoadCounts{Updated: 2},
			steps:  onAnn(change.Block{EndsLink: true}, change.SetStatus{From: dedupe.Invited, To: dedupe.Registered}),
		},
		"a block leaves the link of another organization": {
			rows:  []Account{{ID: "new", Email: annEmail, Organization: "org", Blocked: true}},
			found: annKeys, holdings: ann(func(h *provision.Holding) { h.Link = "other" }),
			counts: provision.LoadCounts{Updated: 1},
			steps:  onAnn(change.Block{}),
		},
		"a block that is there, or was lifted since, stays as it is": {
			rows:  []Account{{ID: "new", Email: annEmail, Organization: "org", Blocked: true}},
			found: annKeys, holdings: ann(func(h *provision.Holding) { h.Blocks = []string{"org"} }),
			counts: provision.LoadCounts{Unchanged: 1},
		},
		"rows of one new person become one account": {
			rows: []Account{
				{ID: "new", Email: annEmail, Organization: "org"},
				{ID: "two", Email: annEmail, Organization: "org", Brand: "summer", Kind: record.Staff, Role: "manager"},
			},
			counts: provision.LoadCounts{Added: 1, Updated: 1},
			steps: added("new", creates(annEmail, "", dedupe.Created),
				change.Join{Membership: joined}),
		},
		"what a second organization knows of a new account comes after it": {
			rows: []Account{
				{ID: "new", Email: annEmail, Organization: "org"},
				{ID: "two", Email: annEmail, Organization: "other", ExternalID: "7"},
			},
			counts: provision.LoadCounts{Added: 1, Updated: 1},
			steps:  added("new", creates(annEmail, "", dedupe.Created)),
			later: []*placedStep{{organization: "other", Step: change.On("new", 1, LoadedAgainAction,
				change.TakeKey{Key: identity.Key{Space: dedupe.ExternalSpace("other"), Value: "7"}})}},
		},
		"whoever ranks above the operator stays as they are": {
			rows: []Account{{ID: "new", Email: annEmail, Organization: "org", Status: dedupe.Registered, Blocked: true}},
			may:  operated(nil), found: annKeys, holdings: ann(nil),
			counts: provision.LoadCounts{Unchanged: 1, Withheld: 1},
		},
		"and nothing is withheld where nothing would change": {
			rows: []Account{{ID: "new", Email: annEmail, Organization: "org", ExternalID: "7", Declared: []identity.Profile{annHandle}}},
			may:  operated(nil), found: annKeys, holdings: ann(nil),
			counts: provision.LoadCounts{Unchanged: 1},
		},
		"somebody within reach goes on": {
			rows: []Account{{ID: "new", Email: annEmail, Organization: "org", Status: dedupe.Registering, Blocked: true}},
			may:  operated(nil), found: annKeys, holdings: ann(asMember),
			counts: provision.LoadCounts{Updated: 1},
			steps:  onAnn(change.SetStatus{From: dedupe.Invited, To: dedupe.Registering}, change.Block{EndsLink: true}),
		},
		"who is a member elsewhere gets the brand, and no key or status": {
			rows: []Account{{ID: "new", Email: annEmail, Organization: "org", Status: dedupe.Registered, ExternalID: "8",
				Brand: "summer", Kind: record.Staff, Role: "manager"}},
			may: operated(nil), found: annKeys, holdings: ann(inBeach),
			counts: provision.LoadCounts{Updated: 1, Withheld: 1},
			steps:  onAnn(change.Join{Membership: joined}),
		},
		"and not even that where they are asked first": {
			rows: []Account{{ID: "new", Email: annEmail, Organization: "org", Brand: "summer", Kind: record.Staff, Role: "manager"}},
			may:  operated(func(r *rights) { r.policy.ClaimConsent = true }), found: annKeys, holdings: ann(inBeach),
			counts: provision.LoadCounts{Unchanged: 1, Withheld: 1},
		},
		"one's own people are not asked": {
			rows: []Account{{ID: "new", Email: annEmail, Organization: "org", Brand: "summer", Kind: record.Staff, Role: "manager"}},
			may:  operated(func(r *rights) { r.policy.ClaimConsent = true }), found: annKeys,
			holdings: ann(func(h *provision.Holding) { h.Owner, h.Roles = "org", nil }),
			counts:   provision.LoadCounts{Updated: 1},
			steps:    onAnn(change.Join{Membership: joined}),
		},
		"the account of another organization gets no address": {
			rows: []Account{{ID: "new", Email: annEmail, Organization: "org", ExternalID: "7"}},
			may:  operated(nil), found: annKeys[1:2],
			holdings: ann(func(h *provision.Holding) { h.Owner, h.Email, h.Roles = "other", "", nil }),
			counts:   provision.LoadCounts{Unchanged: 1, Withheld: 1},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := compareAccounts(c.rows, c.found, c.holdings, map[string]string{"summer": "summer sun"}, c.may)
			if diff := cmp.Diff(c.counts, got.counts); diff != "" {
				t.Errorf("counts (-want +got)\n%s", diff)
			}
			if diff := cmp.Diff(c.steps, got.steps, placed); diff != "" {
				t.Errorf("steps (-want +got)\n%s", diff)
			}
			if diff := cmp.Diff(c.later, got.later, placed); diff != "" {
				t.Errorf("later (-want +got)\n%s", diff)
			}
		})
	}
}

// operated are the rights of an operator of "org" who sees its brand, changed by f
// where it is not nil. Somebody else administers "other".
func operated(f func(*rights)) *rights {
	r := &rights{
		policy: dedupe.Policy{Organization: "org", Operator: "op", OperatorRank: 50, VisibleBrands: []string{"summer sun"},
			Ranks: map[string]int{"member": 10, "manager": 60}},
		theirs: map[string]bool{"other": true},
		brands: map[string]string{"summer": "org", "beach": "other"},
		slugs:  map[string]string{"summer": "summer sun"},
	}
	if f != nil {
		f(r)
	}
	return r
}

func asMember(h *provision.Holding) { h.Roles = map[string]string{"summer": "member"} }
func inBeach(h *provision.Holding)  { h.Roles = map[string]string{"beach": "member"} }

var placed = cmp.Options{cmp.AllowUnexported(placedStep{}), cmpopts.IgnoreFields(placedStep{}, "rows")}
