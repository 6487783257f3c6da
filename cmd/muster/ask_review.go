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
	"slices"
	"strconv"
	"strings"

	"muster/provision"
	"muster/provision/report"
)

// errQuit means that somebody wants to go on another time.
var errQuit = errors.New("quit")

// review asks about held people, one row at a time.
func (a *app) review(ctx context.Context, source string, o reviewOptions) error {
	if err := o.validate(); err != nil {
		return err
	}
	if !a.asks {
		return &usageError{"nobody can be asked: this is no terminal", "muster review export " + source + " -o review.xlsx writes a workbook to decide in"}
	}
	v := a.view()
	s, err := a.openToReview(ctx, v)
	if err != nil {
		return errors.Join(err, closed(v))
	}
	defer s.close()
	s.pace(o.Workers)
	held, err := a.heldPeople(ctx, s, source, o)
	if err != nil {
		return err
	}
	if len(held.People) == 0 {
		fmt.Fprintln(a.stdout, "Nobody is held any more: there is nothing to decide.")
		return nil
	}
	path, err := answersPath(ctx, s, held.Source)
	if err != nil {
		return err
	}
	r := &reviewing{in: a.answers(), out: a.stderr, held: held, path: path, answers: map[int]answer{}}
	if err = r.resume(); err == nil {
		err = r.ask(ctx)
	}
	if errors.Is(err, errQuit) {
		fmt.Fprintf(a.stderr, "\nYour answers are kept: muster review %s goes on.\n", held.Source)
		return nil
	}
	if err != nil {
		return err
	}
	return a.applyAnswers(ctx, v, s, r, o)
}

// applyAnswers applies what was answered, if the reviewer says so once more.
func (a *app) applyAnswers(ctx context.Context, v view, s *session, r *reviewing, o reviewOptions) error {
	answers := r.given()
	if len(answers.All) == 0 {
		fmt.Fprintln(a.stdout, "Nothing was decided.")
		return nil
	}
	err := a.decide(ctx, v, s, answers, o, func(p provision.PlanSummary) (bool, error) { return a.confirm(ctx, v, p, false) })
	if err == nil {
		_ = os.Remove(r.path)
	}
	return err
}

func answersPath(ctx context.Context, s *session, source string) (string, error) {
	run, err := s.store.Run(ctx, source)
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

// questions lists the rows to ask about: of a person whose rows agree, the
// first.
func (r *reviewing) questions() []question {
	var all []question
	for i, p := range r.held.People {
		for n, row := range p.Rows {
			if n == 0 || len(row.Options) > 1 {
				all = append(all, question{i, n})
			}
		}
	}
	return all
}

// ask goes through the questions that have no answer yet.
func (r *reviewing) ask(ctx context.Context) error {
	all := r.questions()
	for at := 0; at < len(all); {
		row := r.held.People[all[at].person].Rows[all[at].row].Row
		if _, done := r.answers[row]; done {
			at++
			continue
		}
		r.show(at, all)
		back, err := r.choose(ctx, all[at])
		switch {
		case err != nil:
			return err
		case back && len(r.asked) > 0:
			last := r.asked[len(r.asked)-1]
			r.asked = r.asked[:len(r.asked)-1]
			delete(r.answers, r.held.People[last.person].Rows[last.row].Row)
			at = slices.Index(all, last)
		case !back:
			r.asked = append(r.asked, all[at])
			at++
		}
		if err := r.keep(); err != nil {
			return err
		}
	}
	return nil
}

// show puts a row and its candidates before the reviewer.
func (r *reviewing) show(at int, all []question) {
	p := r.held.People[all[at].person]
	row := p.Rows[all[at].row]
	r.say("")
	r.say("── %d of %d ── %s", at+1, len(all), report.WhyHeld(p))
	for _, other := range p.Rows {
		mark := "  "
		if other.Row == row.Row {
			mark = "▸ "
		}
		words := []string{}
		for _, w := range []string{other.Name, other.Email.Address, report.ProfileWords(other.Record), other.ExternalID} {
			if w != "" {
				words = append(words, w)
			}
		}
		r.say("%srow %d (%s:%d)  %s", mark, other.Row, other.File, other.Line, strings.Join(words, " · "))
	}
	for _, c := range p.Candidates {
		r.say("")
		r.say("  %s  %s", c.Letter, strings.Join(report.CandidateWords(c), " · "))
		for _, w := range report.EvidenceWords(c, row.Row) {
			r.say("     %s", w)
		}
	}
	for _, tie := range row.Way {
		r.say("")
		r.say("  %s", report.TieWords(tie))
	}
	r.say("")
	for i, o := range row.Options {
		r.say("  %d  %s", i+1, o)
	}
	r.say("  n  leave for later    u  undo    q  quit, keeping the answers    ?  explain")
}

// explain says what may be decided about a row.
func (r *reviewing) explain(options []string) {
	for _, o := range options {
		r.say("  %s: %s", o, report.ChoiceMeaning(o))
	}
}

// choose waits for one key: the number of an option, n, u, q or a question
// mark.
func (r *reviewing) choose(ctx context.Context, q question) (back bool, err error) {
	p := r.held.People[q.person]
	row := p.Rows[q.row]
	for {
		fmt.Fprint(r.out, "> ")
		text, err := readLine(ctx, r.in)
		if err != nil {
			return false, err
		}
		key := strings.ToLower(strings.TrimSpace(text))
		n, wrong := strconv.Atoi(key)
		switch {
		case text == "" || key == "q":
			return false, errQuit
		case key == "?":
			r.explain(row.Options)
			continue
		case key == "u":
			if len(r.asked) == 0 {
				r.say("there is nothing to undo")
				continue
			}
			return true, nil
		case key == "n":
			r.answers[row.Row] = answer{}
			return false, nil
		case wrong == nil && n >= 1 && n <= len(row.Options):
			r.answers[row.Row] = answer{Decision: row.Options[n-1], Digest: p.Digest}
			return false, nil
		}
		r.say("type a number from 1 to %d, or n, u, q or ?", len(row.Options))
	}
}

// given returns what was answered, as a file would hold it.
func (r *reviewing) given() provision.Answers {
	answers := provision.Answers{Path: "review", Source: r.held.Source}
	for _, p := range r.held.People {
		for _, row := range p.Rows {
			if a := r.answers[row.Row]; a.Decision != "" {
				answers.All = append(answers.All, provision.Answer{Person: p.Number, Row: row.Row, Digest: a.Digest, Decision: a.Decision,
					Name: row.Name, Email: row.Email.Address, Cell: fmt.Sprintf("row %d", row.Row)})
			}
		}
	}
	return answers
}
