package dedupe

import (
	"cmp"
	"maps"
	"slices"

	"muster/importer/reason"
	"muster/importer/record"
)

// Details are what an account keeps of its person beside name and address.
type Details struct {
	FirstName    string `json:"first_name,omitempty"`
	LastName     string `json:"last_name,omitempty"`
	ContactEmail string `json:"contact_email,omitempty"`
	Language     string `json:"language,omitempty"`
	TimeZone     string `json:"time_zone,omitempty"`
	Picture      string `json:"picture,omitempty"`
}

// Fill is what is written into an account where it is blank, and nowhere else.
type Fill struct {
	Name string `json:"name,omitempty"`
	Details
}

// Kept says what a membership keeps of the free columns of lists. Before and
// After hold the columns that change: what was there, "" for nothing, and what
// is there from now on. All holds every column, as it is to be stored.
type Kept struct {
	Brand  string            `json:"brand"`
	Before map[string]string `json:"before"`
	After  map[string]string `json:"after"`
	All    map[string]string `json:"all"`
}

// details returns what the first rows that say it say.
func (p Person) details() Details {
	return Details{
		FirstName:    p.first(func(r record.Record) string { return r.FirstName }),
		LastName:     p.first(func(r record.Record) string { return r.LastName }),
		ContactEmail: p.first(func(r record.Record) string { return r.ContactEmail }),
		Language:     p.first(func(r record.Record) string { return r.Language }),
		TimeZone:     p.first(func(r record.Record) string { return r.TimeZone }),
		Picture:      p.first(func(r record.Record) string { return r.Picture }),
	}
}

// kept returns what the memberships that the account has in the wanted brands
// keep from now on, where that is something else: of its own free columns the
// list is the newest word. Where rows of the person disagree about a column,
// none of them changes what one of them says is there already.
func (m Match) kept(a Account, p Policy) []Kept {
	var all []Kept
	columns := m.Person.attributes()
	if len(columns) == 0 {
		return nil
	}
	said := m.Person.said()
	for _, brand := range p.brands(m.Person) {
		if _, in := a.In(brand); !in {
			continue
		}
		k := Kept{Brand: brand}
		for _, c := range columns {
			if held := a.Attributes[brand][c.Column]; held != c.Value && !said[record.Attribute{Column: c.Column, Value: held}] {
				k.change(a.Attributes[brand], c, held)
			}
		}
		if len(k.After) > 0 {
			all = append(all, k)
		}
	}
	return all
}

// change takes in a column that changes.
func (k *Kept) change(held map[string]string, to record.Attribute, from string) {
	if k.All == nil {
		k.Before = map[string]string{}
		k.After = map[string]string{}
		k.All = map[string]string{}
		maps.Copy(k.All, held)
	}
	k.Before[to.Column] = from
	k.After[to.Column] = to.Value
	k.All[to.Column] = to.Value
}

// FreeIn returns the brands a person is to be in where the rows bring free
// columns: those whose memberships keep such.
func (p Person) FreeIn(policy Policy) []string {
	if !slices.ContainsFunc(p.Records, func(r record.Record) bool { return len(r.Attributes) > 0 }) {
		return nil
	}
	return policy.brands(p)
}

// said returns what the rows of the person have in free columns.
func (p Person) said() map[record.Attribute]bool {
	all := map[record.Attribute]bool{}
	for _, r := range p.Records {
		for _, a := range r.Attributes {
			all[a] = true
		}
	}
	return all
}

// fill returns what the person says and the account has nothing of, nil for
// nothing, and for accounts that may do more than the operator. Parts of a name
// are taken from a row whose whole name is the account's, or becomes it.
func (m Match) fill(a Account, p Policy) *Fill {
	if !a.OwnedHere || a.Beyond(p) || p.OnDifference == ReportDifferences {
		return nil
	}
	said := m.Person.details()
	name := cmp.Or(a.Name, m.Person.name())
	said.FirstName, said.LastName = m.Person.nameParts(name)
	f := Fill{Name: blankOnly(a.Name, name), Details: Details{
		FirstName:    blankOnly(a.FirstName, said.FirstName),
		LastName:     blankOnly(a.LastName, said.LastName),
		ContactEmail: blankOnly(a.ContactEmail, said.ContactEmail),
		Language:     blankOnly(a.Language, said.Language),
		TimeZone:     blankOnly(a.TimeZone, said.TimeZone),
		Picture:      blankOnly(a.Picture, said.Picture),
	}}
	if f == (Fill{}) {
		return nil
	}
	return &f
}

// Blanks names what is filled in.
func (f *Fill) Blanks() []string {
	if f == nil {
		return nil
	}
	var names []string
	for _, name := range []string{"name", "first name", "last name", "contact email", "language", "time zone", "picture"} {
		if *f.Named(name) != "" {
			names = append(names, name)
		}
	}
	return names
}

// Named is where a detail stands, by its name as Blanks says it; nil for none.
func (f *Fill) Named(name string) *string {
	switch name {
	case "name":
		return &f.Name
	case "first name":
		return &f.FirstName
	case "last name":
		return &f.LastName
	case "contact email":
		return &f.ContactEmail
	case "language":
		return &f.Language
	case "time zone":
		return &f.TimeZone
	case "picture":
		return &f.Picture
	}
	return nil
}

func blankOnly(held, said string) string {
	if held != "" {
		return ""
	}
	return said
}

// nameParts returns first and last name as the first row of this name has them.
func (p Person) nameParts(name string) (first, last string) {
	for _, r := range p.Records {
		if (r.FirstName != "" || r.LastName != "") && SameName(r.Name, name) {
			return r.FirstName, r.LastName
		}
	}
	return "", ""
}

// detailNotes notes details that the account has otherwise than the person says.
func (m Match) detailNotes(a Account, add func(code reason.Code, said, holds string)) {
	held := a.Details
	for _, d := range []struct {
		what  string
		of    func(record.Record) string
		holds string
	}{
		{"contact email", func(r record.Record) string { return r.ContactEmail }, held.ContactEmail},
		{"language", func(r record.Record) string { return r.Language }, held.Language},
		{"time zone", func(r record.Record) string { return r.TimeZone }, held.TimeZone},
		{"picture", func(r record.Record) string { return r.Picture }, held.Picture},
	} {
		said := m.Person.first(d.of)
		agrees := func(r record.Record) bool { return d.of(r) == d.holds }
		if said != "" && d.holds != "" && !slices.ContainsFunc(m.Person.Records, agrees) {
			add(reason.DetailsDiffer, d.what+" "+said, d.what+" "+d.holds)
		}
	}
}

// columnNotes notes free columns that are said otherwise than the memberships
// of the account keep them, where they are not taken over.
func (m Match) columnNotes(a Account, p Policy) []Note {
	var notes []Note
	for _, k := range m.kept(a, p) {
		for _, column := range slices.Sorted(maps.Keys(k.After)) {
			n := Note{Code: reason.DetailsDiffer, Row: m.Person.First(), Said: column + " " + k.After[column]}
			switch held := k.Before[column]; {
			case !a.Visible(p.VisibleBrands):
			case held == "":
				n.Holds = "no " + column
			default:
				n.Holds = column + " " + held
			}
			notes = append(notes, n)
		}
	}
	return notes
}
