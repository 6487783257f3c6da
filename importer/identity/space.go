package identity

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// space is one id space of a network: names or numbers that are compared with
// each other and with nothing else.
type space struct {
	id     string // as the forms call it, and the end of Profile.Space
	kind   string // Handle where empty
	as     string // the values are another way of writing this space
	prefix string // what its values begin with, to tell them from the first space
	exact  bool   // capitals count
	drop   string // a character that does not count (the dots of Facebook)
	noAt   bool   // an @ in front makes it a name of another space
	shared bool   // pages of organizations or of several people
	rule   rule
	url    string // the page, with % for the value after its prefix

	// read takes the name out of what stood in the form; host is the host of
	// the link, "" for a name typed alone.
	read func(name, host string) (string, bool)
	page func(value string) string // instead of url

	key   string // Profile.Space
	root  bool   // its page is host/name or name.host, so the network's own words are no names
	label bool   // its page is name.host, so a name is a host's label
	allow [2]uint64
	first [2]uint64
	last  [2]uint64
}

// rule is the grammar of the names of a space, after folding. Lengths are in
// characters and generous: old names are shorter than a network allows today.
type rule struct {
	min, max int
	chars    string // ASCII characters, ranges as in a-z0-9._ with - first or last
	first    string // the first character, where not all of chars
	last     string // the last one
	letters  bool   // letters, marks and digits of every script too
	symbols  bool   // and symbols (emoji)
	not      string // what must not occur; several separated by spaces, $ for "at the end"
	once     string // characters of which at most one each may occur
	ok       func(string) bool
}

// compile prepares the sets of the grammar.
func (s *space) compile(slug string, first bool) {
	if s.kind == "" {
		s.kind = Handle
	}
	if s.id == "" {
		s.id = "name"
	}
	s.key = slug
	if slug != "website" && (!first || s.kind != Handle || s.prefix != "") {
		s.key += ":" + s.id
	}
	s.allow = class(s.rule.chars)
	s.first, s.last = s.allow, s.allow
	if s.rule.first != "" {
		s.first = class(s.rule.first)
	}
	if s.rule.last != "" {
		s.last = class(s.rule.last)
	}
	_, path, _ := strings.Cut(strings.TrimPrefix(s.url, "https://"), "/")
	s.label = strings.HasPrefix(s.url, "https://%.")
	s.root = s.label || strings.HasPrefix(path, "%")
}

// class reads "a-z0-9._" into a set of ASCII characters.
func class(chars string) (set [2]uint64) {
	for i := 0; i < len(chars); i++ {
		from, to := chars[i], chars[i]
		if i+2 < len(chars) && chars[i+1] == '-' {
			to = chars[i+2]
			i += 2
		}
		for c := from; c <= to; c++ {
			set[c>>6] |= 1 << (c & 63)
		}
	}
	return set
}

func in(set *[2]uint64, c byte) bool { return set[c>>6]&(1<<(c&63)) != 0 }

// take reads a name as a form found it. value is what is compared, without
// the prefix of the space; shown is the name as its owner writes it.
func (s *space) take(raw, host string) (value, shown string, ok bool) {
	if s.read != nil {
		if raw, ok = s.read(raw, host); !ok {
			return "", "", false
		}
	}
	shown, ok = compose(raw)
	if !ok {
		return "", "", false
	}
	value = shown
	if !s.exact {
		value = foldName(value)
	}
	if s.drop != "" {
		value = strings.ReplaceAll(value, s.drop, "")
	}
	return value, shown, s.accepts(value)
}

// accepts reports whether value follows the grammar of the space.
func (s *space) accepts(value string) bool {
	r := &s.rule
	if value == "" || len(value) > 4*r.max || s.label && (sameSite[value] || strings.HasPrefix(value, "xn--")) {
		return false
	}
	n, ascii := 0, true
	for i := 0; i < len(value); i++ {
		c := value[i]
		if c >= utf8.RuneSelf {
			ascii = false
		} else if !in(&s.allow, c) {
			return false
		}
		if utf8.RuneStart(c) {
			n++
		}
	}
	if n < r.min || n > r.max || !ascii && !s.acceptsScript(value) {
		return false
	}
	if c := value[0]; c < utf8.RuneSelf && (!in(&s.first, c) || c == '\'') {
		return false
	}
	if c := value[len(value)-1]; c < utf8.RuneSelf && (!in(&s.last, c) || c == '.' || c == '\'') {
		return false // these belong to the sentence around it, see trimTail
	}
	return s.acceptsRest(value)
}

// acceptsScript checks the characters outside ASCII.
func (s *space) acceptsScript(value string) bool {
	if !s.rule.letters {
		return false
	}
	for _, r := range value {
		if r < utf8.RuneSelf || unicode.In(r, unicode.L, unicode.M, unicode.N) || r == '·' {
			continue
		}
		if !s.rule.symbols || !unicode.In(r, unicode.S, unicode.Pd, unicode.Po) {
			return false
		}
	}
	return true
}

// acceptsRest checks what few grammars have: forbidden parts, rare characters.
func (s *space) acceptsRest(value string) bool {
	r := &s.rule
	for list := r.not; list != ""; {
		var part string
		part, list, _ = strings.Cut(list, " ")
		if end, ok := strings.CutSuffix(part, "$"); ok {
			if strings.HasSuffix(value, end) {
				return false
			}
		} else if strings.Contains(value, part) {
			return false
		}
	}
	for i := 0; i < len(r.once); i++ {
		if strings.Count(value, r.once[i:i+1]) > 1 {
			return false
		}
	}
	return r.ok == nil || r.ok(value)
}

// profile makes the Profile of a value of this space.
func (s *space) profile(n *network, value, shown string) Profile {
	p := Profile{Network: n.slug, Kind: s.kind, Value: value, Display: shown, Shared: n.shared || s.shared}
	if s.prefix != "" {
		p.Value = s.prefix + value
	}
	switch {
	case s.page != nil:
		p.URL = s.page(value)
	case s.url != "":
		before, after, _ := strings.Cut(s.url, "%")
		p.URL = before + escape(value) + after
	}
	return p
}

// escape writes a value so that it can stand in a link. ASCII characters of
// names need no escape; the others are written as UTF-8 percent escapes.
func escape(s string) string {
	if isASCII(s) {
		return s
	}
	return escapeSegment(s)
}
