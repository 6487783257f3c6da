package importer

import (
	"strings"

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
		if isLetter(c[0]) || strings.ContainsAny(c, "@/") || !looksLikeData(c) {
			return false
		}
		numbers++
	}
	return (numbers > 0 || unfinished(src.Beside())) && totalsWords[headerKey(lead)]
}

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
