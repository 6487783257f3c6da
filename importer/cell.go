package importer

import (
	"strings"
	"unicode/utf8"

	"muster/importer/record"
)

// Cell reads what a cell of a plain field says, as one of a list is read; false
// where it cannot be that: a language, a time zone, the address of a picture, a
// text that is too long.
func Cell(f record.Field, text string) (string, bool) {
	switch f {
	case record.FieldLanguage:
		return languageOf(text)
	case record.FieldTimeZone:
		return timeZoneOf(text)
	case record.FieldPicture:
		return pictureOf(text)
	}
	clean, odd := tidy(text)
	return clean, !odd && strings.TrimSpace(clean) != "" && utf8.RuneCountInString(clean) <= maxName
}
