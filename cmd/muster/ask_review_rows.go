package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"muster/cmd/muster/view"
	"muster/provision"
	"muster/provision/words"
)

// show puts a row and its candidates before the reviewer.
func (r *asking) show(at int) {
	p, row := r.Questions[at].Person, r.Questions[at].Row
	r.say("")
	r.say("── %d of %d ── %s", at+1, len(r.Questions), r.InLines(words.WhyHeld(*p)))
	for _, other := range p.Rows {
		mark := "  "
		if other.Row == row.Row {
			mark = "▸ "
		}
		r.say("%s%s  %s", mark, r.Place(other.Row), rowWords(other))
		for _, one := range other.Attributes {
			r.say("    %s: %s", one.Column, one.Value)
		}
	}
	for _, c := range p.Candidates {
		r.say("")
		r.say("  %s  %s", c.Letter, strings.Join(words.Candidate(c), " · "))
		for _, w := range words.Evidence(c, row.Row) {
			r.say("     %s", r.InLines(w))
		}
	}
	for _, tie := range row.Way {
		r.say("")
		r.say("  %s", r.InLines(words.Tie(tie)))
	}
	r.say("")
	for i, o := range row.Options {
		r.say("  %d  %s", i+1, r.InLines(o))
	}
	r.say("  n  leave for later    u  undo    l  list of all    q  quit, keeping the answers    ?  explain")
}

// rowWords say who a row is about.
func rowWords(row provision.HeldRow) string {
	return strings.Join(view.Compact(row.Name, row.Email.Address, words.Profiles(row.Record), row.ExternalID), " · ")
}

// list shows every question with what was answered, and returns the one that
// the reviewer wants to see; at where they want to go on.
func (r *asking) list(ctx context.Context, at int) (int, error) {
	for i, q := range r.Questions {
		words := "not yet"
		if decision, done := r.Answered(i); done {
			words = r.InLines(decision)
			if decision == "" {
				words = "left for later"
			}
		}
		r.say("  %3d  %s  %s: %s", i+1, r.Place(q.Row.Row), rowWords(*q.Row), words)
	}
	fmt.Fprint(r.out, "Which one? Its number, or Enter to go on: ")
	text, err := readLine(ctx, r.in)
	if err != nil {
		return at, err
	}
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil || n < 1 || n > len(r.Questions) {
		return at, nil
	}
	return n - 1, r.Reopen(n - 1)
}

// explain says what may be decided about a row.
func (r *asking) explain(row *provision.HeldRow) {
	for i, o := range row.Options {
		r.say("  %s: %s", r.InLines(o), words.In{}.ChoiceMeaning(row.Choices[i].Choice))
	}
}

// choose waits for one key: the number of an option, n, u, l, q or a question
// mark. It returns the question to go on with.
func (r *asking) choose(ctx context.Context, at int) (next int, err error) {
	row := r.Questions[at].Row
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
			r.explain(row)
			continue
		case key == "l":
			return r.list(ctx, at)
		case key == "u" && r.Undoable():
			last, _, err := r.Undo()
			return last, err
		case key == "u":
			r.say("there is nothing to undo")
			continue
		case key == "n":
			return at + 1, r.Answer(at, "")
		case wrong == nil && n >= 1 && n <= len(row.Options):
			return at + 1, r.Answer(at, row.Options[n-1])
		}
		r.say("type a number from 1 to %d, or n, u, l, q or ?", len(row.Options))
	}
}
