package main

import (
	"muster/dedupe"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/plan"
)

// plannedRow is a row of a decision as JSON.
type plannedRow struct {
	Row int `json:"row"`
	record.Place
	Who     string            `json:"who,omitempty"`
	Outcome provision.Outcome `json:"outcome"`
}

// plannedDecision is what a plan decides about one person, as JSON. The plan
// file has all of it; this is what programs look at.
type plannedDecision struct {
	Outcome  provision.Outcome `json:"outcome"`
	Reason   reason.Code       `json:"reason"`
	Meaning  string            `json:"meaning"`
	Rows     []plannedRow      `json:"rows"`
	Account  string            `json:"account,omitempty"`
	Link     dedupe.LinkAction `json:"link,omitempty"`
	Problems []record.Problem  `json:"problems,omitempty"`
}

// emitDecisions prints every decision of a plan, a line each.
func (a *app) emitDecisions(path string) error {
	plan, err := plan.Open(path)
	if err != nil {
		return err
	}
	defer plan.Close()
	for d, err := range plan.Decisions() {
		if err != nil {
			return err
		}
		line, err := decisionLine(plan, d)
		if err != nil {
			return err
		}
		a.emit("decision", line)
	}
	return nil
}

func decisionLine(plan *plan.Plan, d dedupe.Decision) (plannedDecision, error) {
	first, rest := provision.RowOutcomes(d)
	line := plannedDecision{Outcome: first, Reason: d.Reason, Meaning: reason.Of(d.Reason).Meaning, Account: d.Account, Link: d.Link}
	for i, n := range d.Rows {
		r, err := plan.Row(n)
		if err != nil {
			return line, err
		}
		row := plannedRow{Row: n, Place: r.Place, Who: provision.Who(r), Outcome: rest}
		if i == 0 {
			row.Outcome = first
		}
		line.Rows = append(line.Rows, row)
		if first == provision.Rejected {
			line.Problems = append(line.Problems, r.Problems...)
		}
	}
	line.Problems = append(line.Problems, d.Problems...)
	return line, nil
}
