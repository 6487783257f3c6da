package view

import (
	"muster/dedupe"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/plan"
)

// plannedRow is a row of a step as JSON.
type plannedRow struct {
	Row int `json:"row"`
	record.Place
	Who     string            `json:"who,omitempty"`
	Outcome provision.Outcome `json:"outcome"`
}

// plannedDecision is what a plan does for one person, as JSON. The plan file
// has all of it; this is what programs look at.
type plannedDecision struct {
	Outcome  provision.Outcome `json:"outcome"`
	Reason   reason.Code       `json:"reason"`
	Meaning  string            `json:"meaning"`
	Rows     []plannedRow      `json:"rows"`
	Account  string            `json:"account,omitempty"`
	Link     dedupe.LinkAction `json:"link,omitempty"`
	Problems []record.Problem  `json:"problems,omitempty"`
}

// Decisions prints every step of a plan, a line each.
func (o *Output) Decisions(path string) error {
	plan, err := plan.Open(path)
	if err != nil {
		return err
	}
	defer plan.Close()
	for s, err := range plan.Steps() {
		if err != nil {
			return err
		}
		line, err := decisionLine(plan, s)
		if err != nil {
			return err
		}
		o.Emit("decision", line)
	}
	return nil
}

func decisionLine(plan *plan.Plan, s change.Step) (plannedDecision, error) {
	line := plannedDecision{
		Outcome: s.First.Outcome,
		Reason:  s.First.Reason,
		Meaning: reason.Of(s.First.Reason).Meaning,
		Account: s.Account,
		Link:    s.Link,
	}
	for i, n := range s.Rows {
		r, err := plan.Row(n)
		if err != nil {
			return line, err
		}
		row := plannedRow{Row: n, Place: r.Place, Who: provision.Who(r), Outcome: s.Rest.Outcome}
		if i == 0 {
			row.Outcome = s.First.Outcome
		}
		line.Rows = append(line.Rows, row)
		if s.First.Outcome == provision.Rejected {
			line.Problems = append(line.Problems, r.Problems...)
		}
	}
	if s.Detail != nil {
		line.Problems = append(line.Problems, s.Detail.Problems...)
	}
	return line, nil
}
