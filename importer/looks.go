package importer

import (
	"strings"
	"unicode"
)

// isFigure reports whether a cell holds but a number, a day or an amount.
func isFigure(c string) bool {
	return looksLikeData(c) && !strings.ContainsFunc(c, unicode.IsLetter) && !strings.ContainsAny(c, "@=")
}

// looksLikeData reports whether a cell can hardly be a header.
func looksLikeData(c string) bool {
	c = strings.TrimSpace(c)
	if c == "" || c == "@" {
		return false
	}
	if c[0] == '=' || c[0] == '@' {
		return true
	}
	if looksLikeAddress(c) || beginsWith(strings.ToLower(c), "http://", "https://", "www.") {
		return true
	}
	digits := 0
	for _, r := range c {
		if unicode.IsDigit(r) {
			digits++
		} else if !strings.ContainsRune("+-./: ,%€$£()'", r) {
			return false
		}
	}
	return digits > 0
}

// looksLikeAddress reports whether a cell is one whole email address, alone or
// behind a name in angle brackets.
func looksLikeAddress(c string) bool {
	c = strings.TrimSpace(c)
	at := strings.LastIndexByte(c, '@')
	if at <= 0 || at == len(c)-1 {
		return false
	}
	if strings.HasSuffix(c, ">") {
		open := strings.LastIndexByte(c, '<')
		if open < 0 {
			return false
		}
		return looksLikeAddress(c[open+1 : len(c)-1])
	}
	local, domain := c[:at], c[at+1:]
	if strings.ContainsAny(local, " /,;<>") || strings.ContainsAny(domain, " /,;<>@") {
		return false
	}
	dot := strings.LastIndexByte(domain, '.')
	return dot > 0 && dot < len(domain)-1
}

// looksLikeURL reports whether a text is itself a link.
func looksLikeURL(cell string) bool {
	low := strings.ToLower(strings.TrimSpace(cell))
	return strings.HasPrefix(low, "http://") || strings.HasPrefix(low, "https://") || strings.HasPrefix(low, "www.")
}

// isLink reports whether a cell is a web address, written out or without its
// beginning.
func isLink(v string) bool {
	host, path, slash := strings.Cut(v, "/")
	return looksLikeURL(v) || slash && path != "" && strings.Contains(host, ".") && !strings.ContainsAny(v, " @")
}
