package identity

import (
	"strings"
	"unicode"
)

// core holds the networks that most lists are about. A row says where a
// network lives, what its links look like, which names it gives and which
// words of its own are no names, as the networks' help pages and the links they
// make themselves show.
var core = []network{{
	slug: "instagram", name: "Instagram", headers: "ig, insta, instagramm, instgram", dotted: true,
	spaces: []space{
		{rule: instagramName, url: "https://www.instagram.com/%/"},
		{id: "id", kind: ID, rule: number, url: "https://www.instagram.com/uid/%"},
	},
	hosts: []host{
		{names: "instagram.com instagr.am", forms: []string{"_u/{name}/...", "_n/{name}/...", "uid/{id}", "stories/{name} = post", "share/... = short", "s/... = short", "{name}"}},
		{names: "ig.me", forms: []string{"m/{name}", "j/... = other", "... = short"}},
		{names: "instagram:", forms: []string{"user?username={name}"}},
		{names: "l.instagram.com", shim: "?u"},
	},
	tabs:     "reels tagged tv channel feed saved guides igtv live followers following posts",
	posts:    "p reel reels tv stories",
	reserved: "explore accounts direct share s about legal developer web api challenge emails press directory popular topics lite ar uid _u _n invites blog privacy terms session graphql oauth",
}, {
	slug: "facebook", name: "Facebook", headers: "fb, face book, fanpage, fan page", dotted: true,
	spaces: []space{
		// Dots and capitals do not count in Facebook names (Facebook Help).
		{drop: ".", rule: rule{min: 1, max: 60, chars: "a-z0-9.", ok: notNumber}, read: noSite, url: "https://www.facebook.com/%"},
		{id: "id", kind: ID, rule: number, url: "https://www.facebook.com/profile.php?id=%"},
		{id: "slug", as: "id", kind: ID, rule: number, read: numberBehindSlug},
	},
	bare: "{id|slug|name}",
	hosts: []host{
		{names: "facebook.com fb.com", locale: true, also: "web business touch mbasic mobile free upload d x 0 p z-m-www secure apps iphone new fr-fr",
			forms: []string{"profile.php?id={id}", "profile/{id}", "people/*/{id}", "p/{slug|id}", "pg/{id|slug|name}", "pages/category/*/{slug|id}", "pages/category/{slug|id}",
				"pages/*/{id}", "pages/{slug}", "groups/*/user/{id}/...", "share/... = short", "sharer.php = reserved",
				"permalink.php?id={id} = post", "story.php?id={id} = post", "{id|slug|name}"}, shim: "l.php?u"},
		{names: "m.me messenger.com", forms: []string{"t/{id|name}", "{id|name}"}},
		{names: "fb.me", forms: []string{"{id|slug|name}", "... = short"}},
		{names: "fb:", forms: []string{"profile/{id}", "page/{id}"}},
		{names: "l.facebook.com lm.facebook.com", shim: "?u"},
		{names: "fb.watch", code: "post"},
		{names: "fb.gg", code: "short"},
	},
	tabs: `about photos videos reels posts friends likes reviews services shop community events live mentions map followers following photos_albums
		photos_by photos_of sports music movies tv books groups reels_tab about_contact_and_basic_info about_details about_profile_transparency menu jobs offers playlists featured likes_all timeline home info directory_contact_info`,
	posts: "watch reel reels photo photo.php photos story.php permalink.php video.php videos stories posts notes media",
	reserved: `groups events sharer sharer.php share marketplace gaming help messages home.php login login.php hashtag plugins dialog ads me policies privacy people pages
		business bookmarks settings l.php campaign legal recover r.php profile.php friends public search careers terms about latest lite games fundraisers saved memories weather crisisresponse
		pg p profile tr v2.0 rsrc.php ajax flx checkpoint reg signup directory developers livemap ad_campaign ads.php blood_donations offers jobs instantgames onthisday`,
}, {
	slug: "x", name: "X (Twitter)", headers: "twitter, tw, x twitter, twitter x, twtr, formerly twitter, tweeter, ehemals twitter, ex twitter",
	spaces: []space{
		{rule: rule{min: 1, max: 15, chars: "A-Za-z0-9_"}, url: "https://x.com/%"},
		{id: "id", kind: ID, rule: number, url: "https://x.com/i/user/%"},
	},
	hosts: []host{
		{names: "x.com twitter.com fxtwitter.com vxtwitter.com fixupx.com fixvx.com nitter.net nitter.poast.org nitter.privacydev.net nitter.it nitter.cz xcancel.com",
			forms: []string{"i/user/{id}", "intent/user?screen_name={name}", "intent/follow?screen_name={name}", "intent/user?user_id={id}", "intent/follow?user_id={id}", "{name}"}},
		{names: "twitter:", forms: []string{"user?screen_name={name}", "user?id={id}"}},
		{names: "t.co", code: "short"},
		{names: "pic.x.com pic.twitter.com pbs.twimg.com video.twimg.com", code: "post"},
	},
	tabs: "with_replies media likes followers following verified_followers highlights articles superfollows affiliates about lists moments photo header_photo",
	reserved: `i home explore search search-advanced notifications messages settings compose intent share hashtag tos privacy login signup logout jobs download about
		who_to_follow account communities oauth widgets lists bookmarks rules personalization tweet statuses status`,
}, {
	slug: "youtube", name: "YouTube", headers: "yt, you tube, youtuber, utube, youtube music", dotted: true,
	spaces: []space{
		{rule: rule{min: 1, max: 60, chars: "a-z0-9_.-", letters: true, not: ".com$"}, url: "https://www.youtube.com/@%"},
		// UC and 16 bytes in base64url: the last character carries two bits.
		{id: "id", kind: ID, exact: true, noAt: true, rule: rule{min: 24, max: 24, chars: "A-Za-z0-9_-", last: "AQgw", ok: beginsUC}, url: "https://www.youtube.com/channel/%"},
		{id: "c", prefix: "c/", noAt: true, rule: rule{min: 1, max: 100, chars: "a-z0-9_.-", letters: true}, url: "https://www.youtube.com/c/%"},
		{id: "user", prefix: "user/", noAt: true, rule: rule{min: 1, max: 60, chars: "a-z0-9_.-", letters: true}, url: "https://www.youtube.com/user/%"},
		{id: "uploads", as: "id", kind: ID, exact: true, rule: rule{min: 24, max: 24, chars: "A-Za-z0-9_-", last: "AQgw", ok: beginsUC}, read: uploadsToChannel},
	},
	bare: "{id|name}",
	hosts: []host{
		// A name at the root may be any of the three: it is kept as c/name.
		{names: "youtube.com", also: "music gaming studio", forms: []string{"channel/{id}", "c/{c}", "user/{user}", "feeds/videos.xml?channel_id={id}",
			"playlist?list={uploads}", "@{name}", "{id|c}"}, shim: "redirect?q"},
		{names: "youtu.be", forms: []string{"@{name} = post", "... = post"}}, // only videos live there
		{names: "youtube-nocookie.com", code: "post"},
	},
	tabs:  "videos shorts streams about community playlists featured live channels releases podcasts store courses membership join discussion search posts",
	posts: "watch shorts live embed v e clip playlist post",
	reserved: `results feed feeds hashtag channel c user gaming premium music movies trending redirect attribution_link account upload about t terms ads creators learn new playables podcasts
		kids oembed signin logout s player source storefront oops index howyoutubeworks jobs press copyright intl yt reporthistory paid_memberships tv news sports fashion`,
}, {
	slug: "tiktok", name: "TikTok", headers: "tt, tik tok, tiktoc, tic toc, tictoc, tiktoker", dotted: true,
	spaces: []space{
		{rule: rule{min: 1, max: 24, chars: "a-z0-9_.", not: ".$"}, url: "https://www.tiktok.com/@%"},
		{id: "secuid", kind: ID, exact: true, rule: secUID, url: "https://www.tiktok.com/@%"},
		{id: "uid", kind: ID, rule: number, url: "https://www.tiktok.com/share/user/%"},
	},
	bare: "{secuid|name}",
	hosts: []host{
		{names: "tiktok.com", forms: []string{"@{secuid|name}", "share/user/{uid}", "t/... = short", "embed/... = post", "{secuid|name}"}},
		{names: "vm.tiktok.com vt.tiktok.com tiktokv.com", code: "short"},
	},
	tabs:     "live",
	posts:    "embed v video photo",
	reserved: "tag music sticker discover foryou explore following live search upload login share place channel t business legal about effect en for-you friends messages inbox setting settings signup creators community-guidelines download shop tiktokstudio",
}, {
	slug: "pinterest", name: "Pinterest", headers: "pinterst",
	spaces: []space{{rule: rule{min: 1, max: 30, chars: "a-z0-9_-"}, url: "https://www.pinterest.com/%/"}},
	hosts: []host{
		{names: "pinterest", country: true, locale: true, forms: []string{"pin/... = post", "{name}"}},
		{names: "pinterest.info", locale: true, forms: []string{"pin/... = post", "{name}"}},
		{names: "pin.it", code: "short"},
	},
	tabs:     "_created _saved _shop _pins pins boards followers following _profile _community",
	posts:    "pin",
	reserved: "ideas search today explore categories settings business login videos shopping topics resource _ news_hub about convert password secure homefeed oauth _created _saved _shop _pins _profile _community",
}, {
	slug: "linkedin", name: "LinkedIn", headers: "li, linked in, linkdin",
	spaces: []space{
		{rule: linkedinSlug, url: "https://www.linkedin.com/in/%"},
		{id: "id", kind: ID, exact: true, rule: rule{min: 20, max: 80, chars: "A-Za-z0-9_-", ok: beginsACo}, url: "https://www.linkedin.com/in/%"},
		{id: "company", prefix: "company/", shared: true, rule: linkedinPage, url: "https://www.linkedin.com/company/%"},
		{id: "school", prefix: "school/", shared: true, rule: linkedinPage, url: "https://www.linkedin.com/school/%"},
		{id: "showcase", prefix: "showcase/", shared: true, rule: linkedinPage, url: "https://www.linkedin.com/showcase/%"},
		{id: "pub", as: "name", rule: linkedinSlug, read: publicProfile},
		{id: "author", as: "name", rule: linkedinSlug, read: beforeUnderscore},
	},
	bare: "{id|name}",
	hosts: []host{
		{names: "linkedin.com", locale: true, also: "touch", forms: []string{"in/{id|name}/...", "mwlite/in/{id|name}/...", "mwlite/profile/in/{id|name}/...", "comm/in/{id|name}/...", "pub/{pub+}",
			"company/{company}/...", "mwlite/company/{company}/...", "company-beta/{company}/...", "school/{school}/...", "edu/school/{school}/...", "showcase/{showcase}/...",
			"feed/... = post", "posts/{author} = post", "posts/... = post", "pulse/... = post"}, shim: "redir/redirect?url safety/go?url"},
		{names: "lnkd.in", code: "short"},
	},
	reserved: "jobs learning groups events search sharearticle company mynetwork checkpoint authwall sales school help legal login signup uas redir today pub in profile showcase directory talent",
}, {
	slug: "twitch", name: "Twitch", headers: "twitch tv, ttv",
	spaces: []space{{rule: rule{min: 2, max: 25, chars: "a-z0-9_"}, url: "https://www.twitch.tv/%"}},
	hosts: []host{
		{names: "twitch.tv", also: "go", forms: []string{"videos/... = post", "popout/{name}/...", "{name}"}},
		{names: "player.twitch.tv", forms: []string{"...?channel={name}", "... = post"}},
		{names: "clips.twitch.tv", code: "post"},
	},
	tabs:     "about schedule videos clips home chat followers following squad",
	posts:    "videos clip clips collections",
	reserved: "directory p settings subscriptions downloads jobs turbo search team prime store friends inventory wallet login signup user broadcast annual-recap bits drops messages moderator popout u",
}, {
	slug: "snapchat", name: "Snapchat", headers: "snap, snap chat", dotted: true,
	spaces: []space{
		// A letter first, one each of the three signs (Snap law-enforcement guide).
		{rule: rule{min: 3, max: 15, chars: "a-z0-9._-", first: "a-z", last: "a-z0-9", once: "._-"}, url: "https://www.snapchat.com/add/%"},
		{id: "id", kind: ID, rule: rule{min: 36, max: 36, chars: "a-f0-9-"}, url: "https://www.snapchat.com/p/%"},
	},
	bare: "{id|name}",
	hosts: []host{
		{names: "snapchat.com story.snapchat.com", forms: []string{"add/{name}", "@{name}", "u/{name}", "p/{id}/...", "spotlight/... = post", "t/... = short"}},
		{names: "snapchat:", forms: []string{"add/{name}"}},
	},
	reserved: "discover spotlight unlock t lens p map add explore download ads privacy",
}, {
	slug: "threads", name: "Threads", headers: "threads net, thread", dotted: true, federated: true,
	spaces: []space{{rule: instagramName, url: "https://www.threads.com/@%"}},
	hosts: []host{
		{names: "threads.com threads.net", forms: []string{"@{name}", "t/... = post", "{name}"}},
	},
	tabs:     "replies reposts media",
	reserved: "t search login activity about privacy terms explore settings intent share custom_feed liked saved",
}, {
	slug: "bluesky", name: "Bluesky", headers: "bsky, blue sky, bsky social", dotted: true,
	spaces: []space{
		{rule: rule{min: 4, max: 253, chars: "a-z0-9.-", first: "a-z0-9", last: "a-z"}, read: domainName, url: "https://bsky.app/profile/%"},
		{id: "id", kind: ID, exact: true, rule: rule{min: 10, max: 300, chars: "a-z0-9:._-", ok: isDID}, url: "https://bsky.app/profile/%"},
		{id: "label", as: "name", rule: rule{min: 3, max: 253, chars: "a-z0-9.-"}, read: blueskyLabel},
	},
	bare: "{id|name}", guess: "%.bsky.social",
	hosts: []host{
		{names: "bsky.app fxbsky.app vxbsky.app bskx.app bskyx.app", forms: []string{"profile/{id|name}", "starter-pack/{id|name} = post"}},
		{names: "at:", forms: []string{"{id|name}"}},
		{names: "bsky.social", sub: "{label}"},
		{names: "go.bsky.app", code: "short"},
	},
	tabs:     "followers follows known-followers feed lists",
	reserved: "search notifications messages feeds lists settings profile starter-pack hashtag intent support",
}}

