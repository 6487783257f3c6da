package identity

import "muster/importer/reason"

var coreSheets = []sheet{{
	network: "instagram",
	people: []person{
		{key: "instagram jane.smith_1", bare: "jane.smith_1 | @jane.smith_1 | @@Jane.Smith_1 | @ jane.smith_1 | Instagram: @jane.smith_1 | “jane.smith_1” | \u202a@jane.smith_1\u202c | ｊane.smith_1 | /jane.smith_1 | jane.smith_1/ | (@jane.smith_1) | @jane.smith_1, | IG - @jane.smith_1 | \u00a0jane.smith_1\u3000",
			links: `https://www.instagram.com/jane.smith_1/ | http://instagram.com/Jane.Smith_1 | instagram.com/jane.smith_1?igsh=MzRlODBiNWFlZA== | m.instagram.com/jane.smith_1/reels/ | instagr.am/jane.smith_1 | https://instagram.com/_u/jane.smith_1 | instagram://user?username=jane.smith_1
 | https://ig.me/m/jane.smith_1 | HTTPS://WWW.INSTAGRAM.COM/JANE.SMITH_1 | https://https://instagram.com/jane.smith_1 | https:instagram.com/jane.smith_1 | https//instagram.com/jane.smith_1 | http:\\instagram.com\jane.smith_1 | //instagram.com/jane.smith_1 | instagram.com:443/jane.smith_1 | instagram.com./jane.smith_1
 | instagram.com/@jane.smith_1 | https://l.instagram.com/?u=https%3A%2F%2Fwww.instagram.com%2Fjane.smith_1&e=AT0 | [me](https://instagram.com/jane.smith_1) | <https://instagram.com/jane.smith_1> | =HYPERLINK("https://instagram.com/jane.smith_1","Jane") | =hyperlink("instagram.com/jane.smith_1";"Jane") | https://instagram.com/jane.smith_1/?utm_source=qr&amp;igsh=x | https://instagram.com/%6Aane.smith_1 | https://instagram.com/jane.smith_1%20 | https://instagram.com/%20jane.smith_1/ | @https://instagram.com/jane.smith_1 | @instagram.com/jane.smith_1 | IG: https://instagram.com/jane.smith_1 | https://instagram.com/jane.smith_1#bio | instagram.com//jane.smith_1// | https://instagram.com/jane.smith_1/tagged/ | https://instagram.com/jane.smith_1 (12k)`},
		{key: "instagram janesmith_1", bare: "janesmith_1"},
		{key: "instagram jane.smith1", bare: "jane.smith1"},
		{key: "instagram anna.co", bare: "anna.co | @anna.co", links: "instagram.com/anna.co"},
		{key: "instagram peter", bare: "peter", links: "instagram.com/peter"},
		{key: "instagram tvanna", bare: "tvanna"},
		{key: "instagram explorer", bare: "explorer"},
		{key: "instagram 1e5", bare: "1e5"},
		{key: "instagram 123456789", bare: "123456789"},
		{key: "instagram:id 123456789", links: "instagram.com/uid/123456789"},
		{key: "threads jane.smith_1", links: "threads.net/@jane.smith_1"},
		{key: "tiktok jane", links: "https://l.instagram.com/?u=https%3A%2F%2Ftiktok.com%2F%40jane"},
		{key: "instagram 24.7", bare: "@24.7", links: "instagram.com/24.7"},
	},
	refused: []refused{
		{reason.SpreadsheetDamage, "1234567890.0 | 24.7 | 1234567890.5 | 9007199254740993.0"},
		{reason.Placeholder, "n.d. | s.o."},
		{reason.SeveralValues, "jane / joe | @jane/@joe | jane & joe"},
		{reason.Post, "https://www.instagram.com/p/CabcDEF123/ | instagram.com/reel/Cabc | instagram.com/jane/p/Cabc | instagram.com/jane/reel/Cabc | instagram.com/stories/jane/314159 | instagram.com/tv/abc"},
		{reason.ReservedPath, "instagram.com/explore | instagram.com/explore/tags/x | instagram.com/accounts/login | help.instagram.com/1 | @explore | instagram.com/direct/inbox"},
		{reason.ShortLink, "instagram.com/share/abc | instagram.com/s/aGlnaGxpZ2h0 | https://l.instagram.com/?u=https%3A%2F%2Fl.instagram.com%2F%3Fu%3Dhttps%253A%252F%252Finstagram.com%252Fjane"},
		{reason.BadHandle, "jane..smith | jane smith | jane-smith | jane. smith | javascript:alert(1)//instagram.com/jane | @jané | \u212aate | ſam | İpek | a234567890123456789012345678901 | instagram.com/jane%2Fsmith"},
		{reason.NotAProfile, "instagram.com | https://www.instagram.com/ | jane@example.com | https://user@instagram.com/jane | instagram.com:8080/jane | https://instagram.com@example.org/x | mailto:jane@example.com"},
		{reason.Placeholder, "n/a | N/A | - | -- | none | NONE | tbd | keine | нет | なし | 없음 | ? | . | @ | \u200b | null | k.A."},
		{reason.SpreadsheetDamage, "#N/A | #REF! | #NAME? | #WERT! | ##### | 6.15E+13 | 6,15E+13 | 1.2E5 | =A1&B1 | jan\xe9 | jan\ufffd | =CONCAT(\"x\")"},
		{reason.SeveralValues, "@jane @joe | jane, joe | jane; joe | https://instagram.com/jane https://instagram.com/joe | jane\njoe"},
	},
}, {
	network: "facebook",
	people: []person{
		{key: "facebook janesmith5", bare: "jane.smith.5 | JaneSmith5 | j.a.n.e.smith.5",
			links: "https://www.facebook.com/jane.smith.5 | facebook.com/JaneSmith5/ | https://de-de.facebook.com/jane.smith.5/photos | m.facebook.com/jane.smith.5?mibextid=ZbWKwL | fb.com/jane.smith.5 | facebook.com/pg/jane.smith.5/about | m.me/jane.smith.5 | fb.me/jane.smith.5 | mbasic.facebook.com/jane.smith.5 | business.facebook.com/jane.smith.5 | https://l.facebook.com/l.php?u=https%3A%2F%2Ffacebook.com%2Fjane.smith.5%3Ffbclid%3Dx&h=AT | https://www.facebook.com/l.php?u=https://facebook.com/jane.smith.5"},
		{key: "facebook anna", bare: "anna", links: "facebook.com/anna"},
		{key: "facebook peopleofberlin", links: "facebook.com/people.of.berlin"},
		{key: "facebook:id 100012345678901", bare: "100012345678901 | 100012345678901.0 | profile.php?id=100012345678901",
			links: "https://www.facebook.com/profile.php?id=100012345678901 | facebook.com/profile.php?v=info;id=100012345678901 | facebook.com/profile.php?sk=about&id=100012345678901&ref=x | facebook.com/100012345678901 | facebook.com/profile/100012345678901 | facebook.com/people/Jane-Smith/100012345678901/ | facebook.com/p/Jane-Smith-100012345678901/ | facebook.com/pages/Jane-Smith/100012345678901 | facebook.com/Jane-Smith-100012345678901/ | fb://profile/100012345678901 | facebook.com/groups/77/user/100012345678901/ | facebook.com/people/Ján-Šmith/100012345678901"},
		{key: "website annasblog.com", bare: "annasblog.com"},
	},
	refused: []refused{
		{reason.Post, "facebook.com/jane/posts/123 | facebook.com/watch?v=1 | facebook.com/photo.php?fbid=1 | fb.watch/abc | facebook.com/reel/123 | facebook.com/story.php?story_fbid=1&id=2 | facebook.com/jane/photos/a.1/2"},
		{reason.ReservedPath, "facebook.com/groups/berlin | facebook.com/events/1 | facebook.com/profile.php | facebook.com/people | facebook.com/sharer.php?u=x | facebook.com/marketplace | developers.facebook.com/docs"},
		{reason.ShortLink, "facebook.com/share/AbCdEf | fb.gg/x | https://www.facebook.com/share/p/1AbC/"},
		{reason.BadHandle, "jane smith | jane_smith | 030-12345678 | +49-171-12345678 | jane-12"},
		{reason.SpreadsheetDamage, "6.15E+13 | 123.5 | 9007199254740993.0"},
	},
}, {
	network: "x",
	people: []person{
		{key: "x jane_smith", bare: "@Jane_Smith | jane_smith | Twitter: @jane_smith",
			links: "https://x.com/jane_smith | https://twitter.com/Jane_Smith?s=20&t=abc | mobile.twitter.com/jane_smith/media | x.com/#!/jane_smith | https://twitter.com/#!/jane_smith | x.com/@jane_smith | https://twitter.com/intent/user?screen_name=jane_smith | x.com/intent/follow?original_referer=x&screen_name=jane_smith | fxtwitter.com/jane_smith | nitter.net/jane_smith | twitter://user?screen_name=jane_smith | x.com/jane_smith/with_replies"},
		{key: "x igor", bare: "igor", links: "x.com/igor"},
		{key: "x 12345", bare: "12345"},
		{key: "x:id 12345", links: "x.com/i/user/12345 | https://twitter.com/intent/user?user_id=12345 | twitter://user?id=12345"},
		{key: "website spacex.com", bare: "spacex.com", links: "https://www.spacex.com | spacex.com/"},
		{key: "website xxcom.org/jane", links: "xxcom.org/jane"},
		{key: "website example.com/x.com/jane", links: "example.com/x.com/jane | https://example.com/x.com/jane/"},
		{key: "website example.com/r", links: "https://example.com/r?u=https://x.com/jane"},
	},
	refused: []refused{
		{reason.Post, "https://pbs.twimg.com/profile_images/1/x.jpg"},
		{reason.Post, "https://x.com/jane_smith/status/1234567890 | twitter.com/jane/statuses/1 | pic.twitter.com/abc"},
		{reason.ReservedPath, "x.com/home | x.com/i/events/1 | x.com/search?q=jane | x.com/hashtag/jane | @search | x.com/intent/post"},
		{reason.ShortLink, "t.co/abc | https://t.co/AbC"},
		{reason.BadHandle, "jane-smith | jane.smith | a234567890123456 | \u212aelvin"},
	},
}, {
	network: "youtube",
	people: []person{
		{key: "youtube janedoe", bare: "@JaneDoe | janedoe | @janedoe", links: "https://www.youtube.com/@JaneDoe | youtube.com/@janedoe/videos | m.youtube.com/@janedoe?si=abc&sub_confirmation=1 | music.youtube.com/@janedoe | youtube.com/%40janedoe | https://youtube.com/@janedoe/featured?view_as=subscriber"},
		{key: "youtube jürgen-ü", bare: "@jürgen-ü", links: "youtube.com/@j%C3%BCrgen-%C3%BC | youtube.com/@ju\u0308rgen-u\u0308"},
		{key: "youtube 小明", bare: "@小明"},
		{key: "youtube jane.co", bare: "jane.co"},
		{key: "youtube watch", links: "youtube.com/@watch"},
		{key: "youtube:c c/janedoe", bare: "c/janedoe", links: "youtube.com/c/JaneDoe | youtube.com/janedoe | youtube.com/janedoe/about"},
		{key: "youtube:c c/clara", links: "youtube.com/clara"},
		{key: "youtube:user user/janedoe", bare: "user/JaneDoe", links: "https://www.youtube.com/user/janedoe/videos"},
		{key: "youtube:id UCabcdefghijklmnopqrst_A", bare: "UCabcdefghijklmnopqrst_A | channel/UCabcdefghijklmnopqrst_A",
			links: "https://www.youtube.com/channel/UCabcdefghijklmnopqrst_A?ab_channel=Jane | https://studio.youtube.com/channel/UCabcdefghijklmnopqrst_A/videos | youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrst_A | https://www.youtube.com/playlist?list=UUabcdefghijklmnopqrst_A"},
		{key: "youtube:id UCAbcdefghijklmnopqrst_A", bare: "UCAbcdefghijklmnopqrst_A"},
		{key: "instagram jane", links: "https://www.youtube.com/redirect?event=x&q=https%3A%2F%2Finstagram.com%2Fjane"},
	},
	refused: []refused{
		{reason.Post, "https://youtu.be/@janedoe"},
		{reason.Post, "youtube.com/watch?v=dQw4w9WgXcQ | youtu.be/dQw4w9WgXcQ | youtube.com/shorts/abc | youtube.com/live/abc | youtube.com/playlist?list=PL123 | youtube.com/embed/x"},
		{reason.ReservedPath, "youtube.com/results?search_query=jane | youtube.com/feed/subscriptions | youtube.com/hashtag/x | youtube.com/channel | youtube.com/premium"},
		{reason.BadHandle, "Jane Doe Vlogs | youtube.com/channel/UCshort | youtube.com/channel/UCabcdefghijklmnopqrstuv | @jane\u212a | youtube.com/@jane.com | youtube.com/c/@jane | youtube.com/user/@jane"},
		{reason.NotAProfile, "youtube.com | https://www.youtube.com/"},
	},
}, {
	network: "tiktok",
	people: []person{
		{key: "tiktok jane.doe_1", bare: "@Jane.Doe_1 | jane.doe_1", links: "https://www.tiktok.com/@jane.doe_1?lang=en&is_from_webapp=1&sender_device=pc | tiktok.com/@jane.doe_1/live | m.tiktok.com/@jane.doe_1 | tiktok.com/jane.doe_1"},
		{key: "tiktok live", bare: "@live", links: "tiktok.com/@live"},
		{key: "tiktok:secuid MS4wLjABAAAAabcdefghijklmnopqrstuvwxyzABCDEF", bare: "MS4wLjABAAAAabcdefghijklmnopqrstuvwxyzABCDEF", links: "tiktok.com/@MS4wLjABAAAAabcdefghijklmnopqrstuvwxyzABCDEF"},
		{key: "tiktok:uid 6745191554350760966", links: "https://www.tiktok.com/share/user/6745191554350760966"},
	},
	refused: []refused{
		{reason.SpreadsheetDamage, "1234567890.0"},
		{reason.Post, "https://www.tiktok.com/@jane/video/7123456789012345678 | tiktok.com/@jane/photo/71 | tiktok.com/embed/v2/1"},
		{reason.ReservedPath, "tiktok.com/tag/x | tiktok.com/foryou | tiktok.com/discover/x"},
		{reason.ShortLink, "vm.tiktok.com/ZMabc | vt.tiktok.com/ZSabc/ | tiktok.com/t/ZTabc"},
		{reason.BadHandle, "jane-doe | tiktok.com/@jane./"},
	},
}, {
	network: "pinterest",
	people: []person{
		{key: "pinterest jane_doe", bare: "jane_doe | @Jane_Doe", links: "https://www.pinterest.com/jane_doe/ | pinterest.de/jane_doe | pinterest.co.uk/jane_doe/_created | pinterest.com.au/jane_doe/_saved/ | pl.pinterest.com/jane_doe | https://pinterest.com.mx/jane_doe/pins/ | www.pinterest.ch/jane_doe | pinterest.se/jane_doe | https://www.pinterest.co.kr/jane_doe | pinterest.info/jane_doe"},
		{key: "website pinterest.example.com/jane", links: "pinterest.example.com/jane"},
		{key: "website mypinterest.com/jane", links: "mypinterest.com/jane"},
		{key: "website pinterest.com.example.org/jane", links: "pinterest.com.example.org/jane"},
		{key: "pinterest _jane_", bare: "_jane_ | @_Jane_", links: "pinterest.com/_jane_/_saved"},
		{key: "pinterest janedoe", bare: "janedoe", links: "pinterest.fr/janedoe"},
	},
	refused: []refused{
		{reason.ReservedPath, "pinterest.com/_created | pinterest.com/_saved"},
		{reason.Post, "pinterest.com/pin/123456 | pinterest.de/pin/123 | pinterest.com/jane_doe/summer-dresses"},
		{reason.ReservedPath, "pinterest.com/ideas/x | pinterest.com/search/pins/?q=x | pinterest.com/today"},
		{reason.ShortLink, "pin.it/abc | https://pin.it/3AbCdEf"},
		{reason.BadHandle, "jane.doe | jane doe"},
	},
}, {
	network: "linkedin",
	people: []person{
		{key: "linkedin jane-doe-1a2b3c", bare: "jane-doe-1a2b3c | in/jane-doe-1a2b3c", links: "https://www.linkedin.com/in/Jane-Doe-1a2b3c/ | de.linkedin.com/in/jane-doe-1a2b3c/en | linkedin.com/mwlite/in/jane-doe-1a2b3c | linkedin.com/comm/in/jane-doe-1a2b3c?trk=x | linkedin.com/in/jane-doe-1a2b3c/details/experience/"},
		{key: "linkedin jürgen-müller", links: "linkedin.com/in/j%C3%BCrgen-m%C3%BCller | https://linkedin.com/in/jürgen-müller | linkedin.com/in/ju%CC%88rgen-mu%CC%88ller | linkedin.com/in/jürgen-müller\u200b"},
		{key: "linkedin jurgen-muller", links: "linkedin.com/in/jurgen-muller"},
		{key: "linkedin jane-doe-3c40b21a", links: "linkedin.com/pub/jane-doe/1a/b2/3c4 | linkedin.com/in/jane-doe-3c40b21a"},
		{key: "linkedin jane-doe-1230451", links: "linkedin.com/pub/jane-doe/1/45/123"},
		{key: "linkedin:id ACoAABcdEfGhIjKlMnOpQrStUvWxYz012345678", links: "linkedin.com/in/ACoAABcdEfGhIjKlMnOpQrStUvWxYz012345678"},
		{key: "linkedin:company company/acme", bare: "company/Acme", links: "https://www.linkedin.com/company/acme/about/ | linkedin.com/company/ACME/posts"},
		{key: "linkedin:company company/123", links: "linkedin.com/company/123"},
		{key: "linkedin:school school/acme", links: "linkedin.com/school/acme"},
		{key: "linkedin:showcase showcase/acme", links: "linkedin.com/showcase/acme"},
	},
	refused: []refused{
		{reason.Post, "linkedin.com/feed/update/urn:li:activity:1 | linkedin.com/posts/jane_x-activity-1 | linkedin.com/pulse/x"},
		{reason.ReservedPath, "linkedin.com/jobs/view/1 | linkedin.com/company | linkedin.com/groups/1"},
		{reason.ShortLink, "lnkd.in/abc"},
		{reason.BadHandle, "Jane Doe | linkedin.com/in/\u212aate | linkedin.com/in/%E2%84%AAate"},
	},
}, {
	network: "twitch",
	people: []person{
		{key: "twitch jane_doe", bare: "Jane_Doe", links: "https://www.twitch.tv/jane_doe | m.twitch.tv/jane_doe/about | https://player.twitch.tv/?channel=jane_doe&parent=example.com | go.twitch.tv/jane_doe/videos | twitch.tv/popout/jane_doe/chat"},
		{key: "twitch pit", bare: "pit"},
	},
	refused: []refused{
		{reason.Post, "twitch.tv/videos/123 | clips.twitch.tv/AbC | twitch.tv/jane_doe/clip/AbC | player.twitch.tv/?video=1"},
		{reason.ReservedPath, "twitch.tv/directory/game/x | twitch.tv/settings | blog.twitch.tv/x"},
		{reason.BadHandle, "jane-doe"},
	},
}, {
	network: "snapchat",
	people: []person{
		{key: "snapchat jane-doe_1", bare: "Jane-Doe_1", links: "https://www.snapchat.com/add/jane-doe_1?share_id=x&locale=de | snapchat.com/@jane-doe_1 | story.snapchat.com/@jane-doe_1 | snapchat://add/jane-doe_1"},
		{key: "snapchat jane.doe1", bare: "jane.doe1"},
		{key: "snapchat:id 01234567-89ab-cdef-0123-456789abcdef", links: "snapchat.com/p/01234567-89AB-cdef-0123-456789abcdef"},
		{key: "snapchat:id 11234567-89ab-cdef-0123-456789abcdef", bare: "11234567-89ab-cdef-0123-456789abcdef"},
	},
	refused: []refused{
		{reason.Post, "snapchat.com/spotlight/abc"},
		{reason.ReservedPath, "snapchat.com/discover/x | map.snapchat.com/x | snapchat.com/lens/x"},
		{reason.ShortLink, "snapchat.com/t/abc"},
		{reason.BadHandle, "1jane | jane__doe | jane_ | ab"},
	},
}, {
	network: "threads",
	people: []person{
		{key: "threads jane.doe", bare: "@jane.doe | @jane.doe@threads.net | jane.doe@threads.com", links: "@Jane.Doe@threads.net | https://mastodon.social/@jane.doe@threads.net | acct:jane.doe@threads.net | https://www.threads.net/@jane.doe?xmt=abc | threads.com/@Jane.Doe/replies"},
		{key: "threads janedoe", bare: "janedoe", links: "threads.net/@janedoe"},
		{key: "threads searching", links: "threads.com/@searching | threads.com/searching"},
	},
	refused: []refused{
		{reason.Post, "threads.net/@jane.doe/post/abc | threads.net/t/abc"},
		{reason.ReservedPath, "threads.net/search | threads.net/login"},
	},
}, {
	network: "bluesky",
	people: []person{
		{key: "bluesky jane.bsky.social", bare: "@jane.bsky.social | \u202a@jane.bsky.social\u202c", links: "https://bsky.app/profile/Jane.bsky.social | jane.bsky.social | https://jane.bsky.social/ | bsky.app/profile/@jane.bsky.social/followers | at://jane.bsky.social"},
		{key: "bluesky jane.example.com", bare: "jane.example.com | @jane.example.com", links: "bsky.app/profile/jane.example.com"},
		{key: "bluesky:id did:plc:abcdefghijklmnop23456722", bare: "did:plc:abcdefghijklmnop23456722", links: "bsky.app/profile/did:plc:abcdefghijklmnop23456722 | bsky.app/profile/did%3Aplc%3Aabcdefghijklmnop23456722 | did:plc:abcdefghijklmnop23456722"},
		{key: "bluesky janedoe.bsky.social", links: "fxbsky.app/profile/janedoe.bsky.social | janedoe.bsky.social"},
		{key: "bluesky:id did:plc:abcdefghijklmnop23456723", links: "bsky.app/profile/did:plc:abcdefghijklmnop23456723"},
		{key: "bluesky:id did:web:jane.example.com", bare: "did:web:jane.example.com", links: "bsky.app/profile/did:web:jane.example.com"},
	},
	refused: []refused{
		{reason.BadHandle, "did:plc:abc | bsky.app/profile/did:plc:abc | bsky.app/profile/did:plc:abcdefghijklmnop23456789"},
		{reason.Post, "bsky.app/profile/jane.bsky.social/post/3kabc"},
		{reason.ReservedPath, "bsky.app/search?q=x"},
		{reason.ShortLink, "go.bsky.app/abc"},
		{reason.BadHandle, "jane | @jane"},
	},
}}
