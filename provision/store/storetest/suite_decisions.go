package storetest

import (
	"cmp"
	"slices"
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
	{"the audit of an organization is read page by page, as far as it is asked for", auditPaged},
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
		found, err = tx.Resolve(w.ctx, []identity.Key{{Space: dedupe.AccountSpace, Value: id()}, {Space: dedupe.AccountSpace, Value: a}, emailKey("ann@example.com")}, nil)
		return err
	}))
	w.same(len(found), 2)
	w.same(found[0], provision.Found{Key: identity.Key{Space: dedupe.AccountSpace, Value: a}, Account: a, Version: 1, Email: "ann@example.com"})
	w.same(found[1].Account, a)

	// every key of accounts, whatever is in it, and none of an account without one
	odd := identity.Key{Space: "external:" + w.here.ID, Value: "a b/ü"}
	w.ok(w.apply(provision.Batch{By: w.by, Bumps: w.bump(a, false), Keys: []provision.KeyRow{{Key: odd, Account: a}}}))
	bare, bareID := w.newAccount("bob@example.com")
	bare.Keys = nil
	w.ok(w.apply(bare))
	w.ok(w.s.InTx(w.ctx, func(tx provision.Tx) (err error) {
		found, err = tx.Resolve(w.ctx, []identity.Key{emailKey("nobody@example.com"), odd}, []string{a, bareID, id()})
		return err
	}))
	keys := map[identity.Key]int64{}
	for _, f := range found {
		w.same([]string{f.Account, f.Email}, []string{a, "ann@example.com"})
		keys[f.Key] = f.Version
	}
	w.same(len(found), 3)
	w.same(keys, map[identity.Key]int64{emailKey("ann@example.com"): 2, odd: 2})
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
	w.same(got[1], provision.AuditEntry{ID: got[1].ID, At: w.by.At, Run: w.by.Run, Row: 4, OperatorID: operator, Operator: "rita@example.com",
		Account: a, Source: "suite", Action: "update", Detail: []byte(`{"a":1}`)})
	got, err = w.s.Audit(w.ctx, w.there.ID, a)
	w.ok(err)
	w.same(len(got), 0)
}

// auditPaged makes five entries a minute apart: of two people, by two operators,
// in two runs, and one about nobody.
func auditPaged(w *world) {
	ann, rita, ida := w.create("ann@example.com"), w.create("rita@example.com"), w.create("ida@example.com")
	runs := []string{id(), id()}
	start := w.by.At
	var ids []string
	for i, e := range []struct{ account, action, operator, run string }{
		{ann, "create", rita, runs[0]}, {ida, "create", rita, runs[0]}, {ann, "update", ida, runs[1]}, {"", "run purged", ida, runs[1]}, {ida, "update", "", ""},
	} {
		by := w.by
		by.At = start.Add(time.Duration(i) * time.Minute)
		by.Account, by.Run = e.operator, e.run
		ids = append(ids, id())
		w.ok(w.apply(provision.Batch{By: by, Audit: []provision.AuditRow{{ID: ids[i], Account: e.account, Action: e.action}}}))
	}
	for name, c := range map[string]struct {
		q    provision.AuditQuery
		want []int
	}{
		"all, the newest first":   {provision.AuditQuery{}, []int{4, 3, 2, 1, 0}},
		"all, the earliest first": {provision.AuditQuery{Earliest: true}, []int{0, 1, 2, 3, 4}},
		"the newest two":          {provision.AuditQuery{Limit: 2}, []int{4, 3}},
		"the two after them":      {provision.AuditQuery{Limit: 2, After: ids[3]}, []int{2, 1}},
		"two after the earliest":  {provision.AuditQuery{Limit: 2, After: ids[0], Earliest: true}, []int{1, 2}},
		"of somebody":             {provision.AuditQuery{Account: ann}, []int{2, 0}},
		"of a run":                {provision.AuditQuery{Run: runs[1]}, []int{3, 2}},
		"by somebody":             {provision.AuditQuery{Operator: rita}, []int{1, 0}},
		"an action":               {provision.AuditQuery{Action: "update"}, []int{4, 2}},
		"since a time":            {provision.AuditQuery{Since: start.Add(3 * time.Minute)}, []int{4, 3}},
		"until before a time":     {provision.AuditQuery{Until: start.Add(time.Minute)}, []int{0}},
		"all of it at once": {provision.AuditQuery{Account: ann, Run: runs[0], Operator: rita, Action: "create",
			Since: start, Until: start.Add(time.Second), After: ids[1], Limit: 7}, []int{0}},
		"of another organization": {provision.AuditQuery{Organization: w.there.ID}, nil},
	} {
		q := c.q
		q.Organization = cmp.Or(q.Organization, w.here.ID)
		got, err := w.s.AuditPage(w.ctx, q)
		w.ok(err)
		var at []int
		for _, e := range got {
			at = append(at, slices.Index(ids, e.ID))
		}
		// What making the accounts and the organization left is not asked about.
		at = slices.DeleteFunc(at, func(i int) bool { return i < 0 })
		if !slices.Equal(at, c.want) {
			w.Errorf("%s: got %v, want %v", name, at, c.want)
		}
	}
}