var (
	number = rule{min: 1, max: 20, chars: "0-9", first: "1-9"}
	// 1 to 30 letters, digits, dots and underscores; dot and underscore count.
	instagramName = rule{min: 1, max: 30, chars: "a-z0-9._", not: ".. .$"}
	// 3 to 100 of any script in real links, though new ones are ASCII.
	linkedinSlug = rule{min: 1, max: 100, chars: "a-z0-9_&'-", letters: true, symbols: true}
	linkedinPage = rule{min: 1, max: 100, chars: "a-z0-9_.&'-", letters: true, symbols: true}
	secUID       = rule{min: 40, max: 120, chars: "A-Za-z0-9_-", ok: func(s string) bool { return strings.HasPrefix(s, "MS4wLjABAAAA") }}
)

func notNumber(s string) bool { return !isDigits(s) }

func beginsUC(s string) bool { return strings.HasPrefix(s, "UC") }

func beginsACo(s string) bool { return strings.HasPrefix(s, "ACo") }

// isDID accepts did:plc: with its 24 characters of base32, and did:web: with a
// domain.
func isDID(s string) bool {
	if code, ok := strings.CutPrefix(s, "did:plc:"); ok {
		return len(code) == 24 && strings.Trim(code, "abcdefghijklmnopqrstuvwxyz234567") == ""
	}
	domain, ok := strings.CutPrefix(s, "did:web:")
	return ok && isHost(domain)
}

