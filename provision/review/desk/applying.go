package desk

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"time"

	"muster/dedupe"
	"muster/importer/failure"
	"muster/provision"
	"muster/provision/report"
	"muster/provision/review"
	"muster/provision/words"
)

// patience is how long a request waits for a stage to turn before it shows that
// one has to wait.
const patience = 2 * time.Second

// apply has the answers applied, as they were when the page was made.
func (d *Desk) apply(v *visit) answer {
	d.mu.Lock()
	answers := d.sitting.Answers()
	switch {
	case d.stage != deciding: // sent twice
	case v.form.Get("version") != strconv.Itoa(d.version) || len(answers.All) == 0: // the page shows what there is now
	default:
		d.failed = nil
		d.enter(planning)
		d.wishes <- answers
	}
	d.mu.Unlock()
	return seeOther(d.door.room + "/apply")
}

// answerPlan says whether to go on with the plan that is shown.
func (d *Desk) answerPlan(v *visit) answer {
	d.mu.Lock()
	asks := d.stage == asking && v.form.Get("version") == strconv.Itoa(d.version)
	if asks {
		d.enter(writing)
	}
	d.mu.Unlock()
	if asks {
		select {
		case d.confirmed <- v.form.Get("answer") == "yes":
		case <-d.ended:
		case <-v.Context().Done():
		}
	}
	return seeOther(d.door.room + "/apply")
}

// progress shows how far the answers are: what was decided, that one has to
// wait, the plan, or how it went.
func (d *Desk) progress(v *visit) answer {
	d.mu.Lock()
	busy, turn := d.stage == planning || d.stage == writing, d.turn
	d.mu.Unlock()
	if busy {
		select {
		case <-turn:
		case <-time.After(patience):
		case <-v.Context().Done():
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	a := answer{status: http.StatusOK}
	switch d.stage {
	case deciding:
		a.screen, a.title, a.body = "check", d.in.Say("Apply what was decided"), d.check()
	case asking:
		a.screen, a.title, a.body = "plan", d.in.Say("What will happen"), planOf(d.in, d.plan, d.version)
	case applied:
		a.screen, a.title, a.body = "done", d.in.Say("Done"), doneOf(d.in, d.summary, count(d.sitting), goOn(d.sitting.Held.Source))
	default:
		a.screen, a.title, a.again = "wait", d.in.Say("One moment…"), true
		a.body = d.stage == writing
	}
	return a
}

// checked is the page of what was decided.
type checked struct {
	counted
	Version  int
	Problem  string
	Hint     string
	Faults   []fault
	Groups   []group
	Undoable bool
}

// A fault is an answer that cannot be applied.
type fault struct {
	review.CellFault
	Number int // of its row, 0 for none
}

// A group are the rows about which the same was decided.
type group struct {
	Words string
	Total int
	Rows  []listedRow // the first of them
}

// grouped is how many rows of a group are shown.
const grouped = 25

func (d *Desk) check() checked {
	s := d.sitting
	c := checked{counted: count(s), Version: d.version, Undoable: s.Undoable()}
	c.Problem, c.Hint, c.Faults = problemOf(s, d.failed)
	for i := range s.Questions {
		option, _ := s.Answered(i)
		if option == "" {
			continue
		}
		said := s.In.Decision(choiceOf(s, i))
		at := slices.IndexFunc(c.Groups, func(g group) bool { return g.Words == said })
		if at < 0 {
			at = len(c.Groups)
			c.Groups = append(c.Groups, group{Words: said})
		}
		g := &c.Groups[at]
		if g.Total++; len(g.Rows) < grouped {
			g.Rows = append(g.Rows, listedOf(s, i))
		}
	}
	return c
}

// choiceOf is what was decided about a row.
func choiceOf(s *review.Sitting, question int) dedupe.Choice {
	option, _ := s.Answered(question)
	row := s.Questions[question].Row
	return row.Choices[slices.Index(row.Options, option)].Choice
}

// problemOf says why an attempt to apply came to nothing.
func problemOf(s *review.Sitting, err error) (problem, hint string, faults []fault) {
	var wrong *review.Error
	switch {
	case err == nil:
		return "", "", nil
	case errors.Is(err, provision.ErrDeclined):
		return s.In.Say("Nothing was written. What you decided is kept."), "", nil
	case !errors.As(err, &wrong):
		if told := failure.Find(err); told != nil {
			_, hint = told.Failure()
		}
		return s.In.Say("Nothing was applied: %s.", err), words.Sentence(s.In.Retold(hint)), nil
	}
	for _, f := range wrong.Faults {
		f = toldOf(s, f)
		at := slices.IndexFunc(s.Questions, func(q review.Question) bool { return s.Place(q.Row.Row) == f.Cell })
		faults = append(faults, fault{f, at + 1})
	}
	return s.In.Say("Nothing was applied, because not all of it can be:"), "", faults
}

// toldOf is a fault as this page tells it: with one place, that of the row it is
// about, and with what can be done here.
func toldOf(s *review.Sitting, f review.CellFault) review.CellFault {
	if f.Settled {
		f.Msg, f.Hint = s.In.Say("Somebody else has decided about this row meanwhile"), s.In.Say("Your answer was left out: apply the others")
		return f
	}
	if place := s.Place(f.Row); place != "" {
		f.Cell = place // in the language of the page
	}
	f.Msg, f.Hint = words.Sentence(s.Told(f.Msg)), words.Sentence(s.Told(f.Hint))
	return f
}

// planned is the page of a plan.
type planned struct {
	Version  int
	Outcomes []outcome
	Rows     int
	Lines    []string
}

type outcome struct {
	Title, Words string
	Rows         int
}

func planOf(in words.In, p provision.PlanSummary, version int) planned {
	b := planned{Version: version, Rows: p.Rows}
	for _, o := range provision.Outcomes {
		if said := in.Planned(p, o); said != "" && p.Outcomes[o] > 0 {
			b.Outcomes = append(b.Outcomes, outcome{in.Outcome(o).Title, words.Sentence(said), p.Outcomes[o]})
		}
	}
	for _, line := range in.PlanLines(p) {
		b.Lines = append(b.Lines, words.Sentence(line))
	}
	return b
}

// result is the page of how it went.
type result struct {
	Headline string
	Outcomes []outcome
	Rows     int
	Steps    []report.Step
	Report   string
}

// doneOf is how it went, and the command that goes on with the rows that are left.
func doneOf(in words.In, s provision.Summary, c counted, command string) result {
	left := c.Open + c.Later
	b := result{Headline: report.HeadlineWith(in, s, left), Rows: s.Rows, Steps: report.NextWith(in, s, left, command), Report: s.Report}
	for _, o := range provision.Outcomes {
		if n := s.Outcomes[o]; n > 0 && o != provision.Removed {
			b.Outcomes = append(b.Outcomes, outcome{in.Outcome(o).Title, report.MeaningIn(in, o, s), n})
		}
	}
	return b
}

// goOn is the command that shows what is held of a run, or of a plan, once more.
func goOn(source string) string {
	if !provision.IsSavedPlan(source) {
		source = provision.ShortRun(source)
	}
	return "muster review " + source + " --browser"
}
