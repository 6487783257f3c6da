package view

import (
	"fmt"
	"io"
	"strings"
	"time"

	"muster/provision"
	"muster/provision/explain"
	"muster/provision/words"
)

// Story shows what happened to a row or a person.
func (o *Output) Story(s explain.Story, in words.In) {
	if !o.common.JSON {
		storyText{o.Stdout, in}.story(s)
		return
	}
	if s.Row != nil {
		o.Emit("row", s.Row)
	}
	for _, account := range s.Accounts {
		o.Emit("account", account)
	}
	for _, one := range s.Appearances {
		o.Emit("appearance", one)
	}
	for _, change := range s.Changes {
		o.Emit("change", change)
	}
	o.Emit("summary", map[string]any{"subject": s.Subject, "accounts": len(s.Accounts),
		"appearances": len(s.Appearances), "changes": len(s.Changes), "purged": len(s.Purged)})
}

// storyText tells a story in words.
type storyText struct {
	out io.Writer
	in  words.In // what brands are called
}

func (t storyText) say(format string, args ...any) { fmt.Fprintf(t.out, format+"\n", args...) }

func (t storyText) story(s explain.Story) {
	if s.Row != nil {
		t.row(*s.Row)
	} else if len(s.Accounts) == 0 {
		t.say("%s leads to no account.", s.Subject)
	}
	for _, account := range s.Accounts {
		t.say("\nAccount %s", account.ID)
		if account.Masked {
			t.say("  of another organization, or of a brand you do not see: what it holds is not shown")
			continue
		}
		t.say("  %s, %s, %s", orNone(account.Name), orNone(account.Email), account.Status)
		if len(account.Brands) > 0 {
			t.say("  in %s", strings.Join(t.in.Names.Brands(account.Brands), ", "))
		}
	}
	t.say("\nIn the runs (the earliest first):")
	for _, one := range s.Appearances {
		t.say("  %s  %s %s  %s  %s: %s", stampWords(one.At), one.Kind, provision.ShortRun(one.Run), placeOf(one),
			words.Outcome(one.Outcome).Title, one.Meaning)
	}
	if len(s.Appearances) == 0 {
		t.say("  nothing; of rows that led to no account, only reports that still stand can tell")
	}
	if n := len(s.Purged); n > 0 {
		t.say("  (left out, because they were purged: %s)", Plural(n, "run"))
	}
	if len(s.Changes) > 0 {
		t.say("\nWhat was changed on the account:")
	}
	for _, c := range s.Changes {
		by := c.Source
		if c.Operator != "" {
			by += ", on the authority of " + c.Operator
		}
		why, what := changeWords(c, t.in.Names)
		t.say("  %s  %s (%s)%s", stampWords(c.At), c.Action, by, why)
		if len(s.Accounts) > 1 {
			t.say("    on account %s", c.Account)
		}
		if len(what) > 0 {
			t.say("    %s", strings.Join(what, "; "))
		}
	}
}

// row tells of one row: what became of it, why, and what it hangs together
// with.
func (t storyText) row(r explain.Appearance) {
	who := strings.Join(Compact(r.Name, r.Email), ", ")
	if r.Place.Line > 0 {
		who = placeOf(r) + prefixed(": ", who)
	}
	t.say("Row %d of %s %s of %s%s", r.Row, r.Kind, provision.ShortRun(r.Run), stampWords(r.At), prefixed(", ", who))
	t.say("  %s: %s.", words.Outcome(r.Outcome).Title, r.Meaning)
	if r.Remedy != "" {
		t.say("  To do: %s.", r.Remedy)
	}
	if r.Into > 0 {
		t.say("  Joined into row %d.", r.Into)
	}
	if !r.Purged.IsZero() {
		t.say("  The run was purged on %s: who stood on the row, and what it was compared with, is no longer kept.\n  "+
			"To know it, import the list again: that run tells of everybody as they are now.",
			r.Purged.Local().Format(time.DateOnly))
	}
	d := r.Detail
	if d == nil {
		return
	}
	if len(d.Path) > 0 {
		t.say("  How the rows hang together:")
	}
	for _, tie := range d.Path {
		t.say("    %s", words.Tie(tie))
	}
	for _, c := range d.Candidates {
		shown := provision.HeldCandidate{Candidate: c}
		t.say("  May be account %s: %s", c.Account, strings.Join(t.in.Candidate(shown), ", "))
		for _, w := range t.in.Evidence(shown, r.Row) {
			t.say("    %s", w)
		}
	}
	for _, p := range d.Problems {
		if p.Message != r.Meaning { // said above
			t.say("  %s", p.Message)
		}
	}
	for _, n := range d.Notes {
		t.say("  %s", words.Sentence(t.in.Note(n)))
	}
	if d.Error != "" {
		t.say("  %s", d.Error)
	}
}

// placeOf names a row: by its line where that is still known.
func placeOf(r explain.Appearance) string {
	if r.Place.Line == 0 {
		return fmt.Sprintf("row %d", r.Row)
	}
	if r.Place.Sheet != "" {
		return fmt.Sprintf("%s, sheet %s, line %d", r.Place.File, r.Place.Sheet, r.Place.Line)
	}
	return fmt.Sprintf("%s:%d", r.Place.File, r.Place.Line)
}

func stampWords(at time.Time) string { return at.Local().Format(time.DateTime) }

func orNone(text string) string {
	if text == "" {
		return "–"
	}
	return text
}

// Compact leaves out the texts that are empty.
func Compact(texts ...string) []string {
	var all []string
	for _, text := range texts {
		if text != "" {
			all = append(all, text)
		}
	}
	return all
}

func prefixed(prefix, text string) string {
	if text == "" {
		return ""
	}
	return prefix + text
}
