package identity

import (
	"regexp"
	"strings"
)

// isTelephone reports whether a text is but 7 to 15 digits, as telephone
// numbers have them, with the signs that people put between those. @1712000
// says that it is a name.
func isTelephone(s string) bool {
	if front, rest, ok := cutAny(s, ":. "); ok && telephoneWords[foldName(front)] {
		s = strings.TrimLeft(rest, ":. ")
	}
	digits := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case '0' <= c && c <= '9':
			digits++
		case c == '+':
			if strings.Trim(s[:i], "( ") != "" {
				return false
			}
		case strings.IndexByte(" .-/()", c) < 0:
			return false
		}
	}
	return digits >= 7 && digits <= 15
}

// telephoneWords announce a number.
var telephoneWords = words(`tel whatsapp wa telefon telephone phone mobile mobil handy cell teléfono telefono movil móvil téléphone portable telefone celular cellulare`)

// cutAny is strings.Cut at the first of several signs.
func cutAny(s, signs string) (before, after string, ok bool) {
	i := strings.IndexAny(s, signs)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+1:], true
}

// dialled is a telephone number without the signs between its digits.
func dialled(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '+' || '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// isDate reports whether a text is a day, with or without a time of day.
func isDate(s string) bool {
	return len(s) > 5 && len(s) < 30 && isDigits(s[:1]) && date.MatchString(s)
}

var date = regexp.MustCompile(`^(?:(?:[0-3]?\d)[./-](?:[0-3]?\d)[./-](?:(?:19|20)?\d\d)|(?:19|20)\d\d[./-](?:[01]?\d)[./-](?:[0-3]?\d))(?:[T ]+\d\d?:\d\d(?::\d\d)?.*)?$`)

// isCount reports whether a text is a number of followers: 45k, 1,2 Mio.,
// 45.000 Follower.
func isCount(s string) bool { return count.MatchString(s) }

// trimCount takes a number of followers off the end: clara.vogt - 45k.
func trimCount(s string) string {
	if i := strings.IndexByte(s, ' '); i > 0 && strings.IndexFunc(s[i:], func(r rune) bool { return r >= '0' && r <= '9' }) > 0 {
		return strings.TrimSpace(counted.ReplaceAllString(s, ""))
	}
	return s
}

const (
	units     = `(?:k|m|mio\.?|mln\.?|tsd\.?|mil|mill?\.?)`
	followers = `(?:followers?|follower:?\*?innen|fans|seguidor(?:es|as)?|abonn[ée]e?s|abonnent(?:en|innen)?|abos?|subs(?:cribers?)?|suscriptor(?:es)?|inscritos|iscritti|seguaci)`
	amount    = `(?:~|≈|>|ca\.? ?|approx\.? ?)?\d+(?:[.,]\d+)*`
)

var (
	count   = regexp.MustCompile(`(?i)^` + amount + ` ?\+?(?:` + units + `\+?(?: ?` + followers + `)?| ?` + followers + `)$|^\d{1,3}(?:[.,]\d{3})+$`)
	counted = regexp.MustCompile(`(?i) +(?:[-–—:] *)?\(?` + amount + ` ?\+?(?:` + units + `\+?(?: ?` + followers + `)?| ?` + followers + `)\)?$`)
)
