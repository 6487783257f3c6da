package importer

import "strings"

// errorValues are what spreadsheet programs show for a failed formula.
var errorValues = wordSet(`#N/A #REF! #VALUE! #DIV/0! #NAME? #NULL! #NUM! #SPILL! #CALC! #FIELD! #BLOCKED!
	#ERROR! #GETTING_DATA #NV
	#WERT! #BEZUG! #ZAHL! #NOM? #VALEUR! #NOMBRE! #N/D #¡REF! #¡VALOR! #¡DIV/0! #¿NOMBRE? #¡NUM! #VALOR! #NOME?
	#NÚM! #RIF! #VALORE!`)

func isErrorValue(cell string) bool {
	return len(cell) > 2 && cell[0] == '#' && errorValues[strings.ToUpper(strings.TrimSpace(cell))]
}

// months begin the short names of months in the six languages.
var months = wordSet(`jan feb mar apr may jun jul aug sep sept oct nov dec mär mrz mai okt dez ene abr ago dic
	janv févr avr juin
	juil août déc fev out set gen mag giu lug ott`)

// looksLikeDate reports whether a cell of identifiers was turned into a date,
// as spreadsheet programs do with "mar5" and "1-2".
func looksLikeDate(cell string) bool {
	if len(cell) > 16 || strings.IndexByte(cell, '-') < 0 && strings.IndexByte(cell, '.') < 0 {
		return false
	}
	s := strings.ToLower(strings.TrimSpace(cell))
	a, b, ok := strings.Cut(s, "-")
	if !ok {
		if a, b, ok = strings.Cut(s, ". "); !ok {
			return false
		}
	}
	a, b = strings.TrimSuffix(a, "."), strings.TrimSuffix(b, ".")
	return (months[a] && shortNumber(b)) || (months[b] && shortNumber(a))
}

func shortNumber(s string) bool {
	if len(s) == 0 || len(s) > 2 && len(s) != 4 {
		return false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// looksScientific reports whether an identifier was turned into a number like
// 1.23E+11, whose last digits are lost.
func looksScientific(cell string) bool {
	s := strings.TrimSpace(cell)
	e := strings.IndexAny(s, "eE")
	if e < 1 || e+2 >= len(s) || s[e+1] != '+' || !shortNumber(s[e+2:]) {
		return false
	}
	for _, c := range s[:e] {
		if (c < '0' || c > '9') && c != '.' && c != ',' && c != '-' {
			return false
		}
	}
	return true
}

// untyped takes off the apostrophe by which exports and people tell a
// spreadsheet program that a number is text.
func untyped(cell string) string {
	rest, marked := strings.CutPrefix(cell, "'")
	if marked && rest != "" && strings.Trim(rest, "0123456789") == "" {
		return rest
	}
	return cell
}
