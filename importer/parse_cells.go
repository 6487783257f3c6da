package importer

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"muster/importer/file"
	"muster/importer/identity"
	"muster/importer/reason"
	"muster/importer/record"
)

// damaged reports, and records, an identifier that a spreadsheet program has
// changed beyond repair.
func (s *parsing) damaged(c column, i int, cell string) bool {
	mark, message := s.row.Marks[i], ""
	switch {
	case mark == record.LongNumber:
		message = "the cell is a number of more than 15 digits, of which the last ones are lost"
	case mark == record.DateCell || looksLikeDate(cell):
		message = fmt.Sprintf("a spreadsheet program turned the cell into the date %s", shorten(cell))
	case looksScientific(cell):
		message = fmt.Sprintf("a spreadsheet program turned the cell into the number %s; its digits are lost",
			shorten(cell))
	default:
		return false
	}
	if mark != 0 {
		s.keep("") // as text it would pass for an identifier
	}
	s.problem(c, reason.SpreadsheetDamage, false, message+": "+reason.Of(reason.SpreadsheetDamage).Remedy)
	return true
}

// text cleans a cell of text; odd and garbled characters are reported.
func (s *parsing) text(c column, cell string) string {
	if fixed, ok := ungarble(cell); ok {
		clean, _ := tidy(fixed)
		s.problem(c, reason.TextGarbled, false,
			fmt.Sprintf("the text was garbled by a wrong encoding and was read as %q", shorten(clean)))
		return clean
	}
	out, odd := tidy(cell)
	if odd {
		s.problem(c, reason.ControlCharacters, false, "")
	}
	if strings.ContainsRune(out, utf8.RuneError) {
		s.problem(c, reason.TextGarbled, false, "")
	}
	return out
}

// name is text of bounded length.
func (s *parsing) name(c column, cell string) string {
	out := s.text(c, cell)
	if placeholderName(out) {
		return ""
	}
	if utf8.RuneCountInString(out) > maxName {
		s.problem(c, reason.TextTooLong, true, fmt.Sprintf("the name is longer than %d characters", maxName))
		return ""
	}
	return out
}

// wholeName is a name in the order in which people are greeted, without the handle that
// lists write behind it: "Ann Lee (@annlee)".
func (s *parsing) wholeName(c column, cell string) string {
	return turned(s.nameAlone(c, cell))
}

// turned puts the family name behind the given one where a comma says that it stands
// first: "Lee, Ann".
func turned(name string) string {
	family, given, ok := strings.Cut(name, ", ")
	if !ok || !isNames(family) || !isNames(given) || notGiven[headerKey(given)] {
		return name
	}
	return given + " " + family
}

// isNames reports whether a text is one to three words that can be names.
func isNames(text string) bool {
	n := len(strings.Fields(text))
	return n > 0 && n < 4 && !strings.ContainsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !strings.ContainsRune(" -'’.", r)
	})
}

// notGiven may stand behind the comma of a name, and are no given name.
var notGiven = keySet("jr", "sr", "ii", "iii", "iv", "inc", "ltd", "llc", "gmbh", "ag", "kg", "co", "sl", "sa", "sarl", "srl",
	"phd", "md", "mba", "ba", "ma", "msc", "esq", "dr", "prof")

// nameAlone is a name without the handle behind it.
func (s *parsing) nameAlone(c column, cell string) string {
	name := s.name(c, cell)
	front, behind, _ := strings.Cut(name, " (@")
	handle, ok := strings.CutSuffix(behind, ")")
	if !ok || handle == "" || strings.ContainsAny(handle, " ()@") {
		return name
	}
	s.bare = append(s.bare, bareName{c, &identity.Refusal{Reason: reason.AmbiguousNoHint, Text: "@" + handle}})
	return front
}

func placeholderName(s string) bool {
	switch s {
	case "NULL", "None", "nan", "NaN", "undefined":
		return true
	}
	switch strings.ToLower(s) {
	case "-", "--", "---", "—", "–", "n/a", "n.a.", "tbd", "tba", "?", "???", "k.a.", "s/d", "n/d":
		return true
	}
	return false
}

// keepAttribute keeps a cell with the person.
func (s *parsing) keepAttribute(c column, cell, link string) {
	if s.rec.Attributes == nil {
		s.rec.Attributes = make([]record.Attribute, 0, s.free)
	}
	s.rec.Attributes = append(s.rec.Attributes, record.Attribute{Column: c.label, Value: s.attribute(c, cell, link)})
}

// attribute keeps a free cell as it is; of a cell that shows a name and leads
// somewhere, the link is the information.
func (s *parsing) attribute(c column, cell, link string) string {
	if file.Blank(cell) && link != "" {
		s.keep(link)
		return link
	}
	return strings.TrimSpace(cell)
}

// several splits a cell of several values.
func (s *parsing) several(c column, have []string, cell string) []string {
	seen := make(map[string]bool, len(have)) // a cell may hold a hundred thousand
	for _, v := range have {
		seen[v] = true
	}
	for _, part := range strings.FieldsFunc(cell, isSeparator) {
		v := s.text(c, part)
		if v == "" || placeholderName(v) || seen[v] {
			continue
		}
		seen[v] = true
		have = append(have, v)
	}
	return have
}

// isSeparator reports whether a character stands between two values of a cell.
func isSeparator(r rune) bool { return strings.ContainsRune(",;|\n、，", r) }

// joinName makes the whole name of its parts. Where only one of the parts has a
// column, the column "Name" may hold the other ("Vorname, Name") or the whole
// name: it holds the whole where it contains the part.
func (s *parsing) joinName() {
	r := &s.rec
	switch {
	case r.Name == "", s.display && r.FirstName != "" && r.LastName != "":
		r.Name = strings.TrimSpace(r.FirstName + " " + r.LastName)
	case s.hasFirst && !s.hasLast && r.FirstName != "" && !hasWord(r.Name, r.FirstName):
		r.LastName = r.Name
		r.Name = r.FirstName + " " + r.Name
	case s.hasLast && !s.hasFirst && r.LastName != "" && !hasWord(r.Name, r.LastName):
		r.FirstName = r.Name
		r.Name = r.Name + " " + r.LastName
	}
	if r.Name == "" && s.mailName != "" {
		r.Name = turned(s.name(column{label: "email"}, s.mailName))
	}
	if utf8.RuneCountInString(r.Name) > maxName {
		s.rowProblem(reason.TextTooLong, fmt.Sprintf("the name is longer than %d characters", maxName))
		r.Name = ""
	}
}

// hasWord reports whether name contains part as whole words, whatever the
// case of its letters.
func hasWord(name, part string) bool {
	return strings.Contains(" "+headerWords(name)+" ", " "+headerWords(part)+" ")
}

func headerWords(s string) string {
	words := strings.Fields(s)
	for i, w := range words {
		words[i] = headerKey(w)
	}
	return strings.Join(words, " ")
}
