package identity

import "strings"

// asia holds the networks of China, Japan and Korea.
var asia = []network{{
	slug: "weibo", name: "Weibo", headers: "sina weibo, 微博, 新浪微博",
	spaces: []space{
		{rule: rule{min: 2, max: 30, chars: "a-z0-9_-", ok: notNumber}, url: "https://weibo.com/%"},
		{id: "id", kind: ID, rule: rule{min: 5, max: 12, chars: "0-9", first: "1-9"}, url: "https://weibo.com/u/%"},
		// The name shown, which is not the name in the address.
		{id: "n", prefix: "n/", rule: rule{min: 1, max: 60, chars: "a-z0-9_-", letters: true}, url: "https://weibo.com/n/%"},
		{id: "page", as: "id", kind: ID, rule: number, read: weiboPage},
	},
	bare: "{id|name|n}",
	hosts: []host{
		{names: "weibo.com weibo.cn", forms: []string{"u/{id}", "profile/{id}", "p/{page}", "n/{n}", "{id|name}"}, shim: "sinaurl?u"},
		{names: "s.weibo.com photo.weibo.com passport.weibo.com video.weibo.com", code: "reserved"},
		{names: "t.cn", code: "short"},
	},
	tabs:     "home info photos profile album follow fans",
	posts:    "status detail tv",
	reserved: "u n p profile sinaurl login signup search hot mygroups newlogin ajax ttarticle",
}, {
	slug: "xiaohongshu", name: "Xiaohongshu (RED)", headers: "rednote, red note, xhs, little red book, 小红书, 小紅書", numbered: true,
	spaces: []space{
		{id: "name", rule: rule{min: 3, max: 24, chars: "a-z0-9_.-"}}, // the RED number, only ever typed
		{id: "id", kind: ID, rule: rule{min: 24, max: 24, chars: "a-f0-9"}, url: "https://www.xiaohongshu.com/user/profile/%"},
	},
	bare: "{id|name}",
	hosts: []host{
		{names: "xiaohongshu.com rednote.com", forms: []string{"user/profile/{id}", "explore/... = post", "discovery/... = post", "search_result/... = post"}},
		{names: "xhslink.com", code: "short"},
	},
}, {
	slug: "bilibili", name: "Bilibili", headers: "b站, 哔哩哔哩, bili",
	spaces: []space{{id: "id", kind: ID, rule: number, url: "https://space.bilibili.com/%"}},
	hosts: []host{
		{names: "space.bilibili.com", forms: []string{"{id}/..."}},
		{names: "bilibili.com", forms: []string{"space/{id}/...", "video/... = post", "bangumi/... = post", "read/... = post", "opus/... = post"}},
		{names: "t.bilibili.com", code: "post"},
		{names: "live.bilibili.com search.bilibili.com", code: "other"}, // a room's number is not its owner's
		{names: "b23.tv bili2233.cn", code: "short"},
	},
}, {
	slug: "douyin", name: "Douyin", headers: "抖音, dou yin", numbered: true,
	spaces: []space{
		{rule: rule{min: 2, max: 30, chars: "a-z0-9_.-"}}, // the Douyin number, only ever typed
		{id: "secuid", kind: ID, exact: true, rule: secUID, url: "https://www.douyin.com/user/%"},
		{id: "uid", kind: ID, rule: number, url: "https://www.iesdouyin.com/share/user/%"},
	},
	bare: "{secuid|name}", dotted: true,
	hosts: []host{
		{names: "douyin.com", forms: []string{"user/self = reserved", "user/{secuid}", "video/... = post", "note/... = post", "share/user/{secuid|uid}"}},
		{names: "iesdouyin.com", forms: []string{"share/user/*?sec_uid={secuid}", "share/user/{secuid|uid}", "share/... = post"}},
		{names: "v.douyin.com", code: "short"},
		{names: "live.douyin.com", code: "other"},
	},
	reserved: "discover search user",
}, {
	slug: "kuaishou", name: "Kuaishou", headers: "快手",
	spaces: []space{{id: "id", kind: ID, exact: true, rule: rule{min: 3, max: 40, chars: "A-Za-z0-9_-"}, url: "https://www.kuaishou.com/profile/%"}},
	hosts: []host{
		{names: "kuaishou.com", forms: []string{"profile/{id}", "short-video/... = post"}},
		{names: "v.kuaishou.com", code: "short"},
	},
}, {
	slug: "zhihu", name: "Zhihu", headers: "知乎", dotted: true,
	spaces: []space{
		{rule: rule{min: 1, max: 60, chars: "a-z0-9_.-"}, url: "https://www.zhihu.com/people/%"},
		{id: "org", prefix: "org/", shared: true, rule: rule{min: 1, max: 60, chars: "a-z0-9_.-"}, url: "https://www.zhihu.com/org/%"},
	},
	hosts: []host{
		{names: "zhihu.com", forms: []string{"people/{name}/...", "org/{org}/...", "question/... = post"}},
		{names: "zhuanlan.zhihu.com", code: "post"},
	},
}, {
	slug: "line", name: "LINE", quiet: true, headers: "line id, line official, line official account, ライン",
	spaces: []space{
		{rule: rule{min: 2, max: 30, chars: "a-z0-9._-"}, url: "https://line.me/R/ti/p/@%"},
		{id: "personal", prefix: "~", rule: rule{min: 2, max: 30, chars: "a-z0-9._-"}, url: "https://line.me/ti/p/~%"},
		{id: "id", kind: ID, exact: true, rule: rule{min: 10, max: 10, chars: "A-Za-z0-9_-"}, url: "https://line.me/ti/p/%"},
		// Typed alone, capitals tell such a code from an official account's name.
		{id: "code", as: "id", kind: ID, exact: true, noAt: true, rule: rule{min: 10, max: 10, chars: "A-Za-z0-9_-", ok: func(s string) bool { return fold(s) != s }}},
	},
	bare: "~{personal} {code|name}", dotted: true,
	hosts: []host{
		{names: "line.me", forms: []string{"r/ti/p/@{name}", "r/ti/p/%40{name}", "r/ti/p/~{personal}", "r/ti/p/{id}", "ti/p/@{name}", "ti/p/~{personal}", "ti/p/{id}"}},
		{names: "line:", forms: []string{"ti/p/@{name}", "ti/p/~{personal}", "ti/p/{id}"}},
		{names: "page.line.me", forms: []string{"{name}/..."}},
		{names: "lin.ee", code: "short"},
		{names: "liff.line.me timeline.line.me", code: "other"},
	},
}, {
	slug: "chzzk", name: "CHZZK", headers: "치지직",
	spaces: []space{{id: "id", kind: ID, rule: rule{min: 32, max: 32, chars: "a-f0-9"}, url: "https://chzzk.naver.com/%"}},
	hosts:  []host{{names: "chzzk.naver.com", forms: []string{"live/{id}", "video/... = post", "clips/... = post", "{id}"}}},
	tabs:   "videos clips community about",
}, {
	slug: "kakaochannel", name: "Kakao Channel", headers: "kakao, kakao talk, kakaotalk, kakao channel, kakaotalk channel, 카카오, 카카오톡, 카카오채널, 카카오톡채널",
	spaces: []space{{id: "id", kind: ID, exact: true, rule: rule{min: 4, max: 20, chars: "A-Za-z0-9_", first: "_"}, url: "https://pf.kakao.com/%"}},
	hosts: []host{
		{names: "pf.kakao.com", forms: []string{"{id}"}},
		{names: "open.kakao.com", code: "other"}, // chat rooms
	},
	tabs: "chat friend posts",
}, {
	slug: "kakaostory", name: "KakaoStory", headers: "kakao story, 카카오스토리",
	spaces: []space{
		{rule: rule{min: 1, max: 40, chars: "a-z0-9._-", first: "a-z0-9"}, url: "https://story.kakao.com/%"},
		{id: "ch", prefix: "ch/", rule: rule{min: 1, max: 40, chars: "a-z0-9._-"}, url: "https://story.kakao.com/ch/%"},
		{id: "id", kind: ID, exact: true, rule: rule{min: 4, max: 20, chars: "A-Za-z0-9_", first: "_"}, url: "https://story.kakao.com/%"},
	},
	bare: "{id|name}", dotted: true,
	hosts: []host{{names: "story.kakao.com", forms: []string{"ch/{ch}", "{id|name}"}}},
	tabs:  "feed app info",
}, {
	slug: "niconico", name: "niconico", headers: "nico, nicovideo, nico nico, ニコニコ, ニコニコ動画",
	spaces: []space{{id: "id", kind: ID, rule: number, url: "https://www.nicovideo.jp/user/%"}},
	hosts: []host{
		{names: "nicovideo.jp", also: "sp", forms: []string{"user/{id}/...", "watch/... = post"}},
		{names: "nico.ms", code: "short"},
		{names: "ch.nicovideo.jp live.nicovideo.jp seiga.nicovideo.jp", code: "other"},
	},
}, {
	slug: "pixiv", name: "pixiv", headers: "ピクシブ",
	spaces: []space{{id: "id", kind: ID, rule: number, url: "https://www.pixiv.net/users/%"}},
	hosts: []host{
		{names: "pixiv.net", also: "touch", lang: true, forms: []string{"users/{id}/...", "u/{id}", "member.php?id={id}", "member_illust.php?illust_id=* = post", "member_illust.php?id={id}",
			"fanbox/creator/{id}/...", "artworks/... = post"}},
		{names: "pixiv.me", code: "short"},
	},
}, {
	slug: "fanbox", name: "pixivFANBOX", headers: "pixiv fanbox",
	spaces:   []space{{rule: rule{min: 1, max: 40, chars: "a-z0-9-"}, url: "https://%.fanbox.cc"}},
	hosts:    []host{{names: "fanbox.cc", sub: "{name}", pages: "posts", forms: []string{"@{name}"}}},
	tabs:     "plans shop",
	reserved: "www api downloads support",
}}

// weiboPage reads the number of a person out of /p/100505<number>: the first
// six digits say what kind of page it is. 100808 is a topic.
func weiboPage(name, _ string) (string, bool) {
	for _, kind := range []string{"100505", "100206", "100306", "100606"} {
		if number, ok := strings.CutPrefix(name, kind); ok {
			return number, len(number) >= 5
		}
	}
	return "", false
}
