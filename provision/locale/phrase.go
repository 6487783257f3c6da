package locale

import (
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"strings"
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

// fill puts the values where their names stand.
func (p phrase) fill(values map[string]any) (string, error) {
	var b strings.Builder
	for i, part := range p {
		if i%2 == 0 {
			b.WriteString(part)
			continue
		}
		value, given := values[part]
		if !given {
			return "", fmt.Errorf("%w: %s", ErrValue, part)
		}
		fmt.Fprint(&b, value)
	}
	return b.String(), nil
}

// split takes the name of a file of texts apart: "texts/page.de.json".
func split(name string) (domain string, l Language, err error) {
	parts := strings.Split(path.Base(name), ".")
	if len(parts) != 3 {
		return "", "", errors.New("its name is not DOMAIN.LANGUAGE.json")
	}
	return parts[0], Language(parts[1]), nil
}
