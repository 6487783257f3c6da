package storetest

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
)

var linkTrials = []trial{
	{"a link is read with its account as it is now", linkRead},
	{"a link lives from when it is shown first, once", linkStarted},
	{"what a run issued lives at once, as if each were shown, but for what does not open", issuedStarted},
	{"a new link supersedes the live one of its account alone", linkSuperseded},
}

var runTrials = []trial{
	{"an open run is resumed, a finished one is not", runResumed},
	{"a run is found by its id, its beginning, its last eight digits or as the last one", runNames},
	{"runs are listed newest first, by organization", runList},
	{"what took others back is found, however long ago", undoings},
	{"the ledger keeps every row once, in row order, and finds those of an account", ledgerRows},
	{"a finished run is purged once: its ledger stays, bare", runPurged},
}

var settingTrials = []trial{
	{"a database has an id, and settings that can be changed", settings},
	{"a key keeps its first check value", keyChecks},
	{"what needs a key is counted, by key", keyUses},
}

func newLinkID() string { return fmt.Sprintf("%x", []byte(id())[20:36]) }

// link makes a link for an account, at an epoch.
func (w *world) link(account string, epoch int64) provision.LinkRow {
	return provision.LinkRow{ID: newLinkID(), Account: account, Organization: w.here.ID, Purpose: 1,
		KeyID: "0a0b0c0d", Audience: "https://claim.example.com", Epoch: epoch, Lifetime: 24 * time.Hour,
		State: "live", CreatedAt: w.by.At, Email: "ann@example.com"}
}

func linkRead(w *world) {
	a := w.create("ann@example.com")
	link := w.link(a, 1)
	link.Run = id()
	w.ok(w.apply(provision.Batch{By: w.by, Bumps: w.bump(a, true), Links: []provision.LinkRow{link}}))
	w.block(a, w.there.ID)
	want := link
	want.AccountEmail, want.AccountName = email("ann@example.com"), "Name of ann@example.com"
	want.AccountStatus, want.AccountEpoch = dedupe.Created, 1
	want.Channel, want.SignIn, want.Active = provision.ByReport, provision.PasswordSignIn, true
	got, err := w.s.Links(w.ctx, []string{link.ID, "none", link.ID})
	w.ok(err)
	w.same(got, []provision.LinkRow{want})
	w.same(w.account(a).Link, dedupe.LinkState{Ever: true, ID: link.ID, Here: true})

	w.block(a, w.here.ID)
	got, err = w.s.Links(w.ctx, []string{link.ID})
	w.ok(err)
	want.State, want.EndReason, want.AccountBlocked, want.AccountEpoch = "revoked", "blocked", true, 2
	want.EndedAt, want.AccountBlockedAt = w.by.At, w.by.At
	w.same(got, []provision.LinkRow{want})
	w.same(w.account(a).Link, dedupe.LinkState{Ever: true, Taken: true})
}

func linkStarted(w *world) {
	a, b := w.create("a@example.com"), w.create("b@example.com")
	first, second := w.link(a, 1), w.link(b, 1)
	w.ok(w.apply(provision.Batch{By: w.by, Links: []provision.LinkRow{first, second}}))
	shown := w.by.At.Add(36 * time.Hour)
	w.ok(w.s.StartLinks(w.ctx, []provision.LinkRow{first}, shown, false))
	w.ok(w.s.StartLinks(w.ctx, []provision.LinkRow{first}, shown.Add(time.Hour), true))
	w.ok(w.s.StartLinks(w.ctx, []provision.LinkRow{first}, shown.Add(2*time.Hour), true))
	ends := shown.Add(24 * time.Hour).Truncate(time.Second)
	w.same(w.account(a).Link, dedupe.LinkState{Ever: true, ID: first.ID, Here: true, ExpiresAt: ends})
	w.same(w.account(b).Link, dedupe.LinkState{Ever: true, ID: second.ID, Here: true})
	links, err := w.s.Links(w.ctx, []string{first.ID, second.ID})
	w.ok(err)
	times := map[string][3]time.Time{}
	for _, l := range links {
		times[l.ID] = [3]time.Time{l.GeneratedAt, l.ExpiresAt, l.RevealedAt}
	}
	w.same(times, map[string][3]time.Time{first.ID: {shown, ends, shown.Add(time.Hour)}, second.ID: {}})
}

