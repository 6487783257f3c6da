package run

import (
	"context"
	"errors"
	"time"

	"github.com/sourcegraph/conc"

	"muster/provision"
)

// How a lease is kept: it lapses 30 s after its last renewal.
const (
	leaseRenewal  = 8 * time.Second
	leasePatience = 35 * time.Second // wait for the lease of the same run, killed on another host
)

// Holding is a lease being kept.
type Holding struct {
	lease provision.Lease
	stop  context.CancelFunc
	beat  conc.WaitGroup
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

// Keep takes a lease and renews it until release. The context it returns ends
// when the lease is lost.
func Keep(ctx context.Context, e *provision.Engine, l provision.Lease) (context.Context, *Holding, error) {
	l.Holder = e.User + "@" + e.Host
	l.Host = e.Host
	l.PID = e.PID
	lease, err := acquire(ctx, e, l)
	if err != nil {
		return ctx, nil, err
	}
	work, lose := context.WithCancelCause(ctx)
	beating, stop := context.WithCancel(context.WithoutCancel(ctx))
	h := &Holding{lease: lease, stop: stop}
	h.beat.Go(func() {
		tick := time.NewTicker(leaseRenewal)
		defer tick.Stop()
		for {
			select {
			case <-beating.Done():
				return
			case <-tick.C:
				if err := e.Store.Renew(beating, lease); errors.Is(err, provision.ErrFenced) {
					lose(err)
					return
				}
			}
		}
	})
	return work, h, nil
}

func (h *Holding) current() provision.Lease { return h.lease }

// Fencing is a writer whose transactions prove first that the lease is still
// held: one that was taken for dead cannot write.
func (h *Holding) Fencing(w provision.Writer) provision.Writer { return fencing{w, h.lease} }

type fencing struct {
	provision.Writer
	lease provision.Lease
}

func (f fencing) InTx(ctx context.Context, do func(provision.Tx) error) error {
	return f.Writer.InTx(ctx, func(tx provision.Tx) error {
		if err := tx.Fence(ctx, f.lease); err != nil {
			return err
		}
		return do(tx)
	})
}

// Release stops the renewals and gives the lease back.
func Release(ctx context.Context, e *provision.Engine, h *Holding) {
	h.stop()
	h.beat.Wait()
	l := h.current()
	_ = e.Store.Release(context.WithoutCancel(ctx), l.Name, l.Token) // it lapses by itself
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
		if e.Gone(held.Host, held.PID) {
			if got, err = e.Store.Seize(ctx, l, held.Token); !errors.Is(err, provision.ErrMoved) {
				return got, err
			}
			continue
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
