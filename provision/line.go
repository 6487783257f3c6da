package provision

import (
	"slices"

	"muster/dedupe"
	"muster/importer/reason"
	"muster/importer/record"
)

// Line is one input row and what became of it: what the report shows. Lines
// come in list order, every input row exactly once.
type Line struct {
	record.Record
	Outcome    Outcome
	Reason     reason.Code
	Account    string // UUID, "" for none
	MergedInto *record.Place
	Candidates []dedupe.Candidate
	Notes      []dedupe.Note
	Problems   []record.Problem // those of the row and those of the decision
	Link       *Link            // nil where the person has none to be told of
	Error      string           // of a failed row
	Held       *Held            // of a held row: what a decision about it is made on
	HeldWith   []record.Place   // of a held row: the first few of the others of its person, or of those with its mailbox
}

// Differences are the things in which a row and the account it belongs to
// disagree, each once. Those of a row that is held for another reason may be
// between two people, and are none.
func Differences(account string, why reason.Code, notes []dedupe.Note) []reason.Code {
	var all []reason.Code
	for _, n := range notes {
		if n.Code.Difference() && (account != "" || why == n.Code) && !slices.Contains(all, n.Code) {
			all = append(all, n.Code)
		}
	}
	return all
}
