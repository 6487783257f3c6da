package words_test

import (
	"testing"

	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision/words"
)

func TestWhatWasSaidInEnglishIsToldAgain(t *testing.T) {
	german, french := words.Spoken("de"), words.Spoken("fr")
	for name, c := range map[string]struct {
		in         words.In
		text, want string
	}{
		"in English as it was": {words.In{}, "blank rows were left out", "blank rows were left out"},
		"a phrase":             {german, "blank rows were left out", "leere Zeilen wurden ausgelassen"},
		"a phrase with values": {german, "the encoding was taken for windows-1252; --encoding settles it",
			"als Kodierung wurde windows-1252 angenommen; --encoding legt sie fest"},
		"its values in another order than the language has": {french, `there is no campaign "Spring" in outdoor`, `il n’y a pas de campagne "Spring" dans outdoor`},
		"what may have been meant": {german, `"ann@gmial.com": the domain "gmial.com" is nearly always a misspelling of "gmail.com"; did you mean "ann@gmail.com"?`,
			`"ann@gmial.com": die Domain "gmial.com" ist fast immer ein Tippfehler für "gmail.com"; meinten Sie "ann@gmail.com"?`},
		"a reason in a message": {german, `"ann@" is not a valid email address: ` + reason.Of(reason.EmailNoDomain).Meaning,
			`"ann@" ist keine gültige E-Mail-Adresse: ` + german.Say(reason.Of(reason.EmailNoDomain).Meaning)},
		"lines behind what became of them": {german, `lines without an address were left out: line 1 "Hi line 2 all", line 4 "Bye"`,
			`Zeilen ohne Adresse wurden ausgelassen: Zeile 1 "Hi line 2 all", Zeile 4 "Bye"`},
		"sheets": {german, `other sheets were not read: "Talentos" (2 rows), "Alt" (hidden); --sheet names one, --sheet '*' all that hold people`,
			`andere Blätter wurden nicht gelesen: "Talentos" (2 Zeilen), "Alt" (verborgen); --sheet nennt eines, --sheet '*' alle, auf denen Personen stehen`},
		"two in one": {german, "read as a list of Patreon; its Patron Status is Patreon's", "gelesen als a list of Patreon; ihr Patron Status ist der von Patreon"},
		"where somebody can sign up": {german, reason.Of(reason.EmailNeeded).Meaning + "; the person can sign up at https://join.example.com/b1",
			german.Say(reason.Of(reason.EmailNeeded).Meaning) + "; die Person kann sich unter https://join.example.com/b1 selbst registrieren"},
		"what a cell may hold": {german, `"Mars/Base" is not one of: a time zone like Europe/Berlin`, `"Mars/Base" ist keines von: eine Zeitzone wie Europe/Berlin`},
		"what nobody can say":  {german, "the moon is full", "the moon is full"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.in.ReadNote(c.text); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
	if got := german.ReadNote("line 7: a row of totals was left out"); got != "Zeile 7: eine Zeile mit Summen wurde ausgelassen" {
		t.Errorf("a note about a line: %s", got)
	}
	p := record.Problem{Code: reason.EmailMalformed, Message: `"ann@" is odd in a way nobody foresaw`}
	if got := german.Problem(p); got != german.Say(reason.Of(reason.EmailMalformed).Meaning)+` ("ann@")` {
		t.Errorf("a message that nobody can say: %s", got)
	}
	values := func(value string) string {
		if value == "4" {
			return "Zeile 5"
		}
		return value
	}
	if got := german.RetoldWith("row 4 is not decided here", values); got != "über Zeile 5 ist hier nicht entschieden" {
		t.Errorf("a value told otherwise: %s", got)
	}
}
