package identity

import (
	"strings"

	"muster/importer/reason"
)

// network is one row of the tables: everything that is known about a network.
// Lists of words are separated by white space.
type network struct {
	slug, name string
	headers    string // further names in column headers, separated by commas
	quiet      bool   // the slug is an everyday word, and no column header
	shared     bool   // one page may stand for several people
	site       bool   // a blog or link page: at home in a "website" column too
	dotted     bool   // a name typed alone may contain dots
	numbered   bool   // its accounts are mostly known by a number: that is no telephone's
	federated  bool   // name@host in the fediverse is this network's own account
	spaces     []space
	hosts      []host
	bare       string // forms of a name typed alone, separated by spaces; "{name}" with the first space's name by default
	tabs       string // what may follow a name and still is the profile
	posts      string // first segments that lead to content
	reserved   string // first segments that lead to pages of the network itself
	guess      string // suggestion for a bare name that needs an ending

	words     map[string]reason.Code
	tabWords  map[string]bool
	bareForms []form
}

// host is a group of hosts of a network that share their forms. www., m. and
// mobile. belong to each host without being listed.
type host struct {
	names   string // "instagram.com instagr.am"; "fb:" is the app's own scheme
	also    string // further first labels of the same site
	locale  bool   // de. and de-de. are the same site
	lang    bool   // a first segment like de, de-de or intl-de names a language
	country bool   // any country's ending: "pinterest" is pinterest.de, pinterest.co.uk …
	forms   []string
	sub     string // form of a label in front of the host
	pages   string // under a label: first segments that are posts; numbers are too
	anchor  bool   // the path stands behind the #
	shim    string // path and query parameter that hold the real link: "l.php?u", "?u" for any path
	open    bool   // what is no shim is a website
	code    string // every link is refused: post, reserved, short, other

	net     *network
	also_   map[string]bool
	match   []form
	subPart *part
	subPost map[string]bool
	refusal reason.Code
}

// Network describes one network for documents and messages.
type Network struct {
	Slug    string   `json:"slug"`
	Name    string   `json:"name"`
	Shared  bool     `json:"shared,omitempty"` // its pages are hints, never keys
	Hosts   []string `json:"hosts,omitempty"`
	Headers []string `json:"headers,omitempty"` // further names in column headers
}

// NetworkName is how people call a network, by its slug; the slug of one that
// nobody knows.
func NetworkName(slug string) string {
	for _, n := range networks {
		if n.slug == slug {
			return n.name
		}
	}
	return slug
}

// Networks lists the networks in the order of the tables, the unknown one
// ("website") last.
func Networks() []Network {
	all := make([]Network, 0, len(networks))
	for _, n := range networks {
		d := Network{Slug: n.slug, Name: n.name, Shared: n.shared}
		for _, h := range n.hosts {
			for name := range strings.FieldsSeq(h.names) {
				if h.country {
					name += ".*"
				}
				if h.code == "" && !strings.HasSuffix(name, ":") {
					d.Hosts = append(d.Hosts, name)
				}
			}
		}
		for _, alias := range strings.Split(n.headers, ",") {
			if alias = strings.TrimSpace(alias); alias != "" {
				d.Headers = append(d.Headers, alias)
			}
		}
		all = append(all, d)
	}
	return all
}

// The tables, compiled once.
var (
	networks   []*network
	bySlug     map[string]*network
	hosts      map[string]*host
	countries  map[string]*host
	headerName map[string]*network
)

func init() {
	bySlug, hosts, countries = map[string]*network{}, map[string]*host{}, map[string]*host{}
	for _, table := range [][]network{core, social, blogs, links, asia, russia, creators, music, shops, other, websites} {
		for i := range table {
			n := &table[i]
			if bySlug[n.slug] != nil {
				panic("identity: network listed twice: " + n.slug)
			}
			n.compile()
			networks, bySlug[n.slug] = append(networks, n), n
		}
	}
	headerName = headerNames()
}

func (n *network) compile() {
	for i := range n.spaces {
		n.spaces[i].compile(n.slug, i == 0)
	}
	n.words = map[string]reason.Code{}
	for w := range strings.FieldsSeq(n.reserved) {
		n.words[w] = reason.ReservedPath
	}
	for w := range strings.FieldsSeq(n.posts) {
		n.words[w] = reason.Post
	}
	n.tabWords = set(n.tabs)
	bare := n.bare
	if bare == "" && len(n.spaces) > 0 {
		bare = "{" + n.spaces[0].id + "}"
	}
	for line := range strings.FieldsSeq(bare) {
		n.bareForms = append(n.bareForms, compileForm(n, line))
	}
	for i := range n.hosts {
		n.hosts[i].compile(n)
	}
}

func (h *host) compile(n *network) {
	h.net, h.also_, h.subPost, h.refusal = n, set(h.also), set(h.pages), refusals[h.code]
	for _, line := range h.forms {
		h.match = append(h.match, compileForm(n, line))
	}
	if h.sub != "" {
		p := compilePart(n, h.sub)
		h.subPart = &p
	}
	index := hosts
	if h.country {
		index = countries
	}
	for name := range strings.FieldsSeq(h.names) {
		if index[name] != nil {
			panic("identity: host listed twice: " + name)
		}
		index[name] = h
	}
}

func set(list string) map[string]bool {
	if list == "" {
		return nil
	}
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}

// space finds an id space by the name that forms call it.
func (n *network) space(id string) *space {
	for i := range n.spaces {
		if n.spaces[i].id == id {
			return &n.spaces[i]
		}
	}
	panic("identity: " + n.slug + " has no space " + id)
}

// spaceOf finds the key of the space that a value of this network belongs to.
func (n *network) spaceOf(kind, value string) string {
	var plain *space
	for i := range n.spaces {
		s := &n.spaces[i]
		switch {
		case s.as != "" || s.kind != kind:
		case s.prefix != "":
			if strings.HasPrefix(value, s.prefix) {
				return s.key
			}
		case plain == nil || s.accepts(value) && !plain.accepts(value):
			plain = s
		}
	}
	if plain == nil {
		return n.slug + ":" + kind
	}
	if before, _, ok := strings.Cut(value, "/"); ok && n.slug != "website" {
		return plain.key + ":" + before // a shop of another marketplace
	}
	return plain.key
}

// main is the host that a path typed without one is read on.
func (n *network) main() *host {
	if len(n.hosts) == 0 || n.hosts[0].open {
		return nil
	}
	return &n.hosts[0]
}
