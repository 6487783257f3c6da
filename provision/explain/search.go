package explain

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/provision"
)

// A search is for the rows of reports that say something. Of a year of nights all but a
// few are other people's: those are told by their text, which takes a fraction of the
// time that reading them does.
type search struct {
	texts []string // in small letters; what says it has one of them
	says  func(provision.ReportedRow) bool
}

// searchFor is for rows that gave a key.
func searchFor(k identity.Key) search {
	text := k.Value
	if k.Space == identity.EmailSpace { // a domain is written in more than one way
		text = text[:strings.LastIndexByte(text, '@')]
	}
	return search{
		texts: []string{strings.ToLower(text)},
		says:  func(r provision.ReportedRow) bool { return says(r, k) },
	}
}

// searchLike is for rows in the place of another one, or of the same person.
func searchLike(t provision.ReportedRow) search {
	var s search
	if t.Line > 0 {
		s.texts = append(s.texts, fmt.Sprintf(`"line":%d`, t.Line))
	}
	if t.Email != "" {
		s.texts = append(s.texts, strings.ToLower(t.Email))
	}
	s.says = func(r provision.ReportedRow) bool {
		return r.Place == t.Place && t.Line > 0 || t.Email != "" && r.Email == t.Email && r.Name == t.Name
	}
	return s
}

// maybe reports whether the text of a row may be one that is searched for. One that may
// be written otherwise than it is meant is.
func (s search) maybe(text []byte) bool {
	if bytes.ContainsFunc(text, hides) {
		return true
	}
	small := bytes.ToLower(text)
	return slices.ContainsFunc(s.texts, func(t string) bool { return bytes.Contains(small, []byte(t)) })
}

// hides reports whether a character stands for another one, or may be nothing to see: no
// letter does, as those of addresses before the @ are ASCII.
func hides(r rune) bool {
	return r == '\\' || r == '%' || r >= utf8.RuneSelf && !unicode.IsLetter(r) && !unicode.IsMark(r)
}

// says reports whether a row gave a key, as far as the report tells: its
// address, or what led to a candidate.
func says(t provision.ReportedRow, k identity.Key) bool {
	if e, _, err := identity.ParseEmail(t.Email); err == nil && e.Key() == k {
		return true
	}
	return slices.ContainsFunc(t.Candidates, func(c dedupe.Candidate) bool {
		return slices.ContainsFunc(c.Evidence, func(e dedupe.Evidence) bool { return e.Key == k })
	})
}

// reportedRows returns those rows of a report that maybe does not refuse and pick
// chooses, all where it is nil; none where the report is gone.
func reportedRows(
	ctx context.Context, f provision.Folders, run provision.Run,
	maybe func(number int, text []byte) bool, pick func(provision.ReportedRow) bool,
) ([]provision.ReportedRow, error) {
	var picked []provision.ReportedRow
	if !run.PurgedAt.IsZero() {
		return nil, nil
	}
	for r, err := range f.Rows(ctx, run, maybe) {
		if err != nil {
			return nil, fmt.Errorf("reading the report of run %s: %w", run.ID, err)
		}
		if pick == nil || pick(r) {
			picked = append(picked, r)
		}
	}
	return picked, nil
}
