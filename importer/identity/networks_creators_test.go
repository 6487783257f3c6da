package identity

import "muster/importer/reason"

var creatorSheets = []sheet{{
	network: "kick",
	people: []person{
		{key: "kick jane-doe_1", bare: "Jane-Doe_1", links: "https://kick.com/jane-doe_1/about"},
		{key: "kick jane-doe-1", links: "kick.com/jane-doe-1"},
		{key: "kick videogirl", links: "kick.com/videogirl"},
	},
	refused: []refused{{reason.Post, "kick.com/video/abc | kick.com/jane-doe_1/videos/abc"}, {reason.ReservedPath, "kick.com/categories"}},
}, {
	network: "rumble",
	people:  []person{{key: "rumble:c c/jane", bare: "c/Jane", links: "https://rumble.com/c/jane/videos"}, {key: "rumble:user user/jane", bare: "user/jane", links: "rumble.com/user/Jane"}},
	refused: []refused{{reason.Post, "rumble.com/v4abc12-my-title.html | rumble.com/embed/v4abc"}, {reason.ReservedPath, "rumble.com/browse"}},
}, {
	network: "patreon",
	people: []person{
		{key: "patreon jane_doe", bare: "jane_doe", links: "https://www.patreon.com/Jane_Doe | patreon.com/c/jane_doe/posts | patreon.com/cw/jane_doe | patreon.com/join/jane_doe?redirect=x | patreon.com/jane_doe/about"},
		{key: "patreon:id 123", links: "https://www.patreon.com/user?u=123 | patreon.com/user/creators?u=123 | patreon.com/user?x=1&u=123"},
		{key: "patreon:m m/123", bare: "m/123", links: "patreon.com/m/123 | patreon.com/user?c=123"},
	},
	refused: []refused{{reason.Post, "patreon.com/posts/hello-123 | patreon.com/collection/1"}, {reason.ReservedPath, "patreon.com/explore | patreon.com/user"}},
}, {
	network: "onlyfans",
	people:  []person{{key: "onlyfans jane.doe", bare: "@jane.doe", links: "https://onlyfans.com/jane.doe/media"}, {key: "onlyfans u123", links: "onlyfans.com/u123"}},
	refused: []refused{
		{reason.Post, "onlyfans.com/123456/jane"},
		{reason.ReservedPath, "onlyfans.com/my/chats"},
	},
}, {
	network: "fansly",
	people: []person{
		{key: "fansly jane", bare: "jane", links: "https://fansly.com/Jane/posts"},
		{key: "fansly jane_d", links: "fansly.com/jane_d"},
		{key: "fansly poster", links: "fansly.com/poster"},
	},
	refused: []refused{{reason.Post, "fansly.com/post/1"}},
}, {
	network: "kofi",
	people:  []person{{key: "kofi janedoe", bare: "janedoe", links: "https://ko-fi.com/JaneDoe/shop"}, {key: "kofi:id A0B1C2D3E", bare: "A0B1C2D3E", links: "https://ko-fi.com/A0B1C2D3E"}, {key: "kofi a0b1c2d3e", links: "ko-fi.com/a0b1c2d3e"}, {key: "kofi janedoearts", bare: "JANEDOEARTS"}},
	refused: []refused{{reason.Post, "ko-fi.com/s/abc | ko-fi.com/post/x | ko-fi.com/i/IAB"}, {reason.ReservedPath, "ko-fi.com/explore"}},
}, {
	network: "buymeacoffee",
	people: []person{
		{key: "buymeacoffee jane", bare: "jane", links: "https://www.buymeacoffee.com/Jane | buymeacoff.ee/jane"},
		{key: "buymeacoffee jane.d", links: "buymeacoffee.com/jane.d"},
		{key: "buymeacoffee explorer", links: "buymeacoffee.com/explorer"},
	},
	refused: []refused{
		{reason.ReservedPath, "buymeacoffee.com/explore"},
		{reason.Post, "buymeacoffee.com/jane/p/1"},
	},
}, {
	network: "cameo",
	people: []person{
		{key: "cameo jane", bare: "jane", links: "https://www.cameo.com/Jane?qid=1"},
		{key: "cameo jane_d", links: "cameo.com/jane_d"},
		{key: "cameo vera", links: "cameo.com/vera"},
	},
	refused: []refused{{reason.ReservedPath, "cameo.com/browse/x"}},
}, {
	network: "gumroad",
	people: []person{
		{key: "gumroad jane", bare: "jane", links: "https://jane.gumroad.com | https://gumroad.com/jane"},
		{key: "gumroad jane-d", links: "jane-d.gumroad.com"},
	},
	refused: []refused{{reason.Post, "jane.gumroad.com/l/abc"}},
}, {
	network: "vimeo",
	people:  []person{{key: "vimeo jane", bare: "jane", links: "https://vimeo.com/Jane/videos"}, {key: "vimeo user123", links: "vimeo.com/user123"}},
	refused: []refused{{reason.Post, "vimeo.com/123456 | player.vimeo.com/video/1"}, {reason.ReservedPath, "vimeo.com/channels/x"}},
}, {
	network: "dailymotion",
	people: []person{
		{key: "dailymotion jane", bare: "jane", links: "https://www.dailymotion.com/Jane | dailymotion.com/user/jane/1"},
		{key: "dailymotion jane-d", links: "dailymotion.com/jane-d"},
		{key: "dailymotion videoa", links: "dailymotion.com/videoa"},
	},
	refused: []refused{{reason.Post, "dailymotion.com/video/x1 | dai.ly/x1"}},
}}
