package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"muster/cmd/muster/view"
	"muster/provision"
	"muster/provision/report"
	"muster/provision/review"
)

// errQuit means that somebody wants to go on another time.
var errQuit = errors.New("quit")

// review asks about held people, one row at a time.
func (a *app) review(ctx context.Context, source string, o reviewOptions) error {
	v := a.out.View()
	defer v.Close()
	s, err := a.openThere(ctx, v)
	if err != nil {
		return err
	}
	defer s.close()
	s.pace(o.Workers)
	sitting, err := sit(ctx, s, source, o)
	if err != nil {
		return err
	}
	if len(sitting.Questions) == 0 {
		fmt.Fprintln(a.out.Stdout, "Nobody is held any more: there is nothing to decide.")
		return nil
	}
	if o.Browser {
		return a.reviewBrowser(ctx, v, s, sitting, o)
	}
	asking := &asking{Sitting: sitting, in: a.answers(), out: a.out.Stderr}
	if err = asking.ask(ctx); errors.Is(err, errQuit) {
		fmt.Fprintf(a.out.Stderr, "\nYour answers are kept: muster review %s goes on.\n", sourceWords(sitting.Held.Source))
		return nil
	}
	if err != nil {
		return err
	}
	return a.applyAnswers(ctx, v, s, sitting, o)
}

// sit begins a review of the people who are held now, with the answers of
// another time.
func sit(ctx context.Context, s *session, source string, o reviewOptions) (*review.Sitting, error) {
	held, err := heldPeople(ctx, s, source, o.settings())
	if err != nil || len(held.People) == 0 {
		return &review.Sitting{In: o.speaks(held), Held: held}, err
	}
	path, err := answersPath(ctx, s, held.Source)
	if err != nil {
		return nil, err
	}
	return review.Sit(held, path, o.speaks(held))
}

// applyAnswers applies what was answered, if the reviewer says so once more.
func (a *app) applyAnswers(ctx context.Context, v view.View, s *session, sitting *review.Sitting, o reviewOptions) error {
	answers := sitting.Answers()
	if len(answers.All) == 0 {
		fmt.Fprintln(a.out.Stdout, "Nothing was decided.")
		return nil
	}
	err := a.decide(ctx, v, s, answers, o, false)
	if err == nil {
		sitting.Forget()
	}
	return err
}

// sourceWords names a run shortly, and a plan as it is.
func sourceWords(source string) string {
	if provision.IsSavedPlan(source) {
		return view.ShortPath(source)
	}
	return provision.ShortRun(source)
}

func answersPath(ctx context.Context, s *session, source string) (string, error) {
	run, err := provision.RunCalled(ctx, s.Engine, source)
	if errors.Is(err, provision.ErrNotFound) { // a plan
		return source + "." + report.AnswersFile, nil
	}
	return filepath.Join(run.Out, report.AnswersFile), err
}

// asking is a review on a terminal.
type asking struct {
	*review.Sitting
	in  *bufio.Reader
	out io.Writer
}

func (r *asking) say(format string, args ...any) { fmt.Fprintf(r.out, format+"\n", args...) }

// ask goes through the questions that have no answer yet.
func (r *asking) ask(ctx context.Context) error {
	switch {
	case r.Resumed == 1:
		r.say("1 row was answered before.")
	case r.Resumed > 1:
		r.say("%d rows were answered before.", r.Resumed)
	}
	for at := r.Open(0); at >= 0; at = r.Open(at) {
		r.show(at)
		next, err := r.choose(ctx, at)
		if err != nil {
			return err
		}
		at = next
	}
	return nil
}
