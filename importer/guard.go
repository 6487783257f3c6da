package importer

import "strings"

// Guard makes a cell safe for every spreadsheet program: a cell that one might
// take for a formula gets an apostrophe in front. The rule can be turned back:
//
//	risky(c)   c begins, after white space, marks of byte order and
//	           apostrophes, with = + - @ or their full-width forms, or has a
//	           TAB, CR or LF among what comes before
//	Guard(c)   "'" + c where c is risky, otherwise c
//	Unguard(c) c without its first apostrophe, where it has one and the rest
//	           is risky, otherwise c
//
// Apostrophes do not change whether a cell is risky, so Unguard(Guard(c)) == c
// for every c, also for one that began with '= before. Whatever muster writes
// is guarded and whatever it reads is unguarded, by this rule and no other.
func Guard(cell string) string {
	if risky(cell) {
		return "'" + cell
	}
	return cell
}

// Unguard takes off what Guard put on.
func Unguard(cell string) string {
	if rest, ok := strings.CutPrefix(cell, "'"); ok && risky(rest) {
		return rest
	}
	return cell
}

func risky(cell string) bool {
	for _, r := range cell {
		switch r {
		case '=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n':
			return true
		case '\'', '\ufeff', '\u200b':
			continue
		}
		if !isSpace(r) {
			return false
		}
	}
	return false
}

// isSpace reports what programs skip before they look at a cell.
func isSpace(r rune) bool {
	switch r {
	case ' ', '\v', '\f', 0x00, 0x85, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000:
		return true
	}
	return r >= 0x2000 && r <= 0x200a
}
