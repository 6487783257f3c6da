package importer

import (
	"slices"
	"strings"

	"muster/importer/identity"
	"muster/importer/reason"
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
// A numbered column is never said to be a right: of those, each row has many. Nor is
// one whose header is more than a slip of the hand away: projects are no products.
func suggestion(header string) record.Field {
	near := nearestField(header)
	if f := fieldRules[near]; f != nil && f.right && (strings.ContainsAny(header, "0123456789") || !slipOf(near, header)) {
		return ""
	}
	return near
}

// slipOf reports whether a header holds a name of the field, or is one with a slip.
func slipOf(field record.Field, header string) bool {
	key := headerKey(header)
	return slices.ContainsFunc(aliasKeys, func(a aliasKey) bool {
		return a.field == field && (strings.Contains(key, a.key) || spelling.Distance(key, a.key, 2) < 2)
	})
}

// suggestFields goes over the fields that are suggested for unknown headers: one
// that another column holds already, or that its cells cannot be, is taken back, and a
// column whose cells hold addresses or lead to profiles is said to be that.
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
		values := sampleOf(rows, at[u.Header])
		if f != nil && (!f.multi && (held[f.name] || f.name == record.FieldName && named) || !fits(f.name, u.Header, values)) {
			u.Nearest = ""
		}
		switch slug := networkWithin(u.Header); {
		case !held[record.FieldEmail] && holdAddresses(values):
			u.Nearest = string(record.FieldEmail)
		case slug != "" && lookAt(values).handles*2 > len(values):
			u.Nearest = slug
		case u.Nearest == "" && leadToProfiles(values):
			u.Nearest = string(record.FieldLinks)
		}
	}
}

// fits reports whether what stands in a column can be a field that its header only
// reminds of.
func fits(field record.Field, header string, values []string) bool {
	switch field {
	case record.FieldLinks, record.FieldBlog:
		return leadToProfiles(values)
	case record.FieldRelation:
		return slices.ContainsFunc(values, func(v string) bool { _, known := relationOf(v); return known })
	case record.FieldKind:
		return slices.ContainsFunc(values, func(v string) bool { _, known := kindOf(v); return known })
	case record.FieldStatus:
		return isOurStatus(values)
	}
	return believed(field, "", header, values)
}

// holdAddresses reports whether nearly every cell has an address in it.
func holdAddresses(values []string) bool {
	return nearlyAll(values, func(v string) bool {
		if !strings.ContainsRune(v, '@') {
			return false
		}
		_, _, err := identity.ParseEmail(v)
		return err == nil || refusal(err).Reason == reason.SeveralAddresses
	})
}

// leadToProfiles reports whether nearly every cell has a link to a network's profile in
// it.
func leadToProfiles(values []string) bool {
	return nearlyAll(values, func(v string) bool {
		return strings.ContainsRune(v, '/') && namesProfile(v)
	})
}

// namesProfile reports whether a cell says of a profile in it which network it is on.
func namesProfile(v string) bool {
	found, _ := identity.ParseProfiles(v, "")
	return slices.ContainsFunc(found, func(p identity.Profile) bool { return p.Network != "website" })
}

// nearlyAll reports whether four cells of five are of a kind.
func nearlyAll(values []string, is func(string) bool) bool {
	n := 0
	for at, v := range values {
		if is(v) {
			n++
		} else if (at-n+1)*5 > len(values) {
			return false
		}
	}
	return n > 0
}

// mostly reports whether more than half of the cells are of a kind.
func mostly(values []string, is func(string) bool) bool {
	n := 0
	for _, v := range values {
		if is(v) {
			n++
		}
	}
	return n*2 > len(values)
}

// networkWithin is the one network that a header names among other words, or "".
func networkWithin(header string) (slug string) {
	for _, w := range identity.HeaderWords(header) {
		if s, ok := identity.NetworkOf(w); ok && s != "website" && s != slug {
			if slug != "" {
				return ""
			}
			slug = s
		}
	}
	return slug
}
