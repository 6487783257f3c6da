package identity

// creators holds the places where people are paid by their followers, and
// video.
var creators = []network{{
	slug: "kick", name: "Kick", headers: "kick com",
	spaces:   []space{{rule: rule{min: 1, max: 30, chars: "a-z0-9_-"}, url: "https://kick.com/%"}},
	hosts:    []host{{names: "kick.com", forms: []string{"popout/{name}/...", "{name}"}}},
	tabs:     "about videos clips schedule chat",
	posts:    "video",
	reserved: "categories category search auth browse clips following dashboard help terms-of-service privacy-policy community-guidelines popout",
}, {
	slug: "rumble", name: "Rumble",
	spaces: []space{
		{id: "c", prefix: "c/", rule: rule{min: 1, max: 60, chars: "a-z0-9._-"}, url: "https://rumble.com/c/%"},
		{id: "user", prefix: "user/", rule: rule{min: 1, max: 60, chars: "a-z0-9._-"}, url: "https://rumble.com/user/%"},
		{id: "item", kind: item, rule: rule{min: 3, max: 200, chars: "a-z0-9._-"}},
	},
	dotted: true,
	hosts: []host{{names: "rumble.com", forms: []string{"c/{c}", "user/{user}", "register/... = reserved", "embed/... = post",
		"v{item} = post"}}},
	tabs:     "videos livestreams about playlists shorts reposts",
	reserved: "browse videos search embed register login c user account editor-picks",
}, {
	slug: "patreon", name: "Patreon",
	spaces: []space{
		{rule: rule{min: 1, max: 64, chars: "a-z0-9_-"}, url: "https://www.patreon.com/%"},
		{id: "id", kind: ID, rule: number, url: "https://www.patreon.com/user?u=%"},
		{id: "m", kind: ID, prefix: "m/", rule: number, url: "https://www.patreon.com/m/%"},
	},
	hosts:    []host{{names: "patreon.com", lang: true, forms: []string{"user?u={id}", "user?c={m}", "m/{m}", "c/{name}", "cw/{name}", "join/{name}", "{name}"}}},
	tabs:     "about posts membership home shop chats collections creators gift",
	posts:    "posts collection",
	reserved: "login home search messages create file checkout explore user signup settings m c cw join policy pricing product apps about press careers bepatron",
}, {
	slug: "onlyfans", name: "OnlyFans", headers: "only fans", dotted: true,
	spaces:   []space{{rule: rule{min: 1, max: 30, chars: "a-z0-9._-"}, url: "https://onlyfans.com/%"}, {id: "item", kind: item, rule: number}},
	hosts:    []host{{names: "onlyfans.com", forms: []string{"{item}/{name} = post", "{name}"}}},
	tabs:     "media photos videos about likes archived streams",
	reserved: "my posts action help terms privacy login about dmca chats settings",
}, {
	slug: "fansly", name: "Fansly",
	spaces:   []space{{rule: rule{min: 1, max: 30, chars: "a-z0-9._-"}, url: "https://fansly.com/%"}},
	hosts:    []host{{names: "fansly.com fans.ly", forms: []string{"{name}"}}},
	dotted:   true,
	tabs:     "posts media clips about",
	posts:    "post",
	reserved: "explore home live login messages settings search application",
}, {
	slug: "kofi", name: "Ko-fi", headers: "ko fi",
	spaces: []space{
		{rule: rule{min: 1, max: 60, chars: "a-z0-9_"}, url: "https://ko-fi.com/%"},
		{id: "id", kind: ID, exact: true, rule: rule{min: 9, max: 14, chars: "A-Z0-9", ok: mixed}, url: "https://ko-fi.com/%"},
	},
	bare:     "{id|name}",
	hosts:    []host{{names: "ko-fi.com", forms: []string{"{id|name}"}}},
	tabs:     "shop posts gallery commissions goal tiers about",
	posts:    "i s c post album",
	reserved: "shop commissions gallery explore discord memberships home manage account settings about pricing streamalerts",
}, {
	slug: "buymeacoffee", name: "Buy Me a Coffee", headers: "bmc, bmac, buy me a coffee",
	spaces:   []space{{rule: rule{min: 1, max: 60, chars: "a-z0-9._-"}, url: "https://buymeacoffee.com/%"}},
	hosts:    []host{{names: "buymeacoffee.com buymeacoff.ee", forms: []string{"{name}"}}},
	dotted:   true,
	tabs:     "membership posts shop extras gallery commissions wishlist",
	reserved: "explore login signup about faq terms help dashboard",
}, {
	slug: "cameo", name: "Cameo", dotted: true,
	spaces:   []space{{rule: rule{min: 1, max: 60, chars: "a-z0-9._-"}, url: "https://www.cameo.com/%"}},
	hosts:    []host{{names: "cameo.com", forms: []string{"{name}"}}},
	reserved: "browse login signup search about categories business v c careers faq blog join enroll",
}, {
	slug: "gumroad", name: "Gumroad",
	spaces: []space{{rule: rule{min: 1, max: 60, chars: "a-z0-9_-"}, url: "https://%.gumroad.com"}},
	hosts:  []host{{names: "gumroad.com", sub: "{name}", pages: "l p", forms: []string{"l/... = other", "{name}"}}},
	reserved: `www discover login signup features pricing about help app api assets
		public-files customers blog l p`,
}, {
	slug: "vimeo", name: "Vimeo",
	spaces: []space{
		{rule: rule{min: 1, max: 60, chars: "a-z0-9_-", ok: notNumber}, url: "https://vimeo.com/%"},
		{id: "item", kind: item, rule: number},
	},
	hosts:    []host{{names: "vimeo.com", forms: []string{"{item} = post", "{name}"}}, {names: "player.vimeo.com", code: "post"}},
	tabs:     "videos about following followers collections albums likes channels groups",
	posts:    "video event showcase ondemand album",
	reserved: "channels groups categories watch upload login join features upgrade search stock explore help site_map blog log_in settings manage create",
}, {
	slug: "dailymotion", name: "Dailymotion", headers: "daily motion",
	spaces:   []space{{rule: rule{min: 1, max: 60, chars: "a-z0-9._-"}, url: "https://www.dailymotion.com/%"}},
	dotted:   true,
	hosts:    []host{{names: "dailymotion.com", lang: true, forms: []string{"user/{name}/...", "{name}"}}, {names: "dai.ly", code: "post"}},
	tabs:     "videos playlists following",
	posts:    "video playlist embed",
	reserved: "search channel library signin topic hashtag legal about user partner feed",
}}

// mixed tells the code of a Ko-fi page from a name typed in capitals.
func mixed(s string) bool {
	digits, letters := 0, 0
	for i := 0; i < len(s); i++ {
		if isLetter(s[i]) {
			letters++
		} else {
			digits++
		}
	}
	return digits > 0 && letters > 0
}
