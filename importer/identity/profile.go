package identity

import (
	"strings"

	"muster/importer/reason"
)

// ParseProfile reads one cell as one profile. hint is the slug of the network
// the cell's column is for, "" where the column does not say; it decides what
// a bare name means, and a link of another network wins over it with the
// warning reason.WrongNetwork. The error is always a *Refusal; an empty cell
// and a placeholder ("n/a", "-") have reason.Placeholder.
//
// Parsing Profile.URL again (under the same network where its host is not one
// of the tables') gives the same key, and so does Profile.Value of a handle,
// behind an @ where it could pass for a number, a day or a placeholder.
func ParseProfile(cell, hint string) (Profile, []reason.Code, error) {
	r := reading{hint: bySlug[hint]}
	p, refusal := r.cell(cell)
	if refusal != nil {
		return Profile{}, nil, refusal
	}
	return p, r.warnings(p), nil
}

// reading is the state of reading one cell.
type reading struct {
	hint     *network // of the column, or of a label inside the cell
	label    bool     // hint came from a label that contradicts the column
	network  *network // the network recognised, also where the cell is refused
	unshimed bool     // one link shim was taken off; a second is refused
}

func (r *reading) warnings(p Profile) []reason.Code {
	if r.label || r.hint != nil && r.hint.slug != p.Network && !(r.hint.site && r.network.site) {
		return []reason.Code{reason.WrongNetwork}
	}
	return nil
}

// cell reads the whole cell: clean, damage, wrappers, then text.
func (r *reading) cell(cell string) (Profile, *Refusal) {
	if len(cell) > longest {
		return Profile{}, refuse(reason.NotAProfile)
	}
	typed := clean(cell)
	text, code := damaged(typed)
	if code != "" {
		return Profile{}, refuse(code)
	}
	text, label := unwrap(text)
	if empty(text) || empty(typed) { // "n.d." loses its dot
		return Profile{}, refuse(reason.Placeholder)
	}
	if label != nil {
		r.label = r.hint != nil && r.hint != label && !(r.hint.site && label.site)
		r.hint = label
	}
	if text, code = damaged(text); code != "" {
		return Profile{}, refuse(code)
	}
	return r.text(text)
}

// text decides whether an unwrapped text is a link or a name.
func (r *reading) text(text string) (Profile, *Refusal) {
	for len(text) > 1 && text[0] == '@' && (text[1] == '@' || text[1] == ' ') {
		text = "@" + strings.TrimLeft(text[2:], " ")
	}
	if isDate(text) {
		return Profile{}, refuse(reason.SpreadsheetDamage)
	}
	if _, _, number := float(text); !number && isTelephone(text) {
		return r.telephone(text)
	}
	if strings.ContainsAny(text, " \t\n|,;") {
		if code := severalOrSpaced(text); code != "" {
			if isPersonName(text) {
				return Profile{}, nameRefused()
			}
			return Profile{}, refuse(code)
		}
	}
	if link := strings.TrimPrefix(text, "@"); len(link) < len(text) && pastedLink(link) {
		text = link
	}
	if text[0] == '@' && strings.Contains(text, "/@") {
		return Profile{}, refuse(reason.SeveralValues)
	}
	if startsWith(text, "did:") {
		return r.named(bySlug["bluesky"], text)
	}
	if startsWith(text, "acct:") {
		return r.named(bySlug["mastodon"], text[len("acct:"):])
	}
	if r.isLink(text) {
		return r.link(text)
	}
	if at := strings.LastIndexByte(text, '@'); at > 0 && strings.IndexByte(text[at:], '.') > 0 && text[at-1] != '/' {
		return r.address(text)
	}
	if r.hint == nil {
		return Profile{}, refuse(reason.AmbiguousNoHint)
	}
	return r.bare(text)
}

// telephone reads what looks like a telephone number: that is a profile where
// the network goes by such numbers, and may be one where it numbers its
// accounts, which never begins with a nought.
func (r *reading) telephone(text string) (Profile, *Refusal) {
	n := r.hint
	switch {
	case n == nil:
	case n.spaces[0].id == "phone":
		return r.named(n, dialled(text))
	case isDigits(text) && text[0] != '0':
		if p, refusal := r.named(n, text); refusal == nil && (p.Kind == ID || n.numbered) {
			return p, nil
		}
	}
	return Profile{}, refuse(reason.PhoneNumber)
}

// pastedLink reports whether what stands behind an at sign is a link: with a
// scheme, or with a path on the host of a network.
func pastedLink(text string) bool {
	end := strings.IndexByte(text, '/')
	if end < 0 || strings.IndexByte(text, '@') >= 0 && strings.IndexByte(text, '@') < end {
		return false
	}
	h, _ := lookup(fold(text[:end]))
	return h != nil || hasScheme(text)
}

