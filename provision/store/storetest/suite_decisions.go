package storetest

import (
	"time"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/provision"
)

var decisionTrials = []trial{
	{"decisions are found by what a person's records say, and by whose they are", decisionsFound},
	{"a decision about the same record takes the place of the former", decisionsReplaced},
	{"decisions of another organization are not seen", decisionsApart},
	{"a new address ends the live link and leaves the former key", addressChanges},
	{"an account can be looked up by itself", resolveAccount},
	{"the audit of an account is read in order", auditRead},
}

func memory(digest, record string) dedupe.Memory {
	return dedupe.Memory{Digest: digest, Record: record, Person: "person of " + digest, Row: 7, Choice: dedupe.ChooseSkip}
}

func (w *world) remember(all ...dedupe.Memory) {
	w.Helper()
	b := provision.Batch{By: w.by}
	for _, m := range all {
		b.Decisions = append(b.Decisions, provision.DecisionRow{Memory: m})
	}
	w.ok(w.apply(b))
}

func (w *world) decided(organization string, digests ...string) (rows []provision.DecisionRow) {
	w.Helper()
	w.ok(w.s.Snapshot(w.ctx, func(d provision.Directory) (err error) {
		rows, err = d.Decided(w.ctx, organization, digests)
		return err
	}))
	return rows
}

func decisionsFound(w *world) {
	reviewer := w.create("rita@example.com")
	w.by.Account, w.by.Run = reviewer, id()
	claim := memory("d1", "r1")
	claim.Choice, claim.Account, claim.Note = dedupe.ChooseClaim, w.create("ann@example.com"), `she "told" me`
	claim.Seen = []dedupe.Witness{{Account: claim.Account, Keys: []string{"k1", "k2"}}}
	w.remember(memory("d2", "r1"), claim, memory("d1", "r2"))
	want := []provision.DecisionRow{
		{Memory: claim, Decider: "rita@example.com", At: w.by.At, Run: w.by.Run},
		{Memory: memory("d1", "r2"), Decider: "rita@example.com", At: w.by.At, Run: w.by.Run},
	}
	w.same(w.decided(w.here.ID, "d1", "none", "d1"), want)
	w.same(len(w.decided(w.here.ID)), 0)
	w.ok(w.s.Snapshot(w.ctx, func(d provision.Directory) error {
		rows, err := d.DecidedPeople(w.ctx, w.here.ID, []string{"person of d1", "nobody"})
		w.same(rows, want)
		return err
	}))
}

func decisionsReplaced(w *world) {
	w.remember(memory("d1", "r1"))
	again := memory("d1", "r1")
	again.Choice, again.Account = dedupe.ChooseClaim, w.create("ann@example.com")
	w.by.At = w.by.At.Add(time.Hour)
	w.remember(again)
	w.same(w.decided(w.here.ID, "d1"), []provision.DecisionRow{{Memory: again, At: w.by.At}})
}

func decisionsApart(w *world) {
	w.remember(memory("d1", "r1"))
	w.same(len(w.decided(w.there.ID, "d1")), 0)
	w.by.Organization = w.there.ID
	w.remember(memory("d1", "r1"))
	w.same(len(w.decided(w.here.ID, "d1")), 1)
}

func addressChanges(w *world) {
	a := w.create("old@example.com")
	link := w.link(a, 1)
	w.ok(w.apply(provision.Batch{By: w.by, Bumps: w.bump(a, true), Links: []provision.LinkRow{link}}))
	b := provision.Batch{By: w.by, Bumps: w.bump(a, true), Addresses: []provision.AddressRow{{Account: a, Email: email("new@example.com")}},
		Keys: []provision.KeyRow{{Key: emailKey("new@example.com"), Account: a}}}
	w.ok(w.apply(b))
	w.same(w.account(a).Email, email("new@example.com"))
	w.same(w.account(a).Link, dedupe.LinkState{Ever: true})
	w.same([]string{w.owner(emailKey("old@example.com")), w.owner(emailKey("new@example.com"))}, []string{a, a})
	links, err := w.s.Links(w.ctx, []string{link.ID})
	w.ok(err)
	w.same(links[0].State, provision.SupersededState)
	w.is(w.apply(provision.Batch{By: w.by, Addresses: []provision.AddressRow{{Account: id(), Email: email("x@example.com")}}}), provision.ErrMoved)
}

func resolveAccount(w *world) {
	a := w.create("ann@example.com")
	var found []provision.Found
	w.ok(w.s.InTx(w.ctx, func(tx provision.Tx) (err error) {
		found, err = tx.Resolve(w.ctx, []identity.Key{{Space: dedupe.AccountSpace, Value: id()}, {Space: dedupe.AccountSpace, Value: a}, emailKey("ann@example.com")})
		return err
	}))
	w.same(len(found), 2)
	w.same(found[0], provision.Found{Key: identity.Key{Space: dedupe.AccountSpace, Value: a}, Account: a, Version: 1, Email: "ann@example.com"})
	w.same(found[1].Account, a)
}

func auditRead(w *world) {
	a, operator := w.create("ann@example.com"), w.create("rita@example.com")
	w.by.Account, w.by.Run = operator, id()
	for i, action := range []string{"create", "update"} {
		w.by.At = w.by.At.Add(time.Duration(i) * time.Hour)
		w.ok(w.apply(provision.Batch{By: w.by, Audit: []provision.AuditRow{{ID: id(), Account: a, Action: action, Row: i + 3, Detail: []byte(`{"a":1}`)}}}))
	}
	w.ok(w.apply(provision.Batch{By: w.by, Audit: []provision.AuditRow{{ID: id(), Account: operator, Action: "other", Row: 1}}}))
	got, err := w.s.Audit(w.ctx, w.here.ID, a)
	w.ok(err)
	w.same(len(got), 2)
	w.same(got[1], provision.AuditEntry{At: w.by.At, Run: w.by.Run, Row: 4, Operator: "rita@example.com", Source: "suite", Action: "update", Detail: []byte(`{"a":1}`)})
	got, err = w.s.Audit(w.ctx, w.there.ID, a)
	w.ok(err)
	w.same(len(got), 0)
}
