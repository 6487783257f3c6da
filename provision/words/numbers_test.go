package words_test

import (
	"testing"
	"time"

	"muster/importer/record"
	"muster/provision"
	"muster/provision/words"
)

// Numbers have their thousands apart as the language has them, and words their form: also
// for none, one and many.
func TestNumbersInEachLanguage(t *testing.T) {
	for tag, want := range map[string][6]string{
		"en": {"0 rows", "1 row", "2 rows", "1,234 rows", "12,345 rows", "1,000,000 rows"},
		"de": {"0 Zeilen", "1 Zeile", "2 Zeilen", "1.234 Zeilen", "12.345 Zeilen", "1.000.000 Zeilen"},
		"es": {"0 filas", "1 fila", "2 filas", "1234 filas", "12.345 filas", "1.000.000 filas"},
		"fr": {"0 ligne", "1 ligne", "2 lignes", "1\u202f234 lignes", "12\u202f345 lignes", "1\u202f000\u202f000 lignes"},
	} {
		for i, n := range []int{0, 1, 2, 1_234, 12_345, 1_000_000} {
			if got := words.Spoken(tag).Count(n, "1 row", "%s rows"); got != want[i] {
				t.Errorf("%s: %q, want %q", tag, got, want[i])
			}
		}
	}
	french := words.Spoken("fr")
	for got, want := range map[string]string{
		french.Seats(provision.SeatsTaken{Kind: record.Client, Taken: 1, Limit: 1}):         "la seule place pour les clients sera prise",
		french.Seats(provision.SeatsTaken{Kind: record.Client, Taken: 1, Limit: 25}):        "1 place sur 25 pour les clients sera prise",
		french.Seats(provision.SeatsTaken{Kind: record.Staff, Taken: 1_200, Limit: 12_000}): "1\u202f200 places sur 12\u202f000 pour le personnel seront prises",
		french.Duration(time.Minute):    "1 minute",
		french.Duration(0):              "0 minute",
		french.Duration(49 * time.Hour): "2 jours",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