// issuedStarted begins the life of what a run issued at once: it says what
// StartLinks says, and touches no link that a report would not show as live.
func issuedStarted(w *world) {
	run, shown := w.startRun(), w.by.At.Add(36*time.Hour)
	variants := map[string]func(*provision.LinkRow){
		"plain":          func(*provision.LinkRow) {},
		"blocked":        func(*provision.LinkRow) {},
		"blocked once":   func(*provision.LinkRow) {},
		"blocked by all": func(*provision.LinkRow) {},
		"shown":          func(*provision.LinkRow) {},
		"moved":          func(l *provision.LinkRow) { l.Email = "former@example.com" },
		"mailed":         func(l *provision.LinkRow) { l.Channel = provision.ByMail },
		"later":          func(l *provision.LinkRow) { l.NotBefore = w.by.At.Add(time.Hour) },
		"workday":        func(l *provision.LinkRow) { l.Workday = true },
		"longer":         func(l *provision.LinkRow) { l.Lifetime = 48 * time.Hour },
		"of another run": func(l *provision.LinkRow) { l.Run = id() },
		"reset":          func(l *provision.LinkRow) { l.Purpose = provision.Reset },
		"of a past life": func(l *provision.LinkRow) { l.Epoch = 3 },
	}
	links := map[string]provision.LinkRow{}
	for name, vary := range variants {
		address := strings.ReplaceAll(name, " ", "-") + "@example.com"
		l := w.link(w.create(address), 1)
		l.Run, l.Email = run, address
		vary(&l)
		w.ok(w.apply(provision.Batch{By: w.by, Bumps: w.bump(l.Account, true), Links: []provision.LinkRow{l}}))
		links[name] = l
		w.ok(w.s.InTx(w.ctx, func(tx provision.Tx) error {
			return tx.Record(w.ctx, run, []provision.LedgerRow{{Row: len(links), Outcome: provision.Created, Link: l.ID}})
		}))
	}
	w.block(links["blocked"].Account, w.here.ID)
	w.block(links["blocked once"].Account, w.here.ID)
	w.ok(w.change(links["blocked once"].Account, change.Unblock{}))
	w.ok(w.change(links["blocked by all"].Account, change.Block{Everywhere: true}))
	earlier := w.by.At.Add(time.Hour)
	w.ok(w.s.StartLinks(w.ctx, []provision.LinkRow{links["shown"]}, earlier, false))

	w.ok(w.s.StartIssued(w.ctx, run, len(links), 24*time.Hour, shown))
	for name, l := range links {
		got := w.linkOf(l.ID)
		times := [3]time.Time{got.GeneratedAt, got.ExpiresAt, got.RevealedAt}
		switch name {
		case "plain":
			w.same(times, [3]time.Time{shown, l.EndsAt(shown), shown})
		case "shown":
			w.same(times, [3]time.Time{earlier, l.EndsAt(earlier), {}})
		default:
			if times != ([3]time.Time{}) {
				w.Errorf("%s: %v", name, times)
			}
		}
	}
}

func linkSuperseded(w *world) {
	a, b := w.create("a@example.com"), w.create("b@example.com")
	first, other, second := w.link(a, 1), w.link(b, 1), w.link(a, 2)
	w.ok(w.apply(provision.Batch{By: w.by, Links: []provision.LinkRow{first, other}}))
	w.ok(w.apply(provision.Batch{By: w.by, Bumps: w.bump(a, true), Links: []provision.LinkRow{second}}))
	states := map[string]provision.LinkState{}
	links, err := w.s.Links(w.ctx, []string{first.ID, other.ID, second.ID})
	w.ok(err)
	for _, l := range links {
		states[l.ID] = l.State
	}
	w.same(states, map[string]provision.LinkState{first.ID: "superseded", other.ID: "live", second.ID: "live"})
	w.same(w.account(a).Link.ID, second.ID)
	w.is(w.apply(provision.Batch{By: w.by, Links: []provision.LinkRow{w.link(a, 3), w.link(a, 4)}}), provision.ErrMoved)
	w.same(w.account(a).Link.ID, second.ID)
}

func (w *world) run(fingerprint string, started time.Time) provision.Run {
	return provision.Run{ID: id(), Kind: "import", Fingerprint: fingerprint, Organization: w.here.ID, Operator: id(), Host: "h", PID: 7,
		Program: "1.0", Out: "/tmp/out", Lists: json.RawMessage(`[{"file":"a.csv"}]`), Options: json.RawMessage(`{"a":"👩‍🎤"}`), StartedAt: started}
}

func (w *world) open(r provision.Run) provision.Run {
	w.Helper()
	got, resumed, err := w.s.OpenRun(w.ctx, r)
	w.ok(err)
	w.same(resumed, false)
	w.same(got, r)
	return r
}