// isLink decides link or name. A dotted word is a name under a network whose
// names may have dots ("anna.co" on Instagram), unless it is the host of a
// network itself.
func (r *reading) isLink(text string) bool {
	if hasScheme(text) {
		return true
	}
	end := strings.IndexAny(text, `/?#\`)
	path := end >= 0
	if !path {
		end = len(text)
	}
	front := text[:end]
	if strings.IndexByte(front, '.') <= 0 || front[0] == '@' {
		return false
	}
	if strings.IndexByte(front, '@') > 0 {
		return path // user-info, refused later; else an address
	}
	if i := strings.IndexByte(front, ':'); i >= 0 {
		front, path = front[:i], path || isDigits(front[i+1:])
	}
	name, ok := hostname(front)
	switch {
	case !ok:
		return false
	case startsWith(text, "www."):
		return true
	case path:
		return r.hint == bySlug["website"] || isSite(name)
	}
	if isNetworkHost(name) && (r.hint == nil || r.hint.slug != "bluesky" || strings.HasSuffix(name, "bsky.app")) {
		return true
	}
	if r.hint != nil && r.hint.dotted {
		return false
	}
	return r.hint == bySlug["website"] || isTopLevel(name)
}

// isSite reports whether a host typed without a scheme, but with a path, is
// one: known, or under an ending that exists and more than that ending.
func isSite(name string) bool {
	h, _ := lookup(name)
	return h != nil || isTopLevel(name) && !isCountry(name)
}

// link reads a link: the host says which network, its forms the rest.
func (r *reading) link(text string) (Profile, *Refusal) {
	var l link
	if !l.split(text) {
		return Profile{}, refuse(reason.NotAProfile)
	}
	h, sub := lookup(l.host)
	if h == nil && r.hint != nil && r.hint.slug == "mastodon" {
		h, sub = r.hint.main(), ""
	}
	if h == nil {
		r.network = bySlug["website"]
		return website(&l)
	}
	r.network = h.net
	if h.shim != "" && sub == "" {
		if p, refusal, ok := r.shim(h, &l); ok {
			return p, refusal
		}
	}
	if h.open {
		return website(&l)
	}
	return r.result(h.read(&l, sub))
}

// shim takes one link shim off (l.instagram.com/?u=…) and reads what it
// leads to afresh.
func (r *reading) shim(h *host, l *link) (Profile, *Refusal, bool) {
	for way := range strings.FieldsSeq(h.shim) {
		path, key, _ := strings.Cut(way, "?")
		if path != "" && !same(strings.Join(l.segs, "/"), path) {
			continue
		}
		target, ok := l.param(key)
		if key == "" {
			target, ok = l.query, l.query != ""
		}
		if !ok {
			continue
		}
		target = clean(unescape(target))
		if r.unshimed || !hasScheme(target) || strings.ContainsAny(target, " \n\t") {
			return Profile{}, refuse(reason.ShortLink), true
		}
		r.unshimed = true
		p, refusal := r.link(target)
		return p, refusal, true
	}
	return Profile{}, nil, false
}

// address reads what has the shape of an email: an identity on Mastodon, and
// refused elsewhere.
func (r *reading) address(text string) (Profile, *Refusal) {
	if r.hint != nil && r.hint.slug == "mastodon" || r.hint == nil && text[0] == '@' {
		return r.named(bySlug["mastodon"], text)
	}
	if user, n := federated(strings.TrimPrefix(text, "@")); n != nil && n == r.hint {
		return r.named(n, user)
	}
	return Profile{}, refuse(reason.NotAProfile)
}

// federated splits name@host where the host is that of a network whose accounts
// can be followed from the fediverse: jane@threads.net is jane on Threads.
func federated(address string) (user string, n *network) {
	user, server, _ := strings.Cut(fold(address), "@")
	if h := hosts[server]; h != nil && h.net.federated {
		return user, h.net
	}
	return "", nil
}

// bare reads a name typed without a link, under the column's network.
func (r *reading) bare(text string) (Profile, *Refusal) {
	n := r.hint
	if n.slug == "website" {
		return Profile{}, refuse(reason.AmbiguousNoHint)
	}
	if strings.ContainsAny(text, `/?`) && n.main() != nil {
		var l link
		l.splitPath(text)
		r.network = n
		p, refusal := r.result(n.matchForms(n.main().match, &l))
		if refusal != nil && refusal.Reason == reason.NotAProfile {
			if p, refusal := r.named(n, text); refusal == nil {
				return p, nil // a value as compared: co.uk/jane of Amazon
			}
		}
		return p, refusal
	}
	if whole, exact, ok := float(text); ok {
		if _, _, name := n.spaces[0].take(text, ""); name || !exact {
			return Profile{}, refuse(reason.SpreadsheetDamage) // @12.0 is a name
		}
		return r.named(n, whole)
	}
	p, refusal := r.named(n, text)
	if refusal == nil || refusal.Reason != reason.BadHandle {
		return p, refusal
	}
	if strings.IndexByte(text, '.') > 0 && !strings.HasPrefix(text, "@") {
		if name, ok := hostname(text); ok && isTopLevel(name) {
			return r.link(text)
		}
	}
	return p, refusal
}

// named reads text as a name of n, in the forms that n has for names typed
// alone.
func (r *reading) named(n *network, text string) (Profile, *Refusal) {
	r.network = n
	l := link{bare: true}
	l.segs = append(l.buf[:0], text)
	f := n.matchForms(n.bareForms, &l)
	p, refusal := r.result(f)
	if refusal != nil && n.guess != "" && f.code == reason.BadHandle {
		if guess := strings.Replace(n.guess, "%", strings.TrimPrefix(fold(text), "@"), 1); n.spaces[0].accepts(guess) {
			refusal.Suggestion = guess
		}
	}
	return p, refusal
}

// result turns what the forms found into a Profile, or into a Refusal that
// names the author of a post.
func (r *reading) result(f found) (Profile, *Refusal) {
	if f.code == "" {
		if user, n := federated(f.value); n != nil {
			return r.named(n, user)
		}
		return f.space.profile(r.network, f.value, f.shown), nil
	}
	refusal := refuse(f.code)
	if f.space != nil && f.space.kind != item {
		p := f.space.profile(r.network, f.value, f.shown)
		refusal.Suggestion = p.URL
		if p.Kind == Handle && f.space.prefix == "" {
			refusal.Suggestion = "@" + p.Value
		}
	}
	return Profile{}, refusal
}

// item is the kind of spaces that only describe the names of content.
const item = "item"
