package identity

import "muster/importer/reason"

var socialSheets = []sheet{{
	network: "mastodon",
	people: []person{
		{key: "mastodon jane@example.social", bare: "jane@example.social | @Jane@Example.social | acct:jane@example.social | https://example.social/@jane | https://example.social/users/jane | https://example.social/web/@jane"},
		{key: "mastodon jane@mastodon.social", bare: "jane@mastodon.social", links: "@jane@mastodon.social | https://mastodon.social/@Jane | mastodon.social/users/jane | https://mastodon.social/@jane/with_replies | https://fosstodon.org/@jane@mastodon.social"},
		{key: "mastodon jane@fosstodon.org", links: "https://fosstodon.org/@jane"},
		{key: "mastodon jane@floss.social", links: "https://floss.social/@jane"},
		{key: "mastodon jane@xn--bcher-kva.example", bare: "@jane@bücher.example"},
	},
	refused: []refused{
		{reason.BadHandle, "https://mastodon.social/@jane..x@threads.net"},
		{reason.Post, "https://mastodon.social/@jane/109876"},
		{reason.BadHandle, "jane | @jane | jane@localhost"},
		{reason.ReservedPath, "mastodon.social/explore"},
	},
}, {
	network: "truthsocial",
	people: []person{
		{key: "truthsocial jane", bare: "@jane", links: "https://truthsocial.com/@Jane"},
		{key: "truthsocial jane_", bare: "jane_", links: "truthsocial.com/@jane_"},
	},
	refused: []refused{{reason.Post, "truthsocial.com/@jane/109876"}},
}, {
	network: "telegram",
	people: []person{
		{key: "telegram jane_doe", bare: "@Jane_Doe", links: "t.me/jane_doe | telegram.me/jane_doe | telegram.dog/jane_doe | jane_doe.t.me | t.me/s/jane_doe | tg://resolve?domain=jane_doe | https://web.telegram.org/k/#@jane_doe | https://web.telegram.org/#@jane_doe"},
		{key: "telegram anna", bare: "anna"},
	},
	refused: []refused{
		{reason.Post, "t.me/jane_doe/123 | tg://resolve?domain=jane_doe&post=1"},
		{reason.ReservedPath, "t.me/joinchat/abc | t.me/c/123/4 | t.me/addstickers/x | t.me/share/url?url=x"},
		{reason.NotAProfile, "t.me/+abcdef"},
		{reason.BadHandle, "jane-doe | 1anna | abc"},
	},
}, {
	network: "whatsapp",
	people: []person{
		{key: "whatsapp:phone 491700000000", bare: "+491700000000", links: "https://wa.me/491700000000?text=hi | https://api.whatsapp.com/send?phone=491700000000 | https://api.whatsapp.com/send/?phone=%2B491700000000&text=x"},
		{key: "whatsapp:channel channel/0029VaAbCdEfGhIjKl", links: "https://whatsapp.com/channel/0029VaAbCdEfGhIjKl"},
	},
	refused: []refused{{reason.NotAProfile, "chat.whatsapp.com/AbCdEf"}, {reason.ShortLink, "wa.me/message/ABC"}},
}, {
	network: "discord",
	people: []person{
		{key: "discord jane.doe", bare: "jane.doe | @Jane.Doe"},
		{key: "discord:id 123456789012345678", bare: "123456789012345678", links: "https://discord.com/users/123456789012345678"},
	},
	refused: []refused{{reason.NotAProfile, "discord.gg/abc | discord.com/invite/abc"}, {reason.BadHandle, "jane#1234"}, {reason.ReservedPath, "discord.com/channels/1/2"}},
}, {
	network: "reddit",
	people: []person{
		{key: "reddit jane_doe", bare: "u/Jane_Doe | /u/jane_doe | user/jane_doe | jane_doe", links: "https://www.reddit.com/user/Jane_Doe/ | old.reddit.com/u/jane_doe | reddit.com/r/u_Jane_Doe | reddit.com/user/jane_doe/submitted"},
		{key: "reddit janedoe", bare: "u/janedoe", links: "reddit.com/u/janedoe"},
		{key: "reddit jane-doe", links: "reddit.com/user/jane-doe"},
	},
	refused: []refused{{reason.NotAProfile, "reddit.com/r/pics | r/pics"}, {reason.Post, "reddit.com/user/jane_doe/comments/abc/x"}},
}, {
	network: "quora",
	people: []person{
		{key: "quora jane-doe-12", bare: "profile/Jane-Doe-12", links: "https://www.quora.com/profile/Jane-Doe-12 | de.quora.com/profile/jane-doe-12/answers"},
		{key: "quora jane-doe-1", links: "quora.com/profile/Jane-Doe-1"},
		{key: "quora 小明-1", bare: "profile/小明-1", links: "quora.com/profile/%E5%B0%8F%E6%98%8E-1"},
	},
	refused: []refused{{reason.NotAProfile, "quora.com/Why-is-the-sky-blue"}},
}, {
	network: "clubhouse",
	people: []person{
		{key: "clubhouse jane", bare: "@jane", links: "https://www.clubhouse.com/@Jane | joinclubhouse.com/@jane"},
		{key: "clubhouse jane_", links: "clubhouse.com/@jane_"},
		{key: "clubhouse clubber", bare: "@clubber", links: "clubhouse.com/@clubber"},
	},
	refused: []refused{{reason.ReservedPath, "clubhouse.com/club/x | clubhouse.com/event/x"}},
}, {
	network: "bereal",
	people: []person{
		{key: "bereal jane", bare: "jane", links: "https://bere.al/Jane"},
		{key: "bereal jane_d", bare: "jane_d", links: "bere.al/jane_d"},
		{key: "bereal blogger", links: "bere.al/blogger"},
	},
	refused: []refused{{reason.ReservedPath, "bere.al/privacy"}},
}, {
	network: "lemon8",
	people: []person{
		{key: "lemon8 jane", bare: "@jane", links: "https://www.lemon8-app.com/@jane?region=us"},
		{key: "lemon8 jane.d", bare: "@jane.d", links: "lemon8-app.com/@Jane.D"},
	},
	refused: []refused{{reason.ShortLink, "https://v.lemon8-app.com/s/abc"}, {reason.Post, "https://www.lemon8-app.com/@jane/712345?region=us"}},
}, {
	network: "plurk",
	people: []person{
		{key: "plurk jane", bare: "jane", links: "https://www.plurk.com/Jane | plurk.com/m/u/jane"},
		{key: "plurk jane_d", links: "plurk.com/jane_d"},
		{key: "plurk peter", bare: "peter", links: "plurk.com/peter | plurk.com/u/peter"},
	},
	refused: []refused{{reason.Post, "plurk.com/p/abc"}},
}, {
	network: "sharechat",
	people: []person{
		{key: "sharechat jane", bare: "jane", links: "https://sharechat.com/profile/jane?d=n"},
		{key: "sharechat jane.d", links: "sharechat.com/profile/jane.d"},
	},
	refused: []refused{{reason.Post, "sharechat.com/post/abc"}},
}, {
	network: "moj",
	people: []person{
		{key: "moj jane", bare: "jane", links: "https://mojapp.in/@jane"},
		{key: "moj jane.d", links: "mojapp.in/@jane.d"},
	},
	refused: []refused{
		{reason.NotAProfile, "mojapp.in | mojapp.in/jane"},
		{reason.Post, "mojapp.in/@jane/video/1"},
	},
}, {
	network: "kwai",
	people: []person{
		{key: "kwai jane", bare: "jane", links: "https://www.kwai.com/@jane"},
		{key: "kwai jane_d", links: "kwai.com/@jane_d"},
	},
	refused: []refused{{reason.Post, "https://www.kwai.com/@jane/video/52"}, {reason.ShortLink, "https://k.kwai.com/p/abc"}},
}, {
	network: "likee",
	people: []person{
		{key: "likee jane", bare: "jane", links: "https://likee.video/@Jane"},
		{key: "likee jane_d", links: "likee.video/@jane_d | likee.com/@jane_d"},
	},
	refused: []refused{{reason.ShortLink, "https://l.likee.video/v/abc"}, {reason.Post, "https://likee.video/@jane/video/71"}},
}}
