package importer

import (
	"strings"
	"unicode"

	"muster/importer/file"
	"muster/importer/record"
)

// isTotals reports whether a row says "Total" and holds but numbers, or
// formulas whose results were not stored.
func isTotals(lead string, cells []string, src file.Source) bool {
	if len(lead) > 24 {
		return false
	}
	numbers := 0
	for _, c := range cells {
		if c == "" || c == lead || file.Blank(c) {
			continue
		}
		if isLetter(c[0]) || strings.ContainsAny(c, "@/") || !looksLikeData(withoutUnit(c)) {
			return false
		}
		numbers++
	}
	if front, sum, ok := strings.Cut(lead, ":"); ok && totalsWords[headerKey(front)] && isFigure(sum) {
		return true
	}
	return (numbers > 0 || unfinished(src.Beside())) && saysTotal(lead)
}

// withoutUnit takes the unit off a number: "1.2M", "1,4 Mio.", "45 T".
func withoutUnit(c string) string {
	number := strings.TrimRightFunc(c, func(r rune) bool { return unicode.IsLetter(r) || r == '.' })
	if len(c)-len(number) > len(" Mio.") {
		return c
	}
	return strings.TrimSpace(number)
}

// saysTotal reports whether a text is a word for totals, or one of what: "Total Outdoor".
func saysTotal(lead string) bool {
	first, _, _ := strings.Cut(lead, " ")
	return totalsWords[headerKey(lead)] || totalsOf[headerKey(first)]
}

// totalsOf begin totals of something; no name of a person begins so.
var totalsOf = wordSet("total totals summe gesamt somme totale subtotal zwischensumme ø average durchschnitt moyenne promedio")

// totalsWords begin rows of totals in six languages.
var totalsWords = wordSet(`total totals grandtotal sum count average summe gesamt gesamtsumme anzahl insgesamt
	durchschnitt suma
	totalgeneral promedio somme moyenne totalgeral soma totale somma media subtotal zwischensumme`)

func unfinished(b *file.Beside) bool {
	if b != nil {
		for _, mark := range b.Marks {
			if mark == record.NoResult {
				return true
			}
		}
	}
	return false
}
