package review

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/cases"

	"muster/dedupe"
	"muster/importer/failure"
	"muster/provision"
	"muster/provision/words"
)

// Answers are the decisions of a review file.
type Answers struct {
	Path   string
	Source string   // run or plan they are about
	In     words.In // the language of the file
	All    []Answer
	Faults []CellFault // lines that no longer say whose they are

	// Whole says that rows which contradict each other have a decision each, or it is
	// a fault: whoever is asked can answer at once. In a file they stay held.
	Whole bool
}

// Answer is what a reviewer wrote beside one row.
type Answer struct {
	Person   int
	Row      int
	Digest   string
	Decision string // as typed, "" for none yet
	Remark   string
	Name     string // of the row as the file shows it
	Email    string
	Cell     string // where the decision stands: "Review!A5"
}

// CellFault is a decision that cannot be applied.
type CellFault struct {
	Cell string `json:"cell"`
	Msg  string `json:"message"`
	Hint string `json:"hint,omitempty"`

	Row     int  `json:"-"` // that it is about, where the message names one
	Settled bool `json:"-"` // nobody has to decide any more: somebody else did meanwhile
}

// An Error says why a review file was not applied. Nothing of it was.
type Error struct {
	Path   string
	Faults []CellFault

	in     words.In // the language of the file
	places places
}

// InLines are the faults as whoever has the file finds what they are about: rows are
// named by their lines in the list, decisions in the words of the file.
func (e *Error) InLines() []CellFault {
	all := slices.Clone(e.Faults)
	for i := range all {
		all[i].Msg = e.places.inLines(all[i].Msg)
		all[i].Hint = e.in.Choosing(all[i].Hint)
	}
	return all
}

func (e *Error) Error() string {
	text := fmt.Sprintf("%s: %d decisions cannot be applied, so nothing was", e.Path, len(e.Faults))
	if len(e.Faults) == 1 {
		text = fmt.Sprintf("%s: one decision cannot be applied, so nothing was", e.Path)
	}
	return text
}

// Failure says that the file cannot be used as it is.
func (e *Error) Failure() (failure.Class, string) {
	return failure.Input, "correct the cells named above and apply the file again"
}

// answering reads the answers of a file against the people who are held.
type answering struct {
	review *provision.HeldReview
	people map[int]*provision.HeldPerson

	decided map[int]provision.DecidedPerson // by row, where somebody decided about it
	already []provision.DecisionRow         // what the file says once more

	by     string
	in     words.In // the language of the file
	faults []CellFault
	cells  map[int]string // row → cell
	given  map[int]map[int]dedupe.Resolution
	whole  bool         // see Answers.Whole
	asked  bool         // the answers are of somebody who was asked, and stand in no file
	open   []openPerson // who stays held, as a decision is missing
	broken map[int]bool // people with a decision that cannot be read: what the others mean for them is not known
}

// openPerson is somebody of whose rows some are decided, and others are not.
type openPerson struct {
	*provision.HeldPerson
	open []int // rows
}

func newAnswering(r *provision.HeldReview, in words.In, by string) *answering {
	a := &answering{
		review:  r,
		people:  map[int]*provision.HeldPerson{},
		decided: map[int]provision.DecidedPerson{},
		by:      by,
		in:      in,
		cells:   map[int]string{},
		given:   map[int]map[int]dedupe.Resolution{},
		broken:  map[int]bool{},
	}
	for i := range r.People {
		a.people[r.People[i].Number] = &r.People[i]
	}
	for _, p := range r.Decided {
		for row := range p.By {
			a.decided[row] = p
		}
	}
	return a
}

func (a *answering) fault(cell, hint, format string, args ...any) {
	a.faults = append(a.faults, CellFault{Cell: cell, Msg: fmt.Sprintf(format, args...), Hint: hint})
}

// read takes in one answer; one without a decision leaves its row held.
func (a *answering) read(answer Answer) {
	before := len(a.faults)
	defer func() {
		if len(a.faults) > before {
			a.broken[answer.Person] = true
		}
	}()
	decision := strings.Join(strings.Fields(answer.Decision), " ")
	if decision == "" {
		if a.cells[answer.Row] == "" {
			a.cells[answer.Row] = answer.Cell // of another row's decision it may be what is missing
		}
		return
	}
	if a.decidedBefore(answer, decision) {
		return
	}
	person := a.people[answer.Person]
	if person == nil || slices.Contains(person.Settled, answer.Row) {
		a.fault(answer.Cell, "leave the decision empty, or export the review again and decide on what it shows now", "the person is no longer held")
		a.faults[len(a.faults)-1].Settled = true
		return
	}
	i := slices.IndexFunc(person.Rows, func(r provision.HeldRow) bool { return r.Row == answer.Row })
	if i < 0 {
		a.fault(answer.Cell, "put the hidden columns back as they were, or export the review again and decide on what it shows now",
			"the file says row %d, which is none of the person's", answer.Row)
		return
	}
	row := person.Rows[i]
	if a.otherThan(row, answer) {
		return
	}
	if _, twice := a.given[answer.Person][answer.Row]; twice {
		a.fault(answer.Cell, "keep one of them", "row %d stands here twice", row.Row)
		return
	}
	resolution, err := parse(person, row, decision)
	if err != nil {
		a.fault(answer.Cell, "choose one of: "+strings.Join(offered(a.in, person, row), "; "), "%v", err)
		return
	}
	resolution.Digest = answer.Digest
	resolution.Note = answer.Remark
	resolution.By = a.by
	if answer.Remark != "" {
		resolution.By += ": " + answer.Remark
	}
	resolution.By += ": " + string(resolution.Choice)
	if a.given[answer.Person] == nil {
		a.given[answer.Person] = map[int]dedupe.Resolution{}
	}
	a.given[answer.Person][answer.Row] = resolution
	a.cells[answer.Row] = answer.Cell
}

