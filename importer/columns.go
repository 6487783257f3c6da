package importer

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"muster/importer/record"
	"muster/importer/spelling"
)

// column is one column of a list and what its cells mean.
type column struct {
	label   string       // header as typed; told apart by a number where it is there twice
	field   record.Field // "" = free column, kept as an attribute
	network string       // slug, for a column of one network

	networks []string // slugs, for a column of links whose header names several networks

	ignored bool
	told    bool // --map says what it holds
	behind  bool // counts only where another column of the same field is blank
	vague   bool // taken for profile links although the header names no network
	secret  bool // its cells are emptied as they are read
	asked   bool // the answer to a question, which may be yes or no
	rank    int  // of several columns of one field the lowest counts first

	platform int          // column that names the network of the handles here, from 1; 0 = none
	doubted  record.Field // that the header names and the cells are not
}

// knowsPerson reports whether the column can tell who a person is.
func (c column) knowsPerson() bool {
	switch c.field {
	case record.FieldEmail, record.FieldExternalID, record.FieldLinks, record.FieldBlog:
		return true
	}
	return c.network != ""
}

// nameFields are those that say what a person is called.
var nameFields = []record.Field{record.FieldName, record.FieldFirstName, record.FieldLastName}

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
	fieldIndex = map[string]*fieldRule{}       // header key → field
	fieldRules = map[record.Field]*fieldRule{} // name → field
	aliasKeys  []aliasKey                      // in the order of the table
)

// aliasKey is a header, as it is compared, and the field that it means.
type aliasKey struct {
	key   string
	field record.Field
}

func init() {
	for i := range fields {
		f := &fields[i]
		fieldRules[f.name] = f
		for _, alias := range append([]string{string(f.name)}, f.aliases...) {
			key := headerKey(alias)
			if other, taken := fieldIndex[key]; taken && other != f {
				panic(fmt.Sprintf("importer: header %s means %s and %s", alias, other.name, f.name))
			}
			fieldIndex[key] = f
			aliasKeys = append(aliasKeys, aliasKey{key, f.name})
		}
	}
	for key := range secretHeaders {
		if f, taken := fieldIndex[key]; taken {
			panic(fmt.Sprintf("importer: header %s is a secret and means %s", key, f.name))
		}
	}
}

// fieldNamed finds a field by name or alias, or a network by its name, for
// --map and --set. The answer is the name as in the table.
func fieldNamed(name string) (record.Field, bool) {
	if f, ok := fieldIndex[headerKey(name)]; ok {
		return f.name, true
	}
	if strings.EqualFold(strings.TrimSpace(name), AttributeField) {
		return AttributeField, true
	}
	if slug, ok := networkOf(name); ok {
		return record.Field(slug), true
	}
	return "", false
}

// AttributeField is the name by which --map keeps a column as it is.
const AttributeField = "attribute"

// FieldNames lists what a column can be said to hold.
func FieldNames() []string {
	names := make([]string, 0, len(fields)+2)
	for _, f := range fields {
		names = append(names, string(f.name))
	}
	return append(names, "a network (instagram, tiktok …)", AttributeField)
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
		return meaning{field: record.Field(slug), network: slug}
	}
	return plainMeaning(base)
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
		if slug, ok := networkOf(header); ok {
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
	return meaning{}
}

// laterHeaders are known headers that count after the others of their field: a
// sign-in name is an address, but not always one that takes mail.
var laterHeaders = map[string]int{"userprincipalname": 2}

// noField are headers that brackets make something else of than a field.
var noField = keySet("middle name", "name middle", "name prefix", "prefix name", "name suffix", "suffix name",
	"name title", "title name")

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
	"pleaseprovideyour", "pleaseenteryour", "pleasegiveyour", "pleaseshareyour", "whatisyour", "whatsyour",
	"provideyour", "enteryour", "shareyour", "linktoyour", "your",
	"bittegibdeine", "bittegibdeinen", "wielautetdeine", "wielautetdein", "wielautetihre", "wielautetihr",
	"wieistdeine", "wieistdein", "wieistihre", "wieistihr", "deine", "dein", "ihre", "ihr",
	"cualestu", "cualessu", "indicatu", "indiquesu", "tu",
	"quelestvotre", "quelleestvotre", "quelesttonadresse", "quelestton", "quelleestta", "indiquezvotre", "votre",
	"qualeseu", "qualeasua", "qualeosu", "qualeoseu", "qualeateu", "seu", "sua", "qualeiltuo", "qualelatua",
	"iltuo", "latua",
}

// requiredMarks are what forms write behind the name of a field.
var requiredMarks = []string{"required", "mandatory", "optional", "pflichtfeld", "pflicht", "obligatorio",
	"obligatoire", "obrigatorio", "obbligatorio", "opcional", "facultatif", "facoltativo"}

func numbered(key string) bool {
	return len(key) > 1 && key[len(key)-1] >= '0' && key[len(key)-1] <= '9'
}

// otherWords are headers that are spelled much like a field and mean something
// else.
var otherWords = wordSet(`company companies compania compagnie companhia country state stage date rate region gender title price
	category tags team firma contact contacts contacto contatto contato kontakt notes note`)

// nearestField is the field whose name or alias looks most like s, or "". The
// names of fields may be mistyped a little more than headers, of which there
// are so many that any short word is near one.
func nearestField(s string) record.Field {
	key := headerKey(s)
	if len(key) < 3 || otherWords[key] {
		return ""
	}
	best, bestDist := record.Field(""), len(key)/3+1
	for _, a := range aliasKeys {
		letters := 5 // of which one may be wrong
		if a.key == headerKey(string(a.field)) {
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
func suggestion(header string) record.Field {
	near := nearestField(header)
	if f := fieldRules[near]; f != nil && f.right && strings.ContainsAny(header, "0123456789") {
		return ""
	}
	return near
}

// settleNearest suggests no field that another column holds already, and, where
// none does, the one that the cells of a column look like.
func (l *List) settleNearest(rows []headRow) {
	held := map[record.Field]bool{}
	for _, c := range l.cols {
		if !c.ignored {
			held[c.field] = true
		}
	}
	named := held[record.FieldName] || held[record.FieldFirstName] || held[record.FieldLastName]
	at := map[string]int{}
	for i, c := range l.cols {
		at[c.label] = i
	}
	for i := range l.info.Unknown {
		u := &l.info.Unknown[i]
		f := fieldRules[record.Field(u.Nearest)]
		if f != nil && !f.multi && (held[f.name] || f.name == record.FieldName && named) {
			u.Nearest = ""
		}
		switch like := contentOf(rows, at[u.Header]); {
		case like == record.FieldEmail && !held[like], like == record.FieldLinks && u.Nearest == "":
			u.Nearest = string(like)
		}
	}
}
