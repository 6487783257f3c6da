package storetest

import (
	"fmt"
	"time"

	"muster/provision"
)

var compareTrials = []trial{
	{"the last run of a list is the newest that came to its end", lastRun},
	{"two runs are compared by people, wherever their rows stand", runsCompared},
	{"whoever was on the list earlier is back, and whoever has an unclear row is not gone", backAndStillThere},
	{"who took a turn is read page by page", turnedPaged},
}

// night is a run of the list "creators" that came to its end, so many days on.
func (w *world) night(day int, rows ...provision.LedgerRow) provision.Run {
	w.Helper()
	r := w.run(fmt.Sprint("night ", day), w.by.At.Add(time.Duration(day)*24*time.Hour))
	r.List = "creators"
	w.open(r)
	for i := range rows {
		rows[i].Row = i + 1
	}
	w.ok(w.s.InTx(w.ctx, func(tx provision.Tx) error { return tx.Record(w.ctx, r.ID, rows) }))
	r.FinishedAt = r.StartedAt.Add(time.Minute)
	w.ok(w.s.FinishRun(w.ctx, r.ID, 0, []byte(`{"rows": 1}`), r.FinishedAt))
	return r
}

func lastRun(w *world) {
	last := func(before provision.Run) string {
		r, err := w.s.LastRun(w.ctx, provision.LastOf{Organization: w.here.ID, List: "creators", Before: before.StartedAt})
		if err != nil {
			w.is(err, provision.ErrNotFound)
		}
		return r.ID
	}
	first := w.night(1)
	w.same(last(first), "")
	second := w.night(2)
	w.same(last(second), first.ID)
	late := w.run("late", second.StartedAt.Add(24*time.Hour))
	w.same(last(late), second.ID)
	declined, stale, other, open := w.run("declined", second.StartedAt.Add(time.Hour)), w.run("stale", second.StartedAt.Add(time.Hour)),
		w.run("other", second.StartedAt.Add(time.Hour)), w.run("open", second.StartedAt.Add(time.Hour))
	declined.List, stale.List, other.List, open.List = "creators", "creators", "staff", "creators"
	for _, r := range []provision.Run{declined, stale, other, open} {
		w.open(r)
	}
	w.ok(w.s.FinishRun(w.ctx, declined.ID, 130, nil, declined.StartedAt))
	w.ok(w.s.FinishRun(w.ctx, stale.ID, 12, []byte(`{"rows": 1}`), stale.StartedAt))
	w.ok(w.s.FinishRun(w.ctx, other.ID, 0, []byte(`{"rows": 1}`), other.StartedAt))
	w.same(last(late), second.ID)
}

