package flags

import (
	"errors"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"muster/provision/locale"
)

// Language is the flag that says in which language files for people are written.
// The zero value leaves it to the organization.
type Language struct{ Tag string }

// Flag defines the flag.
func (l *Language) Flag(f *pflag.FlagSet) {
	f.Var(l, "lang", "`language` of files for people: en, de, es or fr (default the organization's)")
}

// String is the tag.
func (l *Language) String() string { return l.Tag }

// Type is how help calls the value.
func (l *Language) Type() string { return "language" }

// Set takes one of the languages that reports are written in.
func (l *Language) Set(text string) error {
	tag := strings.ToLower(strings.TrimSpace(text))
	if !slices.Contains(locale.Languages(), locale.Language(tag)) {
		return errors.New("give en, de, es or fr")
	}
	l.Tag = tag
	return nil
}
