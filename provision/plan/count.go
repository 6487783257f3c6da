package plan

import (
	"slices"

	"muster/dedupe"
	"muster/provision"
)

// count adds a decision to the summary, or takes one off it (by -1).
func (w *Writer) count(d dedupe.Decision, by int) {
	w.summary.People += by
	w.first.add(d, by)
	first, rest := provision.RowOutcomes(d)
	tally(w.summary.Reasons, d.Reason, by)
	tally(w.summary.Reasons, provision.RowReason(d.Reason, rest), by*(len(d.Rows)-1))
	tally(w.summary.Outcomes, first, by)
	tally(w.summary.Outcomes, rest, by*(len(d.Rows)-1))
	for _, right := range rights(d.Write) {
		tally(w.summary.Grants, right, by)
	}
	w.countDifferences(d, first, rest, by)
	effects := &w.summary.SideEffects
	if d.Link.Issues() {
		effects.LinksIssued += by
	}
	if killsLink(d) {
		effects.LinksKilled += by
	}
	effects.RolesRaised += by * len(d.Write.Raise)
	if d.Write.Activate != "" {
		effects.BlocksLifted += by
	}
	if d.Write.Block {
		effects.PeopleBlocked += by
	}
	if writesDetails(d) {
		effects.DetailsWritten += by
	}
}

// countDifferences counts the rows of a decision that say something else than
// their account, as the report of the run will.
func (w *Writer) countDifferences(d dedupe.Decision, first, rest provision.Outcome, by int) {
	if !slices.ContainsFunc(d.Notes, func(n dedupe.Note) bool { return n.Code.Difference() }) {
		return
	}
	for _, row := range provision.RowsOf(d, first, rest, d.Reason, d.Account, "") {
		if row.Detail == nil {
			continue
		}
		differ := provision.Differences(row.Account, row.Reason, row.Detail.Notes)
		for _, code := range differ {
			tally(w.summary.Differences, code, by)
		}
		if len(differ) > 0 {
			w.summary.Differ += by
		}
	}
}

// rights lists what a person gets beyond being a member, each once.
func rights(w dedupe.Write) []string {
	var all []string
	for _, m := range w.Memberships {
		if m.Role != provision.MemberRole {
			all = append(all, "role "+m.Role)
		}
	}
	for _, r := range w.Raise {
		all = append(all, "role "+r.To)
	}
	for _, product := range w.Products {
		all = append(all, "product "+product)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// tally adds to a count, and forgets it at nought.
func tally[K comparable](counts map[K]int, key K, by int) {
	if counts[key] += by; counts[key] == 0 {
		delete(counts, key)
	}
}
