package report

import (
	"maps"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"muster/importer/reason"
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
	s, all := counted(words.In{}, s)
	t.AppendHeader(table.Row{"Outcome", all.Counted, "What it means"})
	for _, o := range shown(s) {
		if o != provision.Removed || all.People {
			t.AppendRow(table.Row{words.Outcome(o).Title, words.Number(s.Outcomes[o]), MeaningIn(words.In{}, o, s)})
		}
	}
	t.AppendFooter(table.Row{all.Title, words.Number(all.Count), all.Meaning})
	if s.Differ > 0 {
		t.AppendFooter(table.Row{
			"Differ", words.Number(s.Differ), "Other than the account: " + DifferenceWords(s.Differences),
		})
	}
	if n := s.Outcomes[provision.Removed]; n > 0 && !all.People {
		w := words.Outcome(provision.Removed)
		t.AppendFooter(table.Row{w.Title, words.Number(n), w.Meaning})
	}
	return t.Render()
}

// A whole is the last line of a table of outcomes: all that is counted in it.
type whole struct {
	Counted, Title, Meaning string
	Count                   int
	People                  bool // not rows
}

// counted is a run as its tables count it, and all that they count: its rows, or the
// people, where none of them is on a row.
func counted(in words.In, s provision.Summary) (provision.Summary, whole) {
	n := s.OfMissing()
	if n == 0 {
		return s, whole{in.Say("Rows"), in.Say("All rows"), in.Say("Every row of the list is counted once"), s.Rows, false}
	}
	s.Rows = n
	s.Outcomes = ofMissing(s, n)
	return s, whole{in.Say("People"), in.Say("All people"), in.Say("Everybody whom the source named"), n, true}
}

// ofMissing are the outcomes of n people who are on no row, where nobody else is there.
func ofMissing(s provision.Summary, n int) map[provision.Outcome]int {
	all := maps.Clone(s.Outcomes)
	all[provision.Failed] = s.NotRemoved()
	all[provision.Pending] = s.Missing[reason.NotReached]
	all[provision.Unchanged] = n - all[provision.Removed] - all[provision.Failed] - all[provision.Pending]
	return all
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
