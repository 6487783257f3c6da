package run

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/sourcegraph/conc/pool"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/reason"
	"muster/provision"
)

// applyChunk is how many decisions one transaction carries out where the
// engine does not say.
const applyChunk = 2000

// chunkAttempts is how often one chunk is tried before it is split to find the
// person that poisons it.
const chunkAttempts = 8

// applier carries decisions out, chunk by chunk:
//
//  1. check the lease inside the transaction;
//  2. leave out people whose rows are recorded already (a resumed run);
//  3. look every watched key up again: what differs from the plan is stale. On
//     the first attempt the keys that a new account is to get are not looked
//     up: the unique key refuses a taken one, and the next attempt looks;
//  4. write what the rest adds, and record the rows, in one transaction.
//
// Whatever goes wrong rolls the chunk back; somebody else having been faster
// is tried again from the look-up on.
type applier struct {
	store   provision.Store
	lease   func() provision.Lease
	by      provision.Author
	builder builder
	workers int
	size    int // of a chunk
	resumed bool
	keep    bool // stale people are kept for another plan instead of being recorded
	tell    func(provision.Event)

	done  atomic.Int64
	mu    sync.Mutex
	stale [][]int // rows of people who are to be planned again
}

// apply carries out a stream of decisions.
func (a *applier) apply(ctx context.Context, decisions func(yield func(dedupe.Decision, error) bool)) error {
	workers := pool.New().WithContext(ctx).WithCancelOnError().WithFirstError().WithMaxGoroutines(a.workers)
	chunk := make([]dedupe.Decision, 0, a.size)
	rows := 0
	send := func() {
		whole := chunk
		workers.Go(func(ctx context.Context) error { return a.chunk(ctx, whole, a.resumed) })
		chunk, rows = make([]dedupe.Decision, 0, a.size), 0
	}
	var broken error
	for d, err := range decisions {
		if broken = errors.Join(err, ctx.Err()); broken != nil {
			break
		}
		chunk = append(chunk, d)
		if rows += len(d.Rows); len(chunk) == a.size || rows >= 2*a.size {
			send()
		}
	}
	if broken == nil && len(chunk) > 0 {
		send()
	}
	return errors.Join(workers.Wait(), broken)
}

// chunk carries out some decisions in one transaction, however often it takes.
// Look says that rows of it may be recorded already: the answer to a commit
// can be lost.
func (a *applier) chunk(ctx context.Context, decisions []dedupe.Decision, look bool) error {
	var err error
	for attempt, away := 0, 0; attempt < chunkAttempts; {
		if err = ctx.Err(); err != nil {
			return err
		}
		var stale [][]int
		stale, err = a.once(ctx, decisions, look || attempt+away > 0)
		switch {
		case err == nil:
			a.settled(decisions, stale)
			return nil
		case errors.Is(err, provision.ErrFenced), errors.Is(err, provision.ErrDenied), errors.Is(err, provision.ErrSchema), ctx.Err() != nil:
			return err // nobody on the list is at fault
		case errors.Is(err, provision.ErrAway):
			if away++; away == provision.AwayAttempts {
				return err
			}
			provision.Pause(ctx, away, time.Second)
			continue
		case !errors.Is(err, provision.ErrMoved):
			return a.split(ctx, decisions, err)
		}
		attempt++
		provision.Pause(ctx, attempt, 20*time.Millisecond)
	}
	return a.split(ctx, decisions, err)
}

// split halves a chunk that does not go through, so that one poisonous person
// does not keep the others out; alone, that person has failed.
func (a *applier) split(ctx context.Context, decisions []dedupe.Decision, cause error) error {
	if len(decisions) > 1 {
		half := len(decisions) / 2
		if err := a.chunk(ctx, decisions[:half], true); err != nil {
			return err
		}
		return a.chunk(ctx, decisions[half:], true)
	}
	d := decisions[0]
	rows := provision.RowsOf(d, provision.Failed, provision.Failed, reason.DatabaseRefused, "", "")
	for i := range rows {
		rows[i].Detail = &provision.Detail{Error: cause.Error()}
	}
	err := a.store.InTx(ctx, func(tx provision.Tx) error {
		if err := tx.Fence(ctx, a.lease()); err != nil {
			return err
		}
		if recorded, err := tx.Recorded(ctx, a.by.Run, d.Rows); err != nil || len(recorded) > 0 {
			return err
		}
		return tx.Record(ctx, a.by.Run, rows)
	})
	if err != nil {
		return fmt.Errorf("rows %d: %w", d.Rows[0], errors.Join(err, cause))
	}
	a.settled(decisions, nil)
	return nil
}

