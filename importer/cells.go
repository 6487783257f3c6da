package importer

import (
	"fmt"
	"unicode"
)

func tooManyBytes(n, most int64) error {
	return &FileError{Class: TooLarge, Msg: "is larger than " + sizeWords(most), Hint: "split the list, or raise the limit with --max-file-size"}
}

// sizeWords writes a size for people.
func sizeWords(n int64) string {
	unit := 0
	for n >= 1024 && n%1024 == 0 && unit < 3 {
		n, unit = n/1024, unit+1
	}
	return fmt.Sprintf("%d %s", n, [...]string{"bytes", "KB", "MB", "GB"}[unit])
}

// cellTooLong is the error for a cell above the limit, in a list of any kind.
func cellTooLong(line int, col string, most int) error {
	return &FileError{Class: TooLarge, Line: line, Column: col,
		Msg: "a cell is longer than " + sizeWords(int64(most)), Hint: "a list of people has no such cells; shorten it, or raise the limit with --max-cell-size"}
}

// blank reports whether a cell holds nothing one can see.
func blank(c string) bool {
	for _, r := range c {
		if !unicode.IsSpace(r) && !invisible(r) {
			return false
		}
	}
	return true
}

// invisible are characters that show nothing: zero-width marks, soft hyphens,
// marks of direction.
func invisible(r rune) bool {
	switch {
	case r < 0x80:
		return r < 0x20 || r == 0x7F
	case r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x2064, r >= 0x2066 && r <= 0x206F:
		return true
	}
	return r == 0xFEFF || r == 0xAD || r == 0x180E || r == 0xFFFE
}

func blankRecord(rec []string) bool {
	for _, c := range rec {
		if !blank(c) {
			return false
		}
	}
	return true
}

// columnLetter is the name a sheet gives its nth column, from 1.
func columnLetter(n int) string {
	s := ""
	for ; n > 0; n = (n - 1) / 26 {
		s = string(rune('A'+(n-1)%26)) + s
	}
	return s
}
