package identity

// label is a name in front of a host: the blog is the label, never the domain
// that registries know (the Public Suffix List lacks most of these platforms).
var label = rule{min: 1, max: 63, chars: "a-z0-9-"}

// blogs holds the platforms where people write at length.
var blogs = []network{{
	slug: "substack", name: "Substack", site: true,
	spaces: []space{
		{rule: rule{min: 1, max: 60, chars: "a-z0-9_-"}, url: "https://substack.com/@%"},
		{id: "blog", kind: Blog, rule: label, url: "https://%.substack.com"},
	},
	hosts: []host{
		{names: "substack.com", sub: "{blog}", pages: "p archive.xml cp", forms: []string{"@{name}", "profile/... = reserved"}},
		{names: "open.substack.com", forms: []string{"pub/{blog}"}},
	},
	tabs:     "about posts notes likes reads",
	reserved: "home inbox browse profile search www open support api cdn substackcdn activity chat explore sign-in discover reader on go email post",
}, {
	slug: "medium", name: "Medium", site: true, dotted: true,
	spaces: []space{
		{rule: rule{min: 1, max: 60, chars: "a-z0-9._-"}, url: "https://medium.com/@%"},
		{id: "id", kind: ID, rule: rule{min: 8, max: 16, chars: "a-f0-9"}, url: "https://medium.com/u/%"},
		{id: "blog", kind: Blog, rule: label, url: "https://%.medium.com"},
	},
	hosts: []host{
		{names: "medium.com", sub: "{blog}", pages: "p", forms: []string{"@{name}", "u/{id}", "p/... = post"}},
		{names: "link.medium.com", code: "short"},
	},
	tabs:     "about followers following lists list latest has-recommended responses highlights membership subscribe",
	reserved: "m me tag search topic topics p about plans www help cdn miro cdn-images-1 blog policy developers status jobs membership new-story",
}, {
	slug: "tumblr", name: "Tumblr", site: true,
	spaces: []space{
		{rule: rule{min: 1, max: 32, chars: "a-z0-9-"}, url: "https://www.tumblr.com/%"},
		{id: "id", kind: ID, exact: true, rule: rule{min: 10, max: 40, chars: "A-Za-z0-9:_-", ok: func(s string) bool { return s[:2] == "t:" }}, url: "https://www.tumblr.com/blog/view/%"},
	},
	bare: "{id|name}",
	hosts: []host{
		{names: "tumblr.com", also: "at", sub: "{name}", pages: "post image video tagged-post", forms: []string{"blog/view/{id|name}", "blog/{id|name}", "dashboard/blog/{id|name}", "tagged/... = reserved", "{name}"}},
		{names: "media.tumblr.com", code: "post"},
		{names: "t.umblr.com", shim: "redirect?z"},
		{names: "tmblr.co", code: "short"},
	},
	tabs:     "archive likes following ask about submit",
	reserved: "dashboard blog explore search tagged login register settings help about policy tips jobs media assets static api www t inbox likes following new privacy business apps docs communities domains",
}, {
	slug: "wordpress", name: "WordPress.com", headers: "word press, wp, wordpress com", site: true,
	// Two letters in front are a language of the site.
	spaces: []space{{id: "blog", kind: Blog, rule: rule{min: 3, max: 63, chars: "a-z0-9-"}, url: "https://%.wordpress.com"}},
	hosts:  []host{{names: "wordpress.com", sub: "{blog}"}},
	reserved: `www read reader tag support en public-api developer themes plugins learn jetpack
		log-in start home stats files s0 s1 s2 i0 i1 i2 widgets apps forums go akismet`,
}, {
	slug: "blogspot", name: "Blogger", headers: "blogger, blog spot", site: true,
	spaces: []space{
		{id: "blog", kind: Blog, rule: label, url: "https://%.blogspot.com"},
		// Zeros in front belong to the number of a Blogger profile.
		{id: "id", kind: ID, rule: rule{min: 5, max: 25, chars: "0-9"}, url: "https://www.blogger.com/profile/%"},
	},
	hosts: []host{
		{names: "blogspot", country: true, sub: "{blog}"},
		{names: "blogger.com", forms: []string{"profile/{id}", "u/{id}"}},
		{names: "bp.blogspot.com", code: "post"},
	},
	reserved: "www bp",
}, {
	slug: "tistory", name: "Tistory", headers: "티스토리", site: true,
	spaces:   []space{{id: "blog", kind: Blog, rule: label, url: "https://%.tistory.com"}},
	hosts:    []host{{names: "tistory.com", sub: "{blog}", pages: "entry"}},
	reserved: "www notice",
}, {
	slug: "bandcamp", name: "Bandcamp",
	spaces:   []space{{id: "blog", kind: Blog, rule: label, url: "https://%.bandcamp.com"}},
	hosts:    []host{{names: "bandcamp.com", sub: "{blog}", pages: "album track"}},
	reserved: "www daily blog get help f4 popplers5 discover tag search",
}, {
	slug: "lofter", name: "Lofter", headers: "老福特", site: true,
	spaces:   []space{{id: "blog", kind: Blog, rule: label, url: "https://%.lofter.com"}},
	hosts:    []host{{names: "lofter.com", sub: "{blog}", pages: "post", forms: []string{"blog/{blog}"}}},
	reserved: "www i s act",
}, {
	slug: "note", name: "note", headers: "note com, note mu", quiet: true, site: true,
	spaces:   []space{{rule: rule{min: 1, max: 40, chars: "a-z0-9_"}, url: "https://note.com/%"}},
	hosts:    []host{{names: "note.com note.mu", forms: []string{"{name}"}}},
	tabs:     "all likes magazines membership followers followings portal",
	reserved: "n m topic topics search login signup settings notices hashtag info api premium pro help contests categories embed explore magazines",
}, {
	slug: "ameba", name: "Ameba", headers: "ameblo, アメブロ, アメーバ", site: true,
	spaces: []space{{rule: rule{min: 3, max: 24, chars: "a-z0-9-"}, url: "https://ameblo.jp/%"}},
	hosts: []host{
		{names: "ameblo.jp", also: "s", forms: []string{"{name}"}},
		{names: "profile.ameba.jp", forms: []string{"ameba/{name}"}},
		{names: "ameba.jp", forms: []string{"profile/general/{name}", "profile/{name}"}},
	},
	tabs:     "entrylist.html imagelist.html theme-list.html",
	reserved: "profile blog ranking home",
}, {
	slug: "naverblog", name: "Naver Blog", headers: "naver, naver blog, 네이버, 네이버 블로그, 네이버블로그", site: true,
	spaces: []space{{id: "blog", kind: Blog, rule: rule{min: 2, max: 40, chars: "a-z0-9_-"}, url: "https://blog.naver.com/%"}},
	hosts: []host{
		{names: "blog.naver.com", forms: []string{"postview.naver?blogid={blog} = post", "postview.nhn?blogid={blog} = post", "...?logno=* = post", "...?blogid={blog}", "{blog}"}},
		{names: "rss.blog.naver.com", forms: []string{"{blog}.xml", "{blog}"}},
		{names: "blog.me", sub: "{blog}"},
		{names: "naver.com cafe.naver.com post.naver.com tv.naver.com section.blog.naver.com", code: "other"},
	},
	posts:    "postview.naver postview.nhn postlist.naver postlist.nhn",
	reserved: "market section bloghome.naver bloghome.nhn prologue rss www",
}, {
	slug: "naverinfluencer", name: "Naver Influencer", headers: "naver influencer, 네이버 인플루언서",
	spaces:   []space{{rule: rule{min: 1, max: 40, chars: "a-z0-9_-"}, url: "https://in.naver.com/%"}},
	hosts:    []host{{names: "in.naver.com", forms: []string{"{name}"}}},
	tabs:     "challenge topic profile home",
	reserved: "intro home search",
}}
