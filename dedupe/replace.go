package dedupe

import (
	"cmp"
	"slices"

	"muster/importer/record"
)

// replace lets the list have the last word, where that is asked for: what an
// account of the organization that nobody has registered with holds otherwise is
// cleared, and filled with what the person says. Where one of the rows says what is
// there already, it stays. Nobody's address is changed, nor an account that may do
// more than the operator.
func (m Match) replace(w *Write, a Account, p Policy) {
	if p.OnDifference != UpdateDifferences || !a.OwnedHere || a.Status == Registered || a.Beyond(p) {
		return
	}
	var gone, come Fill
	if w.Fill != nil {
		come = *w.Fill
	}
	m.rename(a, &gone, &come)
	for _, d := range []struct {
		of         func(record.Record) string
		held       string
		gone, come *string
	}{
		{func(r record.Record) string { return r.ContactEmail }, a.ContactEmail, &gone.ContactEmail, &come.ContactEmail},
		{func(r record.Record) string { return r.Language }, a.Language, &gone.Language, &come.Language},
		{func(r record.Record) string { return r.TimeZone }, a.TimeZone, &gone.TimeZone, &come.TimeZone},
		{func(r record.Record) string { return r.Picture }, a.Picture, &gone.Picture, &come.Picture},
	} {
		said := m.Person.first(d.of)
		agrees := func(r record.Record) bool { return d.of(r) == d.held }
		if said != "" && d.held != "" && !slices.ContainsFunc(m.Person.Records, agrees) {
			*d.gone, *d.come = d.held, said
		}
	}
	if gone != (Fill{}) {
		w.Clear, w.Fill = &gone, nil
	}
	if come != (Fill{}) {
		w.Fill = &come
	}
}

// rename replaces a name by another one, with its parts: those of a name that is
// no more go with it.
func (m Match) rename(a Account, gone, come *Fill) {
	name := m.Person.name()
	if name == "" || a.Name == "" || m.Person.anyName(func(said string) bool { return SameName(said, a.Name) }) {
		return
	}
	gone.Name, come.Name = a.Name, name
	first, last := m.Person.nameParts(name)
	if first != a.FirstName {
		gone.FirstName, come.FirstName = a.FirstName, first
	}
	if last != a.LastName {
		gone.LastName, come.LastName = a.LastName, last
	}
}

// with is the account as it is once something of its details is written.
func (a Account) with(w Write) Account {
	if gone := w.Clear; gone != nil {
		for _, d := range []struct{ held, gone *string }{
			{&a.Name, &gone.Name}, {&a.FirstName, &gone.FirstName}, {&a.LastName, &gone.LastName},
			{&a.ContactEmail, &gone.ContactEmail}, {&a.Language, &gone.Language}, {&a.TimeZone, &gone.TimeZone},
			{&a.Picture, &gone.Picture},
		} {
			if *d.gone != "" {
				*d.held = ""
			}
		}
	}
	if come := w.Fill; come != nil && w.Clear != nil {
		a.Name = cmp.Or(a.Name, come.Name)
		a.FirstName = cmp.Or(a.FirstName, come.FirstName)
		a.LastName = cmp.Or(a.LastName, come.LastName)
		a.ContactEmail = cmp.Or(a.ContactEmail, come.ContactEmail)
		a.Language = cmp.Or(a.Language, come.Language)
		a.TimeZone = cmp.Or(a.TimeZone, come.TimeZone)
		a.Picture = cmp.Or(a.Picture, come.Picture)
	}
	return a
}
