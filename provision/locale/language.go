package locale

import "golang.org/x/text/language"

// Language is one of the languages that people are spoken to in, as the tag
// that HTML and mails write: "en".
type Language string

// The languages. English is spoken where no wish can be met.
const (
	English Language = "en"
	German  Language = "de"
	Spanish Language = "es"
	French  Language = "fr"
)

// languages are all of them; the first is the one for everybody else.
var languages = []struct {
	Language
	name string // as its speakers call it
}{
	{English, "English"},
	{German, "Deutsch"},
	{Spanish, "Español"},
	{French, "Français"},
}

// Languages lists the languages, in the order in which they are offered.
func Languages() []Language {
	all := make([]Language, len(languages))
	for i, l := range languages {
		all[i] = l.Language
	}
	return all
}

// Name is what the speakers of the language call it: "Deutsch".
func (l Language) Name() string {
	for _, known := range languages {
		if known.Language == l {
			return known.name
		}
	}
	return string(l)
}

// Direction is how the language is written, as the dir attribute of HTML says
// it. All of ours are written from left to right.
func (l Language) Direction() string { return "ltr" }

var matcher = language.NewMatcher(func() []language.Tag {
	tags := make([]language.Tag, len(languages))
	for i, l := range languages {
		tags[i] = language.Make(string(l.Language))
	}
	return tags
}())

// Match chooses the language for somebody. The wishes come in the order of
// their weight, each a tag ("pt-BR", "de_AT") or the value of a header
// Accept-Language; the first one that any language meets decides. A wish that
// is empty or cannot be read counts for nothing. English is what remains.
func Match(wishes ...string) Language {
	for _, wish := range wishes {
		tags, _, err := language.ParseAcceptLanguage(wish)
		if err != nil || len(tags) == 0 {
			continue
		}
		if _, index, confidence := matcher.Match(tags...); confidence > language.No {
			return languages[index].Language
		}
	}
	return English
}
