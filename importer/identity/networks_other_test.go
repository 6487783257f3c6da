package identity

import "muster/importer/reason"

var otherSheets = []sheet{{
	network: "spotify",
	people: []person{
		{key: "spotify:artist artist/0aBcDeFgHiJkLmNoPqRsTu", bare: "artist/0aBcDeFgHiJkLmNoPqRsTu", links: "https://open.spotify.com/artist/0aBcDeFgHiJkLmNoPqRsTu?si=x | https://open.spotify.com/intl-de/artist/0aBcDeFgHiJkLmNoPqRsTu | spotify:artist:0aBcDeFgHiJkLmNoPqRsTu | https://play.spotify.com/artist/0aBcDeFgHiJkLmNoPqRsTu"},
		{key: "spotify:artist artist/0ABcDeFgHiJkLmNoPqRsTu", links: "open.spotify.com/artist/0ABcDeFgHiJkLmNoPqRsTu"},
		{key: "spotify:user user/jane.doe", links: "https://open.spotify.com/user/jane.doe"},
		{key: "spotify:show show/0aBcDeFgHiJkLmNoPqRsTu", links: "https://open.spotify.com/show/0aBcDeFgHiJkLmNoPqRsTu"},
	},
	refused: []refused{{reason.Post, "open.spotify.com/track/0aBcDeFgHiJkLmNoPqRsTu | https://open.spotify.com/intl-de/album/x | https://open.spotify.com/user/x/playlist/y | open.spotify.com/playlist/x"}, {reason.ShortLink, "https://spotify.link/abc"}},
}, {
	network: "soundcloud",
	people: []person{
		{key: "soundcloud jane-doe", bare: "jane-doe", links: "https://soundcloud.com/Jane-Doe/tracks?ref=x | m.soundcloud.com/jane-doe"},
		{key: "soundcloud jane_doe", links: "soundcloud.com/jane_doe"},
		{key: "soundcloud youjane", links: "soundcloud.com/youjane"},
	},
	refused: []refused{{reason.Post, "soundcloud.com/jane-doe/song | w.soundcloud.com/player/?url=x"}, {reason.ShortLink, "on.soundcloud.com/abc"}, {reason.ReservedPath, "soundcloud.com/discover"}},
}, {
	network: "applemusic",
	people: []person{
		{key: "applemusic:id 123456789", bare: "123456789", links: "https://music.apple.com/us/artist/jane-doe/123456789 | music.apple.com/de/artist/123456789 | https://itunes.apple.com/us/artist/jane/id123456789?l=en"},
		{key: "applemusic:id 1234567890", links: "music.apple.com/us/artist/jane-doe/1234567890"},
	},
	refused: []refused{{reason.Post, "music.apple.com/us/album/x/1"}},
}, {
	network: "mixcloud",
	people: []person{
		{key: "mixcloud jane", bare: "jane", links: "https://www.mixcloud.com/Jane/uploads/"},
		{key: "mixcloud jane_d", links: "mixcloud.com/jane_d"},
		{key: "mixcloud liveanna", links: "mixcloud.com/liveanna"},
	},
	refused: []refused{{reason.Post, "mixcloud.com/jane/my-set/"}},
}, {
	network: "ltk",
	people: []person{
		{key: "ltk jane.doe", bare: "jane.doe", links: "https://www.shopltk.com/explore/Jane.Doe | https://www.liketoknow.it/jane.doe"},
		{key: "ltk janedoe", links: "shopltk.com/explore/janedoe"},
	},
	refused: []refused{{reason.ShortLink, "liketk.it/abc"}, {reason.Post, "shopltk.com/explore/jane.doe/posts/1"}},
}, {
	network: "amazon",
	people: []person{
		{key: "amazon jane", bare: "jane", links: "https://www.amazon.com/shop/Jane?ref=x | amazon.com/shop/jane/list/ABC"},
		{key: "amazon:co.uk co.uk/jane", bare: "co.uk/jane", links: "https://www.amazon.co.uk/shop/jane"},
		{key: "amazon:de de/jane", links: "https://www.amazon.de/-/en/shop/jane"},
	},
	refused: []refused{{reason.NotAProfile, "amazon.com/dp/B000 | amazon.de/gp/x"}, {reason.ReservedPath, "amazon.com/stores/x"}, {reason.ShortLink, "amzn.to/abc"}},
}, {
	network: "poshmark",
	people: []person{
		{key: "poshmark jane", bare: "@jane", links: "https://poshmark.com/closet/Jane"},
		{key: "poshmark jane_d", links: "poshmark.com/closet/jane_d"},
	},
	refused: []refused{
		{reason.Post, "poshmark.com/listing/x-1"},
		{reason.NotAProfile, "poshmark.com/category/Women"},
	},
}, {
	network: "depop",
	people: []person{
		{key: "depop jane", bare: "@jane", links: "https://www.depop.com/Jane/"},
		{key: "depop jane_d", links: "depop.com/jane_d"},
	},
	refused: []refused{{reason.Post, "depop.com/products/x"}},
}, {
	network: "etsy",
	people:  []person{{key: "etsy janedoe", bare: "JaneDoe", links: "https://www.etsy.com/shop/JaneDoe | etsy.com/de/shop/janedoe | https://janedoe.etsy.com | https://www.etsy.com/de-en/shop/janedoe"}, {key: "etsy:people people/janedoe", bare: "people/janedoe", links: "etsy.com/people/janedoe"}},
	refused: []refused{{reason.Post, "etsy.com/listing/1/x"}, {reason.ReservedPath, "etsy.com/market/x | help.etsy.com"}, {reason.NotAProfile, "de.etsy.com"}},
}, {
	network: "behance",
	people: []person{
		{key: "behance jane", bare: "jane", links: "https://www.behance.net/Jane/projects"},
		{key: "behance jane_d", links: "behance.net/jane_d"},
		{key: "behance galleryjane", links: "behance.net/galleryjane"},
	},
	refused: []refused{{reason.Post, "behance.net/gallery/1/x"}},
}, {
	network: "dribbble",
	people: []person{
		{key: "dribbble jane", bare: "jane", links: "https://dribbble.com/Jane"},
		{key: "dribbble jane_d", links: "dribbble.com/jane_d"},
	},
	refused: []refused{{reason.Post, "dribbble.com/shots/1"}},
}, {
	network: "github",
	people: []person{
		{key: "github jane-doe", bare: "@Jane-Doe", links: "https://github.com/jane-doe?tab=repositories"},
		{key: "github janedoe", links: "github.com/janedoe"},
		{key: "github newton", links: "github.com/newton"},
	},
	refused: []refused{{reason.Post, "github.com/jane-doe/project"}, {reason.ReservedPath, "github.com/explore | gist.github.com/jane-doe"}, {reason.BadHandle, "-jane"}},
}, {
	network: "vsco",
	people: []person{
		{key: "vsco jane", bare: "jane", links: "https://vsco.co/Jane/gallery"},
		{key: "vsco jane_d", links: "vsco.co/jane_d"},
	},
	refused: []refused{
		{reason.Post, "vsco.co/jane/media/5f01"},
		{reason.ReservedPath, "vsco.co/discover"},
	},
}, {
	network: "flickr",
	people:  []person{{key: "flickr jane-doe", bare: "jane-doe", links: "https://www.flickr.com/photos/Jane-Doe/ | flickr.com/people/jane-doe | flickr.com/photos/jane-doe/albums"}, {key: "flickr:id 12345678@n00", bare: "12345678@N00", links: "https://www.flickr.com/photos/12345678@N00 | flickr.com/people/12345678%40N00/"}},
	refused: []refused{{reason.Post, "flickr.com/photos/jane-doe/123"}, {reason.ShortLink, "flic.kr/p/x"}},
}, {
	network: "deviantart",
	people: []person{
		{key: "deviantart jane-doe", bare: "jane-doe", links: "https://www.deviantart.com/Jane-Doe/gallery | https://jane-doe.deviantart.com"},
		{key: "deviantart janedoe", links: "deviantart.com/janedoe"},
	},
	refused: []refused{{reason.Post, "deviantart.com/jane-doe/art/x-1"}},
}}
