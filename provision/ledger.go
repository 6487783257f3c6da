package provision

import (
	"slices"

	"muster/dedupe"
	"muster/importer/reason"
	"muster/importer/record"
)

// LedgerRow is one input row of a run and what became of it.
type LedgerRow struct {
	Row     int
	Outcome Outcome
	Reason  reason.Code
	Account string // UUID or ""
	Into    int    // row it was merged into, 0 for none
	Link    string // link id to be reported, "" for none
	Person  string // dedupe.RowMark of the row; "" of a row that no list has
	Differs string // in what it says something else than the account: codes, "" for nothing
	Detail  *Detail
}

// RunRow is a row of the ledger and the run it is of.
type RunRow struct {
	Run string // id
	LedgerRow
}

// Detail explains a row where there is something to explain.
type Detail struct {
	Candidates []dedupe.Candidate `json:"candidates,omitempty"`
	Notes      []dedupe.Note      `json:"notes,omitempty"`
	Problems   []record.Problem   `json:"problems,omitempty"`
	Link       dedupe.LinkAction  `json:"link,omitempty"`
	Error      string             `json:"error,omitempty"`
	Held       *Held              `json:"held,omitempty"` // of a held person
	Path       []dedupe.Tie       `json:"path,omitempty"` // how the row hangs together with others
	Runs       []string           `json:"runs,omitempty"` // of somebody who was erased: ids of runs whose reports name them
}

// Held is what a reviewer's decision about a person is made on, beside the
// rows and the candidates.
type Held struct {
	Rows      []int       `json:"rows"`
	Digest    string      `json:"digest"`
	Why       reason.Code `json:"why,omitempty"` // the rows contradict each other
	Contested bool        `json:"contested,omitempty"`
	Sharers   []int       `json:"sharers,omitempty"` // rows of other people that reach the same mailbox, the first few
}

// IsZero reports whether there is nothing to explain.
func (d Detail) IsZero() bool {
	lists := len(d.Candidates) + len(d.Notes) + len(d.Problems) + len(d.Path) + len(d.Runs)
	return lists == 0 && d.Link == "" && d.Error == "" && d.Held == nil
}

// Mask takes out what accounts hold that an operator may not see: those of
// candidates, and in notes, which do not say which of the accounts of the row
// they are about.
func (d *Detail) Mask(accounts []string, visible map[string]bool) {
	if d == nil {
		return
	}
	for i := range d.Candidates {
		if c := &d.Candidates[i]; !visible[c.Account] {
			c.Masked = true
			c.Name = ""
			c.Email = ""
		}
	}
	if !slices.ContainsFunc(accounts, func(id string) bool { return !visible[id] }) {
		return
	}
	for i := range d.Notes {
		d.Notes[i].Holds = ""
	}
}

// Of is the detail as a further row of the person has it: with its own notes,
// its own evidence and its own way to the first row, so that a thousand rows of
// one mailbox do not each tell of a thousand.
func (d Detail) Of(row int, way []dedupe.Tie) *Detail {
	own := d
	own.Held = nil
	own.Path = way
	own.Notes = nil
	own.Runs = nil
	own.Candidates = nil
	for _, n := range d.Notes {
		if n.Row == 0 || n.Row == row {
			own.Notes = append(own.Notes, n)
		}
	}
	for _, c := range d.Candidates {
		own.Candidates = append(own.Candidates, candidateOf(c, row))
	}
	if own.IsZero() {
		return nil
	}
	return &own
}

// candidateOf is a candidate beside one row: with the evidence of that row, or
// a piece of another's where it has none.
func candidateOf(c dedupe.Candidate, row int) dedupe.Candidate {
	all := c.Evidence
	c.Evidence = nil
	for _, e := range all {
		if e.Row == row {
			c.Evidence = append(c.Evidence, e)
		}
	}
	if len(c.Evidence) == 0 && len(all) > 0 {
		c.Evidence = all[:1]
	}
	return c
}
