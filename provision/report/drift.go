package report

import (
	"slices"

	"muster/dedupe"
	"muster/importer/reason"
	"muster/provision"
	"muster/provision/words"
)

// drifts are the notes of a row about what was changed by hand.
func drifts(v *view) []dedupe.Note {
	return slices.DeleteFunc(slices.Clone(v.Notes), func(n dedupe.Note) bool { return !slices.Contains(provision.Drifts, n.Code) })
}

// addDrift adds a row for everything about a person that was changed by hand.
func (b *book) addDrift(v *view) error {
	for _, n := range drifts(v) {
		entry := reason.Of(n.Code)
		said, _ := b.words.Noted(n)
		row := texts(v.number, v.Name, v.email, words.Sentence(b.words.Say(entry.Meaning)), said,
			words.Sentence(b.words.Say(entry.Remedy)), v.outcome.Title, v.Account, v.File, v.Sheet)
		if err := b.drift.add(0, row); err != nil {
			return err
		}
	}
	return nil
}

// drifted takes in a row of which something was changed by hand.
func (p *webpage) drifted(v *view) {
	notes := drifts(v)
	if len(notes) == 0 {
		return
	}
	rows := p.rows[driftSection]
	if rows.Total++; len(rows.Rows) == shownRows {
		return
	}
	row := newWebRow(v)
	row.Why, row.Todo, row.Link, row.Notes = nil, "", "", ""
	for _, n := range notes {
		entry := reason.Of(n.Code)
		said := words.Sentence(p.words.Say(entry.Meaning))
		if what, _ := p.words.Noted(n); what != "" {
			said += p.words.Say(": ") + what
		}
		row.Why = append(row.Why, said)
		row.Todo = words.Sentence(p.words.Say(entry.Remedy))
	}
	rows.Rows = append(rows.Rows, row)
}
