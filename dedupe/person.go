package dedupe

import (
	"cmp"
	"slices"

	"muster/importer/identity"
	"muster/importer/reason"
	"muster/importer/record"
)

// Person is the records that are one person inside the lists, in list order:
// either one record that cannot be used, or usable ones only.
type Person struct {
	Records []record.Record
	Sharers []int       // rows of other people that reach the same mailbox, the first few of each
	Held    reason.Code // why the rows are held whatever the directory says; "" where they agree
}

// First returns the number of the row that carries the decision.
func (p Person) First() int { return p.Records[0].Row }

// Rows returns the numbers of the person's rows, in list order.
func (p Person) Rows() []int {
	rows := make([]int, len(p.Records))
	for i, r := range p.Records {
		rows[i] = r.Row
	}
	return rows
}

// rowOf returns the first row with an address of the person.
func (p Person) rowOf(email identity.Email) int {
	i := slices.IndexFunc(p.Records, func(r record.Record) bool { return r.Email.Value == email.Value })
	return p.Records[i].Row
}

// join makes one person of several, whose rows may contradict each other.
func join(people ...Person) Person {
	var all Person
	for _, p := range people {
		all.Records = append(all.Records, p.Records...)
		all.Sharers = append(all.Sharers, p.Sharers...)
		all.Held = cmp.Or(all.Held, p.Held)
	}
	own := all.Rows()
	all.Sharers = slices.DeleteFunc(all.Sharers, func(row int) bool { return slices.Contains(own, row) })
	slices.SortFunc(all.Records, func(a, b record.Record) int { return cmp.Compare(a.Row, b.Row) })
	all.Held = cmp.Or(Contradiction(all.Records), all.Held)
	return all
}

// ExternalSpace is the space of an organization's external ids.
func ExternalSpace(organization string) string { return "external:" + organization }

// Keys returns what a record is known by: the keys that at most one account
// can own, and the hints that people share. Organization is the id of the one
// whose external ids the list carries.
func Keys(r record.Record, organization string) (keys, hints []identity.Key) {
	if !r.Email.IsZero() {
		keys = append(keys, r.Email.Key())
		if r.Email.Folds() {
			hints = append(hints, r.Email.MailboxKey())
		}
	}
	if r.ExternalID != "" {
		keys = append(keys, identity.Key{Space: ExternalSpace(organization), Value: r.ExternalID})
	}
	for _, p := range r.Profiles {
		if p.Shared {
			hints = append(hints, p.Key())
		} else {
			keys = append(keys, p.Key())
		}
	}
	return keys, hints
}

// Keys returns the keys and hints of all the person's records, sorted and
// each once.
func (p Person) Keys(organization string) (keys, hints []identity.Key) {
	for _, r := range p.Records {
		k, h := Keys(r, organization)
		keys = append(keys, k...)
		hints = append(hints, h...)
	}
	return sorted(keys), sorted(hints)
}

func sorted(keys []identity.Key) []identity.Key {
	slices.SortFunc(keys, CompareKeys)
	return slices.Compact(keys)
}

// CompareKeys orders keys bytewise, by space and value: the one order in
// which keys are looked up, locked and written.
func CompareKeys(a, b identity.Key) int {
	return cmp.Or(cmp.Compare(a.Space, b.Space), cmp.Compare(a.Value, b.Value))
}

// profiles returns every profile of the person once, in list order.
func (p Person) profiles() []identity.Profile {
	number := 0
	for _, r := range p.Records {
		number += len(r.Profiles)
	}
	if number == 0 {
		return nil
	}
	all := make([]identity.Profile, 0, number)
	seen := make(map[identity.Key]bool, number)
	for _, r := range p.Records {
		for _, profile := range r.Profiles {
			if k := profile.Key(); !seen[k] {
				seen[k] = true
				all = append(all, profile)
			}
		}
	}
	return all
}

// first returns the first value that is not empty, in list order.
func (p Person) first(field func(record.Record) string) string {
	for _, r := range p.Records {
		if v := field(r); v != "" {
			return v
		}
	}
	return ""
}

func (p Person) name() string { return p.first(func(r record.Record) string { return r.Name }) }

// anyName reports whether any of the names the rows give passes. Decisions
// look at all of them, since which comes first depends on the order of rows.
func (p Person) anyName(f func(name string) bool) bool {
	return slices.ContainsFunc(p.Records, func(r record.Record) bool { return r.Name != "" && f(r.Name) })
}

func (p Person) externalID() string {
	return p.first(func(r record.Record) string { return r.ExternalID })
}
func (p Person) kind() record.Kind {
	return record.Kind(p.first(func(r record.Record) string { return string(r.Kind) }))
}

// email returns the person's address. The rows agree on it, at most spell it
// differently, or are held.
func (p Person) email() identity.Email {
	for _, r := range p.Records {
		if !r.Email.IsZero() {
			return r.Email
		}
	}
	return identity.Email{}
}

// at reports whether an address is among the person's.
func (p Person) at(e identity.Email) bool {
	return slices.ContainsFunc(p.Records, func(r record.Record) bool { return r.Email.Value == e.Value })
}

// union returns the values of a field over all rows, each once, in list order.
func (p Person) union(field func(record.Record) []string) []string {
	var all []string
	for _, r := range p.Records {
		for _, v := range field(r) {
			if !slices.Contains(all, v) {
				all = append(all, v)
			}
		}
	}
	return all
}

// attributes joins the free columns of the rows; the first row that fills a
// column wins.
func (p Person) attributes() []record.Attribute {
	var all []record.Attribute
	filled := map[string]bool{} // a list may have thousands of columns
	for _, r := range p.Records {
		for _, a := range r.Attributes {
			if a.Value != "" && !filled[a.Column] {
				filled[a.Column] = true
				all = append(all, a)
			}
		}
	}
	return all
}
