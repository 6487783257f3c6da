package storetest

import (
	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/directory"
)

var loadTrials = []trial{
	{"a loaded account is whole, and loading it again changes nothing", loadNew},
	{"a known account gets what is new and loses nothing", loadKnown},
	{"an external id or a profile that both connected lead to the account", loadMatches},
	{"a key that another account owns stays there", loadTakenKey},
	{"who has registered holds no link", loadRegistered},
	{"of several statuses in one chunk the last one holds", loadStatuses},
	{"rows of one person in one chunk become one account", loadTogether},
	{"what an account holds says who owns it", loadOwned},
	{"a new account is known to both organizations that bring it in one chunk", loadBoth},
}

func (w *world) loader() *directory.Loader {
	return directory.NewLoader([]provision.Organization{w.here, w.there}, w.by, id)
}

func (w *world) load(accounts ...directory.Account) provision.LoadCounts {
	w.Helper()
	for i := range accounts {
		if accounts[i].ID == "" {
			accounts[i].ID = id()
		}
		if accounts[i].Organization == "" {
			accounts[i].Organization = w.here.ID
		}
	}
	counts, err := w.loader().Load(w.ctx, w.s, accounts)
	w.ok(err)
	return counts
}

var (
	added     = provision.LoadCounts{Added: 1}
	updated   = provision.LoadCounts{Updated: 1}
	unchanged = provision.LoadCounts{Unchanged: 1}
)

func loadNew(w *world) {
	page := identity.Profile{Network: "website", Kind: "blog", Value: "example.com", Shared: true}
	d := directory.Account{ID: id(), Email: email("ann@gmail.com"), Name: "Ann", Status: dedupe.Registered, Blocked: true,
		ExternalID: "x1", Connected: []identity.Profile{handle("ann")}, Declared: []identity.Profile{page, handle("ann2"), handle("ann"), {}},
		Brand: w.brand("alpha"), Kind: "staff", Role: "manager"}
	w.same(w.load(d), added)
	a := w.account(d.ID)
	w.same(a, dedupe.Account{ID: d.ID, Version: 1, Status: dedupe.Registered, Email: d.Email, Name: "Ann", Known: true, Blocked: true,
		Profiles:    []dedupe.AccountProfile{{Profile: handle("ann"), Connected: true}, {Profile: handle("ann2")}, {Profile: page}},
		ExternalIDs: []string{"x1"}, Memberships: []dedupe.Membership{{Brand: "alpha", Kind: record.Staff, Role: "manager"}}})
	w.same(w.owner(handle("ann").Key()), d.ID)
	w.same(w.owner(handle("ann2").Key()), d.ID)
	w.same(w.owner(page.Key()), "")
	w.same(len(w.resolve(nil, []identity.Key{page.Key(), {Space: "mailbox", Value: "box+ann@gmail.com"}})), 2)

	d.ID = id()
	w.same(w.load(d), unchanged)
	w.same(w.account(a.ID), a)

	w.same(w.load(directory.Account{ID: d.ID, Name: "Nobody yet"}), added)
	w.same(w.account(d.ID).OwnedHere, true)
	w.same(w.account(d.ID).Status, dedupe.Created)
}

func loadKnown(w *world) {
	a := w.create("ann@example.com")
	w.ok(w.apply(provision.Batch{By: w.by, Profiles: []provision.ProfileRow{{Profile: handle("ann"), Account: a}},
		Memberships: []provision.MembershipRow{{Account: a, Brand: w.brand("alpha"), Kind: "creator", Role: "manager"}}}))
	d := directory.Account{Email: email("ann@example.com"), Name: "Other", Status: dedupe.Registering, ExternalID: "x",
		Connected: []identity.Profile{handle("ann")}, Brand: w.brand("alpha"), Kind: "staff", Role: "member"}
	w.same(w.load(d), updated)
	got := w.account(a)
	w.same(got.Version, int64(2))
	w.same(got.Status, dedupe.Registering)
	w.same(got.Name, "Name of ann@example.com")
	w.same(got.Profiles, []dedupe.AccountProfile{{Profile: handle("ann"), Connected: true}})
	w.same(got.Memberships, []dedupe.Membership{{Brand: "alpha", Kind: record.Creator, Role: "manager"}})
	w.same(got.ExternalIDs, []string{"x"})

	d.Status, d.Connected, d.Declared, d.Brand = dedupe.Created, nil, []identity.Profile{handle("ann")}, ""
	w.same(w.load(d), unchanged)
	w.same(w.account(a), got)
	d.Brand, d.Blocked = w.brand("beta"), true
	w.same(w.load(d), updated)
	w.same(w.load(d), unchanged)
	d.Blocked = false
	w.same(w.load(d), unchanged)
	w.same(w.account(a).Blocked, true)
}

