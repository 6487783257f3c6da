package words

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"
	"time"

	"muster/provision"
	"muster/provision/locale"
)

// In is a language in which things are said: In{locale.German}.Note(n). What is
// said is written in English, here and in the tables of reasons; other languages
// have it in their phrasebook, by its English. The zero value says it in English.
type In struct {
	locale.Language
	Names provision.Names // of the organization and its brands; without any, slugs are said
}

// Spoken is a language by its tag, English where nobody speaks it.
func Spoken(tag string) In { return In{Language: locale.Match(tag)} }

// Say says an English phrase, with values where it has verbs.
func (in In) Say(english string, values ...any) string {
	said := in.Phrase(english)
	if len(values) == 0 {
		return said
	}
	return fmt.Sprintf(said, values...)
}

// Count says a phrase about one, or about many, whose number is its first value;
// the others are the same for both.
func (in In) Count(n int, one, many string, values ...any) string {
	if n == 1 {
		return in.Say(one, values...)
	}
	if n == 0 && in.Language == locale.French { // none is singular there
		if said := in.Say(one, values...); strings.HasPrefix(said, "1 ") {
			return "0" + said[1:]
		}
	}
	return in.Say(many, append([]any{in.Number(n)}, values...)...)
}

// Day writes a date: "1 December 2026".
func (in In) Day(t time.Time) string {
	text, err := cmp.Or(in.Language, locale.English).Day(t)
	if err != nil { // a test reads the calendars
		return t.Format(time.DateOnly)
	}
	return text
}

// Stamp writes a date and time in few words: "1 December 2026, 18:00 CET".
func (in In) Stamp(t time.Time, zone *time.Location) string {
	text, err := cmp.Or(in.Language, locale.English).Stamp(t, zone)
	if err != nil {
		return t.In(zone).Format(time.DateTime)
	}
	return text
}

// And lists names as a sentence does.
func (in In) And(names []string) string {
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + in.before(in.Say(" and "), names[n-1]) + names[n-1]
	}
	return strings.Join(names, "")
}

// before is the word before the last name of several: Spanish says e before an i.
func (in In) before(word, name string) string {
	if in.Language == locale.Spanish && word == " y " && beginsWithI.MatchString(name) {
		return " e "
	}
	return word
}

var beginsWithI = regexp.MustCompile(`^(?i)h?[ií]([^aeou]|$)`)

// Languages are all languages in which things are said.
func Languages() []In {
	var all []In
	for _, l := range locale.Languages() {
		all = append(all, In{Language: l})
	}
	return all
}

// english says it as the terminal does.
var english In

// Number writes n with its thousands apart, as people read it.
func Number(n int) string { return english.Number(n) }
