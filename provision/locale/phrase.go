package locale

import (
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"strings"
	"unicode/utf8"
)

// text is what stands behind a key: words, and other words where a count is
// one. Our languages need no third form.
type text struct{ one, other phrase }

// phrase is a text taken apart at its braces: what stands at odd places is the
// name of a value.
type phrase []string

// UnmarshalJSON reads a string, or an object of the forms "one" and "other".
func (t *text) UnmarshalJSON(content []byte) error {
	var single string
	if json.Unmarshal(content, &single) == nil {
		other, err := parse(single)
		t.other = other
		return err
	}
	var forms map[string]string
	if err := json.Unmarshal(content, &forms); err != nil {
		return err
	}
	if len(forms) != 2 || forms["one"] == "" || forms["other"] == "" {
		return errors.New(`a text with plural forms has "one" and "other"`)
	}
	one, oneErr := parse(forms["one"])
	other, otherErr := parse(forms["other"])
	t.one, t.other = one, other
	return errors.Join(oneErr, otherErr)
}

// parse takes a text apart.
func parse(s string) (phrase, error) {
	var p phrase
	for {
		before, rest, braced := strings.Cut(s, "{")
		p = append(p, before)
		if !braced {
			return p, nil
		}
		name, after, closed := strings.Cut(rest, "}")
		if !closed || name == "" {
			return nil, fmt.Errorf("a brace without its other half, or nothing in it: %q", s)
		}
		p, s = append(p, name), after
	}
}

// fill puts the values where their names stand, as a language joins them to the words before.
func (p phrase) fill(l Language, values map[string]any) (string, error) {
	said := p[0]
	for i := 1; i < len(p); i += 2 {
		value, given := values[p[i]]
		if !given {
			return "", fmt.Errorf("%w: %s", ErrValue, p[i])
		}
		said = l.join(said, fmt.Sprint(value)) + p[i+1]
	}
	return said, nil
}

// join puts a value behind what stands before it: French says d’Outdoor where it says
// de Kitchen. An h may be silent or not, and keeps the whole word.
func (l Language) join(before, value string) string {
	whole, ends := strings.CutSuffix(before, " de ")
	if first, _ := utf8.DecodeRuneInString(value); l != French || !ends || !strings.ContainsRune(frenchVowels, first) {
		return before + value
	}
	return whole + " d’" + value
}

const frenchVowels = "aàâäæeéèêëiîïoôöœuùûüAÀÂÄÆEÉÈÊËIÎÏOÔÖŒUÙÛÜ"

// split takes the name of a file of texts apart: "texts/page.de.json".
func split(name string) (domain string, l Language, err error) {
	parts := strings.Split(path.Base(name), ".")
	if len(parts) != 3 {
		return "", "", errors.New("its name is not DOMAIN.LANGUAGE.json")
	}
	return parts[0], Language(parts[1]), nil
}