func runResumed(w *world) {
	first := w.open(w.run("f", w.by.At))
	again, resumed, err := w.s.OpenRun(w.ctx, w.run("f", w.by.At.Add(time.Hour)))
	w.ok(err)
	w.same(resumed, true)
	w.same(again, first)
	w.open(w.run("g", w.by.At))

	end := w.by.At.Add(time.Minute)
	w.ok(w.s.FinishRun(w.ctx, first.ID, 3, json.RawMessage(`{"rows":2}`), end))
	first.FinishedAt, first.ExitCode, first.Summary = end, 3, json.RawMessage(`{"rows":2}`)
	got, err := w.s.Run(w.ctx, first.ID)
	w.ok(err)
	w.same(got, first)
	w.open(w.run("f", w.by.At))
	w.is(w.s.FinishRun(w.ctx, id(), 0, nil, end), provision.ErrNotFound)
	bad := w.run("bad", w.by.At)
	bad.Options = json.RawMessage(`{"a":"\u0000"}`)
	if _, _, err := w.s.OpenRun(w.ctx, bad); err == nil || errors.Is(err, provision.ErrMoved) {
		w.Fatalf("got %v, want a refusal", err)
	}
}

func runNames(w *world) {
	first, last := w.run("a", w.by.At), w.run("b", w.by.At.Add(time.Second))
	first.ID, last.ID = "01890000-0000-7000-8000-0000000000ff", "01890000-0000-7000-8000-000000000001"
	_, err := w.s.Run(w.ctx, provision.LastRun)
	w.is(err, provision.ErrNotFound)
	w.open(first)
	w.open(last)
	for name, want := range map[string]string{first.ID: first.ID, "01890000-0000-7000-8000-00000000000": last.ID,
		"01890000-0000-7000-8000-0000000000F": first.ID, "000000ff": first.ID, "000000FF": first.ID, "00000001": last.ID, "last": last.ID} {
		got, err := w.s.Run(w.ctx, name)
		w.ok(err)
		w.same(got.ID, want)
	}
	w.ok(w.s.FinishRun(w.ctx, first.ID, 0, nil, w.by.At.Add(time.Minute))) // begun before, and ended behind
	got, err := w.s.Run(w.ctx, provision.LastRun)
	w.ok(err)
	w.same(got.ID, first.ID)
	for name, want := range map[string]error{"0189": provision.ErrSeveral, "01890000": provision.ErrSeveral, "00000000": provision.ErrNotFound,
		"ff": provision.ErrNotFound, "0000000ff": provision.ErrNotFound, "": provision.ErrNotFound, "0189000000": provision.ErrNotFound,
		"x' OR 1=1": provision.ErrNotFound, "x' OR 1=": provision.ErrNotFound} {
		_, err := w.s.Run(w.ctx, name)
		w.is(err, want)
	}
}

func runList(w *world) {
	old, late := w.run("a", w.by.At), w.run("b", w.by.At.Add(time.Microsecond))
	elsewhere := w.run("c", w.by.At.Add(time.Hour))
	elsewhere.Organization = w.there.ID
	for _, r := range []provision.Run{late, elsewhere, old} {
		w.open(r)
	}
	for _, c := range []struct {
		organization string
		limit        int
		want         []provision.Run
	}{
		{w.here.ID, 10, []provision.Run{late, old}},
		{w.here.ID, 1, []provision.Run{late}},
		{"", 10, []provision.Run{elsewhere, late, old}},
	} {
		got, err := w.s.Runs(w.ctx, c.organization, c.limit)
		w.ok(err)
		w.same(got, c.want)
	}
	for _, c := range []struct {
		fingerprint string
		want        []provision.Run
	}{
		{late.Fingerprint, []provision.Run{late}},
		{elsewhere.Fingerprint, []provision.Run{}},
	} {
		got, err := w.s.RunsOf(w.ctx, w.here.ID, c.fingerprint)
		w.ok(err)
		w.same(got, c.want)
	}
}

func undoings(w *world) {
	first, second, open, other := w.run("undo-1", w.by.At), w.run("undo-2", w.by.At.Add(time.Hour)), w.run("undo-3", w.by.At.Add(time.Hour)), w.run("d", w.by.At)
	for _, r := range []*provision.Run{&first, &second, &open} {
		r.Kind = provision.UndoKind
	}
	for _, r := range []provision.Run{first, second, open, other} {
		w.open(r)
	}
	for _, r := range []provision.Run{first, second, other} {
		w.ok(w.s.FinishRun(w.ctx, r.ID, 0, []byte(`{"rows": 1}`), r.StartedAt))
	}
	for after, want := range map[time.Time][]string{w.by.At: {second.ID, first.ID}, w.by.At.Add(time.Minute): {second.ID}} {
		got, err := w.s.Undoings(w.ctx, w.here.ID, after)
		w.ok(err)
		ids := []string{}
		for _, r := range got {
			ids = append(ids, r.ID)
		}
		w.same(ids, want)
	}
}

