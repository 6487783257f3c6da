package importer

import (
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
	set    [][2]string // field, value; sorted
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

const maxName = 256

func newParser(l *List) parser {
	p := parser{cols: l.cols, format: l.info.Format, template: l.info.Template, allowed: l.o.AllowDomains}
	p.kindCol = slices.IndexFunc(l.cols, func(c column) bool { return c.field == "kind" && !c.ignored })
	for name, value := range l.o.Set {
		field, _ := fieldNamed(name)
		p.set = append(p.set, [2]string{field, value})
	}
	if _, told := l.o.Set["kind"]; !told && l.info.Template != "" {
		p.set = append(p.set, [2]string{"kind", string(l.info.Template)})
	}
	slices.SortFunc(p.set, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
	for i, c := range l.cols {
		if (c.field == "" || c.field == "relation") && !c.ignored {
			p.free++
		}
		if c.behind {
			p.behind = append(p.behind, i)
		}
		if f := fieldByName(c.field); f != nil && !c.ignored {
			p.hasFirst = p.hasFirst || f.Name == "first name"
			p.hasLast = p.hasLast || f.Name == "last name"
			p.mailCol = p.mailCol || f.Name == "email"
			p.display = p.display || f.Name == "name" && !c.told && headerKey(c.label) == "displayname"
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
}

func (p parser) parse(row record.Row) record.Record {
	s := parsing{parser: p, row: row, rec: record.Record{Place: row.Place, Cells: row.Cells}}
	for i := range p.cols {
		if !p.cols[i].ignored && !p.cols[i].behind {
			s.at = i
			s.column(i)
		}
	}
	for _, i := range p.behind {
		s.at = i
		s.columnBehind(i)
	}
	s.at = -1
	for _, d := range p.set {
		s.byDefault(d[0], d[1])
	}
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

// column reads one cell into the record.
func (s *parsing) column(i int) { s.cell(s.cols[i], i) }

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
		s.problem(c, reason.SpreadsheetDamage, false, fmt.Sprintf("the cell holds the error value %s", strings.TrimSpace(cell)))
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
		if slug, ok := networkOf(s.row.Cells[c.platform-1]); ok {
			c.network = slug
		}
	}
	return c
}

// field reads a cell that is not blank, by the field of its column.
func (s *parsing) field(c column, i int, cell, link string) {
	if c.network != "" {
		s.profile(c, i, cell, link)
		return
	}
	switch c.field {
	case "email":
		s.email(c, cell, link)
	case "links", "blog":
		s.profiles(c, cell, link)
	case "external id":
		if !s.damaged(c, i, cell) {
			s.rec.ExternalID = s.text(c, untyped(cell))
		}
	case "name":
		s.rec.Name = s.name(c, cell)
	case "first name":
		s.rec.FirstName = s.name(c, cell)
	case "last name":
		s.rec.LastName = s.name(c, cell)
	case "":
		s.keepAttribute(c, cell, link)
	default:
		s.value(c, cell, link)
	}
}

// value reads the plain fields.
func (s *parsing) value(c column, cell, link string) {
	switch c.field {
	case "contact email":
		s.contact(c, cell, link)
	case "kind":
		s.kind(c, cell)
	case "relation":
		s.relation(c, cell)
	case "status":
		if v, ok := statusOf(cell); ok {
			s.rec.Status = v
		} else {
			s.outOfRange(c, cell, statuses)
		}
	case "brands":
		s.rec.Brands = s.several(c, s.rec.Brands, cell)
	case "campaigns":
		s.rec.Campaigns = s.several(c, s.rec.Campaigns, cell)
	case "products":
		s.rec.Products = s.several(c, s.rec.Products, cell)
	case "role":
		s.rec.Role = s.text(c, cell)
	case "permissions":
		s.rec.Permissions = s.text(c, cell)
	case "language":
		if v, ok := languageOf(cell); ok {
			s.rec.Language = v
		} else {
			s.outOfRange(c, cell, "a language tag like de or pt-BR")
		}
	case "time zone":
		if v, ok := timeZoneOf(cell); ok {
			s.rec.TimeZone = v
		} else {
			s.outOfRange(c, cell, "a time zone like Europe/Berlin")
		}
	case "picture":
		s.picture(c, cell, link)
	}
}

// kind reads what a person is. Lists of creators write there, too, that a row is
// of somebody around one.
func (s *parsing) kind(c column, cell string) {
	if k, ok := kindOf(cell); ok {
		s.rec.Kind = k
		return
	}
	if relation, ok := relationIn(cell); ok {
		s.rec.Relation = relation
		return
	}
	s.outOfRange(c, cell, "creator, staff, client")
}

func (s *parsing) picture(c column, cell, link string) {
	v, ok := pictureOf(cell)
	if !ok && link != "" {
		if v, ok = pictureOf(link); ok {
			s.keep(link)
		}
	}
	if !ok {
		s.problem(c, reason.BadLink, false, "")
		return
	}
	s.rec.Picture = v
}

// byDefault fills a field that the row left blank.
func (s *parsing) byDefault(field, value string) {
	if !s.filled(field) && !file.Blank(value) && !s.saidBadly(field) {
		c := column{label: "--set " + field}
		c.set(field)
		s.field(c, -1, value, "")
	}
}

// filled reports whether the row said something of a field.
func (s *parsing) filled(field string) bool {
	r := &s.rec
	switch field {
	case "email":
		return r.Email.Value != ""
	case "name":
		return r.Name != ""
	case "first name":
		return r.FirstName != ""
	case "last name":
		return r.LastName != ""
	case "external id":
		return r.ExternalID != ""
	case "contact email":
		return r.ContactEmail != ""
	case "kind":
		return r.Kind != ""
	case "brands":
		return r.Brands != nil
	case "campaigns":
		return r.Campaigns != nil
	case "products":
		return r.Products != nil
	case "role":
		return r.Role != ""
	case "permissions":
		return r.Permissions != ""
	case "status":
		return r.Status != ""
	case "language":
		return r.Language != ""
	case "time zone":
		return r.TimeZone != ""
	case "picture":
		return r.Picture != ""
	case "relation":
		return r.Relation != ""
	}
	return false
}

// saidBadly reports whether the row said something of the field that could
// not be used: a default must not paper over that.
func (s *parsing) saidBadly(field string) bool {
	for _, p := range s.rec.Problems {
		for _, c := range s.cols {
			if c.label == p.Column && c.field == field {
				return true
			}
		}
	}
	return false
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
		s.rec.Problems = append(s.rec.Problems, record.Problem{Code: reason.RowTooWide, Fatal: true,
			Message: fmt.Sprintf("%d cells under %d headers: %s", len(s.row.Cells), from, reason.Of(reason.RowTooWide).Remedy)})
		return
	}
	for i := from; i < len(s.row.Cells); i++ {
		if !file.Blank(s.row.Cells[i]) {
			s.rec.Attributes = append(s.rec.Attributes, record.Attribute{Column: "column " + file.ColumnLetter(i+1), Value: s.row.Cells[i]})
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
		case "name", "first name", "last name", "kind", "status", "language", "time zone", "role":
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
	s.rec.Problems = append(s.rec.Problems, record.Problem{Code: reason.NothingToKnowBy, Message: reason.Of(reason.NothingToKnowBy).Meaning, Fatal: true})
}

// problem records what is wrong with a cell; a message of "" takes the
// meaning of the code.
func (s *parsing) problem(c column, code reason.Code, fatal bool, message string) {
	if message == "" {
		message = reason.Of(code).Meaning
	}
	s.rec.Problems = append(s.rec.Problems, record.Problem{Column: c.label, Code: code, Message: message, Fatal: fatal})
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
