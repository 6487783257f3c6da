package storetest

import (
	"errors"
	"sync"

	"muster/provision"
)

var shardTrials = []trial{
	{"the parts of a run share its lease, and nobody else does", leaseShared},
	{"a shared lease is not taken over while a part of its run is at work", leaseOfParts},
	{"a shard is begun and ends once; those that end at once see each other", shardsEnd},
	{"an open run gets another place, a finished one does not", runPlaced},
}

// openRun opens a run.
func (w *world) openRun() provision.Run {
	w.Helper()
	run, _, err := w.s.OpenRun(w.ctx, provision.Run{ID: id(), Kind: "apply", Fingerprint: id(), Organization: w.here.ID,
		Host: "host", PID: 42, Out: "/out", StartedAt: w.by.At})
	w.ok(err)
	return run
}

func (w *world) locked(err error) *provision.LockedError {
	w.Helper()
	var locked *provision.LockedError
	if !errors.As(err, &locked) {
		w.Fatalf("got %v, want a LockedError", err)
	}
	return locked
}

func leaseShared(w *world) {
	run := id()
	shared := w.lease(run)
	shared.Shared = true
	first, err := w.s.Acquire(w.ctx, shared)
	w.ok(err)
	second, err := w.s.Acquire(w.ctx, shared)
	w.ok(err)
	w.same(second.Token, first.Token)
	w.same(second.Shared, true)
	_, err = w.s.Acquire(w.ctx, w.lease(run)) // the same run, undivided
	w.locked(err)
	other := shared
	other.Run = id()
	_, err = w.s.Acquire(w.ctx, other)
	w.locked(err)
	w.ok(w.fence(first))

	w.ok(w.s.Release(w.ctx, first.Name, first.Token))
	w.is(w.fence(second), provision.ErrFenced)
	alone, err := w.s.Acquire(w.ctx, w.lease(run))
	w.ok(err)
	_, err = w.s.Acquire(w.ctx, shared) // it is held, and not shared
	w.locked(err)
	w.ok(w.fence(alone))
}

func leaseOfParts(w *world) {
	run := id()
	shared := w.lease(run)
	shared.Shared = true
	whole, err := w.s.Acquire(w.ctx, shared)
	w.ok(err)
	part, err := w.s.Acquire(w.ctx, provision.Lease{Name: provision.ShardLeaseName(run, 3), Run: run, Holder: "bob@host", Host: "host", PID: 43})
	w.ok(err)
	_, err = w.s.Seize(w.ctx, w.lease(id()), whole.Token)
	refused := w.locked(err)
	w.same(refused.Part, part)
	w.same(refused.AtWork().Holder, "bob@host")
	w.same(refused.AtWork().Token, whole.Token)
	w.ok(w.fence(whole))

	w.ok(w.s.Release(w.ctx, part.Name, part.Token))
	heir, err := w.s.Seize(w.ctx, w.lease(id()), whole.Token)
	w.ok(err)
	w.is(w.fence(whole), provision.ErrFenced)
	w.ok(w.fence(heir))
}

func shardsEnd(w *world) {
	run := w.openRun()
	lease := w.acquire()
	const shards = 4
	begin := func(i int, token int64) provision.ShardRow {
		var row provision.ShardRow
		w.ok(w.s.InTx(w.ctx, func(tx provision.Tx) (err error) {
			row, err = tx.BeginShard(w.ctx, run.ID, provision.Shard{Index: i, Of: shards}, token)
			return err
		}))
		return row
	}
	w.is(w.s.InTx(w.ctx, func(tx provision.Tx) error {
		return tx.EndShard(w.ctx, run.ID, provision.Shard{Index: 0, Of: shards})
	}), provision.ErrNotFound)
	var ends sync.WaitGroup
	last := make(chan int, shards)
	for i := range shards {
		w.same(begin(i, 1), provision.ShardRow{Shard: provision.Shard{Index: i, Of: shards}, Token: 1})
	}
	for i := range shards {
		ends.Go(func() {
			done := 0
			err := provision.Retry(func() error {
				return w.s.InTx(w.ctx, func(tx provision.Tx) error {
					if err := tx.Alone(w.ctx, lease); err != nil {
						return err
					}
					if err := tx.EndShard(w.ctx, run.ID, provision.Shard{Index: i, Of: shards}); err != nil {
						return err
					}
					all, err := tx.Shards(w.ctx, run.ID)
					done = 0
					for _, s := range all {
						if s.Done {
							done++
						}
					}
					return err
				})
			})
			if err != nil {
				w.Error(err)
			}
			if done == shards {
				last <- i
			}
		})
	}
	ends.Wait()
	if len(last) != 1 {
		w.Fatalf("%d of them were the last", len(last))
	}
	w.same(begin(2, 7), provision.ShardRow{Shard: provision.Shard{Index: 2, Of: shards}, Done: true, Token: 7})
	all, err := w.s.Shards(w.ctx, run.ID)
	w.ok(err)
	w.same(len(all), shards)
	w.same(all[2].Token, int64(7))

	w.ok(w.s.Release(w.ctx, lease.Name, lease.Token))
	w.is(w.s.InTx(w.ctx, func(tx provision.Tx) error { return tx.Alone(w.ctx, lease) }), provision.ErrFenced)
}

func runPlaced(w *world) {
	run := w.openRun()
	run.Host, run.PID, run.Out = "elsewhere", 7, "/reports"
	w.ok(w.s.PlaceRun(w.ctx, run))
	now, err := w.s.Run(w.ctx, run.ID)
	w.ok(err)
	w.same([]any{now.Host, now.PID, now.Out}, []any{"elsewhere", 7, "/reports"})
	n, err := w.s.Settled(w.ctx, run.ID)
	w.ok(err)
	w.same(n, 0)
	w.ok(w.s.InTx(w.ctx, func(tx provision.Tx) error {
		return tx.Record(w.ctx, run.ID, []provision.LedgerRow{{Row: 1, Outcome: provision.Unchanged}, {Row: 2, Outcome: provision.Unchanged}})
	}))
	n, err = w.s.Settled(w.ctx, run.ID)
	w.ok(err)
	w.same(n, 2)
	w.ok(w.s.FinishRun(w.ctx, run.ID, 0, nil, w.by.At))
	w.is(w.s.PlaceRun(w.ctx, run), provision.ErrNotFound)
}