func ledgerRows(w *world) {
	r := w.open(w.run("f", w.by.At))
	a := w.create("ann@example.com")
	rows := []provision.LedgerRow{
		{Row: 10, Outcome: provision.Merged, Reason: reason.Code("same_person"), Account: a, Into: 2},
		{Row: 2, Outcome: provision.Created, Account: a, Link: "00ff", Person: "0a0b", Differs: "email_differs name_differs"},
		{Row: 3, Outcome: provision.Review, Detail: &provision.Detail{Error: `"\` + "👩‍🎤", Link: dedupe.KeepLink,
			Candidates: []dedupe.Candidate{{Account: a, Evidence: []dedupe.Evidence{{Key: identity.Key{Space: "email", Value: `a"\b`}, Row: 3, Strength: dedupe.Weak}}}},
			Notes:      []dedupe.Note{{Code: "name_differs", Said: "Ann\nKim"}},
			Problems:   []record.Problem{{Column: "E-Mail", Code: "c", Message: "m", Fatal: true}}}},
	}
	record := func(rows ...provision.LedgerRow) error {
		return w.s.InTx(w.ctx, func(tx provision.Tx) error { return tx.Record(w.ctx, r.ID, rows) })
	}
	w.ok(record(rows...))
	w.is(record(provision.LedgerRow{Row: 4, Outcome: provision.Created}, rows[2]), provision.ErrMoved)
	w.is(w.s.InTx(w.ctx, func(tx provision.Tx) error { return tx.Record(w.ctx, id(), rows) }), provision.ErrMoved)

	got, err := w.s.Ledger(w.ctx, r.ID, 0, 100)
	w.ok(err)
	w.same(got, []provision.LedgerRow{rows[1], rows[2], rows[0]})
	got, err = w.s.Ledger(w.ctx, r.ID, 2, 1)
	w.ok(err)
	w.same(got, []provision.LedgerRow{rows[2]})
	next := w.open(w.run("g", w.by.At.Add(time.Hour)))
	again := provision.LedgerRow{Row: 7, Outcome: provision.Unchanged, Account: a}
	w.ok(w.s.InTx(w.ctx, func(tx provision.Tx) error { return tx.Record(w.ctx, next.ID, []provision.LedgerRow{again}) }))
	of, err := w.s.AccountRows(w.ctx, w.here.ID, a, 10)
	w.ok(err)
	w.same(of, []provision.RunRow{{Run: next.ID, LedgerRow: again}, {Run: r.ID, LedgerRow: rows[1]}, {Run: r.ID, LedgerRow: rows[0]}})
	of, err = w.s.AccountRows(w.ctx, w.here.ID, a, 2)
	w.ok(err)
	w.same(len(of), 2)
	of, err = w.s.AccountRows(w.ctx, w.there.ID, a, 10)
	w.ok(err)
	w.same(len(of), 0)
	w.ok(w.s.InTx(w.ctx, func(tx provision.Tx) error {
		recorded, err := tx.Recorded(w.ctx, r.ID, []int{10, 4, 2, 11})
		w.same(recorded, []int{2, 10})
		return err
	}))
}

