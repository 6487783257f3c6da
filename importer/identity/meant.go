package identity

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"muster/importer/reason"
)

// mendable are the refusals behind which an address may be guessed.
var mendable = map[reason.Code]bool{
	reason.EmailNoAt: true, reason.EmailNoDomain: true, reason.EmailNoLocal: true,
	reason.EmailBadDomain: true, reason.EmailBadLocal: true, reason.EmailUnusual: true,
}

// meant guesses the address that a refused cell stands for, "" where it cannot
// be told. It is only ever a question to whoever knows the person: no address
// is read this way.
//
//  1. words     jane (at) example [dot] com, in six languages, signs doubled
//  2. wrappers  Jane <…>, mailto: and so on, as of an address that is right
//  3. dots      commas and blanks where a dot stands, dots too many
//  4. letters   those that no address has: josé, müller
//  5. domain    one without its dot or its ending, digits for letters in that
func meant(cell string) string {
	if len(cell) > 320 {
		return ""
	}
	_, s := SplitAddress(spelledOut(cleanAddress(cell)))
	at := strings.LastIndexByte(s, '@')
	if at < 0 {
		at = atProvider(s)
		if at < 0 {
			return ""
		}
		s = strings.TrimRight(s[:at], ".") + "@" + s[at:]
		at = strings.LastIndexByte(s, '@')
	}
	guess := mendLocal(s[:at]) + "@" + mendDomain(s[at+1:])
	e, refusal := parseAddress(guess)
	if refusal != nil {
		return ""
	}
	return e.Address
}

// People write the signs of an address as words, so that no program finds it,
// or because their keyboard hides them.
var (
	atWords = `at|ät|arroba|arobase|chiocciola|klammeraffe`
	dots    = `dot|punkt|punto|point|ponto`
	atSign  = regexp.MustCompile(`(?i)\s*[\[({<]+\s*(?:` + atWords + `|a|@)\s*[\])}>]+\s*`)
	atAlone = regexp.MustCompile(`(?i)(?:\s|[_*-])(?:` + atWords + `)(?:\s|[_*-])`)
	dotSign = regexp.MustCompile(`(?i)\s*[\[({<]\s*(?:` + dots + `|\.)\s*[\])}>]\s*|\s(?:` + dots + `)\s`)
	around  = regexp.MustCompile(`\s*([@.])\s*`)
	doubled = regexp.MustCompile(`[@.]*@[@.]*`)
)

// spelledOut writes the signs of an address that stand there as words.
func spelledOut(s string) string {
	if !strings.Contains(s, "@") || atSign.MatchString(s) {
		s = atSign.ReplaceAllString(s, "@")
		if !strings.Contains(s, "@") {
			s = atAlone.ReplaceAllString(s, "@")
		}
	}
	s = dotSign.ReplaceAllString(s, ".")
	s = around.ReplaceAllString(s, "$1")
	return doubled.ReplaceAllString(s, "@")
}

// mendLocal puts right what stands in front of the @.
func mendLocal(s string) string {
	s = oneDot(strings.ReplaceAll(s, ",", "."))
	if isASCII(s) {
		return s
	}
	s = germanLetters.Replace(s)
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(s))
}

var germanLetters = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "Ä", "Ae", "Ö", "Oe", "Ü", "Ue", "ß", "ss", "ø", "o", "ł", "l", "ı", "i", "æ", "ae", "œ", "oe")

// oneDot takes dots away that stand at the ends or beside another.
func oneDot(s string) string {
	for strings.Contains(s, "..") {
		s = strings.ReplaceAll(s, "..", ".")
	}
	return strings.Trim(s, ".")
}

// mendDomain puts right what stands behind the @.
func mendDomain(s string) string {
	s, _, _ = strings.Cut(s, "/")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == ',' || r == ';' || r == ':':
			return '.'
		case unicode.IsSpace(r):
			return -1
		}
		return r
	}, s)
	s = oneDot(s)
	if right, known := misspelled(fold(s)); known {
		return right
	}
	dot := strings.LastIndexByte(s, '.')
	if dot < 0 {
		for _, domain := range greatProviders {
			if name, _, _ := strings.Cut(domain, "."); same(s, name) || same(s, strings.ReplaceAll(domain, ".", "")) {
				return domain
			}
		}
		return s
	}
	if ending := digitLetters.Replace(s[dot+1:]); ending != s[dot+1:] && isTopLevel("x."+fold(ending)) {
		return s[:dot+1] + ending
	}
	return s
}

var digitLetters = strings.NewReplacer("0", "o", "1", "l", "3", "e")

// atProvider finds where a mail provider's domain begins at the end of an
// address that lost its @; -1 for nowhere.
func atProvider(s string) int {
	if strings.ContainsAny(s, " /:") {
		return -1
	}
	for _, domain := range greatProviders {
		if at := len(s) - len(domain); at > 1 && same(s[at:], domain) {
			return at
		}
	}
	return -1
}
