package provision

import (
	"fmt"

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
	Settled int // people who were held then and are no longer
}

// HeldPerson is one held person: the rows, and the accounts they may be.
type HeldPerson struct {
	Number     int
	Reason     reason.Code
	Digest     string // of the evidence as it is now
	Before     string // who decided about them before, on other evidence or to skip; "" for nobody
	Rows       []HeldRow
	Candidates []HeldCandidate
	Sharers    []record.Record // rows of others that reach the same mailbox

	Match dedupe.Match // what a decision about them is settled against
}

// HeldRow is a row of a held person and what may be decided about it.
type HeldRow struct {
	record.Record
	Options []string     // what may be decided, as a program says it
	Words   []string     // the same as a person would say it
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

// Place names a row of the person, or one that shares something with it, as a
// list shows it; file and sheet only where they are others than those given.
func (p HeldPerson) Place(row int, from record.Place) string {
	at := record.Place{}
	for _, r := range p.Rows {
		if r.Row == row {
			at = r.Place
		}
	}
	for _, r := range p.Sharers {
		if r.Row == row {
			at = r.Place
		}
	}
	if at.Line == 0 {
		return fmt.Sprintf("row %d", row)
	}
	text := fmt.Sprintf("line %d", at.Line)
	if at.Sheet != from.Sheet && at.Sheet != "" {
		text += ", sheet " + at.Sheet
	}
	if at.File != from.File {
		text += " of " + at.File
	}
	return text
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
