package storetest

import (
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
)

var sourceTrials = []trial{
	{"a source is saved, written over, and read back", sourceSaved},
	{"whom a source names is read by account and by page", sourcePeople},
	{"an absence is refused where somebody does not stand as it says", absenceMoved},
	{"what several sources gave is read together, and goes one by one", sourceGrants},
	{"what absence took away is found, unless somebody took it since", endedByAbsence},
	{"who is missing is recorded once a run", removalsOnce},
	{"a source is renamed with its people, what it gave, and its runs", sourceRenamed},
}

func sourceSaved(w *world) {
	_, err := w.s.Source(w.ctx, w.here.ID, "hr")
	w.is(err, provision.ErrNotFound)
	hr := provision.Source{Organization: w.here.ID, Name: "hr", Brand: "alpha", Kind: record.Creator, CreatedAt: w.by.At}
	w.ok(w.saveSource(hr))
	w.same(w.source("hr"), hr)
	hr.Header = []provision.SourceList{{Sheet: "People", Columns: []string{"E-Mail", "Naïve"}}}
	hr.LastRun = uuid.NewString()
	hr.LastRows = 7
	hr.LastAt = w.by.At.Add(time.Hour)
	hr.HeldAt = w.by.At.Add(2 * time.Hour)
	hr.HeldRun = uuid.NewString()
	hr.HeldWhy = "12 people would lose access"
	hr.Usual = 24 * time.Hour
	hr.EndedAt = w.by.At.Add(3 * time.Hour)
	hr.EndedRun = uuid.NewString()
	hr.RenamedTo = "crm"
	w.ok(w.saveSource(hr))
	w.same(w.source("hr"), hr)
	w.ok(w.saveSource(provision.Source{Organization: w.here.ID, Name: "agency", Brand: "beta", Kind: record.Staff, CreatedAt: w.by.At}))
	all, err := w.s.Sources(w.ctx, w.here.ID)
	w.ok(err)
	w.same([]string{all[0].Name, all[1].Name}, []string{"agency", "hr"})
	w.is(w.saveSource(provision.Source{Organization: w.here.ID, Name: "x", Brand: "nowhere", CreatedAt: w.by.At}), provision.ErrMoved)
}

func (w *world) saveSource(s provision.Source) error {
	return w.s.InTx(w.ctx, func(tx provision.Tx) error { return tx.SaveSource(w.ctx, s) })
}

func (w *world) source(name string) provision.Source {
	w.Helper()
	s, err := w.s.Source(w.ctx, w.here.ID, name)
	w.ok(err)
	return s
}

func attends(from, to *provision.Attendance) change.Attend {
	return change.Attend{Source: "hr", From: from, To: to}
}

func sourcePeople(w *world) {
	w.by.Run = w.startRun()
	a, b := w.create("ann@example.com"), w.create("bea@example.com")
	here, missing := &provision.Attendance{}, &provision.Attendance{Absences: 1}
	w.ok(w.step(a, attends(nil, here)))
	w.ok(w.step(b, attends(nil, here), change.Attend{Source: "other", To: here}))
	w.ok(w.step(b, attends(here, missing)))
	want := []provision.SourcePerson{{Account: a}, {Account: b, Absences: 1, Run: w.by.Run}}
	if b < a {
		want[0], want[1] = want[1], want[0]
	}
	w.ok(w.s.Snapshot(w.ctx, func(d provision.Directory) error {
		got, err := d.SourcePeople(w.ctx, w.here.ID, "hr", []string{a, b, uuid.NewString()})
		w.same(got, want)
		w.ok(err)
		page, err := d.SourcePage(w.ctx, w.here.ID, "hr", "", 1)
		w.same(page, want[:1])
		w.ok(err)
		page, err = d.SourcePage(w.ctx, w.here.ID, "hr", want[0].Account, 5)
		w.same(page, want[1:])
		w.ok(err)
		page, err = d.SourcePage(w.ctx, w.there.ID, "hr", "", 5)
		w.same(page, []provision.SourcePerson{})
		return err
	}))
}

