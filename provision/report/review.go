package report

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"muster/dedupe"
	"muster/importer/file"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/review"
)

// WriteReview writes held people for somebody to decide about: a workbook, or
// JSON where the name ends in .json. A file that exists is left alone: there
// may be decisions in it. It holds personal data and is the owner's alone.
func WriteReview(path string, r provision.HeldReview) (err error) {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return &provision.ConfigError{Msg: path + " is there already, and may hold decisions", Hint: "name another file, or move that one away"}
	}
	temp := filepath.Join(filepath.Dir(path), tempPrefix+rand.Text()[:12])
	file, err := os.OpenFile(temp, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	defer os.Remove(temp)
	write := writeReviewBook
	if isJSON(path) {
		write = writeReviewJSON
	}
	if err := errors.Join(write(file, r), file.Sync(), file.Close()); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return os.Rename(temp, path)
}

// ReadReview reads the decisions back from what WriteReview wrote, also where
// another program saved it since. What cannot be told any more stands among
// the faults of the answers; a file that is no review is a *file.Error.
func ReadReview(path string) (review.Answers, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return review.Answers{}, &file.Error{Path: path, Class: file.NotFound, Msg: "cannot be opened", Hint: "name the file that muster review export made", Err: err}
	case info.Size() > reviewLimit:
		return review.Answers{}, &file.Error{Path: path, Class: file.TooLarge, Msg: "is too large for a review", Hint: "name the file that muster review export made"}
	case isJSON(path):
		return readReviewJSON(path)
	}
	return readReviewBook(path)
}

// reviewLimit bounds what is read as a review.
const reviewLimit = 100 << 20

func isJSON(path string) bool { return strings.EqualFold(filepath.Ext(path), ".json") }

func notAReview(path, format string, args ...any) error {
	return &file.Error{Path: path, Class: file.Unsupported, Msg: "is no review of muster: " + fmt.Sprintf(format, args...), Hint: "use the file that muster review export made"}
}

// WhyHeld says why a person is held and what was decided about them before.
func WhyHeld(p provision.HeldPerson) string {
	text := sentence(reason.Of(p.Reason).Meaning)
	for _, r := range p.Sharers {
		text += fmt.Sprintf(". See %s: %s, %s", p.Place(r.Row, p.Rows[0].Place), r.Name, r.Email.Address)
	}
	if p.Before != "" {
		text += ". Decided before: " + p.Before
	}
	return text
}

// WhyRow says why a row is held: the first of a person for the person's
// reason and with which rows, the others for what ties them to the first.
func WhyRow(p provision.HeldPerson, row provision.HeldRow) string {
	if p.Rows[0].Row == row.Row {
		return WhyHeld(p) + together(p)
	}
	var ties []string
	for _, t := range row.Way {
		ties = append(ties, tieWords(t, func(n int) string { return p.Place(n, row.Place) }))
	}
	return sentence(strings.Join(ties, "; "))
}

// together names the other rows of a person, the first few.
func together(p provision.HeldPerson) string {
	const few = 5
	var others []string
	for _, r := range p.Rows[1:] {
		if len(others) == few {
			others = append(others, "…")
			break
		}
		others = append(others, p.Place(r.Row, p.Rows[0].Place))
	}
	if len(others) == 0 {
		return ""
	}
	return ". Held together with " + strings.Join(others, ", ")
}

// CandidateWords says what may be shown of a candidate, a line each.
func CandidateWords(c provision.HeldCandidate) []string {
	if c.Masked {
		return []string{"(not shown: not yours to see)"}
	}
	var lines []string
	for _, text := range []string{c.Name, c.Email} {
		if text != "" {
			lines = append(lines, text)
		}
	}
	for _, p := range c.Profiles {
		line := profileName(p.Profile)
		if p.Connected {
			line += " (connected)"
		}
		lines = append(lines, line)
	}
	if state := stateWords(c); state != "" {
		lines = append(lines, state)
	}
	return lines
}

// membershipWords says as what somebody is in which brands: "staff in outdoor".
func membershipWords(all []dedupe.Membership) []string {
	var words []string
	for i, m := range all {
		if i > 0 && all[i-1].Kind == m.Kind {
			words = append(words, m.Brand)
		} else {
			words = append(words, fmt.Sprintf("%s in %s", m.Kind, m.Brand))
		}
	}
	return words
}

// EvidenceWords says what a row and a candidate share, a line each.
func EvidenceWords(c provision.HeldCandidate, row int) []string {
	var lines []string
	for _, e := range c.Evidence {
		if e.Row == row {
			lines = append(lines, "shares "+KeyWords(e.Key)+": "+strengthWords[e.Strength])
		}
	}
	if len(lines) == 0 && len(c.Evidence) > 0 {
		lines = append(lines, "nothing by itself; another row of the same person leads there")
	}
	return lines
}

// TieWords says how one row of a person hangs together with another.
func TieWords(t dedupe.Tie) string {
	return tieWords(t, func(row int) string { return "row " + Number(row) })
}

// tieWords is TieWords with the rows named as somebody else names them.
func tieWords(t dedupe.Tie, name func(row int) string) string {
	if t.Account == "" {
		return fmt.Sprintf("%s and %s share %s", name(t.Other), name(t.Row), KeyWords(t.Key))
	}
	return fmt.Sprintf("%s and account %s share %s; %s and the account share %s", name(t.Other), t.Account, KeyWords(t.OtherKey), name(t.Row), KeyWords(t.Key))
}

// choiceMeanings explain the decisions, in the order in which they are shown:
// how a program says each, how a person does, and what it means.
var choiceMeanings = []struct{ option, words, meaning string }{
	{"claim A", "It is A", "The row is candidate A (or B, C, …). The account joins the brand. Its email address stays as it is, and a link goes to that address only."},
	{"same person, new email", "It is A, with a new address", "The row is the candidate, who has a new address: the account gets the address of the row, and links sent to the old one stop working."},
	{"create", "Somebody new", "None of the candidates: make a new account. A profile that belongs to somebody else stays with them and is reported."},
	{"create as contact", "Somebody new, with an agency's address", "Make a new account that has no address to sign in with: the address in the row is an agency's or a manager's and is kept as a contact. No link is issued."},
	{"same as row 12", "The same person as line 15", "The row is the person of that line. Decide that line as well."},
	{"skip", "Leave out", "Leave the row alone and do not ask again. Nothing is written."},
	{"", "(empty)", "Not decided yet: the row stays held and is asked about again."},
}

// ChoiceMeaning says what a decision means that may be made about a row, as a
// program says it.
func ChoiceMeaning(option string) string {
	for _, c := range choiceMeanings {
		for _, prefix := range []string{"claim ", "same as row "} {
			if strings.HasPrefix(c.option, prefix) && strings.HasPrefix(option, prefix) {
				return c.meaning
			}
		}
		if c.option == option {
			return c.meaning
		}
	}
	return ""
}

// ProfileWords lists the places a row gives.
func ProfileWords(r record.Record) string { return profiles(r) }

// NoteWords says a note: what the row says beside what the account holds.
func NoteWords(n dedupe.Note) string { return sentence(noteWords(n)) }
