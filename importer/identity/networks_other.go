package identity

import "strings"

// base62 is the grammar of Spotify's codes.
var base62 = rule{min: 22, max: 22, chars: "A-Za-z0-9"}

// music holds the places of musicians and podcasters.
var music = []network{{
	slug: "spotify", name: "Spotify",
	spaces: []space{
		{id: "artist", kind: ID, prefix: "artist/", exact: true, rule: base62, url: "https://open.spotify.com/artist/%"},
		{id: "user", kind: ID, prefix: "user/", exact: true, rule: rule{min: 1, max: 64, chars: "A-Za-z0-9._-"}, url: "https://open.spotify.com/user/%"},
		{id: "show", kind: ID, prefix: "show/", exact: true, rule: base62, url: "https://open.spotify.com/show/%"},
	},
	bare: "artist/{artist}",
	hosts: []host{
		{names: "spotify.com", also: "open play", lang: true, forms: []string{"artist/{artist}/...", "user/{user}/playlist/... = post", "user/{user}/...", "show/{show}/..."}},
		{names: "spotify:", forms: []string{"artist/{artist}", "user/{user}/playlist/... = post", "user/{user}", "show/{show}"}},
		{names: "spotify.link spotify.app.link", code: "short"},
	},
	posts: "track album playlist episode",
}, {
	slug: "soundcloud", name: "SoundCloud", headers: "sound cloud",
	spaces: []space{{rule: rule{min: 1, max: 60, chars: "a-z0-9_-"}, url: "https://soundcloud.com/%"}},
	hosts: []host{
		{names: "soundcloud.com", forms: []string{"{name}"}},
		{names: "on.soundcloud.com snd.sc", code: "short"},
		{names: "w.soundcloud.com player.soundcloud.com api.soundcloud.com", code: "post"},
	},
	tabs:     "tracks albums sets reposts popular-tracks likes followers following comments",
	reserved: "discover stream you search upload charts tags pages settings messages notifications people logout login go pro feed community-guidelines terms-of-use",
}, {
	slug: "applemusic", name: "Apple Music", headers: "apple music, itunes",
	spaces: []space{{id: "id", kind: ID, rule: number, url: "https://music.apple.com/artist/%"}},
	hosts:  []host{{names: "music.apple.com itunes.apple.com", lang: true, forms: []string{"artist/*/id{id}", "artist/id{id}", "artist/*/{id}", "artist/{id}", "album/... = post", "playlist/... = post", "song/... = post"}}},
}, {
	slug: "mixcloud", name: "Mixcloud", headers: "mix cloud",
	spaces:   []space{{rule: rule{min: 1, max: 60, chars: "a-z0-9_-", letters: true}, url: "https://www.mixcloud.com/%/"}},
	hosts:    []host{{names: "mixcloud.com", forms: []string{"{name}"}}},
	tabs:     "uploads favorites listens playlists followers following stream posts tracks",
	reserved: "discover upload login search select pro live categories tag dashboard settings about",
}}

// shops holds the places where people sell or recommend things.
var shops = []network{{
	slug: "ltk", name: "LTK", headers: "like to know it, liketoknowit, liketoknow it, rewardstyle, shopltk",
	spaces: []space{{rule: anyName, url: "https://www.shopltk.com/explore/%"}},
	dotted: true,
	hosts: []host{
		{names: "shopltk.com", forms: []string{"explore/{name}"}},
		{names: "liketoknow.it", forms: []string{"ltk/... = post", "{name}"}},
		{names: "liketk.it ltk.app.link", code: "short"},
	},
	posts: "posts", tabs: "collections products", reserved: "ltk explore login signup home search",
}, {
	slug: "amazon", name: "Amazon storefront", headers: "amazon shop, amazon store, amazon storefront, amazon influencer",
	spaces: []space{{rule: rule{min: 1, max: 80, chars: "a-z0-9._/-", last: "a-z0-9._-"}, read: storefront, page: storefrontPage}},
	dotted: true,
	hosts: []host{
		{names: "amazon", country: true, lang: true, forms: []string{"shop/{name}/...", "dp/... = other", "gp/... = other"}},
		{names: "amzn.to a.co amzn.eu", code: "short"},
	},
	reserved: "dp gp stores hz s b live ref ap",
}, {
	slug: "poshmark", name: "Poshmark", headers: "posh mark",
	spaces: []space{{rule: anyName, url: "https://poshmark.com/closet/%"}},
	dotted: true,
	hosts:  []host{{names: "poshmark.com poshmark.ca poshmark.in poshmark.com.au", forms: []string{"closet/{name}", "listing/... = post"}}, {names: "posh.mk", code: "short"}},
}, {
	slug: "depop", name: "Depop", dotted: true,
	spaces:   []space{{rule: anyName, url: "https://www.depop.com/%/"}},
	hosts:    []host{{names: "depop.com", lang: true, forms: []string{"{name}"}}},
	tabs:     "selling likes reviews saved sold",
	posts:    "products",
	reserved: "explore search login signup category sell about theme brands blog",
}, {
	slug: "etsy", name: "Etsy", headers: "etsy shop",
	spaces: []space{
		// At most 20 letters and digits (Etsy Help).
		{rule: rule{min: 1, max: 20, chars: "a-z0-9"}, url: "https://www.etsy.com/shop/%"},
		{id: "people", prefix: "people/", rule: rule{min: 1, max: 40, chars: "a-z0-9_-"}, url: "https://www.etsy.com/people/%"},
	},
	hosts:    []host{{names: "etsy.com", lang: true, locale: true, sub: "{name}", pages: "listing", forms: []string{"shop/{name}", "people/{people}/...", "listing/... = post"}}, {names: "etsy.me", code: "short"}},
	tabs:     "reviews sold about policy items",
	reserved: "www market search api help blog investors sellerhandbook i developers careers",
}}

