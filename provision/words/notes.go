package words

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"muster/dedupe"
	"muster/importer/reason"
)

// Note puts what the row says beside what the account holds. Holds is
// empty where the operator may not see it.
func Note(n dedupe.Note) string { return english.Note(n) }

// Note is Note in a language.
func (in In) Note(n dedupe.Note) string {
	text := in.Say(reason.Of(n.Code).Meaning)
	said, holds := in.Noted(n)
	switch {
	case n.Code == reason.Since || n.Code == reason.NeedsRight || n.Code == reason.JoinedWith || n.Code == reason.OtherSource || n.Code == reason.OverSource: // said by the audit or by muster, not by the row
		text += in.Say(": ") + said
	case n.Code == reason.DecidedBy || n.Code == reason.DecidedBefore: // said by a reviewer, not by the row
		text += " (" + said + ")"
	case n.Code == reason.NewAddress:
		text += in.Say(": %s instead of %s", said, holds)
	case said != "" && holds != "":
		text += in.Say(" (row: %s, account: %s)", said, holds)
	case said != "":
		text += in.Say(" (row: %s)", said)
	case holds != "":
		text += in.Say(" (account: %s)", holds)
	}
	return text
}

// Noted tells what a note says, and what the account holds. Words of the list, of the
// account and of reviewers stay as they are; words of ours are told in the language.
func (in In) Noted(n dedupe.Note) (said, holds string) {
	switch n.Code {
	case reason.Since:
		return in.since(n.Said), n.Holds
	case reason.DecidedBy, reason.DecidedBefore:
		return in.Decided(n.Said), n.Holds
	case reason.KindDiffers:
		return in.Say(n.Said), in.Say(n.Holds)
	case reason.DetailsDiffer:
		return in.told(n.Said, details), in.told(n.Holds, details)
	case reason.GrantedByHand, reason.TakenByHand, reason.RaisedByHand:
		return in.given(n.Said), n.Holds
	}
	return n.Said, n.Holds
}

// things are what is given to people, and taken away.
var things = []string{
	"role %s in %s", "role %s", "offer of brand %s", "brand %s", "campaign %s", "product %s", "custom permissions", "clone permissions",
}

// details are what an account has besides a name and an address, and that it has none.
var details = []string{"contact email %s", "language %s", "time zone %s", "picture %s", "no %s"}

// ofNotes are the phrases that are looked for in notes alone: other texts may look like them.
var ofNotes = slices.Concat(things, details, events, []string{"%s on %s", "use %s"})

// told says a text that was made of one of some phrases.
func (in In) told(text string, of []string) string {
	for _, english := range of {
		if values, is := taken(english).values(text); is {
			return filled(in.Phrase(english), values)
		}
	}
	return text
}

// given says what is given to people, or taken away, with brands and campaigns as they
// are called.
func (in In) given(text string) string {
	for _, english := range things {
		values, is := taken(english).values(text)
		if !is {
			continue
		}
		switch last := len(values) - 1; english {
		case "campaign %s":
			values[last] = in.Names.Campaign(values[last])
		case "role %s in %s", "offer of brand %s", "brand %s":
			values[last] = in.Names.Brand(values[last])
		}
		return filled(in.Phrase(english), values)
	}
	return text
}

// events say what was done to somebody, when, by what and in which run.
var events = []string{"found in place on %s by %s, run %s", "%s on %s by %s, run %s", "%s on %s by %s"}

// since says what happened to somebody after a run.
func (in In) since(text string) string {
	for _, english := range events {
		if values, is := taken(english).values(text); is {
			for i, v := range values {
				values[i] = in.dated(v)
			}
			if !strings.HasPrefix(english, "found") {
				values[0] = in.Say(Action(values[0]))
			}
			return filled(in.Phrase(english), values)
		}
	}
	return text
}

// dated writes a value that is a date as people write it.
func (in In) dated(value string) string {
	if day, err := time.Parse(time.DateOnly, value); err == nil {
		return in.Day(day)
	}
	return value
}

// decision is who decided when, with what they noted, and what where that is told.
var decision = regexp.MustCompile(`(?s)^(.+?) on (\d{4}-\d\d-\d\d)(: .*)?$`)

// Decided says who decided what about somebody, and when, as the plan keeps it.
func (in In) Decided(text string) string {
	m := decision.FindStringSubmatch(text)
	if m == nil {
		return text
	}
	who, rest := m[1], m[3]
	if who == "somebody" {
		who = in.Say("somebody")
	}
	if i := strings.LastIndex(rest, ": "); i >= 0 {
		if as := in.Decision(dedupe.Choice(rest[i+2:])); as != "" {
			rest = rest[:i] + in.Say(": ") + as
		}
	}
	return in.Say("%s on %s", who, in.dated(m[2])) + rest
}