func runsCompared(w *world) {
	ann, ben, cleo, dora, eve, fay := w.create("ann@example.com"), w.create("ben@example.com"), w.create("cleo@example.com"),
		w.create("dora@example.com"), w.create("eve@example.com"), w.create("fay@example.com")
	earlier := w.night(1,
		provision.LedgerRow{Outcome: provision.Created, Account: ann, Person: "ann"},
		provision.LedgerRow{Outcome: provision.Created, Account: ben, Person: "ben", Differs: "name_differs"},
		provision.LedgerRow{Outcome: provision.Created, Account: cleo, Person: "cleo"},
		provision.LedgerRow{Outcome: provision.Unchanged, Account: dora, Person: "dora"},
		provision.LedgerRow{Outcome: provision.Review, Reason: "looks_like", Person: "held"},
		provision.LedgerRow{Outcome: provision.Review, Reason: "looks_like", Person: "otherwise held"},
		provision.LedgerRow{Outcome: provision.Review, Reason: "looks_like", Person: "held no more"},
		provision.LedgerRow{Outcome: provision.Review, Reason: "shared_address", Person: "told apart"},
		provision.LedgerRow{Outcome: provision.Review, Reason: "shared_address", Person: "told apart"},
		provision.LedgerRow{Outcome: provision.Review, Reason: "looks_like", Person: "rejected by now"},
		provision.LedgerRow{Outcome: provision.Rejected, Reason: "row_unusable", Person: "rejected"},
		provision.LedgerRow{Outcome: provision.Rejected, Reason: "row_unusable", Person: "mended"},
		provision.LedgerRow{Outcome: provision.Review, Reason: "skipped", Person: "skipped"},
	)
	later := w.night(2,
		provision.LedgerRow{Outcome: provision.Rejected, Reason: "row_unusable", Person: "rejected"},
		provision.LedgerRow{Outcome: provision.Created, Account: eve, Person: "eve"},
		provision.LedgerRow{Outcome: provision.Merged, Account: eve, Person: "eve"},
		provision.LedgerRow{Outcome: provision.Updated, Account: cleo, Person: "cleo", Differs: "email_differs"},
		provision.LedgerRow{Outcome: provision.Unchanged, Account: ben, Person: "ben", Differs: "name_differs"},
		provision.LedgerRow{Outcome: provision.Blocked, Account: dora, Person: "dora"},
		provision.LedgerRow{Outcome: provision.Review, Reason: "looks_like", Person: "held"},
		provision.LedgerRow{Outcome: provision.Review, Reason: "email_differs", Person: "otherwise held"},
		provision.LedgerRow{Outcome: provision.Rejected, Reason: "row_unusable", Person: "newly rejected"},
		provision.LedgerRow{Outcome: provision.Rejected, Reason: "row_unusable", Person: "newly rejected"},
		provision.LedgerRow{Outcome: provision.Review, Reason: "skipped", Person: "skipped now"},
		provision.LedgerRow{Outcome: provision.Review, Reason: "skipped", Person: "told apart"},
		provision.LedgerRow{Outcome: provision.Unchanged, Reason: "decided", Account: fay, Person: "told apart"},
		provision.LedgerRow{Outcome: provision.Rejected, Reason: "row_unusable", Person: "rejected by now"},
	)
	turns, err := w.s.Compare(w.ctx, earlier, later)
	w.ok(err)
	w.same(turns, map[provision.Turn]int{
		provision.TurnedNew: 1, provision.TurnedUpdated: 1, provision.TurnedGone: 1, provision.TurnedDiffering: 1,
		provision.TurnedBlocked: 1, provision.TurnedHeld: 1, provision.TurnedRejected: 3,
		provision.TakenIn: 1, provision.LeftOut: 1, provision.HeldGone: 1, provision.Mended: 1,
	})
	for t, want := range map[provision.Turn]provision.Turned{
		provision.TurnedNew:     {Account: eve, Row: 2},
		provision.TurnedGone:    {Account: ann, Row: 1},
		provision.TurnedBlocked: {Account: dora, Row: 6},
		provision.TurnedHeld:    {Row: 8, Reason: "email_differs"},
		provision.TakenIn:       {Row: 13, Reason: "decided"},
		provision.LeftOut:       {Row: 12, Reason: "skipped"},
		provision.HeldGone:      {Row: 7, Reason: "looks_like"},
	} {
		got, err := w.s.Turned(w.ctx, earlier, later, t, 0, 10)
		w.ok(err)
		w.same(got, []provision.Turned{want})
	}
	turns, err = w.s.Compare(w.ctx, later, later)
	w.ok(err)
	w.same(turns, map[provision.Turn]int{provision.TurnedUpdated: 2})
}

func backAndStillThere(w *world) {
	ann, ben, cleo := w.create("ann@example.com"), w.create("ben@example.com"), w.create("cleo@example.com")
	here := func(account, person string) provision.LedgerRow {
		return provision.LedgerRow{Outcome: provision.Unchanged, Account: account, Person: person}
	}
	w.night(1, here(ann, "ann"), here(ben, "ben"))
	earlier := w.night(2, here(ben, "ben"))
	later := w.night(3, here(ann, "ann"), here(cleo, "cleo"), provision.LedgerRow{Outcome: provision.Review, Reason: "looks_like", Person: "ben"})
	turns, err := w.s.Compare(w.ctx, earlier, later)
	w.ok(err)
	w.same(turns, map[provision.Turn]int{provision.TurnedBack: 1, provision.TurnedNew: 1, provision.TurnedHeld: 1})
	got, err := w.s.Turned(w.ctx, earlier, later, provision.TurnedBack, 0, 10)
	w.ok(err)
	w.same(got, []provision.Turned{{Account: ann, Row: 1}})
	// Nights between two that are compared do not make somebody known to the earlier one.
	turns, err = w.s.Compare(w.ctx, earlier, w.night(4, here(ben, "ben"), here(cleo, "cleo")))
	w.ok(err)
	w.same(turns, map[provision.Turn]int{provision.TurnedNew: 1})
}

func turnedPaged(w *world) {
	var rows []provision.LedgerRow
	for i := range 5 {
		rows = append(rows, provision.LedgerRow{Outcome: provision.Created, Account: w.create(fmt.Sprint("a", i, "@example.com"))})
	}
	earlier, later := w.night(1), w.night(2, rows...)
	for after, want := range []int{2, 2, 2, 2, 1, 0} {
		got, err := w.s.Turned(w.ctx, earlier, later, provision.TurnedNew, after, 2)
		w.ok(err)
		w.same(len(got), want)
		if want > 0 {
			w.same(got[0].Row, after+1)
		}
	}
}