// storefront keeps marketplaces apart: jane on amazon.com is not jane on
// amazon.co.uk, whose value is co.uk/jane.
func storefront(name, host string) (string, bool) {
	if market, _, ok := strings.Cut(name, "/"); ok && host == "" && market != "com" && isCountry(fold(market)) {
		return name, strings.Count(name, "/") == 1
	}
	if i := strings.Index(host, "amazon."); i >= 0 && host[i:] != "amazon.com" {
		return host[i+len("amazon."):] + "/" + name, !strings.Contains(name, "/")
	}
	return name, !strings.Contains(name, "/")
}

func storefrontPage(value string) string {
	market, name, ok := strings.Cut(value, "/")
	if !ok {
		market, name = "com", value
	}
	return "https://www.amazon." + market + "/shop/" + name
}

// other holds portfolios, code and pictures.
var other = []network{{
	slug: "behance", name: "Behance",
	spaces:   []space{{rule: rule{min: 1, max: 60, chars: "a-z0-9_-"}, url: "https://www.behance.net/%"}},
	hosts:    []host{{names: "behance.net", forms: []string{"{name}"}}, {names: "be.net", code: "short"}},
	tabs:     "projects moodboards appreciated info services assets drafts collections resume about",
	posts:    "gallery collection",
	reserved: "search galleries joblist hire assets onboarding live for_you blog about dev signup login explore",
}, {
	slug: "dribbble", name: "Dribbble",
	spaces:   []space{{rule: rule{min: 1, max: 40, chars: "a-z0-9_-"}, url: "https://dribbble.com/%"}},
	hosts:    []host{{names: "dribbble.com", forms: []string{"{name}"}}},
	tabs:     "shots about collections likes projects boosted-shots services",
	posts:    "shots",
	reserved: "jobs designers tags search session signup hiring learn pro stories freelance-jobs marketplace about contact",
}, {
	slug: "github", name: "GitHub", headers: "git hub",
	spaces: []space{{rule: rule{min: 1, max: 39, chars: "a-z0-9-", first: "a-z0-9", not: "--"}, url: "https://github.com/%"}},
	hosts:  []host{{names: "github.com", forms: []string{"{name}"}}},
	reserved: `explore settings marketplace topics features pricing login orgs sponsors search notifications new about join signup security enterprise trending collections events
		codespaces issues pulls contact team customer-stories readme site apps copilot discussions stars dashboard account logout`,
}, {
	slug: "vsco", name: "VSCO",
	spaces:   []space{{rule: rule{min: 1, max: 30, chars: "a-z0-9_-"}, url: "https://vsco.co/%"}},
	hosts:    []host{{names: "vsco.co", forms: []string{"{name}"}}},
	tabs:     "gallery collection journal spaces about",
	reserved: "about feed search discover login user download membership subscribe landing",
}, {
	slug: "flickr", name: "Flickr",
	spaces: []space{
		{rule: rule{min: 1, max: 40, chars: "a-z0-9_-"}, url: "https://www.flickr.com/photos/%"},
		{id: "id", kind: ID, rule: rule{min: 6, max: 20, chars: "0-9@n", ok: nsid}, url: "https://www.flickr.com/photos/%"},
	},
	bare:     "{id|name}",
	hosts:    []host{{names: "flickr.com", forms: []string{"photos/tags/... = reserved", "photos/{id|name}", "people/{id|name}", "{id|name}"}}, {names: "flic.kr", code: "short"}},
	tabs:     "albums favorites galleries groups contacts sets stats map archives with",
	reserved: "explore search groups commons services cameras help about upgrade photos people map events jobs login sign-up account creativecommons",
}, {
	slug: "deviantart", name: "DeviantArt", headers: "deviant art",
	spaces: []space{{rule: rule{min: 1, max: 30, chars: "a-z0-9_-"}, url: "https://www.deviantart.com/%"}},
	hosts:  []host{{names: "deviantart.com", sub: "{name}", pages: "art journal gallery-post", forms: []string{"{name}"}}, {names: "fav.me", code: "short"}},
	tabs:   "gallery about posts favourites shop subscriptions stats",
	reserved: `www about join search tag topic watch shop core-membership developers settings users popular
		daily-deviations forum groups chat notifications submit morelikethis art journal`,
}}

// nsid is the number that Flickr gives: 12345678@N00.
func nsid(s string) bool {
	digits, tail, ok := strings.Cut(s, "@n")
	return ok && isDigits(digits) && len(tail) == 2 && isDigits(tail)
}
