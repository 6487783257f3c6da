package importer

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"muster/importer/file"
	"muster/importer/identity"
	"muster/importer/reason"
	"muster/importer/record"
)

// parser turns rows into records. It is pure: what it needs of the list was
// copied into it.
type parser struct {
	cols   []column
	set    []preset // sorted by field
	format Format

	allowed []string // domains of email addresses that are right although they look mistyped
	// which columns there are
	hasLast, hasFirst, mailCol bool
	display                    bool  // the whole name is only what a program shows: its parts go before it
	free                       int   // columns kept as attributes
	behind                     []int // columns that fill in for others of the same field

	template record.Kind // of a template: what its rows are, and where they may say so
	kindCol  int
}

// preset is what a field is in every row that leaves it blank.
type preset struct {
	field record.Field
	value string
}

const maxName = 256

func newParser(l *List) parser {
	p := parser{cols: l.cols, format: l.info.Format, template: l.info.Template, allowed: l.o.AllowDomains}
	p.kindCol = slices.IndexFunc(l.cols, func(c column) bool { return c.field == record.FieldKind && !c.ignored })
	for name, value := range l.o.Set {
		field, _ := fieldNamed(name)
		p.set = append(p.set, preset{field, value})
	}
	if _, told := l.o.Set[string(record.FieldKind)]; !told && l.info.Template != "" {
		p.set = append(p.set, preset{record.FieldKind, string(l.info.Template)})
	}
	slices.SortFunc(p.set, func(a, b preset) int { return cmp.Compare(a.field, b.field) })
	for i, c := range l.cols {
		if (c.field == "" || c.field == record.FieldRelation) && !c.ignored {
			p.free++
		}
		if c.behind {
			p.behind = append(p.behind, i)
		}
		if !c.ignored {
			p.hasFirst = p.hasFirst || c.field == record.FieldFirstName
			p.hasLast = p.hasLast || c.field == record.FieldLastName
			p.mailCol = p.mailCol || c.field == record.FieldEmail
			p.display = p.display || c.field == record.FieldName && !c.told && headerKey(c.label) == "displayname"
		}
	}
	return p
}

// Parse says who the person of a row is and what is wrong with the row. It is
// pure, may be called from many goroutines, and leaves Record.Row at 0.
func (l *List) Parse(row record.Row) record.Record { return l.parser.parse(row) }

// parsing is one row on its way to a record.
type parsing struct {
	parser
	row      record.Row
	rec      record.Record
	at       int    // column under way, -1 for none
	kept     bool   // the record has cells of its own
	mailName string // the name in `Ann Lee <ann@example.com>`
	bare     []bareName
}

func (p parser) parse(row record.Row) record.Record {
	s := parsing{parser: p, row: row, rec: record.Record{Place: row.Place, Cells: row.Cells}}
	for i := range p.cols {
		if !p.cols[i].ignored && !p.cols[i].behind {
			s.at = i
			s.cell(s.cols[i], i)
		}
	}
	for _, i := range p.behind {
		s.at = i
		s.columnBehind(i)
	}
	s.at = -1
	for _, d := range p.set {
		s.byDefault(d.field, d.value)
	}
	s.tellBare()
	s.keepKind()
	s.extraCells()
	s.joinName()
	s.checkShift()
	s.checkKnown()
	return s.rec
}

// columnBehind reads a cell that fills in for a blank one of the same field; it
// is kept with the person where that is not blank.
func (s *parsing) columnBehind(i int) {
	c := s.cols[i]
	if s.filled(c.field) || s.saidBadly(c.field) {
		c.field = ""
	}
	s.cell(c, i)
}