func runPurged(w *world) {
	old, late, open := w.open(w.run("a", w.by.At)), w.open(w.run("b", w.by.At)), w.open(w.run("c", w.by.At))
	elsewhere := w.run("d", w.by.At)
	elsewhere.Organization = w.there.ID
	w.open(elsewhere)
	end := w.by.At.Add(time.Hour)
	for i, r := range []*provision.Run{&old, &late, &elsewhere} {
		r.FinishedAt = end.Add(time.Duration(i) * time.Microsecond)
		w.ok(w.s.FinishRun(w.ctx, r.ID, 0, nil, r.FinishedAt))
	}
	a := w.create("ann@example.com")
	rows := []provision.LedgerRow{
		{Row: 1, Outcome: provision.Claimed, Reason: "email_match", Account: a, Link: "00ff", Person: "0a0b", Detail: &provision.Detail{Notes: []dedupe.Note{{Code: "name_differs", Said: "Ann", Holds: "Anna"}}}},
		{Row: 2, Outcome: provision.Merged, Reason: "same_person", Account: a, Into: 1},
	}
	record := func(run string) {
		w.ok(w.s.InTx(w.ctx, func(tx provision.Tx) error { return tx.Record(w.ctx, run, rows) }))
	}
	for _, r := range []provision.Run{old, late, open} {
		record(r.ID)
	}
	got, err := w.s.Purgeable(w.ctx, w.here.ID, late.FinishedAt)
	w.ok(err)
	w.same(got, []provision.Run{old})
	got, err = w.s.Purgeable(w.ctx, w.here.ID, end.Add(time.Hour))
	w.ok(err)
	w.same(got, []provision.Run{old, late})

	at := end.Add(24 * time.Hour)
	purge := func(run string) (n int, err error) {
		err = w.s.InTx(w.ctx, func(tx provision.Tx) error {
			n, err = tx.Purge(w.ctx, run, at)
			return err
		})
		return n, err
	}
	n, err := purge(old.ID)
	w.ok(err)
	w.same(n, 1)
	for _, run := range []string{old.ID, open.ID, id()} {
		_, err = purge(run)
		w.is(err, provision.ErrNotFound)
	}
	old.PurgedAt = at
	run, err := w.s.Run(w.ctx, old.ID)
	w.ok(err)
	w.same(run, old)
	got, err = w.s.Purgeable(w.ctx, w.here.ID, at)
	w.ok(err)
	w.same(got, []provision.Run{late})
	ledger, err := w.s.Ledger(w.ctx, late.ID, 0, 10)
	w.ok(err)
	w.same(ledger, rows)
	rows[0].Detail = nil
	rows[0].Person = ""
	ledger, err = w.s.Ledger(w.ctx, old.ID, 0, 10)
	w.ok(err)
	w.same(ledger, rows)
}

func settings(w *world) {
	database, err := w.s.Database(w.ctx)
	w.ok(err)
	w.same(len(database), 36)
	value, err := w.s.Setting(w.ctx, "base_url")
	w.ok(err)
	w.same(value, "")
	for _, v := range []string{"http://localhost:8080", "", "https://example.com"} {
		w.ok(w.s.SetSetting(w.ctx, "base_url", v))
		value, err = w.s.Setting(w.ctx, "base_url")
		w.ok(err)
		w.same(value, v)
	}
	if w.s.SetSetting(w.ctx, "database", "x") == nil {
		w.Fatal("the id of the database was overwritten")
	}
}

func keyChecks(w *world) {
	w.ok(w.s.AddKeyCheck(w.ctx, "0a0b0c0d", "v1"))
	w.ok(w.s.AddKeyCheck(w.ctx, "0a0b0c0d", "v1"))
	w.is(w.s.AddKeyCheck(w.ctx, "0a0b0c0d", "v2"), provision.ErrMoved)
	w.ok(w.s.AddKeyCheck(w.ctx, "ffffffff", "v3"))
	checks, err := w.s.KeyChecks(w.ctx)
	w.ok(err)
	w.same(checks, map[string]string{"0a0b0c0d": "v1", "ffffffff": "v3"})
}

func keyUses(w *world) {
	uses := func(at time.Time) []provision.KeyUse {
		w.Helper()
		all, err := w.s.KeyUses(w.ctx, at)
		w.ok(err)
		return all
	}
	made := w.by.At
	w.same(len(uses(made)), 0)
	unseen := w.create("ann@example.com")
	w.ok(w.change(unseen, change.IssueLink{}))
	kid := w.linkOf(w.account(unseen).Link.ID).KeyID
	shown := w.create("bob@example.com")
	l := w.shown(shown)
	w.same(uses(made), []provision.KeyUse{{Key: kid, Links: 2}})
	w.same(uses(l.ExpiresAt), []provision.KeyUse{{Key: kid, Links: 1}}) // what nobody has seen has no end
	w.ok(w.change(unseen, change.EndLink{Why: provision.EndByHand}))
	w.same(len(uses(l.ExpiresAt)), 0)
	w.same(w.account(unseen).Link, dedupe.LinkState{Ever: true, Withdrawn: true})

	w.ok(w.s.InTx(w.ctx, func(tx provision.Tx) error {
		for key, want := range map[string]int{"": 1, kid: 1, "ffffffff": 0} {
			live, err := tx.LiveLinks(w.ctx, w.here.ID, key)
			w.ok(err)
			w.same(len(live), want)
		}
		return nil
	}))
}
