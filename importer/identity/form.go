package identity

import (
	"strings"

	"muster/importer/reason"
)

// form is one shape of path that a network has, compiled from a line like
//
//	{name}                  one segment, a name of the space "name"; a leading @ is dropped
//	@{name}                 the same, where the @ must stand
//	channel/{id}            a fixed segment first
//	{id|name}               the first space whose grammar fits
//	people/*/{id}           * is any one segment
//	in/{name}/...           whatever follows is part of the profile
//	pub/{name+}             the name is all that follows
//	profile.php?id={id}     the query parameter holds it
//	p/... = post            no profile: the reason to refuse with
//	stories/{name} = post   no profile, but its author can be read
//
// Without "..." only the network's tabs may follow a name; behind a shape that
// is refused anything may.
type form struct {
	segs []part
	rest bool
	key  string // query parameter, "" where the form has none
	val  part
	code reason.Code
}

// part is one segment of a form.
type part struct {
	word   string // fixed text, or what stands before the name
	after  string // what stands behind it
	any    bool
	tail   bool     // the rest of the path is the name
	spaces []*space // nil for fixed text
}

// refusals are the reasons a form may name.
var refusals = map[string]reason.Code{
	"post": reason.Post, "reserved": reason.ReservedPath, "short": reason.ShortLink, "other": reason.NotAProfile,
}

// compileForm reads one line of the language above. It panics on a mistake in
// a table, which every test would find.
func compileForm(n *network, line string) form {
	var f form
	line, code, coded := strings.Cut(line, " = ")
	if f.code = refusals[code]; coded && f.code == "" {
		panic("identity: " + n.slug + ": unknown reason in form " + line)
	}
	path, query, hasQuery := strings.Cut(line, "?")
	if hasQuery {
		key, val, _ := strings.Cut(query, "=")
		f.key, f.val = fold(key), compilePart(n, val)
	}
	if path == "" {
		return f
	}
	for seg := range strings.SplitSeq(path, "/") {
		if seg == "..." {
			f.rest = true
			break
		}
		f.rest = strings.Contains(seg, "+}")
		f.segs = append(f.segs, compilePart(n, seg))
	}
	return f
}

func compilePart(n *network, text string) part {
	before, braced, ok := strings.Cut(text, "{")
	if !ok {
		return part{word: text, any: text == "*"}
	}
	names, after, _ := strings.Cut(braced, "}")
	p := part{word: before, after: after, tail: strings.HasSuffix(names, "+")}
	names = strings.TrimSuffix(names, "+")
	for name := range strings.SplitSeq(names, "|") {
		p.spaces = append(p.spaces, n.space(name))
	}
	return p
}

// found is what matching a path against the forms of a network gave.
type found struct {
	space *space
	value string
	shown string
	code  reason.Code // "" for a profile
}

// matchForms tries the forms in order; the first that fits decides. Where none
// fits the words of the network tell what the link is instead.
func (n *network) matchForms(forms []form, l *link) found {
	code := reason.NotAProfile
	for i := range forms {
		f, fits := n.matchForm(&forms[i], l)
		switch {
		case !fits:
		case f.code == reason.BadHandle, f.code == reason.ReservedPath && code == reason.BadHandle:
			code = reason.BadHandle // unless a later form fits
		default:
			return f
		}
	}
	if code == reason.NotAProfile && len(l.segs) > 0 && !l.bare {
		if c, ok := n.words[fold(l.segs[0])]; ok {
			code = c
		}
	}
	return found{code: code}
}

// matchForm reports whether the link has the shape of f. A name that breaks
// the grammar is BadHandle, so that a later form may still fit.
func (n *network) matchForm(f *form, l *link) (found, bool) {
	if len(l.segs) < len(f.segs) {
		return found{}, false
	}
	var got found
	for i := range f.segs {
		p := &f.segs[i]
		if p.spaces == nil {
			if !p.any && !same(l.segs[i], p.word) {
				return found{}, false
			}
			continue
		}
		seg := l.segs[i]
		if p.tail {
			seg = strings.Join(l.segs[i:], "/")
		}
		name, ok := p.inner(seg)
		if !ok {
			return found{}, false
		}
		if i == 0 && p.word == "" && !l.bare {
			if c, ok := n.words[fold(strings.TrimPrefix(name, "@"))]; ok {
				return found{code: c}, true
			}
		}
		got = n.capture(p, name, l.host)
		if got.code != "" && (p.word != "" && p.word != "@" || p.spaces[0].kind == item) {
			return found{}, false // id{number}: something else begins with id
		}
	}
	if f.key != "" {
		value, ok := l.param(f.key)
		if !ok {
			return found{}, false
		}
		if f.val.spaces != nil {
			name, _ := f.val.inner(decodeSegment(value))
			got = n.capture(&f.val, name, l.host)
		}
	}
	return n.finish(f, got, l), true
}

// inner cuts the fixed parts off a segment.
func (p *part) inner(seg string) (string, bool) {
	if len(seg) <= len(p.word)+len(p.after) || !startsWith(seg, p.word) || !same(seg[len(seg)-len(p.after):], p.after) {
		return "", false
	}
	return seg[len(p.word) : len(seg)-len(p.after)], true
}

// capture reads a name, with or without an at sign, as the first of the part's
// spaces whose grammar fits.
func (n *network) capture(p *part, typed, host string) found {
	for _, s := range p.spaces {
		name := typed
		if p.word == "" && !s.noAt {
			name = strings.TrimPrefix(name, "@")
		}
		value, shown, ok := s.take(name, host)
		if !ok {
			continue
		}
		if s.as != "" {
			s = n.space(s.as)
		}
		if strings.HasPrefix(value, "www.") || isNetworkHost(value) && n.slug != "bluesky" {
			continue // a pasted host, no name
		}
		if s.root {
			if c, ok := n.words[value]; ok {
				return found{code: c}
			}
		}
		return found{space: s, value: value, shown: shown}
	}
	return found{code: reason.BadHandle}
}

// finish decides whether what follows the name is a tab of the profile or
// content of its own.
func (n *network) finish(f *form, got found, l *link) found {
	if f.code != "" {
		if got.code == "" || got.code == reason.BadHandle {
			got.code = f.code
		}
		return got
	}
	if got.code != "" || f.rest {
		return got
	}
	for _, seg := range l.segs[len(f.segs):] {
		if !n.tabWords[fold(seg)] {
			got.code = reason.Post
			break
		}
	}
	return got
}
