package main

import (
	"context"
	"errors"

	"muster/cmd/muster/flags"
	"muster/cmd/muster/view"
	"muster/importer"
	"muster/provision"
	"muster/provision/plan"
	"muster/provision/run"
)

// listOptions are the flags of a command that takes in the people of lists.
type listOptions struct {
	flags.Reading
	flags.Scope
	flags.Policy
	flags.Ending

	reading importer.Options // what Reading comes to
	asked   []string         // flags.Asked
}

// validate refuses what cannot be meant; beside says what the command itself refuses.
func (o *listOptions) validate(a *app, beside error) (err error) {
	if err := errors.Join(a.talk.Validate(), o.Policy.Validate(), o.Ending.Validate(), beside); err != nil {
		return err
	}
	o.reading, err = o.Reading.Options()
	return err
}

func (o *listOptions) settings(lists []string) plan.Settings {
	return flags.Settings(lists, o.reading, o.Scope, o.Policy, o.asked)
}

// A takingIn is a run on lists, as it was asked for.
type takingIn struct {
	listOptions
	settings plan.Settings
	yes      bool                                                                                           // nobody is asked
	before   func(*session, view.View) error                                                                // what is done first, once; nil for nothing
	run      func(context.Context, *provision.Engine, plan.Settings, run.Ending) (provision.Summary, error) // run.Import or run.Sync
}

// takeIn opens the database, takes the people of lists in, and shows how that ended.
func (a *app) takeIn(ctx context.Context, t takingIn) error {
	v := a.out.View()
	defer v.Close()
	tellTaken(v, t.Taken)
	s, err := a.openToWrite(ctx, v, &firstUse{operator: t.As, baseURL: t.BaseURL, lists: t.settings.Lists, reading: t.reading}, true)
	if err != nil {
		return err
	}
	defer s.close()
	s.pace(t.Workers)
	if t.before != nil {
		if err := t.before(s, v); err != nil {
			return err
		}
	}
	summary, err := unlocked(ctx, v, t.IfLocked, func() (provision.Summary, error) {
		confirm := func(p provision.PlanSummary) (bool, error) { return a.confirm(ctx, v, p, t.yes) }
		return t.run(ctx, s.Engine, t.settings, a.asking(v, t.Ending.Settings(confirm), t.yes))
	})
	if err != nil {
		err = s.drawStopped(ctx, v, err, t.Lang.Tag)
		s.dropFolder()
	}
	if err := a.ended(v, summary, err); err != nil {
		return err
	}
	a.leftOut(s)
	return nil
}
