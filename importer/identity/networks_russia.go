package identity

// russia holds the networks of Russia and its neighbours.
var russia = []network{{
	slug: "vk", name: "VK", headers: "vkontakte, v kontakte, вк, вконтакте",
	spaces: []space{
		{rule: rule{min: 2, max: 32, chars: "a-z0-9_.", ok: notNumber}, url: "https://vk.com/%"},
		{id: "id", kind: ID, rule: number, url: "https://vk.com/id%"},
		// club, public and event are one number space of communities.
		{id: "club", kind: ID, prefix: "club/", shared: true, rule: number, url: "https://vk.com/club%"},
		{id: "item", kind: item, rule: rule{min: 1, max: 60, chars: "0-9_-"}},
	},
	bare: "id{id} club{club} public{club} event{club} {id|name}", dotted: true,
	hosts: []host{
		{names: "vk.com vk.ru vkontakte.ru vk.me", forms: []string{"away.php = short", "...?w=* = post", "...?z=* = post", "id{id}", "club{club}", "public{club}", "event{club}", "club/{club}",
			"wall{item} = post", "photo{item} = post", "album{item} = post", "albums{item} = post", "video{item} = post", "videos{item} = post", "clip{item} = post", "topic{item} = post", "market{item} = post", "doc{item} = post",
			"write{item} = reserved", "app{item} = reserved", "{name}"}, shim: "away.php?to"},
		{names: "vk.cc", code: "short"},
	},
	posts:    "wall photo video clips story",
	reserved: "doc docs app apps feed im away.php share.php login search groups audio audios jobs about terms privacy friends albums market settings support dev restore join blog video_ext.php widget_community.php music games mail menu",
}, {
	slug: "ok", name: "Odnoklassniki", quiet: true, headers: "odnoklassniki, ok ru, одноклассники",
	spaces: []space{
		{rule: rule{min: 2, max: 60, chars: "a-z0-9._-", ok: notNumber}, url: "https://ok.ru/%"},
		{id: "id", kind: ID, rule: number, url: "https://ok.ru/profile/%"},
	},
	bare: "{id|name}", dotted: true,
	hosts: []host{{names: "ok.ru odnoklassniki.ru", forms: []string{"profile/{id}/...", "video/... = post", "{name}"}}},
	tabs:  "friends photos groups about statuses topics", posts: "video live topic",
	reserved: "group profile games music search feed help dk online gifts messages settings",
}, {
	slug: "boosty", name: "Boosty",
	spaces:   []space{{rule: rule{min: 1, max: 60, chars: "a-z0-9._-"}, url: "https://boosty.to/%"}},
	hosts:    []host{{names: "boosty.to", forms: []string{"{name}"}}},
	tabs:     "about media posts",
	reserved: "app login signup terms help",
}}
