package identity

import "muster/importer/reason"

var asiaSheets = []sheet{{
	network: "weibo",
	people: []person{
		{key: "weibo:id 1234567890", bare: "1234567890", links: "https://weibo.com/u/1234567890 | weibo.com/1234567890 | m.weibo.cn/u/1234567890 | m.weibo.cn/profile/1234567890 | weibo.com/p/1005051234567890 | weibo.com/p/1005051234567890/home?from=x | weibo.cn/u/1234567890"},
		{key: "weibo jane_doe", bare: "jane_doe", links: "https://weibo.com/Jane_Doe?is_all=1"},
		{key: "weibo:n n/小明", bare: "n/小明 | 小明", links: "https://weibo.com/n/%E5%B0%8F%E6%98%8E"},
		{key: "weibo:n n/jane_doe", links: "weibo.com/n/jane_doe"},
		{key: "instagram jane", links: "https://weibo.cn/sinaurl?u=https%3A%2F%2Finstagram.com%2Fjane"},
	},
	refused: []refused{{reason.Post, "weibo.com/1234567890/AbCdEf | m.weibo.cn/status/4567 | m.weibo.cn/detail/4567"}, {reason.BadHandle, "weibo.com/p/100808abcdef"}, {reason.ShortLink, "t.cn/abc"}, {reason.ReservedPath, "s.weibo.com/user?q=x"}},
}, {
	network: "xiaohongshu",
	people: []person{
		{key: "xiaohongshu:id 5f0123456789abcdef012345", bare: "5f0123456789abcdef012345", links: "https://www.xiaohongshu.com/user/profile/5f0123456789abcdef012345?xhsshare=x | https://www.rednote.com/user/profile/5f0123456789abcdef012345"},
		{key: "xiaohongshu 123456789", bare: "123456789"},
	},
	refused: []refused{{reason.Post, "xiaohongshu.com/explore/5f01 | xiaohongshu.com/discovery/item/5f01"}, {reason.ShortLink, "xhslink.com/AbC"}},
}, {
	network: "bilibili",
	people: []person{
		{key: "bilibili:id 12345", bare: "12345", links: "https://space.bilibili.com/12345?spm_id_from=x | https://m.bilibili.com/space/12345 | space.bilibili.com/12345/video"},
		{key: "bilibili:id 123450", bare: "123450", links: "space.bilibili.com/123450"},
	},
	refused: []refused{{reason.Post, "bilibili.com/video/BV1xx | t.bilibili.com/123"}, {reason.ShortLink, "b23.tv/abc | bili2233.cn/abc"}, {reason.NotAProfile, "live.bilibili.com/12345"}},
}, {
	network: "douyin",
	people: []person{
		{key: "douyin:secuid MS4wLjABAAAAabcdefghijklmnopqrstuvwxyzABCDEF", links: "https://www.douyin.com/user/MS4wLjABAAAAabcdefghijklmnopqrstuvwxyzABCDEF | https://www.iesdouyin.com/share/user/MS4wLjABAAAAabcdefghijklmnopqrstuvwxyzABCDEF | https://www.iesdouyin.com/share/user/123456789?sec_uid=MS4wLjABAAAAabcdefghijklmnopqrstuvwxyzABCDEF"},
		{key: "douyin:uid 123456789", links: "https://www.iesdouyin.com/share/user/123456789"},
		{key: "douyin jane_1", bare: "jane_1"},
	},
	refused: []refused{{reason.Post, "douyin.com/video/71"}, {reason.ShortLink, "https://v.douyin.com/abc/"}, {reason.ReservedPath, "douyin.com/user/self"}},
}, {
	network: "kuaishou",
	people: []person{
		{key: "kuaishou:id 3xabcDEF", bare: "3xabcDEF", links: "https://www.kuaishou.com/profile/3xabcDEF"},
		{key: "kuaishou:id 3xabcdef", bare: "3xabcdef", links: "kuaishou.com/profile/3xabcdef"},
	},
	refused: []refused{{reason.ShortLink, "v.kuaishou.com/abc"}, {reason.Post, "kuaishou.com/short-video/abc"}},
}, {
	network: "zhihu",
	people:  []person{{key: "zhihu jane-doe", bare: "jane-doe", links: "https://www.zhihu.com/people/jane-doe/answers"}, {key: "zhihu:org org/acme", links: "zhihu.com/org/acme"}},
	refused: []refused{{reason.Post, "zhihu.com/question/1 | zhuanlan.zhihu.com/p/1"}},
}, {
	network: "line",
	people: []person{
		{key: "line jane01", bare: "@jane01", links: "https://line.me/R/ti/p/@jane01 | https://line.me/R/ti/p/%40Jane01 | line.me/ti/p/@jane01 | https://page.line.me/jane01"},
		{key: "line:personal ~jane01", bare: "~jane01", links: "https://line.me/ti/p/~jane01"},
		{key: "line abcdefgh_1", bare: "@AbCdEfGh_1 | abcdefgh_1"},
		{key: "line:id abCdEfGh_1", bare: "abCdEfGh_1"},
		{key: "line:id AbCdEfGh_1", bare: "AbCdEfGh_1", links: "https://line.me/ti/p/AbCdEfGh_1 | https://line.me/R/ti/p/AbCdEfGh_1"},
	},
	refused: []refused{{reason.NotAProfile, "line.me/ti/g/abc | liff.line.me/1 | https://line.me/R/ti/g2/abc"}, {reason.ShortLink, "https://lin.ee/abc"}},
}, {
	network: "chzzk",
	people: []person{
		{key: "chzzk:id 0123456789abcdef0123456789abcdef", bare: "0123456789abcdef0123456789abcdef", links: "https://chzzk.naver.com/0123456789abcdef0123456789abcdef | https://chzzk.naver.com/live/0123456789abcdef0123456789abcdef"},
		{key: "chzzk:id 0123456789abcdef0123456789abcde0", links: "chzzk.naver.com/0123456789ABCDEF0123456789abcde0"},
	},
	refused: []refused{{reason.Post, "chzzk.naver.com/video/123"}},
}, {
	network: "kakaochannel",
	people:  []person{{key: "kakaochannel:id _xAbCd", bare: "_xAbCd", links: "https://pf.kakao.com/_xAbCd/chat | http://pf.kakao.com/_xAbCd/friend"}, {key: "kakaochannel:id _xabcd", links: "pf.kakao.com/_xabcd"}},
	refused: []refused{{reason.NotAProfile, "open.kakao.com/o/abc"}},
}, {
	network: "kakaostory",
	people: []person{
		{key: "kakaostory jane", bare: "jane", links: "https://story.kakao.com/Jane"},
		{key: "kakaostory:ch ch/jane", bare: "ch/jane", links: "story.kakao.com/ch/jane/feed"},
		{key: "kakaostory:id _AbCdEf", links: "story.kakao.com/_AbCdEf"},
	},
	refused: []refused{{reason.Post, "story.kakao.com/ch/jane/AbC"}},
}, {
	network: "niconico",
	people: []person{
		{key: "niconico:id 12345", bare: "12345", links: "https://www.nicovideo.jp/user/12345/video | sp.nicovideo.jp/user/12345"},
		{key: "niconico:id 123450", links: "nicovideo.jp/user/123450"},
	},
	refused: []refused{{reason.Post, "nicovideo.jp/watch/sm9"}, {reason.ShortLink, "nico.ms/sm9"}},
}, {
	network: "pixiv",
	people: []person{
		{key: "pixiv:id 12345", bare: "12345", links: "https://www.pixiv.net/en/users/12345 | pixiv.net/users/12345/artworks | https://www.pixiv.net/member.php?id=12345 | pixiv.net/u/12345 | https://www.pixiv.net/fanbox/creator/12345"},
		{key: "pixiv:id 123450", links: "pixiv.net/users/123450"},
	},
	refused: []refused{{reason.Post, "pixiv.net/artworks/1 | pixiv.net/en/artworks/1 | pixiv.net/member_illust.php?mode=medium&illust_id=1"}},
}, {
	network: "fanbox",
	people: []person{
		{key: "fanbox jane-doe", bare: "jane-doe", links: "https://jane-doe.fanbox.cc/ | https://www.fanbox.cc/@jane-doe"},
		{key: "fanbox janedoe", links: "janedoe.fanbox.cc"},
	},
	refused: []refused{{reason.Post, "jane-doe.fanbox.cc/posts/1 | www.fanbox.cc/@jane-doe/posts/1"}},
}, {
	network: "vk",
	people: []person{
		{key: "vk jane_doe", bare: "jane_doe | @jane_doe", links: "https://vk.com/Jane_Doe | m.vk.com/jane_doe | vkontakte.ru/jane_doe | vk.ru/jane_doe | vk.me/jane_doe"},
		{key: "vk wallflower", bare: "wallflower", links: "vk.com/wallflower"},
		{key: "vk idea", bare: "idea", links: "vk.com/idea"},
		{key: "vk:id 123", bare: "id123 | 123", links: "vk.com/id123"},
		{key: "vk:club club/123", bare: "club123 | club/123 | public123", links: "vk.com/club123 | vk.com/public123 | https://vk.com/event123"},
		{key: "website example.com/x", links: "https://vk.com/away.php?to=https%3A%2F%2Fexample.com%2Fx&cc_key="},
	},
	refused: []refused{
		{reason.ReservedPath, "vk.com/app123456_1"},
		{reason.Post, "vk.com/wall-123_45 | vk.com/photo1_2 | vk.com/jane_doe?w=wall1_2 | vk.com/feed?z=photo1_2 | vk.com/video-1_2"}, {reason.ReservedPath, "vk.com/feed | vk.com/im?sel=1"}, {reason.ShortLink, "vk.cc/abc"},
	},
}, {
	network: "ok",
	people:  []person{{key: "ok jane.doe", bare: "jane.doe", links: "https://ok.ru/jane.doe | m.ok.ru/jane.doe | odnoklassniki.ru/jane.doe"}, {key: "ok:id 123456", bare: "123456", links: "ok.ru/profile/123456 | ok.ru/profile/123456/photos"}},
	refused: []refused{{reason.Post, "ok.ru/video/123 | ok.ru/live/1"}, {reason.ReservedPath, "ok.ru/games | ok.ru/group/123456"}},
}, {
	network: "boosty",
	people: []person{
		{key: "boosty jane", bare: "jane", links: "https://boosty.to/Jane"},
		{key: "boosty jane.d", links: "boosty.to/jane.d"},
		{key: "boosty apple", links: "boosty.to/apple"},
	},
	refused: []refused{{reason.Post, "boosty.to/jane/posts/1-2"}, {reason.ReservedPath, "boosty.to/app/messages"}},
}}
