package run

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/sourcegraph/conc"

	"muster/provision"
)

// How a lease is kept: it lapses 30 s after its last renewal.
const (
	leaseRenewal  = 8 * time.Second
	leasePatience = 35 * time.Second // wait for the lease of the same run, killed on another host
)

// Holding are leases being kept: one of most runs, of a shard its own beside the
// shared one of its run.
type Holding struct {
	leases []provision.Lease
	ended  bool // nobody needs what is shared any more
	stop   context.CancelFunc
	beat   conc.WaitGroup
}

// hold keeps the organization's lease for a run, and says that the run begins.
// A run that was opened just now and finds itself locked out is closed again.
func hold(
	ctx context.Context, e *provision.Engine, organization string, run provision.Run, resumed bool,
) (context.Context, *Holding, error) {
	work, h, err := Keep(ctx, e, provision.Lease{Name: provision.LeaseName(organization), Run: run.ID})
	var locked *provision.LockedError
	if errors.As(err, &locked) && !resumed {
		err = errors.Join(err, e.Store.FinishRun(context.WithoutCancel(ctx), run.ID, provision.ExitLocked, nil,
			e.Now().UTC()))
	}
	if err == nil {
		e.Tell(provision.RunStarted{Run: run.ID, Resumed: resumed, Out: run.Out})
	}
	return work, h, err
}

// Keep takes a lease, or several in their order, and renews them until release.
// The context it returns ends when one is lost.
func Keep(ctx context.Context, e *provision.Engine, leases ...provision.Lease) (context.Context, *Holding, error) {
	h := &Holding{}
	for _, l := range leases {
		l.Holder = e.User + "@" + e.Host
		l.Host = e.Host
		l.PID = e.PID
		lease, err := acquire(ctx, e, l)
		if err != nil {
			h.giveBack(ctx, e)
			return ctx, nil, err
		}
		h.leases = append(h.leases, lease)
	}
	work, lose := context.WithCancelCause(ctx)
	beating, stop := context.WithCancel(context.WithoutCancel(ctx))
	h.stop = stop
	h.beat.Go(func() {
		tick := time.NewTicker(leaseRenewal)
		defer tick.Stop()
		for {
			select {
			case <-beating.Done():
				return
			case <-tick.C:
				if err := h.renew(beating, e); errors.Is(err, provision.ErrFenced) {
					lose(err)
					return
				}
			}
		}
	})
	return work, h, nil
}

func (h *Holding) renew(ctx context.Context, e *provision.Engine) error {
	for _, l := range h.leases {
		if err := e.Store.Renew(ctx, l); errors.Is(err, provision.ErrFenced) {
			return err
		}
	}
	return nil
}

// fence proves within a transaction that the leases are still held.
func (h *Holding) fence(ctx context.Context, tx provision.Tx) error {
	for _, l := range h.leases {
		if err := tx.Fence(ctx, l); err != nil {
			return err
		}
	}
	return nil
}

// Fencing is a writer whose transactions prove first that the lease is still
// held: one that was taken for dead cannot write.
func (h *Holding) Fencing(w provision.Writer) provision.Writer { return fencing{w, h} }

type fencing struct {
	provision.Writer
	h *Holding
}

func (f fencing) InTx(ctx context.Context, do func(provision.Tx) error) error {
	return f.Writer.InTx(ctx, func(tx provision.Tx) error {
		if err := f.h.fence(ctx, tx); err != nil {
			return err
		}
		return do(tx)
	})
}

// Release stops the renewals and gives the leases back.
func Release(ctx context.Context, e *provision.Engine, h *Holding) {
	h.stop()
	h.beat.Wait()
	h.giveBack(ctx, e)
}

// giveBack frees the leases, the last one first. One that is shared stays until
// its run has ended: others have it, too, or will; where nobody has, it lapses.
func (h *Holding) giveBack(ctx context.Context, e *provision.Engine) {
	for _, l := range slices.Backward(h.leases) {
		if !l.Shared || h.ended {
			_ = e.Store.Release(context.WithoutCancel(ctx), l.Name, l.Token) // it lapses by itself
		}
	}
}

// acquire takes a lease. One left behind by a process that is gone from this
// host is taken over at once; the lease of the same run, left on another host,
// is waited for until it lapses. Anybody else's is a *LockedError.
func acquire(ctx context.Context, e *provision.Engine, l provision.Lease) (provision.Lease, error) {
	deadline := time.Now().Add(leasePatience)
	for told := false; ; told = true {
		got, err := e.Store.Acquire(ctx, l)
		var locked *provision.LockedError
		if !errors.As(err, &locked) {
			return got, err
		}
		held := locked.Lease
		if part := locked.Part; part.Name != "" && e.Gone(part.Host, part.PID) {
			_ = e.Store.Release(ctx, part.Name, part.Token) // whoever is faster did the same
			continue
		}
		if e.Gone(held.Host, held.PID) {
			got, err = e.Store.Seize(ctx, l, held.Token)
			if errors.Is(err, provision.ErrMoved) || errors.As(err, &locked) && e.Gone(locked.Part.Host, locked.Part.PID) {
				continue
			}
			return got, err
		}
		if l.Run == "" || held.Run != l.Run || held.Host == e.Host || time.Now().After(deadline) {
			return got, locked
		}
		if !told {
			e.Tell(provision.Notice{Text: "waiting for the lease of this run, held by " + held.Holder + ", to lapse"})
		}
		select {
		case <-ctx.Done():
			return got, ctx.Err()
		case <-time.After(time.Second):
		}
	}
}
