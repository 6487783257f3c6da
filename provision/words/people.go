package words

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/locale"
)

// Sentence begins a text with a capital. A code, which is no text, stays.
func Sentence(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if word, _, _ := strings.Cut(text, " "); size == 0 || strings.Contains(word, "_") {
		return text
	}
	return string(unicode.ToUpper(first)) + text[size:]
}

// Problem says what is wrong with a cell: the message where it says more
// than the code does.
func (in In) Problem(p record.Problem) string {
	if p.Message != "" && in.Phrase(p.Message) == p.Message {
		return in.message(p)
	}
	return in.Say(reason.Of(p.Code).Meaning)
}

// message is what is said of a cell beside its code. In other languages than
// English the code speaks, with what is quoted in the message.
func (in In) message(p record.Problem) string {
	if in.Language == "" || in.Language == locale.English {
		return p.Message
	}
	said := in.Say(reason.Of(p.Code).Meaning)
	if quoted := quotation.FindAllString(p.Message, -1); len(quoted) > 0 {
		said += " (" + strings.Join(quoted, ", ") + ")"
	}
	return said
}

// quotation finds what a message quotes.
var quotation = regexp.MustCompile(`"[^"]+"`)

// Note puts what the row says beside what the account holds. Holds is
// empty where the operator may not see it.
func Note(n dedupe.Note) string { return english.Note(n) }

// Note is Note in a language.
func (in In) Note(n dedupe.Note) string {
	text := in.Say(reason.Of(n.Code).Meaning)
	switch {
	case n.Code == reason.Since || n.Code == reason.NeedsRight || n.Code == reason.JoinedWith: // said by the audit or by muster, not by the row
		text += ": " + n.Said
	case n.Code == reason.DecidedBy || n.Code == reason.DecidedBefore: // said by a reviewer, not by the row
		text += " (" + n.Said + ")"
	case n.Said != "" && n.Holds != "":
		text += in.Say(" (row: %s, account: %s)", n.Said, n.Holds)
	case n.Said != "":
		text += in.Say(" (row: %s)", n.Said)
	case n.Holds != "":
		text += in.Say(" (account: %s)", n.Holds)
	}
	return text
}

// Place names a row, with its file and sheet only where they are others
// than those of the line that speaks.
func (in In) Place(p, from record.Place) string {
	text := in.Say("line %s", in.Number(p.Line))
	if p.Sheet != from.Sheet && p.Sheet != "" {
		text += in.Say(" of the sheet %s", p.Sheet)
	}
	if p.File != from.File {
		text += in.Say(" of %s", p.File)
	}
	return text
}

// Profiles lists the places a row gave.
func Profiles(r record.Record) string {
	all := make([]string, 0, len(r.Profiles))
	for _, p := range r.Profiles {
		all = append(all, Profile(p))
	}
	return strings.Join(all, ", ")
}

// Profile names a profile: its network, and how it is shown.
func Profile(p identity.Profile) string {
	return networkName(p.Network) + " " + p.Display
}

// WhyHeld says why a person is held and what was decided about them before.
func WhyHeld(p provision.HeldPerson) string {
	text := Sentence(reason.Of(p.Reason).Meaning)
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
	return Sentence(strings.Join(ties, "; "))
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

// Candidate says what may be shown of a candidate, a line each.
func Candidate(c provision.HeldCandidate) []string {
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
		line := Profile(p.Profile)
		if p.Connected {
			line += " (connected)"
		}
		lines = append(lines, line)
	}
	if state := State(c); state != "" {
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

// Evidence says what a row and a candidate share, a line each.
func Evidence(c provision.HeldCandidate, row int) []string {
	var lines []string
	for _, e := range c.Evidence {
		if e.Row == row {
			lines = append(lines, "shares "+Key(e.Key)+": "+Strengths[e.Strength])
		}
	}
	if len(lines) == 0 && len(c.Evidence) > 0 {
		lines = append(lines, "nothing by itself; another row of the same person leads there")
	}
	return lines
}

// Tie says how one row of a person hangs together with another.
func Tie(t dedupe.Tie) string {
	return tieWords(t, func(row int) string { return "row " + Number(row) })
}

// tieWords is Tie with the rows named as somebody else names them.
func tieWords(t dedupe.Tie, name func(row int) string) string {
	if t.Account == "" {
		return fmt.Sprintf("%s and %s share %s", name(t.Other), name(t.Row), Key(t.Key))
	}
	return fmt.Sprintf("%s and account %s share %s; %s and the account share %s", name(t.Other), t.Account, Key(t.OtherKey), name(t.Row), Key(t.Key))
}

// Choices explain the decisions, in the order in which they are shown:
// how a program says each, how a person does, and what it means.
var Choices = []struct{ Option, Words, Meaning string }{
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
	if strings.HasPrefix(option, "same person ") { // which candidate, where there are several
		option = "same person, new email"
	}
	for _, c := range Choices {
		for _, prefix := range []string{"claim ", "same as row "} {
			if strings.HasPrefix(c.Option, prefix) && strings.HasPrefix(option, prefix) {
				return c.Meaning
			}
		}
		if c.Option == option {
			return c.Meaning
		}
	}
	return ""
}

// State says how a candidate stands, and as what they are in which brands.
func State(c provision.HeldCandidate) string {
	return strings.Join(append([]string{string(c.Status)}, membershipWords(c.Memberships)...), ", ")
}
