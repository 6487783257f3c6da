package words

import (
	"strings"

	"muster/dedupe"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
)

// WhyHeld says why a person is held and what was decided about them before.
func WhyHeld(p provision.HeldPerson) string { return english.WhyHeld(p) }

// WhyHeld is WhyHeld in a language.
func (in In) WhyHeld(p provision.HeldPerson) string {
	text := Sentence(in.Say(reason.Of(p.Reason).Meaning))
	for _, r := range p.Sharers {
		text += in.Say(". See %s: %s, %s", in.placeOf(p, r.Row, p.Rows[0].Place), r.Name, r.Email.Address)
	}
	if p.Before != "" {
		text += in.Say(". Decided before: %s", in.Decided(p.Before))
	}
	return text
}

// leavingOut says how it stands with rows under Review, of which somebody decided to
// leave some out.
func (in In) leavingOut(rows, left int) string {
	if left == rows {
		return in.Say("left out, as somebody decided")
	}
	return in.Say("%s held until somebody decides; %s left out, as somebody decided", in.Number(rows-left), in.Number(left))
}

// WhyRow says why a row is held: the first of a person for the person's
// reason and with which rows, the others for what ties them to the first.
func (in In) WhyRow(p provision.HeldPerson, row provision.HeldRow) string {
	if p.Rows[0].Row == row.Row {
		return in.WhyHeld(p) + in.together(p)
	}
	var ties []string
	for _, t := range row.Way {
		ties = append(ties, in.Tie(t, func(n int) string { return in.placeOf(p, n, row.Place) }))
	}
	return Sentence(strings.Join(ties, "; "))
}

// together names the other rows of a person, the first few.
func (in In) together(p provision.HeldPerson) string {
	const few = 5
	var others []string
	for _, r := range p.Rows[1:] {
		if len(others) == few {
			others = append(others, "…")
			break
		}
		others = append(others, in.placeOf(p, r.Row, p.Rows[0].Place))
	}
	if len(others) == 0 {
		return ""
	}
	return in.Say(". Held together with %s", strings.Join(others, ", "))
}

// placeOf names a row of a person, or one that shares something with it.
func (in In) placeOf(p provision.HeldPerson, row int, from record.Place) string {
	if at := p.PlaceOf(row); at.Line > 0 {
		return in.Place(at, from)
	}
	return in.Row(row)
}

// Row names a row by its number, where nothing else is known of it.
func (in In) Row(n int) string { return in.Say("row %s", in.Number(n)) }

// Candidate says what may be shown of a candidate, a line each.
func Candidate(c provision.HeldCandidate) []string { return english.Candidate(c) }

// Candidate is Candidate in a language.
func (in In) Candidate(c provision.HeldCandidate) []string {
	if c.Masked {
		return []string{in.Say("(not shown: not yours to see)")}
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
			line += in.Say(" (connected)")
		}
		lines = append(lines, line)
	}
	if state := in.State(c); state != "" {
		lines = append(lines, state)
	}
	return lines
}

// State says how a candidate stands, and as what they are in which brands.
func State(c provision.HeldCandidate) string { return english.State(c) }

// State is State in a language.
func (in In) State(c provision.HeldCandidate) string {
	return strings.Join(append([]string{in.Say(string(c.Status))}, in.memberships(c.Memberships)...), ", ")
}

// memberships says as what somebody is in which brands: "staff in outdoor".
func (in In) memberships(all []dedupe.Membership) []string {
	var said []string
	for i, m := range all {
		if i > 0 && all[i-1].Kind == m.Kind {
			said = append(said, in.Names.Brand(m.Brand))
		} else {
			said = append(said, in.Say("%s in %s", in.Say(string(m.Kind)), in.Names.Brand(m.Brand)))
		}
	}
	return said
}

// Evidence says what a row and a candidate share, a line each.
func Evidence(c provision.HeldCandidate, row int) []string { return english.Evidence(c, row) }

// Evidence is Evidence in a language.
func (in In) Evidence(c provision.HeldCandidate, row int) []string {
	var lines []string
	for _, e := range c.Evidence {
		if e.Row == row {
			lines = append(lines, in.Say("shares %s: %s", in.Key(e.Key), in.Say(Strengths[e.Strength])))
		}
	}
	if len(lines) == 0 && len(c.Evidence) > 0 {
		lines = append(lines, in.Say("nothing by itself; another row of the same person leads there"))
	}
	return lines
}

// Tie says how one row of a person hangs together with another.
func Tie(t dedupe.Tie) string { return english.Tie(t, english.Row) }

// Tie is Tie in a language, with the rows named as somebody else names them.
func (in In) Tie(t dedupe.Tie, name func(row int) string) string {
	if t.Account == "" {
		return in.Say("%s and %s share %s", name(t.Other), name(t.Row), in.Key(t.Key))
	}
	return in.Say("%s and account %s share %s; %s and the account share %s", name(t.Other), t.Account, in.Key(t.OtherKey), name(t.Row),
		in.Key(t.Key))
}
