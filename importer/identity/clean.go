package identity

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"muster/importer/reason"
)

// longest is the longest cell looked at; no address or link of a person is
// nearly as long.
const longest = 4096

// clean removes what cannot be seen, makes every space a plain one and maps
// the full-width forms of ASCII to ASCII; nothing else is normalised here.
// Line breaks and tabs stay, as separators.
func clean(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf || s[i] < ' ' || s[i] == 0x7f {
			plain = false
			break
		}
	}
	if !plain {
		s = strings.Map(visible, s)
	}
	return strings.TrimSpace(s)
}

// cleanAddress is clean for email cells, where of the full-width forms only
// the at sign and the full stop are mapped: the local part of an address is
// never normalised.
func cleanAddress(s string) string {
	if isASCII(s) {
		return clean(s)
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '＠' || r == '﹫':
			return '@'
		case 0xff01 <= r && r <= 0xff5e:
			return r
		}
		return visible(r)
	}, s)
	return strings.TrimSpace(s)
}

// visible maps one character of a cell to what it is read as; -1 drops it.
func visible(r rune) rune {
	switch {
	case r == '\n' || r == '\t':
		return r
	case r == '\r' || r == '\v' || r == '\f' || r == 0x2028 || r == 0x2029 || r == 0x85:
		return '\n'
	case r < ' ' || r == 0x7f:
		return -1
	case r < utf8.RuneSelf:
		return r
	case invisible(r):
		return -1
	case 0xff01 <= r && r <= 0xff5e:
		return r - 0xff01 + '!'
	case r == 0xfe6b:
		return '@'
	case unicode.Is(unicode.Zs, r):
		return ' '
	}
	return r
}

// isControl recognises the control characters that are no white space. In an
// address they are damage or an attempt at something, never a copy's leftover.
func isControl(r rune) bool {
	return unicode.IsControl(r) && !unicode.IsSpace(r)
}

// invisible lists what copying from apps and web pages leaves behind; Bluesky
// really wraps a copied handle in U+202A … U+202C.
func invisible(r rune) bool {
	return r == 0xad || r == 0xfeff || r == 0x61c || r == 0x180e ||
		0x200b <= r && r <= 0x200f || 0x202a <= r && r <= 0x202e ||
		0x2060 <= r && r <= 0x2064 || 0x2066 <= r && r <= 0x2069 ||
		0x80 <= r && r <= 0x9f && r != 0x85
}

// empty reports whether s says in some language that there is no value, or
// something about the value instead of it. A cell without any letter or digit
// is one too.
func empty(s string) bool {
	if len(s) == 0 {
		return true
	}
	if len(s) > 40 || s[0] == '@' && len(s) > 1 {
		return false
	}
	if placeholders[foldName(s)] || saysNone(s) {
		return true
	}
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return false
		}
	}
	return !strings.HasPrefix(s, "##")
}

// placeholders, ASCII-folded, as people type them into lists.
var placeholders = words(`n/a n.a. n.a na #na none null nil nan undefined tbd tba tbc todo unknown missing empty blank no nope 0
	k.a. k.a ka keine keiner kein keins entfällt unbekannt leer fehlt nein n.v. n.v
	no_tiene ninguno ninguna nada sin_datos sin desconocido vacío s/d n/d nd n.d.
	aucun aucune néant neant non inconnu vide sans s.o. s/o
	nenhum nenhuma não nao vazio desconhecido não_tem
	nessuno nessuna vuoto sconosciuto niente
	geen nvt n.v.t. brak yok ingen ei_ole
	нет Нет НЕТ н/д Н/Д отсутствует неизвестно не_указано
	なし 無し 無 无 没有 暂无 未知 沒有 없음 해당없음 لا_يوجد
	not_applicable not_available no_account no_handle does_not_have doesn't_have dont_have don't_have no_profile
	nicht_vorhanden keine_angabe keine_angaben hat_keine hat_keinen kein_account habe_ich_nicht hab_ich_nicht no_aplica no_disponible non_disponibile não_disponível pas_de_compte
	yes yep true false ja sí si oui sim tak evet да はい 有
	private privat privado privada privé privato deleted gelöscht borrado eliminado supprimé cancellato removed closed inactive inaktiv inactivo
	pending later coming_soon same ditto dito same_as_above see_above see_bio link_in_bio to_follow
	folgt folgt_noch siehe_oben wird_nachgereicht in_arbeit ver_arriba pendiente por_confirmar voir_ci-dessus en_attente à_confirmer
	ver_acima a_confirmar pendente vedi_sopra in_attesa da_confermare`)

