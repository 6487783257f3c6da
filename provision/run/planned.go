package run

import (
	"context"
	"iter"

	"muster/dedupe"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/plan"
)

// PlannedLines are the rows of a plan and what would become of them, in list
// order: the lines that a report of it would have, if nothing changes before.
// What each row ends in is kept in memory.
func PlannedLines(e *provision.Engine, planned *plan.Plan) iter.Seq2[provision.Line, error] {
	return func(yield func(provision.Line, error) bool) {
		entries := make([]plannedEntry, planned.Summary.Rows+1)
		for s, err := range planned.Steps() {
			if err != nil {
				yield(provision.Line{}, err)
				return
			}
			enter(entries, s)
		}
		for r, err := range planned.Rows() {
			var line provision.Line
			if err == nil {
				line, err = plannedLine(e, planned, r, entries[r.Row])
			}
			if !yield(line, err) || err != nil {
				return
			}
		}
	}
}

// PlannedMissing are the people on no row who would lose what the lists of a source
// gave them: by name those whom whoever planned it may see.
func PlannedMissing(ctx context.Context, e *provision.Engine, planned *plan.Plan) ([]provision.MissingPerson, error) {
	policy := planned.Header.Policy
	var all []provision.MissingPerson
	var page []provision.Removal
	name := func() error {
		people, err := named(ctx, e, policy.Organization, page, policy.VisibleBrands)
		all, page = append(all, people...), page[:0]
		return err
	}
	for s, err := range planned.Missing() {
		if err != nil {
			return nil, err
		}
		if s.First.Outcome != provision.Removed {
			continue
		}
		if page = append(page, s.Removal(s.First)); len(page) == ledgerPage {
			if err := name(); err != nil {
				return nil, err
			}
		}
	}
	return all, name()
}

// plannedEntry is what the ledger would say of a row, and what happens to the
// link of its person.
type plannedEntry struct {
	provision.LedgerRow
	link dedupe.LinkAction
}

// enter notes the rows of a step. A later step about a row takes the place of an
// earlier one.
func enter(entries []plannedEntry, s change.Step) {
	for i, row := range s.Ledger(change.Done{Account: s.Account}) {
		entries[row.Row] = plannedEntry{LedgerRow: row}
		if i == 0 {
			entries[row.Row].link = s.Link
		}
	}
}

func plannedLine(e *provision.Engine, planned *plan.Plan, r record.Record, entry plannedEntry) (provision.Line, error) {
	if entry.Row == 0 {
		return line(e, provision.Run{}, planned, r, nil, nil)
	}
	l, err := line(e, provision.Run{}, planned, r, &entry.LedgerRow, nil)
	if l.Link != nil {
		l.Link.State = plannedLink(entry.link)
	}
	return l, err
}

// plannedLink says how the link of a person would stand.
func plannedLink(action dedupe.LinkAction) provision.LinkWord {
	switch action {
	case dedupe.IssueLink, dedupe.ReissueLink:
		return provision.LinkIssued
	case dedupe.KeepLink, dedupe.ShowLink:
		return provision.LinkKept
	}
	if word, known := linkWords[action]; known {
		return word
	}
	return provision.LinkNone
}