// cell reads one cell as one of column c.
func (s *parsing) cell(c column, i int) {
	cell := ""
	if i < len(s.row.Cells) {
		cell = s.row.Cells[i]
	}
	link := s.row.Links[i]
	if mark := s.row.Marks[i]; mark == record.NoResult && link == "" { // of =HYPERLINK("…") the target is known
		s.problem(c, reason.NoStoredResult, false, "")
		return
	}
	if file.Blank(cell) && link == "" {
		return
	}
	if isErrorValue(cell) {
		value := fmt.Sprintf("the cell holds the error value %s", strings.TrimSpace(cell))
		s.problem(c, reason.SpreadsheetDamage, false, value)
		return
	}
	if c.asked && flagWords[headerKey(cell)] {
		return
	}
	s.field(s.onPlatform(c), i, cell, link)
}

// onPlatform makes a column one of the network that another column of the row
// names.
func (s *parsing) onPlatform(c column) column {
	if c.platform > 0 && c.platform <= len(s.row.Cells) {
		if slug, ok := identity.NetworkOf(s.row.Cells[c.platform-1]); ok {
			c.network = slug
		}
	}
	return c
}

// extraCells deals with cells to the right of the header. In a sheet they are
// notes; in a CSV they mean that a delimiter stands where none should, and
// nobody knows which cells moved.
func (s *parsing) extraCells() {
	if s.row.Extra == 0 {
		return
	}
	from := len(s.row.Cells) - s.row.Extra
	if s.format == CSV {
		remedy := reason.Of(reason.RowTooWide).Remedy
		s.rowProblem(reason.RowTooWide, fmt.Sprintf("%d cells under %d headers: %s", len(s.row.Cells), from, remedy))
		return
	}
	for i := from; i < len(s.row.Cells); i++ {
		if !file.Blank(s.row.Cells[i]) {
			kept := record.Attribute{Column: "column " + file.ColumnLetter(i+1), Value: s.row.Cells[i]}
			s.rec.Attributes = append(s.rec.Attributes, kept)
		}
	}
}

// checkShift looks for an address where none belongs while the email column
// has none: the row's cells have moved.
func (s *parsing) checkShift() {
	if s.rec.Email.Value != "" || !s.mailCol {
		return
	}
	for i, c := range s.cols {
		if c.ignored || i >= len(s.row.Cells) || !looksLikeAddress(s.row.Cells[i]) {
			continue
		}
		switch c.field {
		case record.FieldName, record.FieldFirstName, record.FieldLastName, record.FieldKind,
			record.FieldStatus, record.FieldLanguage, record.FieldTimeZone, record.FieldRole:
			s.problem(c, reason.ColumnsShifted, true, "")
			return
		}
	}
}

// checkKnown adds the problem of a row that names nobody, unless an email
// that is wrong says it already.
func (s *parsing) checkKnown() {
	if s.rec.Email.Value != "" || s.rec.ExternalID != "" || len(s.rec.Profiles) > 0 || !s.rec.Usable() {
		return
	}
	s.rowProblem(reason.NothingToKnowBy, reason.Of(reason.NothingToKnowBy).Meaning)
}

// problem records what is wrong with a cell; a message of "" takes the
// meaning of the code.
func (s *parsing) problem(c column, code reason.Code, fatal bool, message string) {
	if code == reason.SpreadsheetDamage && c.ofProfiles() {
		code = reason.ProfileDamaged
	}
	if message == "" {
		message = reason.Of(code).Meaning
	}
	p := record.Problem{Column: c.label, Code: code, Message: message, Fatal: fatal}
	s.rec.Problems = append(s.rec.Problems, p)
}

// rowProblem records why the row as a whole cannot be used.
func (s *parsing) rowProblem(code reason.Code, message string) {
	s.rec.Problems = append(s.rec.Problems, record.Problem{Code: code, Message: message, Fatal: true})
}

func (s *parsing) outOfRange(c column, cell, allowed string) {
	s.problem(c, reason.ValueOutOfRange, true, fmt.Sprintf("%q is not one of: %s", shorten(cell), allowed))
}

// refusal is the reason inside an error of importer/identity.
func refusal(err error) *identity.Refusal {
	var r *identity.Refusal
	if errors.As(err, &r) {
		return r
	}
	return &identity.Refusal{Reason: reason.NotAProfile}
}
