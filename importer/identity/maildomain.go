package identity

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// mailDomain brings a domain into A-labels to compare, and into the form to
// show: as typed where that is ASCII, else in its own script, or in A-labels
// where a label mixes scripts and could pass for another.
func mailDomain(typed string) (domain, shown string, ok bool) {
	shown = strings.TrimRight(typed, ".")
	if isASCII(shown) {
		domain = fold(shown)
		return domain, shown, isMailHost(domain) && (!strings.Contains(domain, "xn--") || isCanonical(domain))
	}
	if strings.IndexFunc(shown, func(r rune) bool { return forbiddenInDomain(r) && visible(r) == r && r != '。' }) >= 0 {
		return "", "", false // ™ would be mapped to tm
	}
	domain, err := idna.Lookup.ToASCII(shown)
	if err != nil || !isMailHost(domain) || !isCanonical(domain) {
		return "", "", false
	}
	if shown, err = idna.Lookup.ToUnicode(domain); err != nil || mixesScripts(shown) || becomesASCII(shown) {
		shown = domain
	}
	return domain, shown, true
}

// isCanonical reports whether A-labels are what IDNA makes of characters that
// registries may register: letters, marks and digits, no emoji and no signs.
func isCanonical(domain string) bool {
	again, err := idna.Lookup.ToASCII(domain)
	if err != nil || again != domain {
		return false
	}
	own, err := idna.Lookup.ToUnicode(domain)
	return err == nil && strings.IndexFunc(own, forbiddenInDomain) < 0
}

// forbiddenInDomain recognises what IDNA2008 forbids in a label and x/net/idna,
// which follows UTS 46, lets through: everything outside ASCII that is no
// letter, mark or digit, but for the few exceptions of RFC 5892.
func forbiddenInDomain(r rune) bool {
	return r >= utf8.RuneSelf && !unicode.In(r, unicode.L, unicode.M, unicode.Nd) && !strings.ContainsRune(allowedInDomain, r)
}

// allowedInDomain are signs that RFC 5892 allows although they are no letters:
// some of them only beside certain letters, which x/net/idna looks after.
const allowedInDomain = "\u00b7\u0375\u05f3\u05f4\u06fd\u06fe\u0f0b\u3007\u30fb\u200c\u200d"

// isMailHost is isHost for mail: letters, digits and inner hyphens, and an
// ending of letters.
func isMailHost(s string) bool {
	if !isHost(s) || strings.ContainsRune(s, '_') || s[0] == '-' || s[len(s)-1] == '-' ||
		strings.Contains(s, ".-") || strings.Contains(s, "-.") {
		return false
	}
	ending := s[strings.LastIndexByte(s, '.')+1:]
	return startsWith(ending, "xn--") || strings.IndexFunc(ending, notLetter) < 0
}

func notLetter(r rune) bool { return r >= utf8.RuneSelf || !isLetter(byte(r)) }
