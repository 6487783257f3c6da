package words

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"muster/importer/identity"
	"muster/importer/record"
	"muster/provision/locale"
)

// Retold says in a language what somebody has said in English and kept so: a
// message of the reader, a fault, a hint. A text that is no phrase stays as it is.
func (in In) Retold(text string) string {
	return in.RetoldWith(text, same)
}

// same leaves a value as it is.
func same(value string) string { return value }

// RetoldWith is Retold with values told otherwise.
func (in In) RetoldWith(text string, other func(value string) string) string {
	said, _ := in.retold(text, other)
	return said
}

func (in In) retold(text string, other func(value string) string) (said string, known bool) {
	if in.Language == "" || in.Language == locale.English {
		return text, true
	}
	if said := in.Phrase(text); said != text {
		return said, true
	}
	if m := meant.FindStringSubmatch(text); m != nil {
		said, known = in.retold(m[1], other)
		return said + in.Say("; did you mean %s?", m[2]), known
	}
	if m := signUp.FindStringSubmatch(text); m != nil {
		said, known = in.retold(m[1], other)
		return said + in.Say("; the person can sign up at %s", m[2]), known
	}
	for _, t := range templatesOf(text) {
		if values, is := t.values(text); is {
			for i := range values {
				values[i] = in.retoldValue(other(values[i]))
			}
			return filled(in.Phrase(t.english), values), true
		}
	}
	if m := ofCell.FindStringSubmatch(text); m != nil {
		said, known = in.retold(m[2], other)
		return m[1] + in.Say(": ") + said, known
	}
	if m := ofLines.FindStringSubmatch(text); m != nil {
		said, known = in.retold(m[1], other)
		return said + in.Say(": ") + line.ReplaceAllStringFunc(m[2], func(found string) string {
			n := line.FindStringSubmatch(found)
			return n[1] + in.Say("line %s", n[2]) + n[3]
		}), known
	}
	return text, false
}

// What is put together of phrases: what may have been meant, where
// somebody can sign up, a cell before what
// is wrong with it, lines behind what was done with them.
var (
	meant   = regexp.MustCompile(`^(?s)(.*); did you mean (".*")\?$`)
	signUp  = regexp.MustCompile(`^(?s)(.*); the person can sign up at (\S+)$`)
	ofCell  = regexp.MustCompile(`^(?s)("(?:[^"\\]|\\.)*"): (.*)$`)
	ofLines = regexp.MustCompile(`^(?s)([^:"]*): (line [0-9]+ ".*)$`)
	line    = regexp.MustCompile(`(^|, )line ([0-9]+)( ")`)
)

// retoldValue is a value that may be a sentence itself.
func (in In) retoldValue(value string) string {
	if field[record.Field(value)] {
		return in.Say(value)
	}
	if !strings.Contains(value, " ") {
		return value
	}
	if all := networks(value); all != nil {
		return in.And(all)
	}
	value = strings.ReplaceAll(value, `" (hidden)`, `" `+in.Say("(hidden)"))
	return counted.ReplaceAllStringFunc(in.Retold(value), func(found string) string {
		n, _ := strconv.Atoi(counted.FindStringSubmatch(found)[1])
		return `" (` + in.rows(n) + ")"
	})
}

// networks are those of a list that ends with " and ", nil where it is none.
func networks(value string) []string {
	before, last, listed := strings.Cut(value, " and ")
	if !listed {
		return nil
	}
	all := append(strings.Split(before, ", "), last)
	if slices.ContainsFunc(all, func(name string) bool { return !network()[name] }) {
		return nil
	}
	return all
}

// network are all networks as they are called.
var network = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for _, n := range identity.Networks() {
		all[n.Name] = true
	}
	return all
})

// field are the fields of lists, whose names are phrases.
var field = map[record.Field]bool{
	record.FieldEmail: true, record.FieldName: true, record.FieldFirstName: true, record.FieldLastName: true, record.FieldExternalID: true,
	record.FieldContactEmail: true, record.FieldLinks: true, record.FieldKind: true, record.FieldRelation: true, record.FieldBrands: true,
	record.FieldCampaigns: true, record.FieldProducts: true, record.FieldRole: true, record.FieldPermissions: true, record.FieldStatus: true,
	record.FieldLanguage: true, record.FieldTimeZone: true, record.FieldPicture: true,
}

// counted is a sheet with the number of its rows.
var counted = regexp.MustCompile(`" \(([0-9]+) rows?\)`)

// A template is a phrase with verbs, taken apart at them.
type template struct {
	english string
	parts   []string
	length  int // of all parts
}

// verb is where a value stands in a phrase, with its number where it has one.
var verb = regexp.MustCompile(`%(?:\[(\d)\])?[sdqv]`)

// plain is how long the parts of a template are at least: in a shorter one any
// text could be found.
const plain = 8

// opening is how much of its first part a template is found by.
const opening = 4

// templates are all phrases with verbs, those with the longest parts first, by how
// they begin; "" for those that begin with a value.
var templates = sync.OnceValue(func() map[string][]template {
	phrases, _ := locale.German.Phrases() // a test reads them, and all languages have the same
	all := map[string][]template{}
	for english := range phrases {
		t := taken(english)
		if len(t.parts) > 1 && t.length >= plain && !slices.Contains(ofNotes, english) {
			all[opened(t.parts[0])] = append(all[opened(t.parts[0])], t)
		}
	}
	for _, some := range all {
		slices.SortFunc(some, longest)
	}
	return all
})

// taken takes a phrase apart.
func taken(english string) template {
	t := template{english: english, parts: verb.Split(english, -1)}
	for _, part := range t.parts {
		t.length += len(part)
	}
	return t
}

func longest(a, b template) int {
	return cmp.Or(cmp.Compare(b.length, a.length), cmp.Compare(a.english, b.english))
}

func opened(text string) string {
	if len(text) < opening {
		return ""
	}
	return text[:opening]
}

// templatesOf are those that a text may have been made of.
func templatesOf(text string) []template {
	some := slices.Concat(templates()[opened(text)], templates()[""])
	slices.SortFunc(some, longest)
	return some
}

// values finds what stands between the parts.
func (t template) values(text string) ([]string, bool) {
	rest, begins := strings.CutPrefix(text, t.parts[0])
	if !begins {
		return nil, false
	}
	var values []string
	last := len(t.parts) - 1
	for i, part := range t.parts[1:] {
		at := strings.Index(rest, part)
		if i+1 == last {
			at = len(rest) - len(part)
			if !strings.HasSuffix(rest, part) {
				return nil, false
			}
		}
		if at <= 0 {
			return nil, false
		}
		values = append(values, rest[:at])
		rest = rest[at+len(part):]
	}
	return values, true
}

// filled puts values where a phrase has verbs.
func filled(phrase string, values []string) string {
	n := -1
	return verb.ReplaceAllStringFunc(phrase, func(found string) string {
		n++
		at := n
		if m := verb.FindStringSubmatch(found); m[1] != "" {
			at = int(m[1][0] - '1')
		}
		if at >= len(values) {
			return found
		}
		return values[at]
	})
}