// otherThan finds a row that says something else in the file than in the list.
func (a *answering) otherThan(row provision.HeldRow, answer Answer) bool {
	if answer.Name == row.Name && answer.Email == row.Email.Address {
		return false
	}
	a.fault(answer.Cell, "put it back; to correct the list, change the list and import it again",
		"the name or email of row %d was changed in this file, which corrects nothing", row.Row)
	return true
}

// offered are the decisions about a row as people say them.
func offered(in words.In, p *provision.HeldPerson, row provision.HeldRow) []string {
	all := make([]string, len(row.Choices))
	for i, c := range row.Choices {
		all[i] = in.Choice(*p, row, c)
	}
	return all
}

// letters is a text without case, blanks and signs, in which programs differ
// from what was offered: an apostrophe, a number with its thousands apart.
func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, cases.Fold().String(text))
}

// parse reads a decision as it was offered: as a program says it, or people in
// any language. A row that is the same as another may name any row of the review.
func parse(p *provision.HeldPerson, row provision.HeldRow, text string) (dedupe.Resolution, error) {
	folded := cases.Fold().String(text)
	for i, c := range row.Choices {
		if letters(row.Options[i]) == letters(text) || words.ChoiceSaid(*p, row, c, text, letters) {
			return c, nil
		}
	}
	if rest, ok := strings.CutPrefix(folded, string(dedupe.ChooseSame)+" "); ok {
		if n, err := strconv.Atoi(rest); err == nil && n != row.Row {
			return dedupe.Resolution{Choice: dedupe.ChooseSame, Row: n}, nil
		}
	}
	for _, c := range row.Choices {
		if c.Choice == dedupe.ChooseClaim && folded == "claim "+c.Account {
			return c, nil
		}
	}
	if which, ok := strings.CutPrefix(folded, "claim "); ok && !has(p, which) {
		return dedupe.Resolution{}, fmt.Errorf("there is no candidate %q", strings.ToUpper(which))
	}
	return dedupe.Resolution{}, fmt.Errorf("%q is not possible for this row", text)
}

func has(p *provision.HeldPerson, letter string) bool {
	return slices.ContainsFunc(p.Candidates, func(c provision.HeldCandidate) bool {
		return strings.EqualFold(c.Letter, letter)
	})
}

// resolve turns what was answered into decisions.
func (a *answering) resolve(authority *provision.Authority, policy dedupe.Policy) []dedupe.Decision {
	var all []dedupe.Case
	a.open = nil
	for i := range a.review.People {
		p := &a.review.People[i]
		answers := a.given[p.Number]
		if len(answers) == 0 || a.broken[p.Number] {
			continue
		}
		one := dedupe.Case{Match: p.Match, Digest: p.Digest, Answers: answers}
		if open := one.Open(); len(open) > 0 && !a.whole {
			a.open = append(a.open, openPerson{p, open})
			continue
		}
		for _, r := range p.Rows {
			if msg := authority.Refuses(r.Record); msg != "" && !allSkipped(answers) {
				a.fault(a.cell(r.Row, p), `have an administrator apply the review, or choose "Leave out"`, "%s", msg)
			}
		}
		all = append(all, one)
	}
	decisions, faults := dedupe.Resolve(all, policy)
	lines := linesOf(*a.review)
	for _, f := range faults {
		if a.asked { // there is no file, so a row has no cell but its own place
			a.fault(lines[f.Row], f.Hint, "%s", f.Msg)
		} else {
			a.fault(a.cell(f.Row, a.personOf(f.Row)), f.Hint, "row %d: %s", f.Row, f.Msg)
		}
		a.faults[len(a.faults)-1].Row = f.Row
	}
	slices.SortStableFunc(a.faults, func(x, y CellFault) int {
		return cmp.Compare(cellOrder(x.Cell), cellOrder(y.Cell))
	})
	return decisions
}

func allSkipped(answers map[int]dedupe.Resolution) bool {
	for _, r := range answers {
		if r.Choice != dedupe.ChooseSkip {
			return false
		}
	}
	return true
}

// cell is where a row's decision stands; that of another row of the person,
// where the row itself is not in the file.
func (a *answering) cell(row int, p *provision.HeldPerson) string {
	if cell := a.cells[row]; cell != "" || p == nil {
		return cell
	}
	for _, r := range p.Rows {
		if cell := a.cells[r.Row]; cell != "" {
			return cell
		}
	}
	return ""
}

func (a *answering) personOf(row int) *provision.HeldPerson {
	for i := range a.review.People {
		if slices.ContainsFunc(a.review.People[i].Rows, func(r provision.HeldRow) bool { return r.Row == row }) {
			return &a.review.People[i]
		}
	}
	return nil
}

// cellOrder is the number in the name of a cell: its row.
func cellOrder(cell string) int {
	n, _ := strconv.Atoi(strings.TrimLeft(cell[strings.LastIndexByte(cell, '!')+1:], "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
	return n
}