func absenceMoved(w *world) {
	a := w.create("ann@example.com")
	here, missing := &provision.Attendance{}, &provision.Attendance{Absences: 1, Run: uuid.NewString()}
	w.is(w.step(a, attends(here, missing)), provision.ErrMoved)
	w.ok(w.step(a, attends(nil, here)))
	w.is(w.step(a, attends(nil, here)), provision.ErrMoved)
	w.ok(w.step(a, attends(here, missing)))
	w.is(w.step(a, attends(here, missing)), provision.ErrMoved)
	w.ok(w.step(a, attends(missing, here)))
	w.ok(w.step(a, attends(here, nil)))
	w.is(w.step(a, attends(here, nil)), provision.ErrMoved)
}

func sourceGrants(w *world) {
	a := w.create("ann@example.com")
	own := func(source string, what provision.GrantKind, target string) change.Own {
		return change.Own{Source: source, What: what, Target: target}
	}
	role := change.Own{Source: "hr", What: provision.RoleGrant, Target: "alpha", Former: "member", Given: "manager"}
	w.ok(w.step(a, own("hr", provision.MembershipGrant, "alpha"), own("agency", provision.MembershipGrant, "alpha"),
		own("hr", provision.CampaignGrant, "alpha/launch"), own("hr", provision.ProductGrant, "Chat"), role))
	w.is(w.step(a, own("hr", provision.ProductGrant, "Chat")), provision.ErrMoved)
	alpha, launch := w.brand("alpha"), w.campaign("alpha", "launch")
	w.same(w.grantsOf(a), []provision.SourceGrant{
		{Account: a, Source: "agency", What: provision.MembershipGrant, Target: alpha},
		{Account: a, Source: "hr", What: provision.CampaignGrant, Target: launch},
		{Account: a, Source: "hr", What: provision.MembershipGrant, Target: alpha},
		{Account: a, Source: "hr", What: provision.ProductGrant, Target: "Chat"},
		{Account: a, Source: "hr", What: provision.RoleGrant, Target: alpha, Former: "member", Given: "manager"},
	})
	back, _ := role.Reverse()
	w.ok(w.step(a, back, change.Disown(own("agency", provision.MembershipGrant, "alpha"))))
	w.is(w.step(a, back), provision.ErrMoved)
	w.same(len(w.grantsOf(a)), 3)
}

func (w *world) grantsOf(account string) (all []provision.SourceGrant) {
	w.Helper()
	w.ok(w.s.Snapshot(w.ctx, func(d provision.Directory) (err error) {
		all, err = d.SourceGrants(w.ctx, w.here.ID, []string{account})
		return err
	}))
	return all
}

func endedByAbsence(w *world) {
	a := w.create("ann@example.com")
	join := inAlpha("manager", "Gold")
	w.ok(w.step(a, join, change.GrantCampaign{Campaign: "alpha/launch"}, change.GrantProduct{Product: "Chat"},
		change.GrantProduct{Product: "reports"}))
	leave := change.Leave{Membership: join.Membership}
	back, _ := leave.Reverse()
	w.stepFor(reason.AbsentFromList, a, leave, change.RevokeProduct{Product: "Chat"})
	alpha, launch := w.brand("alpha"), w.campaign("alpha", "launch")
	membership := provision.EndedMembership{Brand: alpha, Kind: record.Staff, Role: "manager", Columns: map[string]string{"Tier": "Gold"}}
	whole := provision.Ended{
		Account: a, Memberships: []provision.EndedMembership{membership}, Campaigns: []string{launch}, Products: []string{"Chat"},
	}
	w.same(w.endedOf(a), []provision.Ended{whole})
	w.ok(w.step(a, back))
	w.stepFor(reason.Reversed, a, leave) // by an undo of what had come back
	w.same(w.endedOf(a), []provision.Ended{whole})
	w.ok(w.step(a, back))
	w.ok(w.step(a, leave)) // by hand
	w.same(w.endedOf(a), []provision.Ended{{Account: a, Products: []string{"Chat"}}})
	b := w.create("bea@example.com")
	w.ok(w.step(b, join))
	w.stepFor(reason.Reversed, b, leave) // no absence ever took it
	w.same(w.endedOf(b), []provision.Ended{{Account: b}})
}

