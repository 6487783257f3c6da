package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

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
	held, err := heldPeople(ctx, s, source, o.settings())
	if err != nil {
		return err
	}
	if len(held.People) == 0 {
		fmt.Fprintln(a.out.Stdout, "Nobody is held any more: there is nothing to decide.")
		return nil
	}
	path, err := answersPath(ctx, s, held.Source)
	if err != nil {
		return err
	}
	r := &reviewing{in: a.answers(), out: a.out.Stderr, held: held, path: path, answers: map[int]answer{},
		places: heldPlaces(held)}
	if err = r.resume(); err == nil {
		err = r.ask(ctx)
	}
	if errors.Is(err, errQuit) {
		fmt.Fprintf(a.out.Stderr, "\nYour answers are kept: muster review %s goes on.\n", sourceWords(held.Source))
		return nil
	}
	if err != nil {
		return err
	}
	return a.applyAnswers(ctx, v, s, r, o)
}

// applyAnswers applies what was answered, if the reviewer says so once more.
func (a *app) applyAnswers(ctx context.Context, v view.View, s *session, r *reviewing, o reviewOptions) error {
	answers := r.given()
	if len(answers.All) == 0 {
		fmt.Fprintln(a.out.Stdout, "Nothing was decided.")
		return nil
	}
	err := a.decide(ctx, v, s, answers, o, false)
	if err == nil {
		_ = os.Remove(r.path)
	}
	return err
}

// sourceWords names a run shortly, and a plan as it is.
func sourceWords(source string) string {
	if strings.ContainsAny(source, `/\.`) {
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

// answer is what was typed about a row, and on which evidence.
type answer struct {
	Decision string `json:"decision"`
	Digest   string `json:"digest"`
}

// reviewing is a review on a terminal.
type reviewing struct {
	in      *bufio.Reader
	out     io.Writer
	held    provision.HeldReview
	path    string
	answers map[int]answer // by row; a row left for later has an empty decision
	asked   []question
	places  map[int]string // by row: how a person finds it in the list
}

// question is one row that needs a decision.
type question struct{ person, row int }

func (r *reviewing) say(format string, args ...any) { fmt.Fprintf(r.out, format+"\n", args...) }

// resume takes up the answers of another time that still stand.
func (r *reviewing) resume() error {
	text, err := os.ReadFile(r.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var before map[int]answer
	if err == nil {
		err = json.Unmarshal(text, &before)
	}
	if err != nil {
		return fmt.Errorf("reading the answers given before: %w", err)
	}
	for _, p := range r.held.People {
		for _, row := range p.Rows {
			if a, ok := before[row.Row]; ok && a.Decision != "" && a.Digest == p.Digest {
				r.answers[row.Row] = a
			}
		}
	}
	if n := len(r.answers); n == 1 {
		r.say("1 row was answered before.")
	} else {
		r.say("%d rows were answered before.", n)
	}
	return nil
}

func (r *reviewing) keep() error {
	text, err := json.Marshal(r.answers)
	if err != nil {
		return err
	}
	part := r.path + ".part"
	if err := os.WriteFile(part, text, 0o600); err != nil {
		return fmt.Errorf("keeping the answers: %w", err)
	}
	return os.Rename(part, r.path)
}

// given returns what was answered, as a file would hold it.
func (r *reviewing) given() review.Answers {
	answers := review.Answers{Path: "review", Source: r.held.Source}
	for _, p := range r.held.People {
		for _, row := range p.Rows {
			if a := r.answers[row.Row]; a.Decision != "" {
				answers.All = append(answers.All,
					review.Answer{Person: p.Number, Row: row.Row, Digest: a.Digest, Decision: a.Decision,
						Name: row.Name, Email: row.Email.Address, Cell: r.places[row.Row]})
			}
		}
	}
	return answers
}
