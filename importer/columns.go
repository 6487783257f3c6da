package importer

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"muster/importer/spelling"
)

// column is one column of a list and what its cells mean.
type column struct {
	label   string // header as typed; told apart by a number where it is there twice
	field   string // name of a field, "" = free column, kept as an attribute
	network string // slug, for a column of one network

	networks []string // slugs, for a column of links whose header names several networks

	ignored bool
	told    bool // --map says what it holds
	behind  bool // counts only where another column of the same field is blank
	vague   bool // taken for profile links although the header names no network
	secret  bool // its cells are emptied as they are read
	asked   bool // the answer to a question, which may be yes or no
	rank    int  // of several columns of one field the lowest counts first

	platform int    // column that names the network of the handles here, from 1; 0 = none
	doubted  string // field that the header names and the cells are not
}

// headerKey folds a header to what is compared: case, accents, punctuation
// and what stands in brackets do not count.
func headerKey(s string) string {
	if !isPlainASCII(s) {
		s = norm.NFKD.String(s)
	}
	var b strings.Builder
	depth := 0
	for _, c := range s {
		switch {
		case c == '(' || c == '[':
			depth++
		case c == ')' || c == ']':
			depth = max(0, depth-1)
		case depth > 0:
		case c == 'ß':
			b.WriteString("ss")
		case unicode.IsLetter(c) || unicode.IsDigit(c):
			b.WriteRune(unicode.ToLower(c))
		case c == '@' && strings.TrimSpace(s) == "@":
			b.WriteRune(c)
		}
	}
	return b.String()
}

func isPlainASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

var (
	fieldIndex = map[string]*Field{} // header key → field
	aliasKeys  []aliasKey            // in the order of the table
)

type aliasKey struct{ key, field string }

func init() {
	for i := range Fields {
		f := &Fields[i]
		for _, alias := range append([]string{f.Name}, f.Aliases...) {
			key := headerKey(alias)
			if other, taken := fieldIndex[key]; taken && other != f {
				panic("importer: header " + alias + " means " + other.Name + " and " + f.Name)
			}
			fieldIndex[key] = f
			aliasKeys = append(aliasKeys, aliasKey{key, f.Name})
		}
	}
	for key := range secretHeaders {
		if f, taken := fieldIndex[key]; taken {
			panic("importer: header " + key + " is a secret and means " + f.Name)
		}
	}
}

// fieldNamed finds a field by name or alias, or a network by its name, for
// --map and --set. The answer is the name as in the table.
func fieldNamed(name string) (string, bool) {
	if f, ok := fieldIndex[headerKey(name)]; ok {
		return f.Name, true
	}
	if strings.EqualFold(strings.TrimSpace(name), AttributeField) {
		return AttributeField, true
	}
	if slug, ok := networkOf(name); ok {
		return slug, true
	}
	return "", false
}

// AttributeField is the name by which --map keeps a column as it is.
const AttributeField = "attribute"

// FieldNames lists what a column can be said to hold.
func FieldNames() []string {
	names := make([]string, 0, len(Fields)+1)
	for _, f := range Fields {
		names = append(names, f.Name)
	}
	return append(names, "a network (instagram, tiktok …)", AttributeField)
}

func fieldByName(name string) *Field {
	f := fieldIndex[headerKey(name)]
	if f != nil && f.Name == name {
		return f
	}
	return nil
}

// columnFor says what a header means by its words alone.
func columnFor(header string) (field, network string) {
	m := meaningOf(header)
	return m.field, m.network
}

// meaningOf reads a header: what stands in its brackets together with the rest
// ("Name (First)"), or alone where a program wrote its own name there
// ("[displayName]"), then the rest.
func meaningOf(header string) meaning {
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
	if slug, ok := networkOf(header); ok && fieldIndex[headerKey(header)] == nil {
		return meaning{field: slug, network: slug}
	}
	return plainMeaning(base)
}

