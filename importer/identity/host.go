package identity

import (
	"strings"

	"golang.org/x/net/publicsuffix"

	"muster/importer/reason"
)

// lookup finds the network a host belongs to, by whole labels from the left:
// spacex.com is not x.com. sub is what stands in front of the host in the
// table and does not name the same site.
func lookup(name string) (h *host, sub string) {
	for rest := name; ; {
		if h = hosts[rest]; h != nil {
			return h, h.label(strings.TrimSuffix(name[:len(name)-len(rest)], "."))
		}
		i := strings.IndexByte(rest, '.')
		if i < 0 {
			break
		}
		rest = rest[i+1:]
	}
	return lookupCountry(name)
}

// isNetworkHost reports whether s names a network, or a page of one by its
// host alone: instagram.com, jane.tumblr.com.
func isNetworkHost(s string) bool {
	if strings.IndexByte(s, '.') <= 0 || strings.IndexByte(s, '@') >= 0 {
		return false
	}
	h, sub := lookup(s)
	return h != nil && (sub == "" || h.subPart != nil)
}

// lookupCountry finds hosts that a network has under every country's ending:
// pinterest.de, jane.blogspot.co.uk. The ending must be one that registries
// sell under, and a country's (or com).
func lookupCountry(name string) (h *host, sub string) {
	for start := 0; ; {
		i := strings.IndexByte(name[start:], '.')
		if i < 0 {
			return nil, ""
		}
		if h = countries[name[start:start+i]]; h != nil && isCountry(name[start+i+1:]) {
			return h, h.label(strings.TrimSuffix(name[:start], "."))
		}
		start += i + 1
	}
}

// isCountry reports whether suffix is a public one, and com or a country's. It
// asks about a name no registry reserves: a.se and a.bg are endings themselves.
func isCountry(suffix string) bool {
	public, icann := publicsuffix.PublicSuffix("no-ending." + suffix)
	last := suffix[strings.LastIndexByte(suffix, '.')+1:]
	return icann && public == suffix && (suffix == "com" || len(last) == 2)
}

// label takes the labels off that name the same site: m., a locale, those the
// table lists.
func (h *host) label(sub string) string {
	for sub != "" {
		first, rest, _ := strings.Cut(sub, ".")
		if !sameSite[first] && !h.also_[first] && (!h.locale || !isLocale(first)) {
			return sub
		}
		sub = rest
	}
	return ""
}

// sameSite are the first labels that mean the same site on every host.
var sameSite = set("www m mobile")

// isLocale recognises de, de-de and de_de.
func isLocale(s string) bool {
	return (len(s) == 2 || len(s) == 5 && (s[2] == '-' || s[2] == '_') && isLetter(s[3]) && isLetter(s[4])) &&
		isLetter(s[0]) && isLetter(s[1])
}

// read finds the profile that a link of this host leads to.
func (h *host) read(l *link, sub string) found {
	switch {
	case h.refusal != "":
		return found{code: h.refusal}
	case l.user || l.port != "":
		return found{code: reason.NotAProfile}
	case sub != "" && h.subPart == nil:
		return found{code: reason.ReservedPath}
	case sub != "":
		return h.readLabel(l, sub)
	}
	if h.anchor {
		l.setPath(l.fragment)
	}
	if h.lang && len(l.segs) > 1 {
		if l.segs[0] == "-" {
			l.segs = l.segs[1:]
		}
		if first := fold(l.segs[0]); len(l.segs) > 1 && (isLocale(first) || strings.HasPrefix(first, "intl-")) {
			l.segs = l.segs[1:]
		}
	}
	return h.net.matchForms(h.match, l)
}

// readLabel reads a site whose name is a label of the host. Below it, only
// what is recognisably a post is refused: the pages of a blog have any name.
func (h *host) readLabel(l *link, sub string) found {
	if c, ok := h.net.words[sub]; ok {
		return found{code: c}
	}
	if strings.Contains(sub, ".") && h.subPart.word == "" {
		return found{code: reason.ReservedPath}
	}
	name, ok := h.subPart.inner(sub)
	if !ok {
		return found{code: reason.BadHandle}
	}
	got := h.net.capture(h.subPart, name, l.host)
	if got.code == "" && len(l.segs) > 0 {
		if first := fold(l.segs[0]); h.subPost[first] || isDigits(first) {
			got.code = reason.Post
		}
	}
	return got
}

// isTopLevel reports whether registries sell names under the ending of a host:
// anna.blog may be a site, anna.smith is a name.
func isTopLevel(name string) bool {
	_, icann := publicsuffix.PublicSuffix(name)
	if icann {
		return true
	}
	_, icann = publicsuffix.PublicSuffix(name[strings.LastIndexByte(name, '.')+1:])
	return icann
}
