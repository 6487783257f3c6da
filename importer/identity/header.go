package identity

import (
	"slices"
	"strings"
	"unicode"
)

// NetworkOf reads a column header or another hint as a person types it ("IG",
// "Insta handle", "YouTube-Kanal", "X/Twitter", "TikTok @") and gives the slug
// of the network; ok is false where it names none, several, or something else
// about one ("Instagram followers"). The words around a network's name are
// known in English, German, Spanish, French, Portuguese and Italian.
func NetworkOf(header string) (slug string, ok bool) {
	var strong, weak *network
	tokens := HeaderWords(header)
	for i := 0; i < len(tokens); {
		n, used := headerAt(tokens[i:])
		switch {
		case used == 0:
			return "", false
		case n == nil:
		case weakWords[tokens[i]] != "" && used == 1:
			if weak == nil {
				weak = n
			}
		case strong != nil && strong != n:
			return "", false
		default:
			strong = n
		}
		i += used
	}
	if strong == nil {
		strong = weak
	}
	if strong == nil {
		return "", false
	}
	return strong.slug, true
}

// NetworksOf reads a header that names several networks ("TikTok / YT") and
// gives their slugs in its order; none where it names fewer, or says something
// else too.
func NetworksOf(header string) (slugs []string) {
	tokens := HeaderWords(header)
	for i := 0; i < len(tokens); {
		n, used := headerAt(tokens[i:])
		switch {
		case used == 0 && !joins[tokens[i]]:
			return nil
		case n != nil && (used > 1 || weakWords[tokens[i]] == "") && !slices.Contains(slugs, n.slug):
			slugs = append(slugs, n.slug)
		}
		i += max(used, 1)
	}
	if len(slugs) < 2 {
		return nil
	}
	return slugs
}

// headerAt finds what the first words of a header are: a network's name of up
// to four words, the longest first, or one of the words around it.
func headerAt(tokens []string) (n *network, used int) {
	for k := min(4, len(tokens)); k > 0; k-- {
		if n := headerName[strings.Join(tokens[:k], "")]; n != nil {
			return n, k
		}
	}
	if len(tokens) > 1 && aroundPairs[tokens[0]+tokens[1]] {
		return nil, 2
	}
	word := tokens[0]
	if slug := weakWords[word]; slug != "" {
		return bySlug[slug], 1
	}
	if aroundWords[word] || askingWords[word] {
		return nil, 1
	}
	for i := 4; i < len(word); i++ { // instagramhandle
		if n := headerName[word[:i]]; n != nil && (aroundWords[word[i:]] || weakWords[word[i:]] != "") {
			return n, 1
		}
	}
	return nil, 0
}

// HeaderWords splits a header into lower-case words: at everything that is no
// letter or digit, and where a capital follows a small letter.
func HeaderWords(header string) []string {
	var b strings.Builder
	before := ' '
	for _, r := range clean(header) {
		switch {
		case r == '@':
			b.WriteString(" @ ")
		case !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r):
			b.WriteByte(' ')
		case unicode.IsUpper(r) && unicode.IsLower(before):
			b.WriteByte(' ')
			b.WriteRune(unicode.ToLower(r))
		default:
			b.WriteRune(unicode.ToLower(r))
		}
		before = r
	}
	return strings.Fields(b.String())
}

// headerNames indexes slugs, display names and the further names of the
// tables, without spaces.
func headerNames() map[string]*network {
	index := map[string]*network{}
	for _, n := range networks {
		names := n.headers
		if !n.quiet {
			names += "," + n.slug + "," + n.name
		}
		for name := range strings.SplitSeq(names, ",") {
			key := strings.Join(HeaderWords(name), "")
			if key == "" {
				continue
			}
			if other := index[key]; other != nil && other != n {
				panic("identity: two networks are called " + name)
			}
			index[key] = n
		}
	}
	return index
}

