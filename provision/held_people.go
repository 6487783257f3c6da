package provision

import (
	"strings"

	"muster/dedupe"
	"muster/importer/reason"
	"muster/importer/record"
)

// HeldReview is everybody of a run who is still held, as an operator may see
// them.
type HeldReview struct {
	Source  string // run, or path of a plan
	Binding        // what they were held on; the operator is whoever looks at them
	People  []HeldPerson
	Settled int             // people who were held then and are no longer
	Decided []DecidedPerson // where they are asked for
	// Language of the organization, as a tag; "" where it has none.
	Language string
	Names    Names // of the organization and its brands
}

// IsSavedPlan reports whether what holds people, as Source names it, is a saved plan by its
// path, and no run.
func IsSavedPlan(source string) bool { return strings.ContainsAny(source, `/\.`) }

// LeftOut is how many of the rows somebody decided to leave out.
func (r HeldReview) LeftOut() int {
	n := 0
	for _, p := range r.People {
		if p.LeftOut {
			n += len(p.Rows)
		}
	}
	return n
}

// RowCount is how many rows are held: several may be one person, or be held together.
func (r HeldReview) RowCount() int {
	n := 0
	for _, p := range r.People {
		n += len(p.Rows)
	}
	return n
}

// HeldPerson is one held person: the rows, and the accounts they may be.
type HeldPerson struct {
	Number     int
	Reason     reason.Code
	Digest     string // of the evidence as it is now
	Before     string // who decided about them before, on other evidence or to skip; "" for nobody
	LeftOut    bool   // somebody decided to skip them
	Rows       []HeldRow
	Settled    []int // rows that were held with these and are no longer
	Candidates []HeldCandidate
	Sharers    []record.Record // rows of others that reach the same mailbox

	Match dedupe.Match // what a decision about them is settled against
}

// DecidedPerson is somebody of whom rows were decided, as they were held.
type DecidedPerson struct {
	HeldPerson
	By map[int]DecisionRow // what was decided, by row
}

// HeldRow is a row of a held person and what may be decided about it.
type HeldRow struct {
	record.Record
	Options []string     // what may be decided, as a program says it
	Way     []dedupe.Tie // how it hangs together with the first row

	Choices []dedupe.Resolution // beside the options
}

// HeldCandidate is an account that a held person may be. Of a masked one
// nothing but the evidence is shown.
type HeldCandidate struct {
	Letter string // A, B, …: what a decision calls it
	dedupe.Candidate
	Profiles    []dedupe.AccountProfile
	Status      dedupe.Status
	Memberships []dedupe.Membership // in brands of the organization that the operator sees
	Ours        bool                // the organization made it and nobody has registered
}

// PlaceOf is where a row of the person stands, or one that shares something with
// it; no line where it is neither.
func (p HeldPerson) PlaceOf(row int) record.Place {
	for _, r := range p.Sharers {
		if r.Row == row {
			return r.Place
		}
	}
	for _, r := range p.Rows {
		if r.Row == row {
			return r.Place
		}
	}
	return record.Place{}
}

// LetterOf is the letter of the candidate with an account, "" where none has it.
func (p HeldPerson) LetterOf(account string) string {
	for _, c := range p.Candidates {
		if c.Account == account {
			return c.Letter
		}
	}
	return ""
}
