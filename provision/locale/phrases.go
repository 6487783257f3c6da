package locale

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"sync"
)

//go:embed phrases/*.json
var phrasebooks embed.FS

// phrases are the phrases of all languages but English, by what they are in
// English.
var phrases = sync.OnceValues(func() (map[Language]map[string]string, error) {
	all := map[Language]map[string]string{}
	for _, l := range Languages() {
		if l == English {
			continue
		}
		content, err := fs.ReadFile(phrasebooks, fmt.Sprintf("phrases/%s.json", l))
		if err != nil {
			return nil, err
		}
		book := map[string]string{}
		if err := json.Unmarshal(content, &book); err != nil {
			return nil, fmt.Errorf("the phrases of %s: %w", l.Name(), err)
		}
		all[l] = book
	}
	return all, nil
})

// Phrase is what an English phrase is in another language; the phrase itself in
// English, and where nobody has said it in that language.
func (l Language) Phrase(english string) string {
	all, _ := phrases() // a test reads them
	if said, known := all[l][english]; known {
		return said
	}
	return english
}

// Phrases are all phrases that are said in a language, by what they are in
// English.
func (l Language) Phrases() (map[string]string, error) {
	all, err := phrases()
	return maps.Clone(all[l]), err
}

// Number writes a number with its thousands apart, as people read it: in Spanish from five
// digits on.
func (l Language) Number(n int) string {
	text := fmt.Sprint(n)
	if l == Spanish && -10_000 < n && n < 10_000 {
		return text
	}
	apart := map[Language]string{German: ".", Spanish: ".", French: "\u202f"}[l]
	if apart == "" {
		apart = ","
	}
	for i := len(text) - 3; i > 0 && text[i-1] != '-'; i -= 3 {
		text = text[:i] + apart + text[i:]
	}
	return text
}