// stepFor is step with a reason.
func (w *world) stepFor(why reason.Code, account string, changes ...change.Change) {
	w.Helper()
	w.why = why
	w.ok(w.step(account, changes...))
	w.why = ""
}

func (w *world) endedOf(account string) (all []provision.Ended) {
	w.Helper()
	w.ok(w.s.Snapshot(w.ctx, func(d provision.Directory) (err error) {
		all, err = d.EndedByAbsence(w.ctx, w.here.ID, []string{account, account})
		return err
	}))
	return all
}

func removalsOnce(w *world) {
	run := w.startRun()
	a, b := w.create("ann@example.com"), w.create("bea@example.com")
	record := func(rows ...provision.Removal) error {
		return w.s.InTx(w.ctx, func(tx provision.Tx) error { return tx.RecordRemovals(w.ctx, run, rows) })
	}
	first := provision.Removal{N: 1, Account: a, Outcome: provision.Removed, Reason: reason.NothingNew, Detail: json.RawMessage(`{"brands":["alpha"]}`)}
	second := provision.Removal{N: 2, Account: b, Outcome: provision.Unchanged, Reason: reason.NothingNew}
	w.ok(record(second, first))
	w.is(record(provision.Removal{N: 2, Account: uuid.NewString(), Outcome: provision.Removed}), provision.ErrMoved)
	got, err := w.s.Removals(w.ctx, run, 0, 10)
	w.ok(err)
	w.same(got, []provision.Removal{first, second})
	got, err = w.s.Removals(w.ctx, run, 1, 10)
	w.ok(err)
	w.same(got, []provision.Removal{second})
	w.ok(w.s.InTx(w.ctx, func(tx provision.Tx) error {
		missed, err := tx.Missed(w.ctx, run, []string{a, uuid.NewString()})
		w.same(missed, []string{a})
		return err
	}))
}

func sourceRenamed(w *world) {
	a := w.create("ann@example.com")
	here := &provision.Attendance{}
	w.ok(w.saveSource(provision.Source{Organization: w.here.ID, Name: "hr", Brand: "alpha", Kind: record.Creator, CreatedAt: w.by.At}))
	w.ok(w.step(a, attends(nil, here), change.Attend{Source: "other", To: here},
		change.Own{Source: "hr", What: provision.MembershipGrant, Target: "alpha"}))
	ours, part, open := w.run("ours", w.by.At), w.run("part", w.by.At), w.run("open", w.by.At)
	ours.List, part.List = provision.SourceListName("hr"), provision.SourceListName("hr")+" rows 1-20"
	for _, r := range []provision.Run{ours, part, open} {
		w.open(r)
	}
	w.ok(w.s.FinishRun(w.ctx, ours.ID, 0, []byte(`{"rows": 1}`), ours.StartedAt))
	w.ok(w.s.InTx(w.ctx, func(tx provision.Tx) error { return tx.RenameSource(w.ctx, w.here.ID, "hr", "crm") }))
	w.same(w.grantsOf(a)[0].Source, "crm")
	w.ok(w.s.Snapshot(w.ctx, func(d provision.Directory) error {
		for name, want := range map[string]int{"hr": 0, "crm": 1, "other": 1} {
			page, err := d.SourcePage(w.ctx, w.here.ID, name, "", 5)
			w.ok(err)
			w.same(len(page), want)
		}
		return nil
	}))
	last, err := w.s.LastRun(w.ctx, provision.LastOf{Organization: w.here.ID, List: provision.SourceListName("crm"), Before: w.by.At.Add(time.Hour)})
	w.ok(err)
	w.same(last.ID, ours.ID)
}
