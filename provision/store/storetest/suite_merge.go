package storetest

import (
	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
)

var mergeTrials = []trial{
	{"whatever is kept of an account moves to the one it is joined with", mergedWhole},
	{"of what both had the better stays", mergedBetter},
	{"the links of both end, and mail about them", mergedLinks},
	{"an account that has changed is not joined", mergedStale},
	{"the last administrator is neither erased nor joined with somebody who is blocked", mergedLast},
	{"whoever is joined and erased is gone with all they were", mergedErased},
}

// merge joins an account with another.
func (w *world) merge(gone, into string) error {
	w.Helper()
	return w.change(into, change.Merge{Account: gone, Version: w.account(gone).Version})
}

// count is how many rows of a table are kept of an account.
func (w *world) count(account, table string) int {
	w.Helper()
	for _, k := range w.kept(w.here.ID, account, true) {
		if k.Table == table {
			return len(k.Rows)
		}
	}
	return 0
}

func mergedWhole(w *world) {
	ann, bob := w.lived("ann"), w.lived("bob")
	one := map[string]int{}
	for _, k := range w.kept(w.here.ID, ann, true) {
		one[k.Table] = len(k.Rows)
	}
	w.ok(w.merge(bob, ann))
	w.same(len(w.accounts(w.here.ID, bob)), 0)
	for _, table := range []string{"account_key", "account_hint", "profiles", "links", "decisions", "run_rows", "run_removals", "audit_private", "outbox"} {
		if got := w.count(ann, table); got < 2*one[table] {
			w.Errorf("%s: %d rows, before it were %d of each", table, got, one[table])
		}
	}
	for _, table := range []string{"memberships", "campaign_access", "product_access", "consents", "sign_up_answers", "dashboard_access",
		"source_people", "sync_grants"} {
		w.same(w.count(ann, table), one[table])
	}
	for _, k := range []identity.Key{emailKey("bob@example.com"), emailKey("new.bob@example.com"), handle("bob").Key()} {
		w.same(w.owner(k), ann)
	}
	w.same(w.account(ann).Email, email("new.ann@example.com"))
	w.same(w.account(ann).ExternalIDs, []string{"id of ann", "id of bob"})
	w.same(w.count(bob, "audit") > 0, true) // what was done stays what it was, and is told of who they are now
	told, err := w.s.Audit(w.ctx, w.here.ID, ann)
	w.ok(err)
	w.same(len(told), w.count(bob, "audit")+w.count(ann, "audit"))
	page, err := w.s.AuditPage(w.ctx, provision.AuditQuery{Organization: w.here.ID, Account: ann})
	w.ok(err)
	w.same(len(page), len(told))
}

func mergedBetter(w *world) {
	ann, bob := w.create("ann@example.com"), w.create("bob@example.com")
	w.ok(w.change(ann, change.Join{Membership: dedupe.Membership{Brand: "alpha", Kind: record.Staff, Role: "member"}},
		change.AddProfile{Profile: handle("both"), Disputed: true}))
	w.ok(w.change(bob, inAlpha("manager", "Gold"), change.Join{Membership: dedupe.Membership{Brand: "beta", Kind: record.Staff, Role: "member"}},
		change.AddProfile{Profile: handle("both"), Connected: true},
		change.Fill{Fill: dedupe.Fill{Details: dedupe.Details{Language: "de"}}}, change.Block{}))
	w.ok(w.change(ann, change.Block{}))
	w.ok(w.change(ann, change.Unblock{Roles: true}))
	w.ok(w.merge(bob, ann))
	got := w.account(ann)
	w.same(got.Memberships, []dedupe.Membership{{Brand: "alpha", Kind: record.Staff, Role: "manager"}, {Brand: "beta", Kind: record.Staff, Role: "member"}})
	w.same(got.Blocked, true)
	w.same(got.Language, "de")
	w.same(got.Name, "Name of ann@example.com")
	w.same(len(got.Profiles), 1)
	w.same(got.Profiles[0].Connected, true)
	w.same(w.stateOf(ann).Columns[0].Columns, map[string]string{"Tier": "Gold"})
}

func mergedLinks(w *world) {
	ann, bob := w.create("ann@example.com"), w.create("bob@example.com")
	a, b := w.shown(ann), w.shown(bob)
	w.ok(w.change(bob, change.SendMail{Template: "invite", Link: b.ID, About: true}))
	w.ok(w.merge(bob, ann))
	for _, l := range []provision.LinkRow{w.linkOf(a.ID), w.linkOf(b.ID)} {
		w.same(l.State, provision.RevokedState)
		w.same(l.EndReason, provision.EndMerged)
		w.same(l.Account, ann)
	}
	w.same(w.linkOf(a.ID).AccountEpoch, a.Epoch+1)
	for _, k := range w.kept(w.here.ID, ann, true) {
		if k.Table == "outbox" {
			w.same(k.Rows[0]["state"], any("cancelled"))
		}
	}
	w.ok(w.change(ann, change.IssueLink{})) // another one has room
}

func mergedStale(w *world) {
	ann, bob := w.create("ann@example.com"), w.create("bob@example.com")
	w.is(w.change(ann, change.Merge{Account: bob, Version: 7}), provision.ErrMoved)
	w.same(w.owner(emailKey("bob@example.com")), bob)
}

func mergedErased(w *world) {
	ann, bob := w.lived("ann"), w.lived("bob")
	w.ok(w.merge(bob, ann))
	w.erase(ann, true)
	w.same(tables(w.kept(w.here.ID, ann, true)), []string{"audit", "run_removals", "run_rows"})
	w.same(tables(w.kept(w.here.ID, bob, true)), []string{"audit"})
}

func mergedLast(w *world) {
	ada, bob := w.administrator("ada@example.com", "alpha"), w.create("bob@example.com")
	w.ok(w.change(bob, change.Block{}))
	w.isLast(w.merge(ada, bob), "here", ada)
	w.isLast(w.merge(bob, ada), "here", ada)
	w.isLast(w.change(ada, change.Erase{Whole: true}), "here", ada)
	w.same(w.owner(emailKey("ada@example.com")), ada)
	w.ok(w.change(bob, change.Unblock{Roles: true}))
	w.ok(w.merge(ada, bob))
}
