package review

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/cases"

	"muster/dedupe"
	"muster/importer/failure"
	"muster/provision"
	"muster/provision/words"
)

// decidedBefore looks at an answer about a row that somebody has decided about, and that
// nobody is asked about any more. It reports whether that is all there is to say of it:
// the answer is what was decided, or says otherwise, which is a fault.
func (a *answering) decidedBefore(answer Answer, decision string) bool {
	p, was := a.decided[answer.Row]
	if !was || p.Number != answer.Person {
		return false
	}
	asked, leftOut := a.asks(answer)
	if asked && !leftOut {
		return false // it was decided on other evidence
	}
	i := slices.IndexFunc(p.Rows, func(r provision.HeldRow) bool { return r.Row == answer.Row })
	row := p.Rows[i]
	switch {
	case a.otherThan(row, answer):
	case a.stands(p, row, decision):
		a.already = append(a.already, p.By[answer.Row])
	case leftOut:
		return false // whoever was left out may be decided anew
	default:
		a.fault(answer.Cell, fmt.Sprintf("put it back as it was, or leave it empty; muster undo %s takes back what was done",
			provision.ShortRun(p.By[answer.Row].Run)), "this was decided already, and otherwise than it says here now")
		a.faults[len(a.faults)-1].Settled = true
	}
	return true
}

// asks reports whether somebody is asked about a row, and whether it is left out so far.
func (a *answering) asks(answer Answer) (asked, leftOut bool) {
	p := a.people[answer.Person]
	if p == nil {
		return false, false
	}
	asked = slices.ContainsFunc(p.Rows, func(r provision.HeldRow) bool { return r.Row == answer.Row })
	return asked, asked && p.LeftOut
}

// stands reports whether a text is what was decided about a row.
func (a *answering) stands(p provision.DecidedPerson, row provision.HeldRow, text string) bool {
	for i, c := range row.Choices {
		said := letters(row.Options[i]) == letters(text) || words.ChoiceSaid(p.HeldPerson, row, c, text, letters)
		if said && a.is(p, row, c) {
			return true
		}
	}
	folded := cases.Fold().String(text)
	if rest, ok := strings.CutPrefix(folded, string(dedupe.ChooseSame)+" "); ok {
		if n, err := strconv.Atoi(rest); err == nil {
			return a.is(p, row, dedupe.Resolution{Choice: dedupe.ChooseSame, Row: n})
		}
	}
	account := p.By[row.Row].Account
	return folded == string(dedupe.ChooseNewEmail) && a.is(p, row, dedupe.Resolution{Choice: dedupe.ChooseNewEmail, Account: account}) ||
		folded == "claim "+account && a.is(p, row, dedupe.Resolution{Choice: dedupe.ChooseClaim, Account: account})
}

// is reports whether a choice is what was decided about a row. Of rows that agree one has
// the decision, and the others are the same.
func (a *answering) is(p provision.DecidedPerson, row provision.HeldRow, c dedupe.Resolution) bool {
	was := p.By[row.Row]
	switch c.Choice {
	case dedupe.ChooseSkip:
		return was.Choice == dedupe.ChooseSkip
	case dedupe.ChooseSame:
		other, decided := a.decided[c.Row]
		if !decided || other.By[c.Row].Account != was.Account {
			return false
		}
		return was.Choice == dedupe.ChooseSame || was.Choice == dedupe.ChooseSkip || was.Record == other.By[c.Row].Record
	}
	decides := func(d provision.DecisionRow) bool {
		return d.Choice == c.Choice && d.Account == was.Account && (c.Account == "" || c.Account == d.Account)
	}
	if decides(was) {
		return true
	}
	return was.Choice == dedupe.ChooseSame && p.Match.Person.Held == "" && slices.ContainsFunc(p.Rows, func(r provision.HeldRow) bool {
		other, decided := p.By[r.Row]
		return decided && decides(other)
	})
}

// appliedError says that everything a file says was applied already.
type appliedError struct {
	path string
	run  string // the last one of those that did it
}

func (e *appliedError) Error() string { return e.path + ": all of it was applied already" }

// Failure says that there is nothing to do.
func (e *appliedError) Failure() (failure.Class, string) {
	return failure.Input, "decide about more rows, then apply the file"
}

// newestOf is the run that decided last.
func newestOf(all []provision.DecisionRow) string {
	newest := slices.MaxFunc(all, func(x, y provision.DecisionRow) int { return x.At.Compare(y.At) })
	return newest.Run
}

// appliedAlready is how the run ended that decided what a file says.
func appliedAlready(ctx context.Context, e *provision.Engine, done *appliedError) (provision.Summary, error) {
	before, err := e.Store.Run(ctx, done.run)
	switch {
	case errors.Is(err, provision.ErrNotFound), err == nil && len(before.Summary) == 0:
		return provision.Summary{}, done
	case err != nil:
		return provision.Summary{}, err
	}
	return reviewedBefore(e, before)
}
