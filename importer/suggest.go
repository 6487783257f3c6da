package importer

import (
	"strings"

	"muster/importer/record"
	"muster/importer/spelling"
)

// otherWords are headers that are spelled much like a field and mean something
// else.
var otherWords = wordSet(`company companies compania compagnie companhia country state stage date rate region
	gender title price
	category tags team firma contact contacts contacto contatto contato kontakt notes note`)

// nearestField is the field whose name or alias looks most like s, or "".
func nearestField(s string) record.Field {
	key := headerKey(s)
	if len(key) < 3 || otherWords[key] {
		return ""
	}
	best, bestDist := record.Field(""), len(key)/3+1
	for _, a := range aliasKeys {
		holds := len(a.key) >= 5 && strings.Contains(key, a.key)
		most := bestDist
		if !holds { // what is further apart is not near, and need not be counted
			most = min(most, len(a.key)/a.letters+1)
		}
		d := spelling.Distance(key, a.key, most)
		near := d*a.letters <= len(a.key)
		if holds {
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

// suggestFields goes over the fields that are suggested for unknown headers: one
// that another column holds already is taken back, and a column whose cells look
// like addresses or links is said to be that.
func (l *List) suggestFields(rows []headRow) {
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
