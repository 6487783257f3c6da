package file

import "unicode"

// Blank reports whether a cell holds nothing one can see.
func Blank(cell string) bool {
	for _, r := range cell {
		if !unicode.IsSpace(r) && !Invisible(r) {
			return false
		}
	}
	return true
}

// Invisible reports whether a character shows nothing: control characters,
// zero-width marks, soft hyphens, marks of direction.
func Invisible(r rune) bool {
	switch {
	case r < 0x80:
		return r < 0x20 || r == 0x7F
	case r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x2064, r >= 0x2066 && r <= 0x206F:
		return true
	}
	return r == 0xFEFF || r == 0xAD || r == 0x180E || r == 0xFFFE
}

// BlankRecord reports whether all cells of a record are blank.
func BlankRecord(cells []string) bool {
	for _, c := range cells {
		if !Blank(c) {
			return false
		}
	}
	return true
}

// ColumnLetter is the name a sheet gives its nth column, from 1.
func ColumnLetter(n int) string {
	s := ""
	for ; n > 0; n = (n - 1) / 26 {
		s = string(rune('A'+(n-1)%26)) + s
	}
	return s
}
