package identity

import "strings"

// social holds further networks where people write and talk.
var social = []network{{
	slug: "mastodon", name: "Mastodon", headers: "fediverse, fedi, activitypub", dotted: true,
	spaces: []space{{rule: rule{min: 3, max: 320, chars: "a-z0-9_.@:-", first: "a-z0-9_"}, read: fediverse, page: fediversePage}},
	hosts: []host{{names: `mastodon.social mastodon.online mastodon.world mastodon.art mastodon.cloud mastodon.green mastodon.xyz mastodon.nl mastodon.uno mastodon.scot mastodon.ie
		mastodon.au mastodon.nz mastodon.sdf.org mastodon.de mstdn.social mstdn.jp mstdn.ca mstdn.party mas.to fosstodon.org hachyderm.io techhub.social infosec.exchange chaos.social
		troet.cafe social.tchncs.de norden.social ruhr.social nrw.social muenchen.social social.vivaldi.net toot.community toot.io kolektiva.social mathstodon.xyz scholar.social
		sciences.social journa.host masto.ai masto.nu piaille.fr mamot.fr tkz.one pawoo.net mastodon-japan.net fedibird.com home.social universeodon.com indieweb.social
		pixelfed.social ohai.social c.im sfba.social ioc.exchange tech.lgbt lgbtqia.space wandering.shop writing.exchange dice.camp photog.social ravenation.club metalhead.club floss.social`,
		forms: []string{"@{name}", "users/{name}", "web/@{name}", "deck/@{name}"}}},
	tabs:     "with_replies media followers following tagged",
	reserved: "about explore public auth settings tags",
}, {
	slug: "truthsocial", name: "Truth Social", headers: "truth social",
	spaces: []space{{rule: rule{min: 1, max: 30, chars: "a-z0-9_"}, url: "https://truthsocial.com/@%"}},
	hosts:  []host{{names: "truthsocial.com", forms: []string{"@{name}", "users/{name}"}}},
	tabs:   "with_replies media followers following",
}, {
	slug: "telegram", name: "Telegram", headers: "tg, telegramm",
	spaces: []space{
		// 5 to 32; names of 4 were auctioned.
		{rule: rule{min: 4, max: 32, chars: "a-z0-9_", first: "a-z"}, url: "https://t.me/%"},
		{id: "invite", kind: item, exact: true, rule: rule{min: 1, max: 60, chars: "A-Za-z0-9_-"}},
	},
	hosts: []host{
		{names: "t.me telegram.me telegram.dog", sub: "{name}", forms: []string{"s/{name}", "+{invite} = other", "{name}"}},
		{names: "web.telegram.org", anchor: true, forms: []string{"@{name}"}},
		{names: "tg:", forms: []string{"resolve?post=* = post", "resolve?domain={name}"}},
		{names: "telegram.org"},
	},
	reserved: "joinchat + c s k a addstickers addemoji addlist addtheme share proxy socks iv login confirmphone contact giftcode setlanguage bg invoice boost m nft call",
}, {
	slug: "whatsapp", name: "WhatsApp", headers: "whats app",
	spaces: []space{
		{id: "phone", kind: ID, rule: rule{min: 6, max: 15, chars: "0-9", first: "1-9"}, read: phone, url: "https://wa.me/%"},
		{id: "channel", prefix: "channel/", kind: ID, exact: true, rule: rule{min: 10, max: 40, chars: "A-Za-z0-9_-"}, url: "https://whatsapp.com/channel/%"},
	},
	hosts: []host{
		{names: "wa.me", forms: []string{"message/... = short", "qr/... = short", "{phone}"}},
		{names: "whatsapp.com", also: "api web", forms: []string{"channel/{channel}/...", "send?phone={phone}"}},
		{names: "chat.whatsapp.com", code: "other"},
	},
}, {
	slug: "discord", name: "Discord", headers: "discord tag", dotted: true,
	spaces: []space{
		{rule: rule{min: 2, max: 32, chars: "a-z0-9._", not: ".."}},
		{id: "id", kind: ID, rule: rule{min: 15, max: 20, chars: "0-9", first: "1-9"}, url: "https://discord.com/users/%"},
	},
	bare: "{id|name}",
	hosts: []host{
		{names: "discord.com discordapp.com", also: "ptb canary", forms: []string{"users/{id}"}},
		{names: "discord.gg", code: "other"}, // servers, not people
	},
	reserved: "channels download nitro developers app login register servers safety guidelines terms privacy",
}, {
	slug: "reddit", name: "Reddit",
	spaces: []space{{rule: rule{min: 3, max: 20, chars: "a-z0-9_-"}, url: "https://www.reddit.com/user/%"}},
	hosts: []host{
		{names: "reddit.com", also: "old new np sh", forms: []string{"user/{name}", "u/{name}", "r/u_{name}", "r/... = other"}},
		{names: "out.reddit.com", shim: "?url"},
		{names: "redd.it", code: "post"},
	},
	tabs:     "submitted comments posts overview about gilded upvoted hidden saved",
	posts:    "comments gallery",
	reserved: "r settings login register message submit explore premium search wiki subreddits",
}, {
	slug: "quora", name: "Quora", dotted: true,
	spaces: []space{{rule: rule{min: 1, max: 100, chars: "A-Za-z0-9.'-", letters: true}, url: "https://www.quora.com/profile/%"}},
	hosts:  []host{{names: "quora.com", locale: true, forms: []string{"profile/{name}"}}}, // a bare slug is a question
	tabs:   "answers questions posts followers following spaces edits log",
}, {
	slug: "clubhouse", name: "Clubhouse",
	spaces:   []space{{rule: rule{min: 1, max: 30, chars: "a-z0-9_."}, url: "https://www.clubhouse.com/@%"}},
	hosts:    []host{{names: "clubhouse.com joinclubhouse.com", forms: []string{"@{name}"}}},
	reserved: "club event house room join",
}, {
	slug: "bereal", name: "BeReal", headers: "be real",
	spaces: []space{{rule: rule{min: 1, max: 30, chars: "a-z0-9._-"}, url: "https://bere.al/%"}},
	dotted: true,
	hosts:  []host{{names: "bere.al bereal.com", forms: []string{"{name}"}}},
	reserved: `about privacy terms legal careers blog press support download home help
		en fr de es it pt ja`,
}, {
	slug: "lemon8", name: "Lemon8", headers: "lemon 8", dotted: true,
	spaces: []space{{rule: rule{min: 1, max: 30, chars: "a-z0-9._"}, url: "https://www.lemon8-app.com/@%"}},
	hosts: []host{
		{names: "lemon8-app.com", forms: []string{"@{name}", "{name}"}},
		{names: "v.lemon8-app.com s.lemon8-app.com", code: "short"},
	},
	reserved: "topic discover feed legal about experience explore download",
}, {
	slug: "plurk", name: "Plurk",
	spaces:   []space{{rule: rule{min: 1, max: 30, chars: "a-z0-9_"}, url: "https://www.plurk.com/%"}},
	hosts:    []host{{names: "plurk.com", forms: []string{"m/u/{name}", "u/{name}", "p/... = post", "m/p/... = post", "{name}"}}},
	posts:    "p",
	reserved: "m u login signup search news top topics help terms portal settings friends",
}, {
	slug: "sharechat", name: "ShareChat", headers: "share chat", dotted: true,
	spaces: []space{{rule: anyName, url: "https://sharechat.com/profile/%"}},
	hosts:  []host{{names: "sharechat.com", lang: true, forms: []string{"profile/{name}", "post/... = post", "video/... = post"}}},
}, {
	slug: "moj", name: "Moj", dotted: true,
	spaces: []space{{rule: anyName, url: "https://mojapp.in/@%"}},
	hosts:  []host{{names: "mojapp.in", forms: []string{"@{name}"}}},
}, {
	slug: "kwai", name: "Kwai", dotted: true,
	spaces: []space{{rule: anyName, url: "https://www.kwai.com/@%"}},
	hosts:  []host{{names: "kwai.com", forms: []string{"@{name}"}}, {names: "k.kwai.com s.kwai.app kwai.app", code: "short"}},
}, {
	slug: "likee", name: "Likee", dotted: true,
	spaces: []space{{rule: anyName, url: "https://likee.video/@%"}},
	hosts:  []host{{names: "likee.video likee.com", forms: []string{"@{name}"}}, {names: "l.likee.video", code: "short"}},
}}

// anyName is the grammar where none is known.
var anyName = rule{min: 1, max: 60, chars: "a-z0-9._-"}

// fediverse reads user, user@server and @user@server into user@server; host is
// the server whose link it stood in.
func fediverse(name, host string) (string, bool) {
	user, server, ok := strings.Cut(strings.TrimPrefix(name, "@"), "@")
	if !ok {
		server = host
	}
	server, ok = hostname(server)
	if !ok || user == "" || len(user) > 64 || strings.Trim(user, ".-") != user {
		return "", false
	}
	for i := 0; i < len(user); i++ {
		if c := user[i]; !isAlnum(c) && strings.IndexByte("_.-", c) < 0 {
			return "", false
		}
	}
	return user + "@" + server, true
}

func fediversePage(value string) string {
	user, server, _ := strings.Cut(value, "@")
	return "https://" + server + "/@" + user
}

// phone reads a number as people write it down.
func phone(number, _ string) (string, bool) {
	number = strings.TrimPrefix(strings.Replace(number, "%2B", "+", 1), "+")
	return number, isDigits(number)
}
