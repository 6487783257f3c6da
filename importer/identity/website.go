package identity

import (
	"strings"

	"muster/importer/reason"
)

// website reads a link of an unknown host: the host without www. and the path
// without its final slash and index file. Queries and anchors say where on the
// page somebody was, not whose it is.
func website(l *link) (Profile, *Refusal) {
	if l.user || strings.HasSuffix(l.host, ":") {
		return Profile{}, refuse(reason.NotAProfile)
	}
	value := l.host
	if l.port != "" {
		value += ":" + l.port
	}
	if len(l.segs) > 0 {
		path := strings.Join(l.segs, "/")
		if linkPages[l.host] {
			path = fold(path)
		}
		value = trimPath(value + "/" + strings.ReplaceAll(path, "|", "%7C"))
	}
	if len(escape(value)) > 2000 {
		return Profile{}, refuse(reason.NotAProfile)
	}
	n := bySlug["website"]
	return n.spaces[0].profile(n, value, value), nil
}

// trimPath takes off what does not tell pages apart: final slashes,
// punctuation that belongs to the sentence around the link, the index file.
func trimPath(s string) string {
	for {
		before := s
		s = trimTail(strings.TrimRight(s, "/"))
		if i := strings.LastIndexByte(s, '/'); i >= 0 && indexFiles[fold(s[i+1:])] {
			s = s[:i]
		}
		if s == before {
			return s
		}
	}
}

// linkPages are link-in-bio services without a row of their own: their names
// ignore case.
var linkPages = set("stan.store campsite.bio flow.page msha.ke linkpop.com snipfeed.co bio.site heylink.me milkshake.app komi.io direct.me lit.link potofu.me litlink.com instabio.cc withkoji.com shor.by contactin.bio")

var indexFiles = set("index.html index.htm index.php index.asp index.aspx index.jsp index.shtml default.htm default.html default.asp default.aspx")
