package importer

import (
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"muster/importer/file"
	"muster/importer/record"
)

// kindWords are the words lists use for the kinds.
var kindWords = map[record.Kind][]string{
	record.Creator: {"creator", "creators", "influencer", "influencers", "blogger", "bloggers", "talent",
		"ambassador", "youtuber", "instagrammer", "tiktoker", "content creator", "kreator", "creador", "creadora",
		"creadores", "créateur", "créatrice", "créateurs", "criador", "criadora", "criadores", "influenceur",
		"influenceuse", "influenciador", "influenciadora", "botschafter"},
	record.Staff: {"staff", "team", "employee", "employees", "staff member", "colleague", "internal",
		"mitarbeiter", "mitarbeiterin", "angestellte", "personal", "empleado", "empleada", "personnel", "employé",
		"employée", "funcionário", "funcionária", "equipe", "equipo", "équipe", "dipendente", "personale"},
	record.Client: {"client", "clients", "customer", "customers", "kunde", "kundin", "kunden", "cliente",
		"clientes", "clienti"},
}

var kindIndex = func() map[string]record.Kind {
	m := map[string]record.Kind{}
	for kind, words := range kindWords {
		for _, w := range words {
			m[headerKey(w)] = kind
		}
	}
	return m
}()

func kindOf(cell string) (record.Kind, bool) {
	k, ok := kindIndex[headerKey(cell)]
	return k, ok
}

// languageNames are names of languages in the six languages of the headers;
// codes are left to x/text.
var languageNames = map[string][]string{
	"en": {"english", "englisch", "inglés", "anglais", "inglês", "inglese"},
	"de": {"german", "deutsch", "alemán", "allemand", "alemão", "tedesco"},
	"es": {"spanish", "spanisch", "español", "castellano", "espagnol", "espanhol", "spagnolo"},
	"fr": {"french", "französisch", "francés", "français", "francês", "francese"},
	"pt": {"portuguese", "portugiesisch", "portugués", "portugais", "português", "portoghese"},
	"it": {"italian", "italienisch", "italiano", "italien"},
	"nl": {"dutch", "niederländisch", "holandés", "neerlandés", "néerlandais", "holandês", "olandese", "nederlands"},
	"pl": {"polish", "polnisch", "polaco", "polonais", "polonês", "polacco", "polski"},
	"tr": {"turkish", "türkisch", "turco", "turc", "türkçe"},
	"ru": {"russian", "russisch", "ruso", "russe", "russo", "русский"},
	"ja": {"japanese", "japanisch", "japonés", "japonais", "japonês", "giapponese", "日本語"},
	"zh": {"chinese", "chinesisch", "chino", "chinois", "chinês", "cinese", "中文"},
	"ko": {"korean", "koreanisch", "coreano", "coréen", "한국어"},
	"ar": {"arabic", "arabisch", "árabe", "arabe", "arabo"},
	"sv": {"swedish", "schwedisch", "sueco", "suédois", "svedese", "svenska"},
	"da": {"danish", "dänisch", "danés", "danois", "dinamarquês", "danese", "dansk"},
	"nb": {"norwegian", "norwegisch", "noruego", "norvégien", "norueguês", "norvegese", "norsk"},
	"fi": {"finnish", "finnisch", "finlandés", "finnois", "finlandês", "finlandese", "suomi"},
	"ca": {"catalan", "katalanisch", "catalán", "català", "catalão", "catalano"},
	"eu": {"basque", "baskisch", "vasco", "euskera", "euskara", "basco"},
	"gl": {"galician", "galicisch", "gallego", "galego", "galicien", "galiziano"},
	"uk": {"ukrainian", "ukrainisch", "ucraniano", "ukrainien", "ucraino", "українська"},
	"ro": {"romanian", "rumänisch", "rumano", "roumain", "romeno", "rumeno", "română"},
	"hu": {"hungarian", "ungarisch", "húngaro", "hongrois", "ungherese", "magyar"},
	"el": {"greek", "griechisch", "griego", "grec", "grego", "greco", "ελληνικά"},
	"hr": {"croatian", "kroatisch", "croata", "croate", "croato", "hrvatski"},
	"sk": {"slovak", "slowakisch", "eslovaco", "slovaque", "slovacco", "slovenčina"},
	"he": {"hebrew", "hebräisch", "hebreo", "hébreu", "hebraico", "ebraico", "עברית"},
	"hi": {"hindi"},
	"cs": {"czech", "tschechisch", "checo", "tchèque", "tcheco", "ceco", "čeština"},
}

