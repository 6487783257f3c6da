package storetest

import (
	"fmt"
	"slices"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/directory"
)

var directoryTrials = []trial{
	{"a key leads to its owner", resolveKeys},
	{"a hint leads to at most five accounts, by id", resolveHints},
	{"keys compare bytewise, whatever is in them", resolveBytes},
	{"thousands of keys are one question", resolveMany},
	{"an account is read whole, and sorted", readWhole},
	{"free columns are read of the memberships asked about, and of the organization's own", readColumns},
	{"an organization sees nothing of another but single sign-on", readMasked},
	{"ids that do not exist are left out, repeated ones come once", readMissing},
	{"a snapshot does not see what is written meanwhile", snapshotStands},
	{"nobody is suppressed in a new database", noSuppressions},
}

func resolveKeys(w *world) {
	a := w.create("ann@example.com")
	w.ok(w.apply(provision.Batch{By: w.by, Bumps: []provision.Bump{{Account: a, Version: 1, Epoch: true}},
		Keys: []provision.KeyRow{{Key: identity.Key{Space: "instagram", Value: "ann"}, Account: a}}}))
	b := w.create("ben@example.com")
	w.ok(w.apply(provision.Batch{By: w.by, Keys: []provision.KeyRow{{Key: identity.Key{Space: "youtube", Value: "ben"}, Account: b}}}))
	keys := []identity.Key{emailKey("nobody@example.com"), {Space: "instagram", Value: "ann"}, {Space: "tiktok", Value: "ann"},
		{Space: "youtube", Value: "ben"}, emailKey("ann@example.com")}
	ann := provision.Found{Account: a, Version: 2, Epoch: 1, Email: "ann@example.com"}
	ben := provision.Found{Account: b, Version: 1, Email: "ben@example.com"}
	found := func(f provision.Found, k identity.Key) provision.Found { f.Key = k; return f }
	want := []provision.Found{found(ann, keys[4]), found(ann, keys[1]), found(ben, keys[3])}
	w.same(byKey(w.resolve(keys, nil)), want)
	w.same(byKey(w.resolve(keys[1:4], nil)), want[1:])
	w.ok(w.s.InTx(w.ctx, func(tx provision.Tx) error {
		found, err := tx.Resolve(w.ctx, keys, nil)
		w.same(byKey(found), want)
		return err
	}))
	w.same(len(w.resolve(nil, nil)), 0)
}

// byKey sorts what was found by its keys: in which order it comes is not promised.
func byKey(found []provision.Found) []provision.Found {
	slices.SortFunc(found, func(x, y provision.Found) int { return dedupe.CompareKeys(x.Key, y.Key) })
	return found
}

func resolveHints(w *world) {
	site := identity.Key{Space: "website", Value: "agency.example.com"}
	var ids []string
	for i := range 7 {
		a := w.create(fmt.Sprintf("p%d@example.com", i))
		ids = append(ids, a)
		b := provision.Batch{By: w.by, Hints: []provision.KeyRow{{Key: site, Account: a}, {Key: site, Account: a}}}
		w.ok(w.apply(b))
		w.ok(w.apply(b)) // a hint that is there stays as it is
	}
	slices.Sort(ids)
	found := w.resolve([]identity.Key{emailKey("p0@example.com")}, []identity.Key{{Space: "website", Value: "none"}, site})
	w.same(len(found), 6)
	for i, f := range found[1:] {
		w.same(f.Hint, true)
		w.same(f.Key, site)
		w.same(f.Account, ids[i])
		w.same(f.Version, int64(1))
	}
	w.same(len(w.resolve([]identity.Key{site}, nil)), 0)
}

