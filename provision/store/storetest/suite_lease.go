package storetest

import (
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"muster/provision"
)

var leaseTrials = []trial{
	{"a lease is held by one, and told of to others", leaseHeld},
	{"a seized lease fences its former holder", leaseSeized},
	{"a takeover waits for what is fenced already", leaseTakeoverWaits},
	{"workers that fence all the time do not starve the renewal", leaseRenewal},
	{"of many that want a lease one gets it", leaseRace},
}

func (w *world) lease(run string) provision.Lease {
	return provision.Lease{Name: "here", Run: run, Holder: "ann@host", Host: "host", PID: 42}
}

func (w *world) acquire() provision.Lease {
	w.Helper()
	l, err := w.s.Acquire(w.ctx, w.lease(id()))
	w.ok(err)
	return l
}

func (w *world) fence(l provision.Lease) error {
	return w.s.InTx(w.ctx, func(tx provision.Tx) error { return tx.Fence(w.ctx, l) })
}

func leaseHeld(w *world) {
	l := w.acquire()
	w.same(l.Lapsed, false)
	if left := l.ExpiresAt.Sub(l.Acquired); left < 29*time.Second || left > 31*time.Second {
		w.Fatalf("the lease lasts %s", left)
	}
	_, err := w.s.Acquire(w.ctx, w.lease(id()))
	var locked *provision.LockedError
	if !errors.As(err, &locked) {
		w.Fatalf("got %v, want a LockedError", err)
	}
	w.same(locked.Lease, l)
	w.same(locked.Lease.Holder, "ann@host")
	leases, err := w.s.Leases(w.ctx)
	w.ok(err)
	w.same(leases, []provision.Lease{l})
	w.ok(w.fence(l))
	w.ok(w.s.Renew(w.ctx, l))

	w.is(w.s.Release(w.ctx, l.Name, l.Token+1), provision.ErrNotFound)
	w.is(w.s.Release(w.ctx, "other", 1), provision.ErrNotFound)
	w.ok(w.s.Release(w.ctx, l.Name, l.Token))
	w.is(w.s.Release(w.ctx, l.Name, l.Token), provision.ErrNotFound)
	w.is(w.fence(l), provision.ErrFenced)
	w.is(w.s.Renew(w.ctx, l), provision.ErrFenced)
	leases, err = w.s.Leases(w.ctx)
	w.ok(err)
	w.same(len(leases), 0)
	if next := w.acquire(); next.Token <= l.Token {
		w.Fatalf("token %d after %d", next.Token, l.Token)
	}
}

func leaseSeized(w *world) {
	dead := w.acquire()
	heir, err := w.s.Seize(w.ctx, w.lease(dead.Run), dead.Token)
	w.ok(err)
	if heir.Token <= dead.Token {
		w.Fatalf("token %d after %d", heir.Token, dead.Token)
	}
	b, _ := w.newAccount("zombie@example.com")
	w.is(w.s.InTx(w.ctx, func(tx provision.Tx) error {
		if err := tx.Fence(w.ctx, dead); err != nil {
			return err
		}
		return tx.Apply(w.ctx, b)
	}), provision.ErrFenced)
	w.same(w.owner(emailKey("zombie@example.com")), "")
	w.is(w.s.Renew(w.ctx, dead), provision.ErrFenced)
	w.ok(w.fence(heir))

	_, err = w.s.Seize(w.ctx, w.lease(id()), dead.Token)
	var locked *provision.LockedError
	if !errors.As(err, &locked) || locked.Lease.Token != heir.Token {
		w.Fatalf("got %v, want the heir's lease", err)
	}
	_, err = w.s.Seize(w.ctx, provision.Lease{Name: "nobody's"}, 1)
	w.is(err, provision.ErrMoved)
}

func leaseTakeoverWaits(w *world) {
	l := w.acquire()
	b, _ := w.newAccount("ann@example.com")
	var seized atomic.Bool
	done := make(chan error, 1)
	w.ok(w.s.InTx(w.ctx, func(tx provision.Tx) error {
		if err := tx.Fence(w.ctx, l); err != nil {
			return err
		}
		go func() {
			_, err := w.s.Seize(w.ctx, w.lease(id()), l.Token)
			seized.Store(true)
			done <- err
		}()
		time.Sleep(100 * time.Millisecond)
		w.same(seized.Load(), false)
		return tx.Apply(w.ctx, b)
	}))
	w.ok(<-done)
	w.is(w.fence(l), provision.ErrFenced)
	if w.owner(emailKey("ann@example.com")) == "" {
		w.Fatal("the fenced chunk was lost")
	}
}

// leaseRenewal keeps two workers inside fenced transactions that overlap, and
// lets the holder renew beside them.
func leaseRenewal(w *world) {
	l := w.acquire()
	var stop atomic.Bool
	var workers sync.WaitGroup
	errs := make(chan error, 2)
	for range 2 {
		workers.Go(func() {
			for !stop.Load() {
				if err := w.s.InTx(w.ctx, func(tx provision.Tx) error {
					defer time.Sleep(15 * time.Millisecond)
					return tx.Fence(w.ctx, l)
				}); err != nil {
					errs <- err
					return
				}
			}
		})
	}
	var longest time.Duration
	for range 10 {
		begun := time.Now()
		w.ok(w.s.Renew(w.ctx, l))
		longest = max(longest, time.Since(begun))
	}
	stop.Store(true)
	workers.Wait()
	select {
	case err := <-errs:
		w.Fatal(err)
	default:
	}
	w.Logf("longest renewal %s", longest)
	if longest > 5*time.Second {
		w.Fatalf("a renewal took %s", longest)
	}
}

func leaseRace(w *world) {
	var group sync.WaitGroup
	var got, refused atomic.Int64
	for range 8 {
		group.Go(func() {
			_, err := w.s.Acquire(w.ctx, w.lease(id()))
			var locked *provision.LockedError
			switch {
			case err == nil:
				got.Add(1)
			case errors.As(err, &locked):
				refused.Add(1)
			default:
				w.Error(err)
			}
		})
	}
	group.Wait()
	w.same(got.Load(), int64(1))
	w.same(refused.Load(), int64(7))
}
