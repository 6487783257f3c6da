package identity

// page makes the row of a link-in-bio service: one space, names at the root.
// Its pages are hints: agencies keep one for several people.
func page(slug, name, headers, host_ string) network {
	return network{
		slug: slug, name: name, headers: headers, shared: true, site: true, dotted: true,
		spaces:   []space{{rule: pageName, url: "https://" + host_ + "/%"}},
		hosts:    []host{{names: host_, forms: []string{"{name}/..."}}},
		reserved: pageWords,
	}
}

var pageName = rule{min: 1, max: 60, chars: "a-z0-9._-"}

const pageWords = "login register admin s discover pricing signup sign-up sign-in signin about blog help privacy terms templates marketplace products features business support legal contact explore dashboard settings faq download app"

// links holds the link-in-bio services.
var links = []network{
	page("linktree", "Linktree", "link tree, linktr, linktr ee", "linktr.ee"),
	page("beacons", "Beacons", "beacons ai", "beacons.ai"),
	page("biolink", "Bio Link", "bio link", "bio.link"),
	page("lnkbio", "Lnk.Bio", "lnk bio", "lnk.bio"),
	page("soloto", "solo.to", "solo to", "solo.to"),
	page("hoobe", "Hoo.be", "hoo be", "hoo.be"),
	page("taplink", "Taplink", "tap link, taplink cc", "taplink.cc"),
	page("allmylinks", "AllMyLinks", "all my links", "allmylinks.com"),
	page("aboutme", "about.me", "about me", "about.me"),
	{
		slug: "carrd", name: "Carrd", headers: "carrd co", shared: true, site: true,
		spaces: []space{
			{id: "blog", kind: Blog, rule: label, url: "https://%.carrd.co"},
			// crd.co is a second set of names, not an alias.
			{id: "crd", kind: Blog, prefix: "crd/", rule: label, url: "https://%.crd.co"},
		},
		hosts: []host{
			{names: "carrd.co", sub: "{blog}", forms: []string{"crd/{crd}"}},
			{names: "crd.co", sub: "{crd}"},
		},
		reserved: "www",
	},
}

// websites is where every other host belongs; a column for it is called by the
// weak words of header.go.
var websites = []network{{
	slug: "website", name: "Website", shared: true, site: true,
	spaces: []space{{id: "site", kind: Blog, exact: true, rule: rule{min: 3, max: 2000, chars: " -~", letters: true, symbols: true}, page: func(v string) string { return "https://" + escapeSegment(v) }}},
	hosts: []host{
		{names: "google", country: true, open: true, shim: "url?q url?url"},
		{names: "href.li", open: true, shim: "?"},
		{names: `bit.ly bitly.com j.mp tinyurl.com tiny.cc goo.gl maps.app.goo.gl ow.ly buff.ly rebrand.ly is.gd v.gd cutt.ly t.ly shorturl.at rb.gy dub.sh soo.gd s.id
			shorte.st adf.ly bl.ink dlvr.it ift.tt trib.al kutt.it urlz.fr u.to clck.ru lnk.to ffm.to fanlink.to smarturl.it hyperurl.co geni.us app.link page.link onelink.me url.cn dwz.cn
			suo.im han.gl me2.do naver.me buly.kr vo.la reurl.cc lihi.cc pse.is qrco.de qr.ae`, code: "short"},
	},
}}
