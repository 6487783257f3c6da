package importer

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// A damage is a list with one quote too many, and what its rows are all the
// same.
type damage struct {
	name string
	text string
	rows [][]string
	line int // of the quote
}

// damagedLists writes lists of every delimiter and line end, with a quote put
// before a cell of every column, so that it is closed by the next cell in
// quotes: in the same row, some rows below, or never.
func damagedLists() []damage {
	var all []damage
	for _, d := range [][2]string{{",", "\n"}, {";", "\r\n"}, {"\t", "\n"}} {
		for col := range 6 {
			for below := -1; below <= 6; below++ {
				for _, notes := range []bool{false, true} {
					all = append(all, shape{d[0], d[1], col, below, notes, 30, 5}.list())
				}
			}
			for damaged := 1; damaged <= 4; damaged++ {
				for below := -1; damaged+below <= 4; below++ {
					all = append(all, shape{d[0], d[1], col, below, false, 4, damaged}.list())
				}
			}
		}
	}
	return all
}

// A shape says where in a list the damage is.
type shape struct {
	delim, end string
	col        int  // that has the quote
	below      int  // rows until the next cell in quotes, -1: there is none
	notes      bool // there are cells over two lines far from it
	rows       int
	damaged    int // row that has the quote, from 1
}

func (s shape) list() damage {
	d := damage{name: fmt.Sprintf("%+q, quote in row %d of %d, column %d, quotes %d rows below, notes %v", s.delim+s.end, s.damaged, s.rows, s.col+1, s.below, s.notes)}
	line := 1
	var b strings.Builder
	b.WriteString(strings.Join([]string{"Name", "Email", "City", "Note", "Street", "Id"}, s.delim) + s.end)
	for n := 1; n <= s.rows; n++ {
		line++
		row, quoted := s.row(n)
		if n == s.damaged {
			d.line = line
		}
		for i, cell := range row {
			if i > 0 {
				b.WriteString(s.delim)
			}
			if quoted[i] {
				cell = `"` + cell + `"`
			} else if n == s.damaged && i == s.col {
				cell = `"` + cell
			}
			b.WriteString(cell)
		}
		line += strings.Count(row[3], "\n")
		b.WriteString(s.end)
		d.rows = append(d.rows, row)
	}
	d.text = b.String()
	return d
}

// row is the nth row, and which of its cells stand in quotes.
func (s shape) row(n int) (row []string, quoted map[int]bool) {
	row = []string{fmt.Sprintf("Ann Lee %d", n), fmt.Sprintf("ann%d@example.com", n), "Graz", "", fmt.Sprintf("Main Street %d", n), fmt.Sprint(n)}
	quoted = map[int]bool{}
	next := 4
	if s.col == next && s.below == 0 { // that is the cell with the quote too many
		next = 5
	}
	if s.below >= 0 && (n == s.damaged+s.below || n == 20) {
		row[next] += s.delim + " 3rd floor"
		quoted[next] = true
	}
	if s.notes && (n == 2 || n == 17) {
		row[3] = "likes tea" + s.delim + s.end + "and cake"
		quoted[3] = true
	}
	return row, quoted
}

func TestQuotesThatOpenACellByMistake(t *testing.T) {
	wrong := map[string]int{}
	all := damagedLists()
	for _, d := range all {
		if why := misread(t, d); why != "" {
			wrong[why]++
			t.Errorf("%s: %s", d.name, why)
		}
	}
	if len(wrong) > 0 {
		t.Errorf("%d lists, wrong: %v", len(all), wrong)
	}
}

// misread says how a damaged list is read wrongly, or "".
func misread(t *testing.T, d damage) string {
	l, err := Open(write(t, "list.csv", d.text), Options{TempDir: t.TempDir()})
	if err != nil {
		return "refused"
	}
	defer l.Close()
	n := 0
	for row, err := range l.Rows(t.Context()) {
		if err != nil {
			return "refused"
		}
		if n >= len(d.rows) || !slices.Equal(row.Cells, d.rows[n]) {
			return "another row"
		}
		n++
	}
	if n != len(d.rows) {
		return "rows lost"
	}
	for _, note := range l.Info().Notes {
		if note.Code == "stray_quote" && note.Line == d.line {
			return ""
		}
	}
	return "no note of the line"
}
