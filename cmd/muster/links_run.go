package main

import (
	"context"
	"errors"
	"fmt"

	"muster/cmd/muster/exit"
	"muster/cmd/muster/view"
	"muster/provision"
	"muster/provision/pick"
	"muster/provision/run"
)

// picked is a command about people who are there, as it was asked for.
type picked struct {
	peopleOptions
	verb      pick.Verb
	looked    func(context.Context, *session, provision.Scope) (pick.Verb, error) // in place of verb, where it depends on people
	settled   func(*provision.Authority) (pick.Verb, error)                       // in place of verb, where it depends on the organization
	selection pick.Selection
	terms     provision.Terms
	needs, to string                                                                    // the capability it needs, and what for; "" for none
	states    []provision.InviteState                                                   // of people whom a filter lets through that names none
	former    bool                                                                      // an address that was theirs before names somebody as well
	asks      bool                                                                      // before it does anything
	issues    bool                                                                      // links
	after     func(context.Context, *session, provision.Scope, provision.Summary) error // what else is looked up at the end; nil for nothing
	shown     func(provision.Summary) error                                             // what else is shown then; nil for nothing
}

// onPeople does the command as a run.
func (a *app) onPeople(ctx context.Context, c picked) error {
	return a.runOn(ctx, c.peopleOptions, c.shown, func(s *session, v view.View) (provision.Summary, error) {
		sc, err := s.oversight(ctx, c.terms, c.needs, c.to)
		if err == nil && c.issues {
			err = sc.Authority.Organization.MayInvite()
		}
		if err != nil {
			return provision.Summary{}, err
		}
		if c.looked != nil {
			if c.verb, err = c.looked(ctx, s, sc); err != nil {
				return provision.Summary{}, err
			}
		}
		if c.settled != nil {
			if c.verb, err = c.settled(sc.Authority); err != nil {
				return provision.Summary{}, err
			}
		}
		if c.selection.Filter != nil {
			f, err := s.narrowed(ctx, sc, *c.selection.Filter)
			if err != nil {
				return provision.Summary{}, err
			}
			if len(f.States) == 0 {
				f.States = c.states
			}
			c.selection.Filter = &f
		}
		summary, err := pick.Run(ctx, s.Engine, sc, c.verb, c.selection, a.ending(ctx, v, c))
		if err == nil && c.after != nil {
			err = c.after(ctx, s, sc, summary)
		}
		return summary, err
	})
}

// ending is how a command ends, and whether somebody is asked first.
func (a *app) ending(ctx context.Context, v view.View, c picked) run.Ending {
	if !c.asks {
		return c.Ending.Settings(nil)
	}
	confirm := func(p provision.PlanSummary) (bool, error) { return a.confirm(ctx, v, p, c.Yes) }
	return a.asking(v, c.Ending.Settings(confirm), c.Yes)
}

// runOn opens the database for a run on people who are there, and shows how it
// ended.
func (a *app) runOn(
	ctx context.Context, o peopleOptions, shown func(provision.Summary) error,
	do func(*session, view.View) (provision.Summary, error),
) error {
	v := a.out.View()
	defer v.Close()
	s, err := a.openThere(ctx, v)
	if err != nil {
		return err
	}
	defer s.close()
	s.pace(o.Workers)
	summary, err := unlocked(ctx, v, o.IfLocked, func() (provision.Summary, error) { return do(s, v) })
	if err != nil {
		s.dropFolder()
	}
	if errors.Is(err, pick.ErrNobody) {
		v.Close()
		a.nobody()
		return nil
	}
	if err := a.ended(v, summary, err); err != nil || shown == nil {
		return err
	}
	return shown(summary)
}

// nobody says that a command had nothing to do.
func (a *app) nobody() {
	if a.common.JSON {
		a.out.Emit("summary", map[string]int{"rows": 0, "exit_code": exit.OK})
		return
	}
	fmt.Fprintln(a.out.Stdout, "Nobody fits: nothing was done.")
}