func (a *applier) settled(decisions []dedupe.Decision, stale [][]int) {
	rows := 0
	for _, d := range decisions {
		rows += len(d.Rows)
	}
	a.mu.Lock()
	a.stale = append(a.stale, stale...)
	a.mu.Unlock()
	a.tell(provision.Progress{Phase: provision.Applying, Done: int(a.done.Add(int64(rows)))})
}

// once is one transaction. It returns the rows of the people who were stale
// and are kept for another plan.
func (a *applier) once(ctx context.Context, decisions []dedupe.Decision, look bool) (stale [][]int, err error) {
	err = a.store.InTx(ctx, func(tx provision.Tx) error {
		stale = nil
		if err := tx.Fence(ctx, a.lease()); err != nil {
			return err
		}
		todo, ledger, err := a.unrecorded(ctx, tx, decisions, look)
		if err != nil {
			return err
		}
		found, err := resolve(ctx, tx, todo, !look)
		if err != nil {
			return err
		}
		build := a.builder.start(a.by, len(todo))
		for _, d := range todo {
			switch {
			case fresh(d, found):
				ledger = append(ledger, build.carryOut(d, found)...)
			case a.keep:
				stale = append(stale, d.Rows)
			default:
				ledger = append(ledger, provision.RowsOf(d, provision.Stale, provision.Stale, reason.AccountChanged, "", "")...)
			}
		}
		if build.err != nil {
			return build.err
		}
		if err := tx.Apply(ctx, build.batch); err != nil {
			return err
		}
		return tx.Record(ctx, a.by.Run, ledger)
	})
	if err != nil && len(decisions) > 0 {
		last := decisions[len(decisions)-1].Rows
		err = fmt.Errorf("rows %d to %d: %w", decisions[0].Rows[0], last[len(last)-1], err)
	}
	return stale, err
}

// unrecorded leaves out the people whose rows are in the ledger already. Where
// only some of a person's rows are, the others are stale: the plan was made
// anew and sees the person differently.
func (a *applier) unrecorded(ctx context.Context, tx provision.Tx, decisions []dedupe.Decision, look bool) ([]dedupe.Decision, []provision.LedgerRow, error) {
	if !look {
		return decisions, nil, nil
	}
	var rows []int
	for _, d := range decisions {
		rows = append(rows, d.Rows...)
	}
	recorded, err := tx.Recorded(ctx, a.by.Run, rows)
	if err != nil || len(recorded) == 0 {
		return decisions, nil, err
	}
	there := map[int]bool{}
	for _, row := range recorded {
		there[row] = true
	}
	var todo []dedupe.Decision
	var ledger []provision.LedgerRow
	for _, d := range decisions {
		var left []provision.LedgerRow
		for _, r := range provision.RowsOf(d, provision.Stale, provision.Stale, reason.AccountChanged, "", "") {
			if !there[r.Row] {
				left = append(left, r)
			}
		}
		if len(left) == len(d.Rows) {
			todo = append(todo, d)
		} else {
			ledger = append(ledger, left...)
		}
	}
	return todo, ledger, nil
}

// resolve looks up the keys of all decisions that write or show anything. On
// the first attempt it skips those of a create that takes nobody's.
func resolve(ctx context.Context, tx provision.Tx, decisions []dedupe.Decision, first bool) (map[identity.Key]provision.Found, error) {
	var keys []identity.Key
	for _, d := range decisions {
		if first && d.Action == dedupe.Create && !slices.ContainsFunc(d.Watch, dedupe.Watched.Taken) {
			continue
		}
		for _, w := range d.Watch {
			keys = append(keys, w.Key)
		}
	}
	if len(keys) == 0 {
		return nil, nil
	}
	found, err := tx.Resolve(ctx, keys)
	byKey := make(map[identity.Key]provision.Found, len(found))
	for _, f := range found {
		byKey[f.Key] = f
	}
	return byKey, err
}

// fresh reports whether the keys of a decision lead where the plan saw them
// lead, to accounts nobody has written to since.
func fresh(d dedupe.Decision, found map[identity.Key]provision.Found) bool {
	return !slices.ContainsFunc(d.Watch, func(w dedupe.Watched) bool {
		f := found[w.Key] // nothing where nobody has it
		return f.Account != w.Account || f.Version != w.Version
	})
}