// awkward are texts that a store could mistake for something else.
var awkward = []string{`it's "quoted"`, `back\slash`, `\u0041`, `\u0000`, "tab\tline\nend\r", "emoji 👩‍🎤", "Ñandú", "ＡＢＣ", "%_", "$1", "{rows}",
	`\.`, `\N`, "\n\\.\n", `ends in \`,
	"a", "A", " a", "a ", "", "null", "[1]", "\x01\x1f\x7f", "K", "ß", "i̇"}

func resolveBytes(w *world) {
	var keys []identity.Key
	var owners []string
	for i, text := range awkward {
		if text == "" {
			continue
		}
		a := w.create(fmt.Sprintf("b%d@example.com", i))
		k := identity.Key{Space: "instagram", Value: text}
		w.ok(w.apply(provision.Batch{By: w.by, Keys: []provision.KeyRow{{Key: k, Account: a}}}))
		keys, owners = append(keys, k), append(owners, a)
	}
	for i, f := range w.resolve(keys, nil) {
		w.same(f.Key, keys[i])
		w.same(f.Account, owners[i])
	}
	w.same(len(w.resolve(keys, nil)), len(keys))
}

func resolveMany(w *world) {
	a := w.create("last@example.com")
	var keys []identity.Key
	for i := range 5000 {
		keys = append(keys, emailKey(fmt.Sprintf("nobody%d@example.com", i)))
	}
	found := w.resolve(append(keys, emailKey("last@example.com")), keys)
	w.same(len(found), 1)
	w.same(found[0].Account, a)
}

// readWhole writes every field there is and reads it back.
func readWhole(w *world) {
	a := id()
	details := dedupe.Details{FirstName: "Ann", LastName: "O'Hara", ContactEmail: "c@example.com", Language: "de", TimeZone: "Europe/Berlin", Picture: "https://example.com/p.png"}
	page := identity.Profile{Network: "website", Kind: "blog", Value: "agency.example.com", Shared: true, Display: "agency", URL: "https://agency.example.com"}
	w.ok(w.apply(provision.Batch{By: w.by,
		Accounts: []provision.AccountRow{{ID: a, Status: dedupe.Invited, Owner: w.here.ID, Epoch: 3, NewAccount: dedupe.NewAccount{
			Email:   identity.Email{Address: "Info@Example.com", Value: "info@example.com", Mailbox: "info@example.com", Role: true},
			Name:    "Ann O'Hara 👩‍🎤",
			Details: details}}},
		Keys: []provision.KeyRow{
			{Key: identity.Key{Space: "external:" + w.here.ID, Value: "b-2"}, Account: a},
			{Key: identity.Key{Space: "external:" + w.here.ID, Value: "B-1"}, Account: a},
			{Key: identity.Key{Space: "external:" + w.there.ID, Value: "x"}, Account: a}},
		Profiles: []provision.ProfileRow{{Profile: page, Account: a}, {Profile: handle("ann"), Account: a}, {Profile: handle("ann"), Account: a, Connected: true}},
		Memberships: []provision.MembershipRow{
			{Account: a, Brand: w.brand("beta"), Kind: "staff", Role: "manager", Attributes: []byte(`{"Shoe size":"38 \"½\""}`)},
			{Account: a, Brand: w.brand("Zeta"), Kind: "creator", Role: "member"}},
		Campaigns: []provision.CampaignRow{{Account: a, Campaign: w.campaign("beta", "launch")}, {Account: a, Campaign: w.campaign("alpha", "launch")},
			{Account: a, Campaign: w.campaign("beta", "Autumn")}, {Account: a, Campaign: w.campaign("beta", "Autumn")}},
		Products: []provision.ProductRow{{Account: a, Product: "reports"}, {Account: a, Product: "Chat"}},
	}))
	w.same(w.account(a), dedupe.Account{ID: a, Version: 1, Status: dedupe.Invited, Name: "Ann O'Hara 👩‍🎤", Details: details, OwnedHere: true, Known: true,
		Email:       identity.Email{Address: "Info@Example.com", Value: "info@example.com", Mailbox: "info@example.com", Role: true},
		Profiles:    []dedupe.AccountProfile{{Profile: handle("ann"), Connected: true}, {Profile: page}},
		ExternalIDs: []string{"B-1", "b-2"},
		Memberships: []dedupe.Membership{{Brand: "Zeta", Kind: record.Creator, Role: "member"}, {Brand: "beta", Kind: record.Staff, Role: "manager"}},
		Campaigns:   []string{"alpha/launch", "beta/Autumn", "beta/launch"},
		Products:    []string{"Chat", "reports"},
	})
}

func readColumns(w *world) {
	a, b := w.create("a@example.com"), w.create("b@example.com")
	member := func(account, brand, columns string) provision.MembershipRow {
		return provision.MembershipRow{Account: account, Brand: w.brand(brand), Kind: "creator", Role: "member", Attributes: []byte(columns)}
	}
	w.ok(w.apply(provision.Batch{By: w.by, Memberships: []provision.MembershipRow{
		member(a, "alpha", `{"Tier":"Silver","Shoe size":"38 \"½\""}`), member(a, "beta", `{"Tier":"Gold"}`), member(b, "alpha", ""), member(b, "other", `{"Tier":"Secret"}`)}}))
	var got []provision.Attributes
	w.ok(w.s.Snapshot(w.ctx, func(d provision.Directory) (err error) {
		got, err = d.Attributes(w.ctx, w.here.ID, []provision.Membership{{Account: b, Brand: "other"}, {Account: b, Brand: "alpha"}, {Account: a, Brand: "alpha"}})
		return err
	}))
	w.same(got, []provision.Attributes{{Membership: provision.Membership{Account: a, Brand: "alpha"}, Columns: map[string]string{"Tier": "Silver", "Shoe size": `38 "½"`}}})
}

func readMasked(w *world) {
	a := w.create("ann@example.com")
	link := w.link(a, 1)
	w.ok(w.apply(provision.Batch{By: w.by, Bumps: w.bump(a, true), Links: []provision.LinkRow{link},
		Keys:        []provision.KeyRow{{Key: identity.Key{Space: "external:" + w.here.ID, Value: "1"}, Account: a}},
		Memberships: []provision.MembershipRow{{Account: a, Brand: w.brand("alpha"), Kind: "creator", Role: "member"}},
		Campaigns:   []provision.CampaignRow{{Account: a, Campaign: w.campaign("alpha", "launch")}},
		Products:    []provision.ProductRow{{Account: a, Product: "reports"}}}))
	w.same(w.account(a).Link, dedupe.LinkState{Ever: true, ID: link.ID, Here: true})
	w.same(w.accounts(w.there.ID, a)[0].Link, dedupe.LinkState{Ever: true, ID: link.ID})
	w.block(a, w.here.ID) // which revokes the link

	seen := w.accounts(w.there.ID, a)[0]
	w.same(seen, dedupe.Account{ID: a, Version: 3, Status: dedupe.Created, Name: "Name of ann@example.com", Email: email("ann@example.com"),
		Link: dedupe.LinkState{Ever: true}})

	w.ok(w.apply(provision.Batch{By: w.by, Memberships: []provision.MembershipRow{{Account: a, Brand: w.brand("other"), Kind: "creator", Role: "member"}}}))
	own := w.account(a)
	w.same(own.SSO, true)
	w.same(own.Blocked, true)
	w.same(own.Memberships, []dedupe.Membership{{Brand: "alpha", Kind: record.Creator, Role: "member"}})
	w.same(w.accounts(w.there.ID, a)[0].Blocked, false)
	w.same(w.accounts(w.there.ID, a)[0].Known, true)
}

func readMissing(w *world) {
	a, b := w.create("a@example.com"), w.create("b@example.com")
	all := w.accounts(w.here.ID, b, id(), a, b)
	w.same(len(all), 2)
	w.same([]string{all[0].ID, all[1].ID}, []string{min(a, b), max(a, b)})
	w.same(len(w.accounts(w.here.ID)), 0)
}

func snapshotStands(w *world) {
	k := emailKey("late@example.com")
	w.ok(w.s.Snapshot(w.ctx, func(d provision.Directory) error {
		for range 2 {
			found, err := d.Resolve(w.ctx, []identity.Key{k}, nil)
			w.ok(err)
			w.same(len(found), 0)
			if w.owner(k) == "" {
				w.create("late@example.com")
			}
		}
		return nil
	}))
	if w.owner(k) == "" {
		w.Fatal("the account was not written")
	}
}

func noSuppressions(w *world) {
	w.ok(w.s.Snapshot(w.ctx, func(d provision.Directory) error {
		there, err := d.OnRecord(w.ctx, w.here.ID)
		w.ok(err)
		w.same(there, provision.OnRecord{})
		met, err := d.Suppressed(w.ctx, w.here.ID, []string{"m1", "m2"})
		w.same(len(met), 0)
		return err
	}))
}

// block blocks an account in an organization.
func (w *world) block(account, organization string) {
	w.Helper()
	a := w.account(account)
	_, err := w.loader().Load(w.ctx, w.s, []directory.Account{{ID: id(), Email: a.Email, Organization: organization, Blocked: true}})
	w.ok(err)
}
