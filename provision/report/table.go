package report

import (
	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"muster/provision"
	"muster/provision/words"
)

// Table is the run as a table for a terminal: every outcome that a row had, how
// many rows, and what it means, folded to lines of so many characters, 0 for any. It has
// no colours, and the same summary always gives the same text.
func Table(s provision.Summary, width int) string {
	t := table.NewWriter()
	t.SetStyle(table.StyleLight)
	t.Style().Format.Header = text.FormatDefault
	t.Style().Format.Footer = text.FormatDefault
	t.SetColumnConfigs(OutcomeColumns(width, s.Rows))
	t.AppendHeader(table.Row{"Outcome", "Rows", "What it means"})
	for _, o := range shown(s) {
		if o != provision.Removed {
			t.AppendRow(table.Row{words.Outcome(o).Title, words.Number(s.Outcomes[o]), meaning(words.In{}, o, s)})
		}
	}
	t.AppendFooter(table.Row{"All rows", words.Number(s.Rows), "Every row of the list is counted once"})
	if s.Differ > 0 {
		t.AppendFooter(table.Row{
			"Differ", words.Number(s.Differ), "Other than the account: " + DifferenceWords(s.Differences),
		})
	}
	if n := s.Outcomes[provision.Removed]; n > 0 {
		w := words.Outcome(provision.Removed)
		t.AppendFooter(table.Row{w.Title, words.Number(n), w.Meaning})
	}
	return t.Render()
}

// OutcomeColumns lays out a table of an outcome, its number of rows and a
// sentence, which is folded where the table would be wider than width.
func OutcomeColumns(width, rows int) []table.ColumnConfig {
	columns := []table.ColumnConfig{{Number: 2, Align: text.AlignRight, AlignFooter: text.AlignRight}}
	if width > 0 {
		const frame, outcome, title, least = 10, len("Unchanged"), len("Rows"), 12
		rest := width - frame - outcome - max(title, len(words.Number(rows)))
		columns = append(columns, table.ColumnConfig{
			Number:           3,
			WidthMax:         max(rest, least),
			WidthMaxEnforcer: text.WrapSoft,
		})
	}
	return columns
}
