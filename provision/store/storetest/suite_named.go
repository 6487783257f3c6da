package storetest

import (
	"muster/importer/identity"
	"muster/provision"
)

// namedTrials are about what rows name without a foreign key of their own.
var namedTrials = []trial{
	{"an organization, brand, account or run that is gone refuses the whole batch", namedGone},
	{"a profile or a link of an account that the batch neither makes nor changes goes on one that is there", namedOther},
}

// namedGone tries every kind of row that names something, as the only one of its
// batch that is wrong.
func namedGone(w *world) {
	for what, wrong := range map[string]func(b *provision.Batch, a string){
		"owner": func(b *provision.Batch, _ string) { b.Accounts[0].Owner = id() },
		"brand": func(b *provision.Batch, a string) { b.Memberships = []provision.MembershipRow{member(a, id())} },
		"organization, link": func(b *provision.Batch, a string) {
			l := w.link(a, 1)
			l.Organization = id()
			b.Links = []provision.LinkRow{l}
		},
		"account, link":    func(b *provision.Batch, _ string) { b.Links = []provision.LinkRow{w.link(id(), 1)} },
		"account, profile": func(b *provision.Batch, _ string) { b.Profiles = []provision.ProfileRow{onInstagram(id())} },
		"account, membership": func(b *provision.Batch, _ string) {
			b.Memberships = []provision.MembershipRow{member(id(), w.brand("beta"))}
		},
	} {
		b, a := w.newAccount("ann@example.com")
		wrong(&b, a)
		if err := w.apply(b); err == nil {
			w.Fatalf("%s: written", what)
		} else {
			w.is(err, provision.ErrMoved)
		}
		w.same(w.owner(emailKey("ann@example.com")), "")
		w.same(len(w.accounts(w.here.ID, a)), 0)
	}
	w.is(w.s.InTx(w.ctx, func(tx provision.Tx) error {
		return tx.Record(w.ctx, id(), []provision.LedgerRow{{Row: 1, Outcome: provision.Created}})
	}), provision.ErrMoved)
}

func namedOther(w *world) {
	a := w.create("ann@example.com")
	w.ok(w.apply(provision.Batch{By: w.by, Profiles: []provision.ProfileRow{onInstagram(a)}, Links: []provision.LinkRow{w.link(a, 0)}}))
	w.same(len(w.account(a).Profiles), 1)
}

func member(account, brand string) provision.MembershipRow {
	return provision.MembershipRow{Account: account, Brand: brand, Kind: "creator", Role: "member"}
}

func onInstagram(account string) provision.ProfileRow {
	return provision.ProfileRow{Account: account, Profile: identity.Profile{Network: "instagram", Kind: "handle", Value: "ann"}}
}
