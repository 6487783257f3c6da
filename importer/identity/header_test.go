package identity

import (
	"strings"
	"testing"
)

func TestNetworkOf(t *testing.T) {
	for want, headers := range map[string][]string{
		"instagram": {"Instagram", "IG", "ig", "Insta", "Insta handle", "Instagram URL", "instagram_handle", "InstagramHandle", "instagramhandle", "Instagram-Profil", "Instagram @", "@ Instagram", "Perfil de Instagram", "Usuario de Instagram",
			"Compte Instagram", "Lien Instagram", "Profilo Instagram", "Conta do Instagram", "Perfil no Instagram", "Usuário no Instagram", "Nom d'utilisateur Instagram", "Lien vers Instagram", "Link zum Instagram-Profil", "Enlace a Instagram", "Link al profilo Instagram", "Instagram nickname", "IG Username", "Instagram link", "Instagram (URL)", "Instagram link:", "Instagram Handle 1", "Nombre de usuario de Instagram", "Instagram-Benutzername"},
		"youtube":   {"YouTube", "YT", "You Tube", "YouTube Channel", "YouTube-Kanal", "Channel", "Channelname", "Kanal", "Kanalname", "Canal de YouTube", "Chaîne YouTube", "Canale YouTube", "youtube_channel_url", "YouTube Channel ID", "YT Link"},
		"x":         {"X", "Twitter", "X/Twitter", "Twitter / X", "X (Twitter)", "X (formerly Twitter)", "twitter handle", "X handle", "Twitter-Account", "Twitter @", "X (antes Twitter)", "X (anciennement Twitter)", "X (ex Twitter)"},
		"tiktok":    {"TikTok", "Tik Tok", "TikTok @", "TT", "tiktok username", "TikTok-Link"},
		"facebook":  {"Facebook", "FB", "Facebook Page", "Facebook-Seite", "Página de Facebook", "fb url", "Facebook Fanpage"},
		"pinterest": {"Pinterest", "Pinterest URL"}, "linkedin": {"LinkedIn", "Linked In", "LinkedIn profile"}, "twitch": {"Twitch", "Twitch channel", "twitch.tv"},
		"snapchat": {"Snapchat", "Snap"}, "threads": {"Threads"}, "bluesky": {"Bluesky", "Bsky", "Blue Sky"}, "mastodon": {"Mastodon"}, "telegram": {"Telegram", "Telegram channel", "Telegram channelname", "TG"},
		"website":      {"Website", "Web site", "Blog", "Blog URL", "Homepage", "Webseite", "Sitio web", "Site web", "Sito", "Site", "Página web", "Website/Blog", "Blog / Website", "Personal website"},
		"wordpress":    {"WordPress", "Wordpress Blog"},
		"naverblog":    {"Naver Blog", "Naver", "네이버 블로그"},
		"kakaochannel": {"KakaoTalk Channel", "Kakao"},
		"xiaohongshu":  {"小红书", "XHS", "RedNote", "Xiaohongshu"},
		"weibo":        {"微博", "Weibo"},
		"kofi":         {"Ko-fi", "kofi"}, "buymeacoffee": {"Buy me a coffee"}, "ltk": {"LTK", "LikeToKnowIt"}, "applemusic": {"Apple Music"}, "linktree": {"Linktree"}, "line": {"LINE ID"},
	} {
		for _, h := range headers {
			if slug, ok := NetworkOf(h); !ok || slug != want {
				t.Errorf("NetworkOf(%q) = %q, %v; want %q", h, slug, ok, want)
			}
		}
	}
	for _, h := range []string{"", "Name", "E-Mail", "Email", "Instagram Followers", "IG followers", "TikTok views", "YouTube subscribers", "Follower Instagram", "Engagement rate Instagram", "Instagram/TikTok", "Handle", "Username", "Link", "URL",
		"Profile", "Note", "Notes", "OK", "Line", "Brand", "Size X", "Country", "Red", "Phone", "Instagram bio", "Instagram category", "Language", "X coordinate", "Rate per IG post", "Campaign", "Pin", "Role", "1", "@", "No Instagram", "Instagram no", "Alias", "Nickname"} {
		if slug, ok := NetworkOf(h); ok {
			t.Errorf("NetworkOf(%q) = %q, want none", h, slug)
		}
	}
	for _, n := range Networks() {
		if bySlug[n.Slug].quiet {
			continue
		}
		for _, h := range append(n.Headers, n.Slug, n.Name, n.Name+" URL") {
			if slug, ok := NetworkOf(h); !ok || slug != n.Slug {
				t.Errorf("NetworkOf(%q) = %q, %v; want %q", h, slug, ok, n.Slug)
			}
		}
	}
}

func TestEmailHeaders(t *testing.T) {
	for _, h := range []string{"Email", "E-Mail", "e-mail", "E Mail", "email address", "E-Mail-Adresse", "Mail", "Correo electrónico", "Correo", "Adresse e-mail", "Courriel", "Adresse courriel", "Indirizzo email", "Posta elettronica", "Endereço de e-mail", "Adresse électronique", "Courrier électronique", "Endereço eletrônico", "Endereço eletrónico", "Correio eletrónico", "Indirizzo di posta elettronica", "Ihre E-Mail-Adresse", "Email del creador", "Contact Email", "email_address", "EmailAddress"} {
		if !isEmailHeader(h) {
			t.Errorf("%q is an email header", h)
		}
	}
	for _, h := range []string{"", "Instagram", "Name", "Address", "Adresse", "Mailing list", "Email sent", "E", "Correio", "Elettronica", "Dirección"} {
		if isEmailHeader(h) {
			t.Errorf("%q is no email header", h)
		}
	}
}

func TestNetworksOf(t *testing.T) {
	for header, want := range map[string]string{
		"TikTok / YT": "tiktok youtube", "Instagram, TikTok und YouTube": "instagram tiktok youtube", "IG & TT handle": "instagram tiktok", "Instagram/Facebook Link": "instagram facebook",
		"Instagram": "", "X/Twitter": "", "TikTok / Notes": "", "Instagram followers / TikTok followers": "", "": "", "Instagram reach & TikTok": "",
	} {
		if got := strings.Join(NetworksOf(header), " "); got != want {
			t.Errorf("NetworksOf(%q) = %q, want %q", header, got, want)
		}
	}
}
