package change

import (
	"slices"
	"strings"

	"muster/dedupe"
	"muster/provision"
)

// Ledger returns the rows of a step that was carried out.
func (s Step) Ledger(done Done) []provision.LedgerRow { return s.ledger(s.First, s.Rest, done) }

// LedgerAs returns the rows of a step that was not carried out, and why.
func (s Step) LedgerAs(instead Verdict) []provision.LedgerRow {
	return s.ledger(instead, instead, Done{})
}

func (s Step) ledger(first, rest Verdict, done Done) []provision.LedgerRow {
	if len(s.Rows) == 0 {
		return nil
	}
	rows := s.outcomes(first, rest, done)
	for i := range rows {
		if i < len(s.Marks) {
			rows[i].Person = s.Marks[i]
		}
		rows[i].Differs = differs(rows[i])
	}
	return rows
}

// differs is in what a row says something else than its account: codes, "" for
// nothing.
func differs(r provision.LedgerRow) string {
	if r.Detail == nil || r.Account == "" {
		return ""
	}
	var all []string
	for _, code := range provision.Differences(r.Account, r.Reason, r.Detail.Notes) {
		all = append(all, string(code))
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

// outcomes are the rows with what became of each, and why.
func (s Step) outcomes(first, rest Verdict, done Done) []provision.LedgerRow {
	rows := make([]provision.LedgerRow, len(s.Rows))
	for i, row := range s.Rows {
		rows[i] = provision.LedgerRow{Row: row, Outcome: rest.Outcome, Reason: rest.Reason, Account: done.Account}
		if rest.Outcome == provision.Merged {
			rows[i].Into = s.Rows[0]
		}
	}
	rows[0].Outcome = first.Outcome
	rows[0].Reason = first.Reason
	rows[0].Into = 0
	rows[0].Link = done.Link
	explain, path := s.explain(first.Outcome, done)
	if !explain.IsZero() {
		rows[0].Detail = &explain
	}
	if len(rows) == 1 {
		return rows
	}
	ways := dedupe.Ways(path)
	for i, row := range s.Rows[1:] {
		way := ways(row)
		if rest.Outcome == provision.Review { // whoever looks at one of the rows sees why
			rows[i+1].Detail = explain.Of(row, way)
		} else if len(way) > 0 {
			rows[i+1].Detail = &provision.Detail{Path: way}
		}
	}
	return rows
}

// explain is what the first row explains, and how all rows hang together: the
// first row tells that only where it is held.
func (s Step) explain(first provision.Outcome, done Done) (explain provision.Detail, path []dedupe.Tie) {
	if s.Detail != nil {
		explain = *s.Detail
		path = explain.Path
	}
	if first != provision.Review {
		explain.Path = nil
		explain.Held = nil
	}
	switch s.Link {
	case dedupe.ByMail, dedupe.SignIn, dedupe.NeedlessLink, dedupe.AskedFirst, dedupe.ProfileOnly, dedupe.Elsewhere,
		dedupe.AboveOperator, dedupe.NoAddress, dedupe.EndedLink, dedupe.RevokedLink, dedupe.TakenLink, dedupe.NotNow, dedupe.ShowLink:
		explain.Link = s.Link
	case dedupe.ExpiredLink:
		if done.Link == "" {
			explain.Link = s.Link
		}
	}
	return explain, path
}
