package importer

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// column is one column of a list and what its cells mean.
type column struct {
	label   string // header as typed; told apart by a number where it is there twice
	field   string // name of a field, "" = free column, kept as an attribute
	network string // slug, for a column of one network
	ignored bool
	told    bool // --map says what it holds
	behind  bool // counts only where another column of the same field is blank
	vague   bool // taken for profile links although the header names no network
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
	fieldIndex     = map[string]*Field{} // header key → field
	forbiddenIndex = map[string]string{} // header key → why
	aliasKeys      []aliasKey            // in the order of the table
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
	for why, headers := range forbidden {
		for _, h := range headers {
			key := headerKey(h)
			if f, taken := fieldIndex[key]; taken {
				panic("importer: header " + h + " is forbidden and means " + f.Name)
			}
			forbiddenIndex[key] = why
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
	key := headerKey(header)
	f := fieldIndex[key]
	if f != nil && f.Name != "links" && f.Name != "blog" {
		return f.Name, ""
	}
	if f == nil && numbered(key) {
		if f = fieldIndex[strings.TrimRight(key, "0123456789")]; f != nil {
			return f.Name, ""
		}
	}
	if f == nil || f.Name == "links" {
		if slug, ok := networkOf(header); ok {
			return slug, slug
		}
	}
	if f != nil {
		return f.Name, ""
	}
	for _, part := range requiredMarks {
		if rest := strings.TrimSuffix(key, part); rest != key && rest != "" {
			return columnFor(rest)
		}
	}
	if rest := unasked(key); rest != key {
		return columnFor(rest)
	}
	return "", ""
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

// stops says why a column of that header may not be imported, or "".
func stops(header string) string {
	key := headerKey(header)
	if why := forbiddenIndex[key]; why != "" {
		return why
	}
	return forbiddenIndex[unasked(key)]
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
		d := distance(key, a.key, bestDist)
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

// distance is the edit distance of two short words, with swapped neighbours
// as one step, or most if it is not less.
func distance(a, b string, most int) int {
	if d := len(a) - len(b); d >= most || -d >= most {
		return most
	}
	prev2, prev, cur := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				cur[j] = min(cur[j], prev2[j-2]+1)
			}
		}
		prev2, prev, cur = prev, cur, prev2
	}
	return min(prev[len(b)], most)
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
