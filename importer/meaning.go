package importer

import (
	"strings"

	"muster/importer/identity"
	"muster/importer/record"
)

// meaning is what the words of a header say.
type meaning struct {
	field   record.Field // "" = nothing known
	network string
	rank    int  // of several columns of one field the lowest counts first
	asked   bool // a question of a form, which may be answered by yes or no
}

// columnFor says what a header means by its words alone.
func columnFor(header string) (field record.Field, network string) {
	m := meaningOf(header)
	return m.field, m.network
}

// meaningOf reads a header: what stands in its brackets together with the rest
// ("Name (First)"), or alone where a program wrote its own name there
// ("[displayName]"), then the rest.
func meaningOf(header string) meaning {
	header = withoutSuffix(header)
	if !strings.ContainsAny(header, "([") {
		return plainMeaning(header)
	}
	base, round, square := bracketed(header)
	for _, in := range square {
		if m := plainMeaning(in); m.field != "" {
			return m
		}
	}
	for _, in := range round {
		for _, whole := range []string{in + " " + base, base + " " + in} {
			if noField[headerKey(whole)] {
				return meaning{}
			}
			if m := plainMeaning(whole); m.field != "" {
				return m
			}
		}
	}
	if slug, ok := identity.NetworkOf(header); ok && fieldIndex[headerKey(header)] == nil {
		return meaning{field: record.Field(slug), network: slug}
	}
	return plainMeaning(base)
}

// withoutSuffix takes off what Salesforce writes behind the name of every column that
// is a customer's own: "Instagram__c".
func withoutSuffix(header string) string {
	for _, end := range []string{"__c", "__pc"} {
		if own, ok := strings.CutSuffix(header, end); ok {
			return own
		}
	}
	return header
}

// bracketed takes a header apart: what stands outside of brackets, and what
// stands in each.
func bracketed(header string) (base string, round, square []string) {
	var out, in strings.Builder
	var closing rune
	for _, c := range header {
		switch {
		case closing != 0 && c == closing:
			if closing == ']' {
				square = append(square, strings.TrimSpace(in.String()))
			} else {
				round = append(round, strings.TrimSpace(in.String()))
			}
			closing = 0
			in.Reset()
		case closing != 0:
			in.WriteRune(c)
		case c == '(':
			closing = ')'
		case c == '[':
			closing = ']'
		default:
			out.WriteRune(c)
		}
	}
	return strings.TrimSpace(out.String()), round, square
}

// plainMeaning reads a header without brackets: as one that is known, as a
// network's, or as one of these in a frame or a question.
func plainMeaning(header string) meaning {
	key := headerKey(header)
	f := fieldIndex[key]
	if f != nil && f.name != record.FieldLinks && f.name != record.FieldBlog {
		return meaning{field: f.name, rank: laterHeaders[key]}
	}
	if f == nil && numbered(key) {
		if f = fieldIndex[strings.TrimRight(key, "0123456789")]; f != nil && !f.right {
			return meaning{field: f.name}
		}
		f = nil
	}
	if f == nil || f.name == record.FieldLinks {
		if slug, ok := identity.NetworkOf(header); ok {
			asked := strings.HasSuffix(strings.TrimSpace(header), "?")
			return meaning{field: record.Field(slug), network: slug, asked: asked}
		}
	}
	if f != nil {
		return meaning{field: f.name}
	}
	if m := framed(header); m.field != "" {
		return m
	}
	for _, part := range requiredMarks {
		if rest := strings.TrimSuffix(key, part); rest != key && rest != "" {
			return plainMeaning(rest)
		}
	}
	if rest := unasked(key); rest != key {
		return plainMeaning(rest)
	}
	return greeted(key)
}

// laterHeaders are known headers that count after the others of their field: a
// sign-in name is an address, but not always one that takes mail.
var laterHeaders = map[string]int{"userprincipalname": 2}

// noField are headers that brackets make something else of than a field.
var noField = keySet("middle name", "name middle", "name prefix", "prefix name", "name suffix", "suffix name",
	"name title", "title name")

// requiredMarks are what forms write behind the name of a field.
var requiredMarks = []string{"required", "mandatory", "optional", "pflichtfeld", "pflicht", "obligatorio",
	"obligatoire", "obrigatorio", "obbligatorio", "opcional", "facultatif", "facoltativo"}

// unasked takes the question off a header of a form: "What is your full name?"
// asks for the full name.
func unasked(key string) string {
	for _, part := range questions {
		if rest := strings.TrimPrefix(key, part); rest != key && len(rest) > 2 {
			return rest
		}
	}
	return key
}

// greeted is what a header of a form asks for behind a few words of its own ("First,
// what's your full name?", "Hey {{name}}, what's your email?"): the field whose name is
// all that follows the question.
func greeted(key string) meaning {
	for _, part := range questions {
		if at := strings.Index(key, part); at > 0 && at <= maxGreeting && len(part) >= len("whatsyour") {
			if f := fieldIndex[key[at+len(part):]]; f != nil && f.framed {
				return meaning{field: f.name}
			}
		}
	}
	return meaning{}
}

// maxGreeting is how many letters may stand before a question.
const maxGreeting = 24

// questions are how forms begin to ask, the longer ones first.
var questions = []string{
	"pleaseprovideyour", "pleaseenteryour", "pleasegiveyour", "pleaseshareyour", "whatisyour", "whatsyour",
	"provideyour", "enteryour", "shareyour", "linktoyour", "your",
	"bittegibdeine", "bittegibdeinen", "wielautetdeine", "wielautetdein", "wielautetihre", "wielautetihr",
	"wieistdeine", "wieistdein", "wieistihre", "wieistihr", "deine", "dein", "ihre", "ihr",
	"cualestu", "cualessu", "indicatu", "indiquesu", "tu",
	"quelestvotre", "quelleestvotre", "quelesttonadresse", "quelestton", "quelleestta", "indiquezvotre", "votre",
	"qualeseu", "qualeasua", "qualeosu", "qualeoseu", "qualeateu", "seu", "sua", "qualeiltuo", "qualelatua",
	"iltuo", "latua",
}

func numbered(key string) bool {
	return len(key) > 1 && key[len(key)-1] >= '0' && key[len(key)-1] <= '9'
}
