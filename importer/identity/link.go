package identity

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// link is an address split by hand: url.Parse gives "instagram.com/x" no host,
// takes "instagram.com:443" for a scheme, gives up on %zz and drops every
// query parameter beside a semicolon.
type link struct {
	host     string // lower case, A-labels, without www.; "fb:" for an app's scheme
	port     string // "" for 80 and 443
	user     bool   // something stood in front of an @
	segs     []string
	query    string
	fragment string
	bare     bool // no link at all: one segment, a name typed alone
	buf      [8]string
}

// appSchemes are the schemes of apps whose links name a profile.
var appSchemes = set("instagram fb twitter tg spotify line snapchat at vk")

// webSchemes are http, https and the ways they are mistyped.
var webSchemes = set("http https htp htps htttp htttps ttp ttps hhttp hhttps hxxp hxxps")

// splitLink reads text as a link; ok is false where it cannot be one.
func (l *link) split(text string) (ok bool) {
	text, scheme, ok := cutScheme(text)
	if !ok {
		return false
	}
	if scheme != "" {
		l.host = scheme + ":"
		if scheme == "spotify" {
			text = strings.ReplaceAll(text, ":", "/")
		}
		l.splitPath(text)
		return true
	}
	end := strings.IndexAny(text, `/?#\`)
	if end < 0 {
		end = len(text)
	}
	l.splitPath(text[end:])
	return l.splitAuthority(text[:end])
}

// cutScheme takes schemes off the front, as often as they were pasted, in
// whatever shape: https://https://x, https:x, https//x, http:\\x, //x.
func cutScheme(text string) (rest, app string, ok bool) {
	for {
		i := 0
		for i < len(text) && (isAlnum(text[i]) || text[i] == '.' && i > 0) {
			i++
		}
		word := fold(text[:i])
		rest := text[i:]
		slashes := strings.TrimLeft(strings.TrimPrefix(rest, ":"), `/\`)
		switch {
		case i == 0 && (strings.HasPrefix(text, "//") || strings.HasPrefix(text, `\\`) || strings.HasPrefix(text, "://")):
			text = slashes
		case rest == "" || len(slashes) == len(rest):
			return text, "", true
		case webSchemes[word] && (rest[0] == ':' || strings.HasPrefix(rest, "//")):
			text = slashes
		case rest[0] == ':' && appSchemes[word]:
			return slashes, word, true
		case strings.HasPrefix(rest, "://"):
			return "", "", false
		default:
			return text, "", true
		}
	}
}

// hasScheme reports whether text can only be a link.
func hasScheme(text string) bool {
	rest, app, ok := cutScheme(text)
	return !ok || app != "" || len(rest) != len(text)
}

// splitAuthority takes user-info and port off and brings the host into the
// form it is looked up in.
func (l *link) splitAuthority(text string) bool {
	if i := strings.LastIndexByte(text, '@'); i >= 0 {
		l.user, text = true, text[i+1:]
	}
	if i := strings.LastIndexByte(text, ':'); i >= 0 {
		if l.port = strings.TrimLeft(text[i+1:], "0"); l.port != "" && !isDigits(l.port) || len(l.port) > 5 {
			return false
		}
		if l.port == "80" || l.port == "443" {
			l.port = ""
		}
		text = text[:i]
	}
	var ok bool
	l.host, ok = hostname(text)
	return ok
}

// hosted is the profile for host names: idna.Lookup refuses the _, the outer
// hyphens and the r3--- labels that blog hosts really have; idna.Punycode does
// not even lower-case.
var hosted = idna.New(idna.MapForLookup(), idna.StrictDomainName(false), idna.CheckHyphens(false), idna.BidiRule())

// hostname brings a host into lower-case A-labels without www. and the final
// dot. Addresses of machines (1.2.3.4, localhost) are no hosts of people.
func hostname(s string) (string, bool) {
	if !isASCII(s) {
		var err error
		if s, err = hosted.ToASCII(s); err != nil {
			return "", false
		}
	}
	s = fold(s)
	s = strings.TrimRight(s, ".")
	if strings.Contains(s, "xn--") {
		a, err := hosted.ToASCII(s)
		if err != nil || a != s {
			return "", false
		}
	}
	if !isHost(s) {
		return "", false
	}
	for {
		rest, ok := strings.CutPrefix(s, "www.")
		if !ok || !isHost(rest) {
			return s, true
		}
		s = rest
	}
}

func isHost(s string) bool {
	if len(s) > 253 {
		return false
	}
	labels, start := 0, 0
	for i := 0; i <= len(s); i++ {
		if i < len(s) && s[i] != '.' {
			if c := s[i]; !isAlnum(c) && c != '-' && c != '_' {
				return false
			}
			continue
		}
		if i == start || i-start > 63 {
			return false
		}
		labels++
		if i < len(s) {
			start = i + 1
		}
	}
	last := s[start:]
	return labels > 1 && len(last) > 1 && !isDigits(last) && last[0] != '-' && !strings.HasPrefix(last, "0x")
}

// splitPath splits what follows the host.
func (l *link) splitPath(text string) {
	text, l.fragment, _ = strings.Cut(text, "#")
	text, l.query, _ = strings.Cut(text, "?")
	if strings.HasPrefix(l.fragment, "!/") && strings.Trim(text, `/\`) == "" {
		text, l.query, _ = strings.Cut(l.fragment[2:], "?")
	}
	l.setPath(text)
}

// setPath splits a path into its segments: empty ones and "." dropped, ".."
// resolved, each decoded once.
func (l *link) setPath(path string) {
	l.segs = l.buf[:0]
	for path != "" {
		var seg string
		if i := strings.IndexAny(path, `/\`); i >= 0 {
			seg, path = path[:i], path[i+1:]
		} else {
			seg, path = path, ""
		}
		switch seg = decodeSegment(trimSpaces(seg)); seg {
		case "", ".":
		case "..":
			if len(l.segs) > 0 {
				l.segs = l.segs[:len(l.segs)-1]
			}
		default:
			l.segs = append(l.segs, seg)
		}
	}
}

// param finds a query parameter by its lower-case name, still escaped. Pairs are separated by
// & or ;, because profile.php?v=info;id=5 exists.
func (l *link) param(key string) (string, bool) {
	for query := l.query; query != ""; {
		pair := query
		if i := strings.IndexAny(query, "&;"); i >= 0 {
			pair, query = query[:i], query[i+1:]
		} else {
			query = ""
		}
		name, value, _ := strings.Cut(pair, "=")
		if same(name, key) && value != "" {
			return value, true
		}
	}
	return "", false
}

// decodeSegment percent-decodes letters, digits, -._~@: and text outside
// ASCII, once. Everything else stays escaped: %2F never becomes a separator,
// and decoding the result again changes nothing. Text that is not safe to
// compare (broken UTF-8, characters that might turn into ASCII) stays escaped
// byte by byte.
func decodeSegment(s string) string {
	if !strings.Contains(s, "%") && isASCII(s) {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] != '%' {
			b = append(b, s[i])
			continue
		}
		if i+2 >= len(s) || !isHex(s[i+1]) || !isHex(s[i+2]) {
			b = append(b, "%25"...)
			continue
		}
		c := unhex(s[i+1])<<4 | unhex(s[i+2])
		if isAlnum(c) || c >= utf8.RuneSelf || strings.IndexByte("-._~@:", c) >= 0 {
			b = append(b, c)
		} else {
			b = append(b, '%', upperHex[c>>4], upperHex[c&15])
		}
		i += 2
	}
	text := string(b)
	if isASCII(text) {
		return text
	}
	if utf8.ValidString(text) {
		text = strings.Map(func(r rune) rune {
			if r >= utf8.RuneSelf && invisible(r) {
				return -1
			}
			return r
		}, text)
		if name, ok := compose(text); ok && !hasSpace(name) {
			return name
		}
	}
	return escapeSegment(text)
}

// trimSpaces takes escaped spaces off that were copied with a link.
func trimSpaces(s string) string {
	for strings.HasSuffix(s, "%20") {
		s = s[:len(s)-len("%20")]
	}
	for strings.HasPrefix(s, "%20") {
		s = s[len("%20"):]
	}
	return s
}

// hasSpace reports whether clean would change s.
func hasSpace(s string) bool { return clean(s) != s }

const upperHex = "0123456789ABCDEF"

// escapeSegment writes every byte outside ASCII as a percent escape.
func escapeSegment(s string) string {
	b := make([]byte, 0, 3*len(s))
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf {
			b = append(b, '%', upperHex[c>>4], upperHex[c&15])
		} else {
			b = append(b, c)
		}
	}
	return string(b)
}

func isHex(c byte) bool { return '0' <= c && c <= '9' || 'a' <= lower(c) && lower(c) <= 'f' }

func unhex(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return lower(c) - 'a' + 10
}

// unescape decodes a link that stands in a query parameter of another one.
func unescape(s string) string {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]) {
			b = append(b, unhex(s[i+1])<<4|unhex(s[i+2]))
			i += 2
		} else {
			b = append(b, s[i])
		}
	}
	return string(b)
}
