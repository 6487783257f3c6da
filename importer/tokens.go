package importer

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"muster/importer/file"
	"muster/importer/record"
)

// Links that muster issued come back: in the file it wrote them into, or in a
// column that somebody kept them in. Whoever has such a link can claim the
// account, so its token is masked as the list is read: nothing behind a source
// ever sees one.

// token is one of a link, whole or nearly so. Names of profiles are shorter.
var token = regexp.MustCompile(`(?i)mst1_[a-z0-9_-]{32,}`)

// maskedToken stands where a token stood.
const maskedToken = "mst1_[redacted]"

// mask takes the tokens out of a text.
func mask(text string) string {
	if !strings.Contains(text, "1_") { // nearly always, and quickly seen
		return text
	}
	return token.ReplaceAllLiteralString(text, maskedToken)
}

// linksHeader is how the header of our own files of links begins.
var linksHeader = []string{"line", "name", "email", "link", "expires_at"}

// isLinksFile reports whether a header is that of a file of links.
func isLinksFile(h header) bool {
	if h.line == 0 || len(h.labels) < len(linksHeader) {
		return false
	}
	return slices.EqualFunc(h.labels[:len(linksHeader)], linksHeader, func(label, want string) bool {
		return strings.EqualFold(strings.TrimSpace(label), want)
	})
}

// linksFile refuses a file of links.
func linksFile(t table) error {
	return &file.Error{
		Class: file.Forbidden,
		Sheet: t.sheet,
		Line:  t.header.line,
		Msg:   "the file holds the invite links that muster issued, and is no list",
		Hint:  "import the list that the links were made for; this file is for handing them over",
	}
}

// holdsLinks reports whether most values of a column are links of ours.
func holdsLinks(values []string) bool {
	n := 0
	for _, v := range values {
		if strings.Contains(v, maskedToken) {
			n++
		}
	}
	return n > 0 && 2*n >= len(values)
}

// masking makes the sources of the list ones that show no token.
func (l *List) masking(open func() (file.Source, error)) func() (file.Source, error) {
	return func() (file.Source, error) {
		src, err := open()
		if err != nil {
			return nil, err
		}
		return &maskedSource{Source: src, l: l}, nil
	}
}

// maskedSource is a Source without the tokens in it.
type maskedSource struct {
	file.Source
	l     *List
	count int // cells with a token, outside the columns that are left out whole
	first int // line of the first of them
}

func (s *maskedSource) Next() ([]string, error) {
	rec, err := s.Source.Next()
	if err != nil {
		return nil, err
	}
	for i, cell := range rec[1:] {
		if masked := mask(cell); masked != cell {
			rec[i+1] = masked
			s.found(rec[0], i, cell)
		}
	}
	s.maskTargets(rec[0])
	return rec, nil
}

// maskTargets masks where the hyperlinks of the record lead. The targets
// belong to the sheet, which is read more than once.
func (s *maskedSource) maskTargets(line string) {
	b := s.Beside()
	if b == nil {
		return
	}
	for i, text := range b.Above {
		b.Above[i] = mask(text)
	}
	for i, target := range b.Links {
		if masked := mask(target); masked != target {
			b.Links = maps.Clone(b.Links)
			b.Links[i] = masked
			s.found(line, i, target)
		}
	}
}

// found tells of a cell that had a token, and counts it.
func (s *maskedSource) found(line string, column int, cell string) {
	if tell := s.l.o.Tokens; tell != nil {
		at := record.Place{File: s.l.path, Sheet: s.l.table.sheet}
		at.Line, _ = strconv.Atoi(line)
		tell(at, token.FindString(cell))
		return
	}
	if slices.Contains(s.l.secrets, column) {
		return
	}
	if s.count++; s.count == 1 {
		s.first, _ = strconv.Atoi(line)
	}
}

// Done also says that something was masked.
func (s *maskedSource) Done() ([]file.Note, error) {
	notes, err := s.Source.Done()
	if s.count > 0 {
		notes = append(notes, file.Note{
			Code:  "invite_links_masked",
			Sheet: s.l.table.sheet,
			Line:  s.first,
			Count: s.count,
			Message: "invite links that muster issued stand in cells of the list; " +
				"they were masked and are kept nowhere",
		})
	}
	return notes, err
}
