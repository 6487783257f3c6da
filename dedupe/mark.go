package dedupe

import (
	"slices"

	"muster/importer/identity"
	"muster/importer/record"
)

// markLength is how many digits a RowMark has: enough to tell all rows of all
// lists apart.
const markLength = 20

// RowMark names the person of a row by the first of what is theirs alone: their
// address, their external id, a profile; else by their name and what they share
// with others. It is the same every night and wherever the row stands. A row that
// knows nothing of anybody is named by all that it says.
func RowMark(r record.Record) string {
	keys, hints := Keys(r, "") // the organization is the same for everything compared
	if len(keys) > 0 {
		return KeyMark(slices.MinFunc(keys, CompareKeys))[:markLength]
	}
	if name := nameTokens(r.Name); len(hints)+len(name) > 0 {
		return digest(struct {
			Name  []string
			Hints []identity.Key
		}{name, sorted(hints)})[:markLength]
	}
	return digest(r.Cells)[:markLength]
}

// Marks are the RowMarks of some rows of the person, in their order.
func (p Person) Marks(rows []int) []string {
	marks := make([]string, len(rows))
	for _, r := range p.Records {
		for i, row := range rows {
			if row == r.Row {
				marks[i] = RowMark(r)
			}
		}
	}
	return marks
}
