// Package locale says things to people in their own language: it knows the
// languages there are, chooses one for somebody, holds the texts of pages and
// mails, and writes dates and times.
//
// In go wishes (language tags, headers of browsers), keys of texts with the
// values that stand in them, and moments; out come plain words, never markup:
// whoever puts them into HTML escapes them.
//
// The texts are JSON files, one for each language and domain: texts/page.de.json
// holds what the claim page says in German. A text is a string, or, where a
// number changes its words, an object of plural forms:
//
//	"greeting":  "Hello {name}"
//	"days_left": {"one": "one day left", "other": "{count} days left"}
//
// A domain belongs to one room, which alone says its texts. Another language is
// one file for each domain and a line in the table of languages.
//
// What never happens here: a clock, a database, a decision about a person.
package locale