// plainMeaning reads a header without brackets: as one that is known, as a
// network's, or as one of these in a frame or a question.
func plainMeaning(header string) meaning {
	key := headerKey(header)
	f := fieldIndex[key]
	if f != nil && f.Name != "links" && f.Name != "blog" {
		return meaning{field: f.Name, rank: laterHeaders[key]}
	}
	if f == nil && numbered(key) {
		if f = fieldIndex[strings.TrimRight(key, "0123456789")]; f != nil && !f.Right {
			return meaning{field: f.Name}
		}
		f = nil
	}
	if f == nil || f.Name == "links" {
		if slug, ok := networkOf(header); ok {
			return meaning{field: slug, network: slug, asked: strings.HasSuffix(strings.TrimSpace(header), "?")}
		}
	}
	if f != nil {
		return meaning{field: f.Name}
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
	return meaning{}
}

// laterHeaders are known headers that count after the others of their field: a
// sign-in name is an address, but not always one that takes mail.
var laterHeaders = map[string]int{"userprincipalname": 2}

// noField are headers that brackets make something else of than a field.
var noField = keySet("middle name", "name middle", "name prefix", "prefix name", "name suffix", "suffix name", "name title", "title name")

func keySet(headers ...string) map[string]bool {
	set := map[string]bool{}
	for _, h := range headers {
		set[headerKey(h)] = true
	}
	return set
}

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

// questions are how forms begin to ask, the longer ones first.
var questions = []string{
	"pleaseprovideyour", "pleaseenteryour", "pleasegiveyour", "pleaseshareyour", "whatisyour", "whatsyour", "provideyour", "enteryour", "shareyour", "linktoyour", "your",
	"bittegibdeine", "bittegibdeinen", "wielautetdeine", "wielautetdein", "wielautetihre", "wielautetihr", "wieistdeine", "wieistdein", "wieistihre", "wieistihr", "deine", "dein", "ihre", "ihr",
	"cualestu", "cualessu", "indicatu", "indiquesu", "tu",
	"quelestvotre", "quelleestvotre", "quelesttonadresse", "quelestton", "quelleestta", "indiquezvotre", "votre",
	"qualeseu", "qualeasua", "qualeosu", "qualeoseu", "qualeateu", "seu", "sua", "qualeiltuo", "qualelatua", "iltuo", "latua",
}

// requiredMarks are what forms write behind the name of a field.
var requiredMarks = []string{"required", "mandatory", "optional", "pflichtfeld", "pflicht", "obligatorio", "obligatoire", "obrigatorio", "obbligatorio", "opcional", "facultatif", "facoltativo"}

func numbered(key string) bool {
	return len(key) > 1 && key[len(key)-1] >= '0' && key[len(key)-1] <= '9'
}

// otherWords are headers that are spelled much like a field and mean something
// else.
var otherWords = map[string]bool{"company": true, "companies": true, "compania": true, "compagnie": true, "companhia": true, "country": true, "state": true, "stage": true, "date": true, "rate": true, "region": true, "gender": true, "title": true, "price": true, "category": true, "tags": true, "team": true, "firma": true, "contact": true, "contacts": true, "contacto": true, "contatto": true, "contato": true, "kontakt": true, "notes": true, "note": true}

// nearestField is the field whose name or alias looks most like s, or "". The
// names of fields may be mistyped a little more than headers, of which there
// are so many that any short word is near one.
func nearestField(s string) string {
	key := headerKey(s)
	if len(key) < 3 || otherWords[key] {
		return ""
	}
	best, bestDist := "", len(key)/3+1
	for _, a := range aliasKeys {
		letters := 5 // of which one may be wrong
		if a.key == headerKey(a.field) {
			letters = 4
		}
		d := spelling.Distance(key, a.key, bestDist)
		near := d*letters <= len(a.key)
		if len(a.key) >= 5 && strings.Contains(key, a.key) {
			d = min(d, bestDist-1)
			near = d*2 < len(a.key)
		}
		if near && d < bestDist {
			best, bestDist = a.field, d
		}
	}
	return best
}

// suggestion is the field to name beside a header that means nothing, or "".
// A numbered column is never said to be a right: of those, each row has many.
func suggestion(header string) string {
	near := nearestField(header)
	if f := fieldByName(near); f != nil && f.Right && strings.ContainsAny(header, "0123456789") {
		return ""
	}
	return near
}

// settleNearest suggests no field that another column holds already, and, where
// none does, the one that the cells of a column look like.
func (l *List) settleNearest(rows []headRow) {
	held := map[string]bool{}
	for _, field := range l.info.Mapping {
		held[field] = true
	}
	named := held["name"] || held["first name"] || held["last name"]
	at := map[string]int{}
	for i, c := range l.cols {
		at[c.label] = i
	}
	for i := range l.info.Unknown {
		u := &l.info.Unknown[i]
		f := fieldByName(u.Nearest)
		if f != nil && !f.Multi && (held[f.Name] || f.Name == "name" && named) {
			u.Nearest = ""
		}
		if kind := contentOf(rows, at[u.Header]); kind == "email" && !held["email"] || kind == "links" && u.Nearest == "" {
			u.Nearest = kind
		}
	}
}