var languageIndex = func() map[string]string {
	m := map[string]string{}
	for code, names := range languageNames {
		for _, n := range names {
			m[headerKey(n)] = code
		}
	}
	return m
}()

// languageOf gives the BCP 47 tag of a cell, which holds a tag or a name.
func languageOf(cell string) (string, bool) {
	if code, ok := languageIndex[headerKey(cell)]; ok {
		return code, true
	}
	tag, err := language.Parse(strings.ReplaceAll(strings.TrimSpace(cell), "_", "-"))
	if err != nil || tag == language.Und {
		return "", false
	}
	return tag.String(), true
}

func timeZoneOf(cell string) (string, bool) {
	s := strings.TrimSpace(cell)
	if s == "" || strings.EqualFold(s, "local") {
		return "", false
	}
	loc, err := time.LoadLocation(s)
	if err != nil {
		return "", false
	}
	return loc.String(), true
}

func pictureOf(cell string) (string, bool) {
	s := strings.TrimSpace(cell)
	u, err := url.Parse(s)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.User != nil || len(s) > 2048 {
		return "", false
	}
	return s, true
}

// tidy cleans text for people: one blank between words, nothing invisible.
// odd reports characters that have no business in text and were taken out.
func tidy(s string) (out string, odd bool) {
	if plainText(s) {
		return s, false
	}
	var b strings.Builder
	space := false
	for _, c := range s {
		switch {
		case unicode.IsSpace(c):
			space = true
			continue
		case file.Invisible(c) || unicode.IsControl(c) || c == utf8.RuneError:
			odd = odd || isOdd(c)
			if c != utf8.RuneError {
				continue
			}
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(c)
	}
	return norm.NFC.String(b.String()), odd
}

// isOdd reports whether an invisible character has no business in text: a
// control character, or one that turns the direction of writing.
func isOdd(c rune) bool {
	return c < 0x20 || c >= 0x7F && c < 0xA0 || c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069
}

// plainText reports whether s needs no cleaning at all.
func plainText(s string) bool {
	for i := range len(s) {
		c := s[i]
		if c >= 0x80 || c < 0x20 || c == 0x7F || (c == ' ' && (i == 0 || i == len(s)-1 || s[i-1] == ' ')) {
			return false
		}
	}
	return true
}

// ungarble undoes UTF-8 that was read as Windows-1252 ("ZoÃ«"). ok is only
// true where that is certain: the text goes back to bytes that are UTF-8.
func ungarble(s string) (string, bool) {
	if !strings.ContainsAny(s, "ÃÂÅÄâÐÑ") {
		return s, false
	}
	raw, err := charmap.Windows1252.NewEncoder().String(s)
	if err != nil || !utf8.ValidString(raw) || raw == s {
		return s, false
	}
	return raw, true
}

// isLinkCaption reports whether the text of a link is a caption like "here" or
// "profile", and no handle.
func isLinkCaption(cell string) bool { return linkCaptions[headerKey(cell)] }

var linkCaptions = wordSet(`profile profil perfil profilo link here hier aqui ici qui
	view open visit insta instagram tiktok youtube facebook account`)

// shorten keeps a quoted cell readable.
func shorten(cell string) string {
	cell, _ = tidy(mask(cell))
	if utf8.RuneCountInString(cell) <= 60 {
		return cell
	}
	return string([]rune(cell)[:57]) + "…"
}
