package identity

import "muster/importer/reason"

var blogSheets = []sheet{{
	network: "substack",
	people: []person{
		{key: "substack jane", bare: "@jane", links: "https://substack.com/@Jane | substack.com/@jane/posts"},
		{key: "substack:blog jane", links: "https://jane.substack.com | jane.substack.com/about | https://open.substack.com/pub/Jane?r=x | https://JANE.substack.com/archive?sort=new"},
	},
	refused: []refused{
		{reason.Post, "https://jane.substack.com/p/hello | open.substack.com/pub/jane/p/hello"},
		{reason.ReservedPath, "substack.com/home | substack.com/profile/123-jane | support.substack.com | www.substack.com/inbox"},
	},
}, {
	network: "medium",
	people: []person{
		{key: "medium jane", bare: "@jane | jane", links: "https://medium.com/@Jane | medium.com/@jane/about | https://medium.com/@jane?source=x"},
		{key: "medium:id 0123456789ab", links: "medium.com/u/0123456789ab"},
		{key: "medium:blog jane", links: "https://jane.medium.com/"},
	},
	refused: []refused{
		{reason.Post, "https://medium.com/@jane/my-story-0123456789ab | medium.com/p/0123456789ab"},
		{reason.ReservedPath, "medium.com/tag/x | medium.com/me/settings | help.medium.com"},
		{reason.ShortLink, "link.medium.com/abc"},
		{reason.NotAProfile, "medium.com/some-publication"},
	},
}, {
	network: "tumblr",
	people: []person{
		{key: "tumblr jane-doe", bare: "jane-doe | @Jane-Doe", links: "https://jane-doe.tumblr.com | jane-doe.tumblr.com/archive | https://www.tumblr.com/jane-doe | tumblr.com/blog/jane-doe | tumblr.com/blog/view/jane-doe | tumblr.com/dashboard/blog/jane-doe | https://at.tumblr.com/jane-doe"},
		{key: "tumblr -jane-", links: "https://-jane-.tumblr.com | tumblr.com/-jane-"},
		{key: "tumblr:id t:AbCdEfGhIjKlMnOp", links: "tumblr.com/blog/view/t:AbCdEfGhIjKlMnOp"},
		{key: "instagram jane", links: "https://t.umblr.com/redirect?z=https%3A%2F%2Finstagram.com%2Fjane&t=x"},
	},
	refused: []refused{
		{reason.Post, "jane-doe.tumblr.com/post/123/slug | tumblr.com/jane-doe/123/slug | 64.media.tumblr.com/x.jpg"},
		{reason.ReservedPath, "tumblr.com/dashboard | tumblr.com/tagged/x | www.tumblr.com/explore/trending"},
	},
}, {
	network: "wordpress",
	people: []person{
		{key: "wordpress:blog jane", bare: "jane", links: "https://jane.wordpress.com/ | http://Jane.wordpress.com/about/"}, {key: "website janesblog.example.com", bare: "janesblog.example.com"},
		{key: "wordpress:blog jane-doe", links: "jane-doe.wordpress.com"},
		{key: "wordpress:blog readers", links: "readers.wordpress.com"},
	},
	refused: []refused{{reason.BadHandle, "de.wordpress.com"}, {reason.ReservedPath, "wordpress.com/read | en.support.wordpress.com | support.wordpress.com | www.wordpress.com/start"}, {reason.Post, "jane.wordpress.com/2023/05/01/hello"}},
}, {
	network: "blogspot",
	people: []person{
		{key: "blogspot:blog jane", bare: "jane", links: "http://jane.blogspot.com | jane.blogspot.co.uk/ncr | https://jane.blogspot.de/?m=1 | jane.blogspot.com.br/p/about.html | www.jane.blogspot.com"},
		{key: "blogspot:blog joe", links: "joe.blogspot.com"},
		{key: "blogspot:id 01234567890123456789", links: "https://www.blogger.com/profile/01234567890123456789"},
		{key: "blogspot:id 1234567890123456789", links: "https://www.blogger.com/profile/1234567890123456789"},
	},
	refused: []refused{{reason.Post, "jane.blogspot.com/2020/05/hello.html | 1.bp.blogspot.com/x.jpg"}, {reason.NotAProfile, "blogger.com/home"}},
}, {
	network: "tistory",
	people: []person{
		{key: "tistory:blog jane", bare: "jane", links: "https://jane.tistory.com/category/x"},
		{key: "tistory:blog jane-doe", links: "jane-doe.tistory.com"},
	},
	refused: []refused{{reason.Post, "jane.tistory.com/12 | jane.tistory.com/entry/x"}},
}, {
	network: "bandcamp",
	people: []person{
		{key: "bandcamp:blog jane", bare: "jane", links: "https://jane.bandcamp.com/music"},
		{key: "bandcamp:blog jane-doe", links: "jane-doe.bandcamp.com"},
		{key: "bandcamp:blog dailyjane", links: "dailyjane.bandcamp.com"},
	},
	refused: []refused{{reason.Post, "jane.bandcamp.com/album/x"}, {reason.ReservedPath, "daily.bandcamp.com"}},
}, {
	network: "lofter",
	people: []person{
		{key: "lofter:blog jane", bare: "jane", links: "https://jane.lofter.com | https://www.lofter.com/blog/jane"},
		{key: "lofter:blog jane-doe", links: "jane-doe.lofter.com"},
	},
	refused: []refused{{reason.Post, "jane.lofter.com/post/1_2"}},
}, {
	network: "note",
	people: []person{
		{key: "note jane_doe", bare: "jane_doe", links: "https://note.com/Jane_Doe | note.mu/jane_doe/all"},
		{key: "note janedoe", links: "note.com/janedoe"},
		{key: "note nana", links: "note.com/nana"},
	},
	refused: []refused{{reason.Post, "note.com/jane_doe/n/n123"}, {reason.ReservedPath, "note.com/hashtag/x"}},
}, {
	network: "ameba",
	people: []person{
		{key: "ameba jane-doe", bare: "jane-doe", links: "https://ameblo.jp/jane-doe/ | https://profile.ameba.jp/ameba/Jane-Doe | s.ameblo.jp/jane-doe"},
		{key: "ameba janedoe", links: "ameblo.jp/janedoe"},
	},
	refused: []refused{{reason.Post, "ameblo.jp/jane-doe/entry-123.html"}},
}, {
	network: "naverblog",
	people: []person{
		{key: "naverblog:blog jane_01", bare: "jane_01", links: "https://blog.naver.com/Jane_01 | m.blog.naver.com/jane_01 | https://blog.naver.com/PostList.naver?blogId=jane_01&categoryNo=0 | blog.naver.com/PostList.nhn?from=x&blogId=jane_01 | https://rss.blog.naver.com/jane_01.xml | jane_01.blog.me"},
		{key: "naverinfluencer jane_01", links: "https://in.naver.com/jane_01"},
		{key: "naverblog:blog jane-01", links: "blog.naver.com/jane-01"},
		{key: "naverblog:blog jane01", links: "blog.naver.com/jane01"},
	},
	refused: []refused{{reason.Post, "blog.naver.com/jane_01/223456 | https://blog.naver.com/PostView.naver?blogId=jane_01&logNo=223"}, {reason.NotAProfile, "cafe.naver.com/x | post.naver.com/x"}},
}, {
	network: "naverinfluencer",
	people: []person{
		{key: "naverinfluencer jane", bare: "jane", links: "in.naver.com/Jane/challenge"},
		{key: "naverinfluencer jane_d", links: "in.naver.com/jane_d"},
	},
	refused: []refused{
		{reason.ReservedPath, "in.naver.com/intro"},
	},
}, {
	network: "linktree",
	people: []person{
		{key: "linktree jane.doe", bare: "jane.doe | @jane.doe", links: "https://linktr.ee/Jane.Doe?utm_source=linktree_profile_share | linktr.ee/jane.doe/"},
		{key: "linktree janedoe", links: "linktr.ee/janedoe"},
		{key: "linktree sam", links: "linktr.ee/sam"},
		{key: "linktree loginx", links: "linktr.ee/loginx"},
	},
	refused: []refused{{reason.ReservedPath, "linktr.ee/login | linktr.ee/s/about"}, {reason.NotAProfile, "linktr.ee"}},
}, {
	network: "beacons", people: []person{
		{key: "beacons jane", bare: "jane", links: "https://beacons.ai/Jane"},
		{key: "beacons jane.d", links: "beacons.ai/jane.d"},
		{key: "beacons sam", links: "beacons.ai/sam"},
	},
	refused: []refused{
		{reason.ReservedPath, "beacons.ai/login | beacons.ai/register | beacons.ai/pricing"},
		{reason.NotAProfile, "beacons.ai"},
	},
}, {
	network: "biolink", people: []person{
		{key: "biolink jane", bare: "jane", links: "https://bio.link/Jane"},
		{key: "biolink jane.d", links: "bio.link/jane.d"},
		{key: "biolink sam", links: "bio.link/sam"},
	},
	refused: []refused{
		{reason.ReservedPath, "bio.link/login | bio.link/register | bio.link/pricing"},
		{reason.NotAProfile, "bio.link"},
	},
}, {
	network: "lnkbio", people: []person{
		{key: "lnkbio jane", bare: "jane", links: "https://lnk.bio/Jane"},
		{key: "lnkbio jane.d", links: "lnk.bio/jane.d"},
		{key: "lnkbio sam", links: "lnk.bio/sam"},
	},
	refused: []refused{
		{reason.ReservedPath, "lnk.bio/login | lnk.bio/register | lnk.bio/pricing"},
		{reason.NotAProfile, "lnk.bio"},
	},
}, {
	network: "soloto", people: []person{
		{key: "soloto jane", bare: "jane", links: "https://solo.to/Jane"},
		{key: "soloto jane.d", links: "solo.to/jane.d"},
		{key: "soloto sam", links: "solo.to/sam"},
	},
	refused: []refused{
		{reason.ReservedPath, "solo.to/login | solo.to/register | solo.to/pricing"},
		{reason.NotAProfile, "solo.to"},
	},
}, {
	network: "hoobe", people: []person{
		{key: "hoobe jane", bare: "jane", links: "https://hoo.be/Jane"},
		{key: "hoobe jane.d", links: "hoo.be/jane.d"},
		{key: "hoobe sam", links: "hoo.be/sam"},
	},
	refused: []refused{
		{reason.ReservedPath, "hoo.be/login | hoo.be/register | hoo.be/pricing"},
		{reason.NotAProfile, "hoo.be"},
	},
}, {
	network: "taplink", people: []person{
		{key: "taplink jane", bare: "jane", links: "https://taplink.cc/Jane"},
		{key: "taplink jane.d", links: "taplink.cc/jane.d"},
		{key: "taplink sam", links: "taplink.cc/sam"},
	},
	refused: []refused{
		{reason.ReservedPath, "taplink.cc/login | taplink.cc/register | taplink.cc/pricing"},
		{reason.NotAProfile, "taplink.cc"},
	},
}, {
	network: "allmylinks", people: []person{
		{key: "allmylinks jane", bare: "jane", links: "https://allmylinks.com/Jane"},
		{key: "allmylinks jane.d", links: "allmylinks.com/jane.d"},
		{key: "allmylinks sam", links: "allmylinks.com/sam"},
	},
	refused: []refused{
		{reason.ReservedPath, "allmylinks.com/login | allmylinks.com/register | allmylinks.com/pricing"},
		{reason.NotAProfile, "allmylinks.com"},
	},
}, {
	network: "aboutme", people: []person{
		{key: "aboutme jane", bare: "jane", links: "https://about.me/Jane"},
		{key: "aboutme jane.d", links: "about.me/jane.d"},
		{key: "aboutme sam", links: "about.me/sam"},
	},
	refused: []refused{
		{reason.ReservedPath, "about.me/login | about.me/register | about.me/pricing"},
		{reason.NotAProfile, "about.me"},
	},
}, {
	network: "carrd",
	people: []person{
		{key: "carrd:blog jane", bare: "jane", links: "https://jane.carrd.co/#about"},
		{key: "carrd:crd crd/jane", bare: "crd/jane", links: "https://jane.crd.co"},
		{key: "carrd:blog jane-doe", links: "jane-doe.carrd.co"},
	},
	refused: []refused{
		{reason.NotAProfile, "carrd.co"},
	},
}, {
	network: "website",
	people: []person{
		{key: "website example.com", bare: "www.example.com", links: "https://example.com | http://www.example.com/ | EXAMPLE.COM/index.html | example.com. | //example.com | https://example.com/?utm_source=x#top | https://www.example.com:443/ | http://example.com:80 | example.com/index.php?p=1 | (example.com) | https://www.google.com/url?q=https%3A%2F%2Fexample.com%2F&sa=D&usg=x"},
		{key: "website example.com/blog", links: "example.com/blog/ | https://example.com/blog | https://example.com/blog/index.htm | https://example.com//blog | https://example.com/x/../blog | https://example.com/./blog, | https://example.com/%62log"},
		{key: "website example.com/Blog", links: "example.com/Blog"},
		{key: "website example.com/a%2Fb", links: "example.com/a%2fb"},
		{key: "website example.com/a/b", links: "example.com/a/b"},
		{key: "website jane.example.com", links: "jane.example.com"},
		{key: "website xn--bcher-kva.example", links: "https://bücher.example | https://BÜCHER.example | http://xn--bcher-kva.example/"},
		{key: "website xn--strae-oqa.example", links: "https://straße.example"},
		{key: "website strasse.example", links: "https://strasse.example"},
		{key: "website r3---x.example.org", links: "r3---x.example.org"},
		{key: "website example.com:8080/x", links: "http://example.com:8080/x"},
		{key: "website example.com/%25zz", links: "https://example.com/%zz | https://example.com/%25zz"},
		{key: "website example.com/%E0%A4%25A", links: "https://example.com/%E0%A4%A"},
		{key: "website jane.weebly.com", links: "https://jane.weebly.com"},
		{key: "website joe.weebly.com", links: "https://joe.weebly.com"},
		{key: "website jane.github.io", links: "jane.github.io"},
		{key: "website stan.store/jane", links: "https://stan.store/Jane"},
		{key: "website sites.google.com/view/jane", links: "https://sites.google.com/view/jane/"},
		{key: "website xn--instagrm-76g.com/jane", links: "https://instagrаm.com/jane"}, // a Cyrillic a
		{key: "website example.com/über", links: "https://example.com/%C3%BCber | example.com/u\u0308ber"},
		{key: "instagram jane", links: "https://instagram.com/jane"},
	},
	refused: []refused{
		{reason.NotAProfile, "http://localhost/x | http://127.0.0.1/ | http://[::1]/ | https://user:secret@example.com/ | ftp://example.com/x | https:// | jane@example.com"},
		{reason.AmbiguousNoHint, "jane | @jane"},
		{reason.SeveralValues, "https://example.com https://example.org | example.com, example.org/x"},
	},
}}
