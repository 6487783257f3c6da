package words

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"muster/importer/identity"
	"muster/importer/reason"
	"muster/importer/record"
)

// Sentence begins a text with a capital. A code or a command, which is no text, stays.
func Sentence(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if word, _, _ := strings.Cut(text, " "); size == 0 || strings.Contains(word, "_") || word == "muster" {
		return text
	}
	return string(unicode.ToUpper(first)) + text[size:]
}

// Problem says what is wrong with a cell: the message where it says more
// than the code does.
func (in In) Problem(p record.Problem) string {
	meaning := in.Say(reason.Of(p.Code).Meaning)
	if p.Message == "" {
		return meaning
	}
	if said, known := in.retold(p.Message, same); known {
		return said
	}
	return in.quoted(p, meaning)
}

// Remedy says what to do about what is wrong with a cell: a value that is not allowed is
// answered with those that are.
func (in In) Remedy(p record.Problem) string {
	if _, allowed, named := strings.Cut(p.Message, noneOf); named && p.Code == reason.ValueOutOfRange {
		return in.Say("use %s", in.Retold(allowed))
	}
	return in.Say(reason.Of(p.Code).Remedy)
}

// noneOf stands between a value and those that are allowed in its place.
const noneOf = " is not one of: "

// quoted is what is said of a cell whose message nobody can say in the language:
// the code speaks, with what is quoted in the message.
func (in In) quoted(p record.Problem, said string) string {
	if quoted := quotation.FindAllString(p.Message, -1); len(quoted) > 0 {
		said += " (" + strings.Join(quoted, ", ") + ")"
	}
	return said
}

// ReadNote says what was assumed while a list was read, as it is kept in English.
func (in In) ReadNote(note string) string {
	if m := lineFirst.FindStringSubmatch(note); m != nil {
		if said, known := in.retold(note, same); known {
			return said
		}
		return in.Say("line %s", m[1]) + in.Say(": ") + in.Retold(m[2])
	}
	return in.Retold(note)
}

// lineFirst is a note that begins with the line it is about.
var lineFirst = regexp.MustCompile(`(?s)^line ([0-9]+): (.*)$`)

// quotation finds what a message quotes.
var quotation = regexp.MustCompile(`"[^"]+"`)

// Place names a row, with its file and sheet only where they are others
// than those of the line that speaks.
func (in In) Place(p, from record.Place) string {
	text := in.Say("line %s", strconv.Itoa(p.Line))
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
