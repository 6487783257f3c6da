package run

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sync"
	"sync/atomic"
	"time"

	"github.com/sourcegraph/conc/pool"

	"muster/importer/identity"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
)

// applyChunk is how many steps one transaction carries out where the engine
// does not say.
const applyChunk = 750

// chunkAttempts is how often one chunk is tried before it is split to find the
// person that poisons it.
const chunkAttempts = 8

// applier carries steps out, chunk by chunk:
//
//  1. check the lease inside the transaction, and that the operator may still
//     do what the run was planned on;
//  2. leave out people whose rows are recorded already (a resumed run);
//  3. look up again what the steps watch (apply_look.go): what differs from the
//     plan is stale;
//  4. make nobody who was erased since the plan was made;
//  5. write what the rest changes, and record the rows, in one transaction.
//
// Whatever goes wrong rolls the chunk back; somebody else having been faster
// is tried again from the look-up on. Where an organization would be left without
// an administrator, or have more people than its plan allows, the chunk is tried
// again without who would be the last, or one too many.
type applier struct {
	store   provision.Writer
	fence   func(context.Context, provision.Tx) error // proves that the run has not been taken over
	by      provision.Author
	rights  provision.Operator // as the plan was made on them
	brand   string             // in which they act, "" for a command about people who are there
	limits  map[record.Kind]int
	now     func() time.Time
	carrier *change.Carrier
	marks   func(k identity.Key, organization string) []string // of who was erased
	workers int
	size    int // of a chunk
	resumed bool
	keep    bool // stale people are kept for another plan instead of being recorded
	tell    func(provision.Event)

	done  atomic.Int64
	mu    sync.Mutex
	stale [][]int // rows of people who are to be planned again

	missed int // numbers of people who are missing that an earlier start gave
}

// apply carries out a stream of steps.
func (a *applier) apply(ctx context.Context, steps iter.Seq2[change.Step, error]) error {
	workers := pool.New().WithContext(ctx).WithCancelOnError().WithFirstError().WithMaxGoroutines(a.workers)
	chunk := make([]change.Step, 0, a.size)
	rows := 0
	send := func() {
		whole := chunk
		ahead := a.ahead(whole)
		workers.Go(func(ctx context.Context) error { return a.chunk(ctx, whole, ahead, a.resumed) })
		chunk = make([]change.Step, 0, a.size)
		rows = 0
	}
	var broken error
	for s, err := range steps {
		if broken = errors.Join(err, ctx.Err()); broken != nil {
			break
		}
		chunk = append(chunk, s)
		rows += len(s.Rows)
		if len(chunk) == a.size || rows >= 2*a.size {
			send()
		}
	}
	if broken == nil && len(chunk) > 0 {
		send()
	}
	return errors.Join(workers.Wait(), broken)
}

// chunk carries out some steps in one transaction, however often it takes.
// Ahead is what they come to where that is known already. Look says that rows of
// it may be recorded already: the answer to a commit can be lost.
func (a *applier) chunk(ctx context.Context, steps []change.Step, ahead *carried, look bool) error {
	var err error
	out := leftOut{}
	for attempt, away := 0, 0; attempt < chunkAttempts; {
		if err = ctx.Err(); err != nil {
			return err
		}
		var stale [][]int
		stale, err = a.once(ctx, steps, ahead, out, look || attempt+away > 0)
		ahead = nil // another attempt has something else to look at
		switch {
		case err == nil:
			a.settled(steps, stale)
			return nil
		case errors.Is(err, provision.ErrFenced), errors.Is(err, provision.ErrDenied),
			errors.Is(err, provision.ErrSchema), ctx.Err() != nil:
			return err // nobody on the list is at fault
		case isWithdrawn(err):
			return err
		case out.found(steps, err):
			continue
		case errors.Is(err, provision.ErrAway):
			if away++; away == provision.AwayAttempts {
				return err
			}
			provision.Pause(ctx, away, time.Second)
			continue
		case !errors.Is(err, provision.ErrMoved):
			return a.split(ctx, steps, err)
		}
		attempt++
		provision.Pause(ctx, attempt, 20*time.Millisecond)
	}
	return a.split(ctx, steps, err)
}