// weakWords name a network where nothing else in the header does: a "Channel"
// is YouTube's, but not in "Telegram channel".
var weakWords = weak(map[string]string{
	"youtube": "channel channels channelname channelurl channelid channellink kanal kanalname kanalurl kanallink canal chaîne chaine canale",
	"website": `web website websites webpage webseite webseiten internetseite site sitio sito página pagina homepage
		blog blogs weblog blogseite bitácora bitacora blogue domain domäne domaine dominio portfolio portafolio`,
})

func weak(lists map[string]string) map[string]string {
	m := map[string]string{}
	for slug, list := range lists {
		for w := range strings.FieldsSeq(list) {
			m[w] = slug
		}
	}
	return m
}

// aroundWords stand around a network's name in a header without changing what
// the column holds.
var aroundWords = set(`@ handle handles url urls uri link links href profile profiles account accounts username usernames user name id ids page pages fanpage fan tag at address adresse
	my your their his her creator creators influencer influencers talent talents social media network main primary public official personal the of for on in to and or applicable available 1 2 3 i ii com tv net app if any optional required nick nickname nicknames alias ex
	profil profile benutzername nutzername benutzer nutzer konto kontoname seite seiten name namen kanalname accountname profillink profilname profilseite mein dein ihr ihre unser deinem deinen deiner ihrem ihren ihrer zu zum zur der dem den falls vorhanden creatorin
	perfil perfiles usuario usuarios nombre cuenta enlace enlaces dirección direccion página de del la el tu su mi red redes sociales a al antes anteriormente creador creadora
	profil profils utilisateur nom compte comptes lien liens identifiant pseudo du des le les votre ton mon réseau d l vers anciennement créateur créatrice
	perfis utilizador usuário usuario nome conta contas ligação ligacao endereço endereco do da o seu sua meu minha rede
	profilo profili utente account collegamento indirizzo il lo tuo suo mio pagina di al
	アカウント 账号 帳號 主页 链接 계정 아이디 주소 링크`)

// askingWords are what forms ask for a profile with: "Hast du einen
// TikTok-Account?", "Please share a link to your YouTube channel".
var askingWords = set(`what s is are do you have has a an please share provide enter give us paste add insert drop which one if
	wie was lautet heißt heisst ist hast habt haben du sie einen eine ein bitte gib teile nenne uns
	cuál cual qué es tienes tiene un una comparte indica cuáles nos
	quel quelle est as avez tu vous une partage partagez indique indiquez t
	qual é e o você voce tem tens um uma compartilhe partilhe indique
	è hai ha uno la le condividi inserisci indica quale`)

// aroundPairs are words that only together say nothing: "Perfil no Instagram",
// but not "No Instagram".
var aroundPairs = set("perfilno contano usuáriono usuariono utilizadorno nomeno linkno páginano paginano")

// isEmailHeader reports whether a header speaks of an email address, in one of
// the languages above.
func isEmailHeader(header string) bool {
	found := false
	for i, tokens := 0, HeaderWords(header); i < len(tokens); i++ {
		switch w := tokens[i]; {
		case w == "e" && i+1 < len(tokens) && emailWords[tokens[i+1]]:
		case i+1 < len(tokens) && emailPairs[w+tokens[i+1]]:
			found = true
		case emailWords[w]:
			found = true
		case !aroundWords[w] && !aroundEmail[w] && w != "website":
			return false
		}
	}
	return found
}

var (
	emailWords  = set("mail mails email emails emailadresse mailadresse emailaddress mailaddress mailto correo correos courriel courriels mél posta e邮箱 邮箱 メール メールアドレス 이메일 почта")
	emailPairs  = set("adresseélectronique courrierélectronique endereçoeletrônico endereçoeletrónico enderecoeletronico correioeletrônico correioeletrónico correioeletronico direcciónelectrónica direccionelectronica indirizzoelettronico")
	aroundEmail = set("e adr contact work business private privat private geschäftlich electrónico electronico elettronica elettronico electrónica electronica eletrônico eletrónico eletronico eletrónica eletrônica électronique electronique kontakt contacto contatto contato login adrese direct best")
)
