package locale

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"sync"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

//go:embed texts/*.json
var files embed.FS

// Errors of a text that cannot be said. They are slips of whoever wrote the
// page or the mail, never of the person who reads it.
var (
	ErrNoTexts = errors.New("there are no texts of this domain in this language")
	ErrNoText  = errors.New("there is no text of this key")
	ErrValue   = errors.New("a value of the text is missing")
)

// Texts are the texts of one domain in one language. They never change, so
// many may read them at once.
type Texts struct {
	Language Language
	byKey    map[string]text
}

// Of returns the texts of a domain, like "mail". It is ErrNoTexts where that
// language has none.
func Of(domain string, l Language) (Texts, error) {
	all, err := loaded()
	if err != nil {
		return Texts{}, err
	}
	t, known := all[file(domain, l)]
	if !known {
		return Texts{}, fmt.Errorf("%w: %s in %q", ErrNoTexts, domain, l)
	}
	return t, nil
}

// Say returns the text of a key. Its placeholders stand in braces and get
// their values by name: Say("greeting", "name", "Ada"). Where the text has
// plural forms, the value of "count", an int, chooses among them. A template
// can call it as it is.
func (t Texts) Say(key string, namesAndValues ...any) (string, error) {
	found, known := t.byKey[key]
	if !known {
		return "", fmt.Errorf("%w: %s in %q", ErrNoText, key, t.Language)
	}
	values := map[string]any{}
	for i := 0; i+1 < len(namesAndValues); i += 2 {
		values[fmt.Sprint(namesAndValues[i])] = namesAndValues[i+1]
	}
	said, err := found.form(t.Language, values).fill(t.Language, values)
	if err != nil {
		return "", fmt.Errorf("%s in %q: %w", key, t.Language, err)
	}
	return said, nil
}

// form chooses the words for a number.
func (t text) form(l Language, values map[string]any) phrase {
	count, counted := values["count"].(int)
	if t.one == nil || !counted {
		return t.other
	}
	tag := language.Make(string(l))
	if plural.Cardinal.MatchPlural(tag, max(count, -count), 0, 0, 0, 0) == plural.One {
		return t.one
	}
	return t.other
}

var loaded = sync.OnceValues(func() (map[string]Texts, error) { return load(files) })

// file is the name of the texts of a domain in a language.
func file(domain string, l Language) string { return fmt.Sprintf("texts/%s.%s.json", domain, l) }

// load reads every file of texts, by its name.
func load(from fs.FS) (map[string]Texts, error) {
	names, err := fs.Glob(from, "texts/*.json")
	if err != nil {
		return nil, err
	}
	all := map[string]Texts{}
	for _, name := range names {
		t, err := read(from, name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		all[name] = t
	}
	return all, nil
}

func read(from fs.FS, name string) (Texts, error) {
	domain, l, err := split(name)
	if err != nil {
		return Texts{}, err
	}
	content, err := fs.ReadFile(from, file(domain, l))
	if err != nil {
		return Texts{}, err
	}
	t := Texts{Language: l}
	return t, json.Unmarshal(content, &t.byKey)
}