// split halves a chunk that does not go through, so that one poisonous person
// does not keep the others out; alone, that person has failed.
func (a *applier) split(ctx context.Context, steps []change.Step, cause error) error {
	if len(steps) > 1 {
		half := len(steps) / 2
		if err := a.chunk(ctx, steps[:half], nil, true); err != nil {
			return err
		}
		return a.chunk(ctx, steps[half:], nil, true)
	}
	alone := steps[0]
	if alone.Missing != nil {
		return a.unremovable(ctx, alone, cause)
	}
	rows := alone.LedgerAs(change.Verdict{Outcome: provision.Failed, Reason: reason.DatabaseRefused})
	for i := range rows {
		rows[i].Detail = &provision.Detail{Error: cause.Error()}
	}
	err := a.store.InTx(ctx, func(tx provision.Tx) error {
		if err := a.fence(ctx, tx); err != nil {
			return err
		}
		if recorded, err := tx.Recorded(ctx, a.by.Run, alone.Rows); err != nil || len(recorded) > 0 {
			return err
		}
		return tx.Record(ctx, a.by.Run, rows)
	})
	if err != nil {
		return fmt.Errorf("rows %d: %w", alone.Rows[0], errors.Join(err, cause))
	}
	a.settled(steps, nil)
	return nil
}

func (a *applier) settled(steps []change.Step, stale [][]int) {
	rows := 0
	for _, s := range steps {
		rows += len(s.Rows)
	}
	a.mu.Lock()
	a.stale = append(a.stale, stale...)
	a.mu.Unlock()
	a.tell(provision.Progress{Phase: provision.Applying, Done: int(a.done.Add(int64(rows)))})
}

// once is one transaction. It returns the rows of the people who were stale
// and are kept for another plan.
func (a *applier) once(
	ctx context.Context, steps []change.Step, ahead *carried, out leftOut, look bool,
) (stale [][]int, err error) {
	err = a.store.InTx(ctx, func(tx provision.Tx) error {
		stale = nil
		if err := a.fence(ctx, tx); err != nil {
			return err
		}
		if err := a.mayStill(ctx, tx); err != nil {
			return err
		}
		todo, ledger, err := a.unrecorded(ctx, tx, steps, look)
		if err != nil {
			return err
		}
		if todo, err = a.unmissed(ctx, tx, todo, look); err != nil {
			return err
		}
		found, err := lookAgain(ctx, tx, todo, !look)
		if err != nil {
			return err
		}
		erased, err := a.erased(ctx, tx, todo)
		if err != nil {
			return err
		}
		done := ahead
		if look || done == nil || len(erased) > 0 {
			if done, err = a.carry(todo, out, found, erased); err != nil {
				return err
			}
		}
		stale = done.stale
		if err := a.write(ctx, tx, done.batch); err != nil {
			return err
		}
		if len(done.missing) > 0 {
			return tx.RecordRemovals(ctx, a.by.Run, done.missing)
		}
		return tx.Record(ctx, a.by.Run, append(done.ledger, ledger...))
	})
	if err != nil && len(steps) > 0 && len(steps[0].Rows) > 0 {
		last := steps[len(steps)-1].Rows
		err = fmt.Errorf("rows %d to %d: %w", steps[0].Rows[0], last[len(last)-1], err)
	}
	return stale, err
}

// outdated is the verdict on people who are not as the plan saw them.
var outdated = change.Verdict{Outcome: provision.Stale, Reason: reason.AccountChanged}

// unrecorded leaves out the people whose rows are in the ledger already. Where
// only some of a person's rows are, the others are stale: the plan was made
// anew and sees the person differently.
func (a *applier) unrecorded(
	ctx context.Context, tx provision.Tx, steps []change.Step, look bool,
) ([]change.Step, []provision.LedgerRow, error) {
	if !look {
		return steps, nil, nil
	}
	var rows []int
	for _, s := range steps {
		rows = append(rows, s.Rows...)
	}
	recorded, err := tx.Recorded(ctx, a.by.Run, rows)
	if err != nil || len(recorded) == 0 {
		return steps, nil, err
	}
	there := map[int]bool{}
	for _, row := range recorded {
		there[row] = true
	}
	var todo []change.Step
	var ledger []provision.LedgerRow
	for _, s := range steps {
		var left []provision.LedgerRow
		for _, r := range s.LedgerAs(outdated) {
			if !there[r.Row] {
				left = append(left, r)
			}
		}
		if len(left) == len(s.Rows) {
			todo = append(todo, s)
		} else {
			ledger = append(ledger, left...)
		}
	}
	return todo, ledger, nil
}