// noSite refuses what ends like a site: Facebook gives no names in .com.
func noSite(name, _ string) (string, bool) {
	low := fold(name)
	return name, !strings.HasSuffix(low, ".com") && !strings.HasSuffix(low, ".net")
}

// numberBehindSlug reads the number at the end of Some-Name-100012345678901;
// a telephone number has no name in front.
func numberBehindSlug(name, _ string) (string, bool) {
	i := strings.LastIndexByte(name, '-')
	return name[i+1:], i > 0 && len(name)-i > 8 && isDigits(name[i+1:]) && strings.ContainsFunc(name[:i], unicode.IsLetter)
}

// uploadsToChannel turns the playlist of a channel's uploads into the channel.
func uploadsToChannel(list, _ string) (string, bool) {
	tail, ok := strings.CutPrefix(list, "UU")
	return "UC" + tail, ok
}

// publicProfile reads name/1a/b2/3c4 of an old link /pub/…: the segments
// reversed, the second and third padded to three digits, make today's name.
func publicProfile(path, _ string) (string, bool) {
	parts := strings.Split(path, "/")
	if len(parts) != 4 {
		return "", false
	}
	for _, p := range parts[1:] {
		if len(p) == 0 || len(p) > 3 {
			return "", false
		}
	}
	pad := func(s string) string { return strings.Repeat("0", 3-len(s)) + s }
	return parts[0] + "-" + pad(parts[3]) + pad(parts[2]) + parts[1], true
}

// beforeUnderscore reads the author out of a post's jane-doe_title-activity-1.
func beforeUnderscore(post, _ string) (string, bool) {
	author, _, ok := strings.Cut(post, "_")
	return author, ok
}

// blueskyLabel reads jane.bsky.social as the host of a link.
func blueskyLabel(label, _ string) (string, bool) { return domainName(label+".bsky.social", "") }

// domainName accepts what may be a Bluesky handle: a domain name.
func domainName(name, _ string) (string, bool) {
	host := fold(name)
	return name, isHost(host) && !strings.ContainsRune(host, '_') && !strings.Contains(host, ".-") && !strings.Contains(host, "-.")
}
