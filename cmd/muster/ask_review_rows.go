package main

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"muster/cmd/muster/view"
	"muster/provision"
	"muster/provision/words"
)

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

func (r *reviewing) row(q question) provision.HeldRow { return r.held.People[q.person].Rows[q.row] }

// ask goes through the questions that have no answer yet.
func (r *reviewing) ask(ctx context.Context) error {
	all := r.questions()
	for at := r.open(0, all); at >= 0; at = r.open(at, all) {
		r.show(at, all)
		next, err := r.choose(ctx, at, all)
		if err != nil {
			return err
		}
		if r.answered(all[at]) {
			r.asked = append(r.asked, all[at])
		}
		at = next
		if err := r.keep(); err != nil {
			return err
		}
	}
	return nil
}

func (r *reviewing) answered(q question) bool {
	_, done := r.answers[r.row(q).Row]
	return done
}

// open is the next question from one on that has no answer yet, those before it
// last; -1 where there is none.
func (r *reviewing) open(from int, all []question) int {
	for i := range all {
		if at := (from + i) % len(all); !r.answered(all[at]) {
			return at
		}
	}
	return -1
}

// show puts a row and its candidates before the reviewer.
func (r *reviewing) show(at int, all []question) {
	p := r.held.People[all[at].person]
	row := r.row(all[at])
	r.say("")
	r.say("── %d of %d ── %s", at+1, len(all), r.inLines(words.WhyHeld(p)))
	for _, other := range p.Rows {
		mark := "  "
		if other.Row == row.Row {
			mark = "▸ "
		}
		r.say("%s%s  %s", mark, r.places[other.Row], rowWords(other))
		for _, one := range other.Attributes {
			r.say("    %s: %s", one.Column, one.Value)
		}
	}
	for _, c := range p.Candidates {
		r.say("")
		r.say("  %s  %s", c.Letter, strings.Join(words.Candidate(c), " · "))
		for _, w := range words.Evidence(c, row.Row) {
			r.say("     %s", r.inLines(w))
		}
	}
	for _, tie := range row.Way {
		r.say("")
		r.say("  %s", r.inLines(words.Tie(tie)))
	}
	r.say("")
	for i, o := range row.Options {
		r.say("  %d  %s", i+1, r.inLines(o))
	}
	r.say("  n  leave for later    u  undo    l  list of all    q  quit, keeping the answers    ?  explain")
}

// rowWords say who a row is about.
func rowWords(row provision.HeldRow) string {
	return strings.Join(view.Compact(row.Name, row.Email.Address, words.Profiles(row.Record), row.ExternalID), " · ")
}

// list shows every question with what was answered, and returns the one that
// the reviewer wants to see; at where they want to go on.
func (r *reviewing) list(ctx context.Context, at int, all []question) (int, error) {
	for i, q := range all {
		row := r.row(q)
		words := "not yet"
		if a, done := r.answers[row.Row]; done {
			words = r.inLines(a.Decision)
			if a.Decision == "" {
				words = "left for later"
			}
		}
		r.say("  %3d  %s  %s: %s", i+1, r.places[row.Row], rowWords(row), words)
	}
	fmt.Fprint(r.out, "Which one? Its number, or Enter to go on: ")
	text, err := readLine(ctx, r.in)
	if err != nil {
		return at, err
	}
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil || n < 1 || n > len(all) {
		return at, nil
	}
	delete(r.answers, r.row(all[n-1]).Row)
	return n - 1, nil
}

// explain says what may be decided about a row.
func (r *reviewing) explain(options []string) {
	for _, o := range options {
		r.say("  %s: %s", r.inLines(o), words.ChoiceMeaning(o))
	}
}

// choose waits for one key: the number of an option, n, u, l, q or a question
// mark. It returns the question to go on with.
func (r *reviewing) choose(ctx context.Context, at int, all []question) (next int, err error) {
	p, row := r.held.People[all[at].person], r.row(all[at])
	for {
		fmt.Fprint(r.out, "> ")
		text, err := readLine(ctx, r.in)
		if err != nil {
			return at, err
		}
		key := strings.ToLower(strings.TrimSpace(text))
		n, wrong := strconv.Atoi(key)
		switch {
		case text == "" || key == "q":
			return at, errQuit
		case key == "?":
			r.explain(row.Options)
			continue
		case key == "l":
			return r.list(ctx, at, all)
		case key == "u" && len(r.asked) == 0:
			r.say("there is nothing to undo")
			continue
		case key == "u":
			return r.undo(all), nil
		case key == "n":
			r.answers[row.Row] = answer{}
			return at + 1, nil
		case wrong == nil && n >= 1 && n <= len(row.Options):
			r.answers[row.Row] = answer{Decision: row.Options[n-1], Digest: p.Digest}
			return at + 1, nil
		}
		r.say("type a number from 1 to %d, or n, u, l, q or ?", len(row.Options))
	}
}

// undo takes the last answer back and returns its question.
func (r *reviewing) undo(all []question) int {
	last := r.asked[len(r.asked)-1]
	r.asked = r.asked[:len(r.asked)-1]
	delete(r.answers, r.row(last).Row)
	return slices.Index(all, last)
}

// heldPlaces says where the rows of a review stand: by line alone where there is
// one list.
func heldPlaces(held provision.HeldReview) map[int]string {
	places := map[int]string{}
	several := len(held.Lists) > 1
	for _, p := range held.People {
		for _, row := range p.Rows {
			words := fmt.Sprintf("line %d", row.Line)
			if several {
				words = strings.Join(view.Compact(row.File, row.Sheet, words), " ")
			}
			places[row.Row] = words
		}
	}
	return places
}

// rowNumber finds rows by the numbers that decisions name them by, and a line
// that is told beside one.
var rowNumber = regexp.MustCompile(`\brow ([0-9,]+)( \(line [0-9,]+: )?`)

// inLines names rows as the list does: a reviewer needs one number, not two.
func (r *reviewing) inLines(text string) string {
	return rowNumber.ReplaceAllStringFunc(text, func(found string) string {
		m := rowNumber.FindStringSubmatch(found)
		n, _ := strconv.Atoi(strings.ReplaceAll(m[1], ",", ""))
		place, known := r.places[n]
		switch {
		case !known:
			return found
		case m[2] != "":
			return place + " ("
		}
		return place
	})
}
