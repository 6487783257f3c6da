package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"time"

	"github.com/sourcegraph/conc"

	"muster/cmd/muster/view"
	"muster/provision"
	"muster/provision/claim/page"
	"muster/provision/review"
	"muster/provision/review/desk"
)

// deskIdle is how long nobody may ask for a page before the review ends.
const deskIdle = 30 * time.Minute

// reviewBrowser asks about held people on a page of this machine, which is there
// for as long as the command is.
func (a *app) reviewBrowser(ctx context.Context, v view.View, s *session, sitting *review.Sitting, o reviewOptions) error {
	again := o
	again.Lang.Tag = string(sitting.In.Language) // once nobody is held, none is known
	d, err := desk.New(desk.Options{
		Sitting: sitting,
		Apply: func(ctx context.Context, answers review.Answers, confirm desk.Confirm) (provision.Summary, error) {
			return a.carryOut(ctx, v, s, answers, o, confirm)
		},
		Again: func(ctx context.Context) (*review.Sitting, error) { return sit(ctx, s, sitting.Held.Source, again) },
		Idle:  deskIdle,
		Fault: func(err error) { v.Tell(provision.Warning{Text: err.Error()}) },
		Now:   time.Now,
	})
	if err != nil {
		return err
	}
	address := net.JoinHostPort("127.0.0.1", strconv.Itoa(o.Port))
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return &provision.ConfigError{
			Msg:  fmt.Sprintf("cannot listen on %s: %v", address, errors.Unwrap(err)),
			Hint: "leave --port out: then a port is taken that nobody uses",
		}
	}
	a.tellDesk(d.Address(l.Addr().String()), sitting)
	closed, err := a.atDesk(ctx, d, l)
	v.Close()
	switch {
	case closed.Applied:
		return a.ended(v, closed.Summary, nil)
	case errors.Is(err, context.Canceled) && closed.Failed != nil:
		return a.ended(v, closed.Summary, closed.Failed) // while it was applied
	case err != nil && !errors.Is(err, context.Canceled):
		return err
	}
	why := ""
	if closed.Idle {
		why = fmt.Sprintf("Nobody asked for a page for %s. ", deskIdle)
	}
	fmt.Fprintf(a.out.Stderr, "\n%sYour answers are kept: muster review %s --browser goes on.\n", why,
		sourceWords(sitting.Held.Source))
	if errors.Is(closed.Failed, provision.ErrDeclined) {
		return nil
	}
	return closed.Failed
}

// tellDesk says where the review is, and how it ends.
func (a *app) tellDesk(address string, sitting *review.Sitting) {
	if a.common.JSON {
		a.out.Emit("review", a.out.Event(""), map[string]any{"address": address, "rows": len(sitting.Questions)})
		return
	}
	fmt.Fprintf(a.out.Stdout, "%s to decide about. Open this address in a browser on this machine; it opens once:\n\n  %s\n\n"+
		"The page is there until you end the review on it, or press Ctrl-C here.\n", view.Plural(len(sitting.Questions), "row"), address)
}

// atDesk serves the desk until its review is over.
func (a *app) atDesk(ctx context.Context, d *desk.Desk, l net.Listener) (desk.Close, error) {
	serving, stop := context.WithCancel(context.WithoutCancel(ctx))
	var server conc.WaitGroup
	var served error
	server.Go(func() { served = page.Serve(serving, l, d, nil) })
	closed, err := d.Wait(ctx)
	stop()
	server.Wait()
	return closed, errors.Join(err, served)
}
