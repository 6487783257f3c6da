package locale

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// domainRooms says where the texts of a domain are said, seen from here.
var domainRooms = map[string]string{
	"calendar": ".",
	"page":     "../claim/page",
	"mail":     "../mail",
}

// placeholders are the names in a text, sorted, once each.
func (t text) placeholders() []string {
	names := map[string]bool{}
	for _, p := range []phrase{t.one, t.other} {
		for i := 1; i < len(p); i += 2 {
			names[p[i]] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

func domains(t *testing.T) []string {
	t.Helper()
	all, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for name := range all {
		domain, l, err := split(name)
		if err != nil || !slices.Contains(Languages(), l) {
			t.Errorf("%s: a language that is not spoken, or %v", name, err)
		}
		found[domain] = true
	}
	return slices.Sorted(maps.Keys(found))
}

func TestEveryLanguageSaysTheSame(t *testing.T) {
	for _, domain := range domains(t) {
		english, err := Of(domain, English)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range Languages() {
			other, err := Of(domain, l)
			if err != nil {
				t.Error(err)
				continue
			}
			compare(t, domain, english, other)
		}
	}
}

// compare holds the texts of a language against the English ones.
func compare(t *testing.T, domain string, english, other Texts) {
	t.Helper()
	for key := range other.byKey {
		if _, known := english.byKey[key]; !known {
			t.Errorf("%s.%s: %s stands in no other language", domain, other.Language, key)
		}
	}
	for key, want := range english.byKey {
		got, there := other.byKey[key]
		switch {
		case !there:
			t.Errorf("%s.%s: %s is missing", domain, other.Language, key)
		case (got.one == nil) != (want.one == nil):
			t.Errorf("%s.%s: %s has plural forms in one language alone", domain, other.Language, key)
		case !slices.Equal(got.placeholders(), want.placeholders()):
			t.Errorf("%s.%s: %s has the values %v, in English %v", domain, other.Language, key, got.placeholders(),
				want.placeholders())
		case strings.Join(got.other, "") == "":
			t.Errorf("%s.%s: %s says nothing", domain, other.Language, key)
		}
	}
}

// A key stands quoted in its room, whole: so it can be searched for.
func TestEveryTextIsSaidSomewhere(t *testing.T) {
	for _, domain := range domains(t) {
		room, known := domainRooms[domain]
		if !known {
			t.Errorf("the texts of %s have no room: draw it in domainRooms", domain)
			continue
		}
		source := sources(t, room)
		texts, err := Of(domain, English)
		if err != nil {
			t.Fatal(err)
		}
		for key := range texts.byKey {
			if !strings.Contains(source, `"`+key+`"`) {
				t.Errorf("%s: nobody says %s", domain, key)
			}
		}
		for _, said := range regexp.MustCompile(`[{( ]t "([^"]+)"`).FindAllStringSubmatch(source, -1) {
			if _, there := texts.byKey[said[1]]; !there {
				t.Errorf("%s: %s is said and stands nowhere", domain, said[1])
			}
		}
	}
}

// sources is the code and the templates of a room, without its tests.
func sources(t *testing.T, room string) string {
	t.Helper()
	var all strings.Builder
	err := filepath.WalkDir(room, func(path string, d fs.DirEntry, err error) error {
		isSource := slices.Contains([]string{".go", ".html", ".txt", ".tmpl"}, filepath.Ext(path))
		if err != nil || d.IsDir() || !isSource || strings.HasSuffix(path, "_test.go") {
			return err
		}
		content, err := os.ReadFile(path)
		all.Write(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

func TestSay(t *testing.T) {
	all, err := load(fstest.MapFS{"texts/sample.fr.json": {Data: []byte(
		`{"hello": "Bonjour {name} !", "days": {"one": "{count} jour", "other": "{count} jours"}}`)}})
	if err != nil {
		t.Fatal(err)
	}
	french := all["texts/sample.fr.json"]
	for name, c := range map[string]struct {
		key    string
		values []any
		want   string
		err    error
	}{
		"a value stands where its name does":     {"hello", []any{"name", "Ana"}, "Bonjour Ana !", nil},
		"a value with braces stays as it is":     {"hello", []any{"name", "{name}"}, "Bonjour {name} !", nil},
		"none is singular in French":             {"days", []any{"count", 0}, "0 jour", nil},
		"one is singular":                        {"days", []any{"count", 1}, "1 jour", nil},
		"two are plural":                         {"days", []any{"count", 2}, "2 jours", nil},
		"a million has the words of other":       {"days", []any{"count", 1_000_000}, "1000000 jours", nil},
		"a key that is not there is an error":    {"bye", nil, "", ErrNoText},
		"a value that is not given is an error":  {"hello", nil, "", ErrValue},
		"a name without its value is no value":   {"hello", []any{"name"}, "", ErrValue},
		"a value that no text asks for is spare": {"hello", []any{"name", "Ana", "x", 1}, "Bonjour Ana !", nil},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := french.Say(c.key, c.values...)
			if got != c.want || !errors.Is(err, c.err) {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
}

func TestBrokenTextsAreFound(t *testing.T) {
	for name, content := range map[string]string{
		"a brace that is not closed": `{"a": "hello {name"}`,
		"a brace with nothing in it": `{"a": "hello {}"}`,
		"a plural without other":     `{"a": {"one": "one day"}}`,
		"a plural form too many":     `{"a": {"one": "1", "two": "2", "other": "3"}}`,
		"a number":                   `{"a": 1}`,
	} {
		t.Run(name, func(t *testing.T) {
			if all, err := load(fstest.MapFS{"texts/sample.en.json": {Data: []byte(content)}}); err == nil {
				t.Errorf("read as %v", all)
			}
		})
	}
	if _, err := load(fstest.MapFS{"texts/sample.json": {Data: []byte("{}")}}); err == nil {
		t.Error("a file without a language was read")
	}
	if _, err := Of("weather", English); !errors.Is(err, ErrNoTexts) {
		t.Errorf("a domain nobody has: %v", err)
	}
}

// French says d’ before a vowel, and de before everything else.
func TestFrenchElides(t *testing.T) {
	mail, err := Of("mail", French)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"Outdoor": "Votre invitation d’Outdoor", "Étoile": "Votre invitation d’Étoile", "Northwind": "Votre invitation de Northwind",
		"Harmonie": "Votre invitation de Harmonie",
	} {
		if got, err := mail.Say("invite.subject", "organization", name); err != nil || got != want {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

// A sign with two parts is never alone on a line in French.
func TestFrenchSpacesHold(t *testing.T) {
	for _, file := range []string{"texts/mail.fr.json", "texts/page.fr.json", "phrases/fr.json"} {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(string(content), "\n") {
			_, french, _ := strings.Cut(line, `": `)
			if apart := regexp.MustCompile(`[^\s":{,] [:;?!»]( |"|$)|« `).FindString(french); apart != "" {
				t.Errorf("%s: a space that breaks in %q", file, french)
			}
		}
	}
}