// saysNone reports whether a text says that there is no address, or no account on a
// network: "pas de TikTok", "sin correo".
func saysNone(s string) bool {
	first, rest, ok := strings.Cut(s, " ")
	if !ok || !noneWords[foldName(first)] {
		return false
	}
	rest = strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(rest, "de "), "d'"), "d’")
	_, network := NetworkOf(rest)
	return network && !strings.ContainsAny(rest, "@./") || isEmailHeader(rest)
}

var noneWords = words(`no kein keine keinen sin pas sem senza nessun nessuna aucun aucune geen`)

// damaged returns the cell as it was before a spreadsheet program touched it,
// or ok false where that cannot be known any more.
func damaged(s string) (repaired string, code reason.Code) {
	switch {
	case s == "":
		return s, ""
	case strings.ContainsRune(s, utf8.RuneError): // written in another encoding than it was read in
		return "", reason.SpreadsheetDamage
	case s[0] == '#' && (spreadsheetErrors[foldName(s)] || strings.Trim(s, "#") == "" && len(s) > 1):
		return "", reason.SpreadsheetDamage
	case s[0] == '=':
		return formula(s)
	case lostDigits(s):
		return "", reason.SpreadsheetDamage
	}
	return s, ""
}

var spreadsheetErrors = words(`#n/a #ref! #name? #value! #div/0! #null! #num! #spill! #calc! #field! #blocked! #unknown! #busy! #connect! #getting_data #error! err:502 err:508 err:509
	#nv #bezug! #wert! #zahl! #überlauf! #¡ref! #¿nombre? #¡valor! #¡num! #¡div/0! #nom? #valeur! #nombre! #rif! #nome? #valore! #valor! #n/d #n/disp`)

// formula reads the target out of =HYPERLINK("target";"text"); every other
// formula left as text has lost its value.
func formula(s string) (string, reason.Code) {
	inner, ok := strings.CutPrefix(fold(s[1:]), "hyperlink(")
	if !ok {
		return "", reason.SpreadsheetDamage
	}
	inner = strings.TrimLeft(s[len(s)-len(inner):], " ")
	if !strings.HasPrefix(inner, `"`) {
		return "", reason.SpreadsheetDamage
	}
	target, _, ok := strings.Cut(inner[1:], `"`)
	if !ok || target == "" {
		return "", reason.SpreadsheetDamage
	}
	return strings.TrimSpace(target), ""
}

// lostDigits recognises scientific notation as spreadsheets write it, 6.15E+13:
// what stood there can no longer be told. 1e5, without a fraction and a sign,
// may be somebody's name.
func lostDigits(s string) bool {
	i := strings.IndexAny(s, "eE")
	if i <= 0 || i == len(s)-1 {
		return false
	}
	mantissa, exponent := s[:i], s[i+1:]
	whole, fraction, dotted := strings.Cut(strings.Replace(mantissa, ",", ".", 1), ".")
	signed := exponent[0] == '+' || exponent[0] == '-'
	if signed {
		exponent = exponent[1:]
	}
	return isDigits(strings.TrimPrefix(whole, "-")) && (!dotted || isDigits(fraction)) &&
		isDigits(exponent) && (dotted || signed)
}

// float splits 1234567890.0, an integer that went through a floating point
// cell. exact is false where digits may be lost: a fraction that is not zero,
// or a number of 2^53 or more.
func float(s string) (whole string, exact, ok bool) {
	whole, fraction, dotted := strings.Cut(s, ".")
	if !dotted || !isDigits(whole) || !isDigits(fraction) || whole[0] == '0' && whole != "0" {
		return "", false, false
	}
	const limit = "9007199254740992"
	small := len(whole) < len(limit) || len(whole) == len(limit) && whole < limit
	return whole, small && strings.Trim(fraction, "0") == "", true
}

// words makes a set of a list separated by white space; _ stands for a space.
func words(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		if len(w) > 2 {
			set[strings.ReplaceAll(w, "_", " ")] = true
		}
		set[w] = true
	}
	return set
}