func loadMatches(w *world) {
	first := directory.Account{ID: id(), ExternalID: "x", Connected: []identity.Profile{handle("con")}, Declared: []identity.Profile{handle("dec")}}
	w.same(w.load(first), added)
	w.same(w.load(directory.Account{ExternalID: "x", Email: email("ann@example.com"), Name: "Ann"}), updated)
	w.same(w.owner(emailKey("ann@example.com")), first.ID)
	w.same(w.account(first.ID).Email, email("ann@example.com"))
	w.same(w.account(first.ID).Name, "Ann")
	w.same(w.load(directory.Account{Connected: []identity.Profile{handle("con")}}), unchanged)
	w.same(w.load(directory.Account{ExternalID: "x", Organization: w.there.ID}), added)
	w.same(w.load(directory.Account{Connected: []identity.Profile{handle("dec")}}), added)
	w.same(w.load(directory.Account{Declared: []identity.Profile{handle("con")}}), added)
}

func loadTakenKey(w *world) {
	w.same(w.load(directory.Account{ID: id(), Email: email("a@example.com"), ExternalID: "x", Declared: []identity.Profile{handle("ann")}}), added)
	a, b := w.owner(emailKey("a@example.com")), w.create("b@example.com")
	d := directory.Account{Email: email("b@example.com"), ExternalID: "x", Connected: []identity.Profile{handle("ann")}}
	w.same(w.load(d), updated)
	w.same(w.owner(handle("ann").Key()), a)
	w.same(w.account(b).Profiles, []dedupe.AccountProfile{{Profile: handle("ann"), Connected: true}})
	w.same(len(w.account(b).ExternalIDs), 0)
	w.same(w.account(a).ExternalIDs, []string{"x"})
	w.same(w.load(d), unchanged)
}

func loadRegistered(w *world) {
	a := w.create("ann@example.com")
	w.ok(w.apply(provision.Batch{By: w.by, Bumps: w.bump(a, true), Links: []provision.LinkRow{w.link(a, 1)}}))
	d := directory.Account{Email: email("ann@example.com"), Status: dedupe.Registering}
	w.same(w.load(d), updated)
	w.same(w.account(a).Link.Here, true)
	d.Status = dedupe.Registered
	w.same(w.load(d), updated)
	w.same(w.account(a).Link, dedupe.LinkState{Ever: true})
	w.same(w.resolve([]identity.Key{emailKey("ann@example.com")}, nil)[0].Epoch, int64(2))
	w.same(w.load(d), unchanged)
}

func loadTogether(w *world) {
	one := directory.Account{ID: id(), Email: email("ann@example.com"), Brand: w.brand("alpha"), Declared: []identity.Profile{handle("ann")}}
	two := directory.Account{ID: id(), Email: email("ann@example.com"), Brand: w.brand("beta"), Status: dedupe.Registered,
		Connected: []identity.Profile{handle("ann")}, Blocked: true}
	w.same(w.load(one, two, two), provision.LoadCounts{Added: 1, Updated: 1, Unchanged: 1})
	a := w.account(one.ID)
	w.same(len(a.Memberships), 2)
	w.same(a.Status, dedupe.Registered)
	w.same(a.Profiles[0].Connected, true)
	w.same(a.Blocked, true)
	w.same(len(w.accounts(w.here.ID, two.ID)), 0)
}

func loadBoth(w *world) {
	one := directory.Account{ID: id(), Email: email("ann@example.com"), ExternalID: "x", Brand: w.brand("alpha")}
	two := directory.Account{Email: email("ann@example.com"), ExternalID: "y", Brand: w.brand("other"),
		Organization: w.there.ID, Blocked: true}
	w.same(w.load(one, two), provision.LoadCounts{Added: 1, Updated: 1})
	w.same(w.account(one.ID).Blocked, false)
	w.same(w.account(one.ID).ExternalIDs, []string{"x"})
	there := w.accounts(w.there.ID, one.ID)[0]
	w.same(there.Blocked, true)
	w.same(there.ExternalIDs, []string{"y"})
	w.same(there.Memberships, []dedupe.Membership{{Brand: "other", Kind: record.Creator, Role: "member"}})
	w.same(w.load(one, two), provision.LoadCounts{Unchanged: 2})
}

func loadStatuses(w *world) {
	a := w.create("ann@example.com")
	d := directory.Account{Email: email("ann@example.com"), Status: dedupe.Invited}
	next := d
	next.Status = dedupe.Registering
	w.same(w.load(d, next, d), provision.LoadCounts{Updated: 2, Unchanged: 1})
	w.same(w.account(a).Status, dedupe.Registering)
	w.same(w.account(a).Version, int64(2))
}

func loadOwned(w *world) {
	ours := directory.Account{ID: id(), Email: email("ann@example.com")}
	theirs := directory.Account{ID: id(), Email: email("bob@example.com"), Organization: w.there.ID}
	registered := directory.Account{ID: id(), Email: email("cem@example.com"), Status: dedupe.Registered}
	w.load(ours, theirs, registered)
	owners := map[string]string{}
	w.ok(w.s.InTx(w.ctx, func(tx provision.Tx) error {
		all, err := tx.Holdings(w.ctx, []string{ours.ID, theirs.ID, registered.ID})
		for _, h := range all {
			owners[h.Account] = h.Owner
		}
		return err
	}))
	w.same(owners, map[string]string{ours.ID: w.here.ID, theirs.ID: w.there.ID, registered.ID: ""})
}
