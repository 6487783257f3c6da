package dedupe

import (
	"slices"

	"muster/importer/identity"
	"muster/importer/reason"
	"muster/importer/record"
)

// Contradiction judges the records of one person as a whole and returns why
// they cannot be one person, or not the creator they would become, or "".
// Whatever the order of the records, the answer is the same.
func Contradiction(records []record.Record) reason.Code {
	switch {
	case slices.ContainsFunc(records, notTheCreator):
		return reason.NotTheCreator
	case len(records) < 2:
		return ""
	}
	switch emails := distinct(records, func(r record.Record) string { return r.Email.Value }); {
	case len(emails) > 1 && !spelledDifferently(records):
		return severalEmails(records)
	case handlesDisagree(records):
		return reason.SharedAddress
	case len(distinct(records, func(r record.Record) string { return r.ExternalID })) > 1:
		return reason.TwoExternalIDs
	case len(distinct(records, func(r record.Record) string { return string(r.Kind) })) > 1:
		return reason.KindsDiffer
	case statusesDisagree(records):
		return reason.StatusesDiffer
	case len(emails) > 0 && namesDisagree(records, true), borrowsEmail(records):
		return reason.NamesShareNothing
	}
	return ""
}

// notTheCreator reports whether a row that would make a creator says it is of
// somebody around one. Beside the kinds staff and client a relation is a title.
func notTheCreator(r record.Record) bool {
	return r.Relation != "" && r.Usable() && r.Kind != record.Staff && r.Kind != record.Client
}

// distinct returns the values of a field that are not empty, each once.
func distinct(records []record.Record, field func(record.Record) string) []string {
	var values []string
	seen := map[string]bool{}
	for _, r := range records {
		if v := field(r); v != "" && !seen[v] {
			seen[v] = true
			values = append(values, v)
		}
	}
	return values
}

// statusesDisagree reports whether one row says blocked and another something
// else: both could be done in turn, every night.
func statusesDisagree(records []record.Record) bool {
	said := distinct(records, func(r record.Record) string { return r.Status })
	return len(said) > 1 && slices.Contains(said, "blocked")
}

// spelledDifferently reports whether the different emails of the records are
// one person's all the same: they reach one mailbox, as its provider documents,
// and each of them stands with a handle and a word of the name of another.
func spelledDifferently(records []record.Record) bool {
	mailboxes := distinct(records, func(r record.Record) string {
		if r.Email.Folds() {
			return r.Email.Mailbox
		}
		return r.Email.Value
	})
	if len(mailboxes) > 1 {
		return false
	}
	emails := distinct(records, func(r record.Record) string { return r.Email.Value })
	handles, names := newGrouping(len(emails)), newGrouping(len(emails))
	for _, r := range records {
		if i := slices.Index(emails, r.Email.Value); i >= 0 {
			handles.add(i, handleValues(r))
			names.add(i, nameTokens(r.Name))
		}
	}
	return handles.count() == 1 && names.count() == 1
}

// handleValues are the personal handles of a record, each with its space.
func handleValues(r record.Record) []string {
	var all []string
	for _, p := range personal(r) {
		all = append(all, p.Key().Space+"\x00"+p.Key().Value)
	}
	return all
}

// severalEmails names what ties records with different emails together.
func severalEmails(records []record.Record) reason.Code {
	email := map[identity.Key]string{}
	shared := reason.SharedAccount
	for _, r := range records {
		if r.Email.IsZero() {
			continue
		}
		keys, _ := Keys(r, "")
		for _, k := range keys {
			switch e, seen := email[k]; {
			case !seen:
				email[k] = r.Email.Value
			case e != r.Email.Value && k.Space == ExternalSpace(""):
				return reason.SharedExternalID
			case e != r.Email.Value:
				shared = reason.SharedHandle
			}
		}
	}
	if shared == reason.SharedAccount && handleTies(records) {
		return reason.SharedHandle // through a third row
	}
	return shared
}

// handleTies reports whether any handle stands on two of the records.
func handleTies(records []record.Record) bool {
	seen := map[identity.Key]bool{}
	for _, r := range records {
		for _, p := range personal(r) {
			if seen[p.Key()] {
				return true
			}
		}
		for _, p := range personal(r) {
			seen[p.Key()] = true
		}
	}
	return false
}

func personal(r record.Record) []identity.Profile {
	return slices.DeleteFunc(slices.Clone(r.Profiles), func(p identity.Profile) bool { return p.Shared })
}

// handlesDisagree reports whether, on one network and within one id space,
// the records fall into groups that share no handle. {@a}, {@a, @b} and {@b}
// agree; {@a} and {@b} do not; @name and a channel id cannot be compared.
func handlesDisagree(records []record.Record) bool {
	groups := map[string]*grouping{}
	for i, r := range records {
		bySpace := map[string][]string{}
		for _, p := range personal(r) {
			bySpace[p.Space()] = append(bySpace[p.Space()], p.Key().Value)
		}
		for space, values := range bySpace {
			if groups[space] == nil {
				groups[space] = newGrouping(len(records))
			}
			groups[space].add(i, values)
		}
	}
	for _, g := range groups {
		if g.count() > 1 {
			return true
		}
	}
	return false
}

// borrowsEmail reports whether a record without email would take that of a
// record whose name has nothing in common with its own: whoever writes a row
// could send themselves the link of somebody else's row that way.
func borrowsEmail(records []record.Record) bool {
	without := slices.ContainsFunc(records, func(r record.Record) bool { return r.Email.IsZero() })
	with := slices.ContainsFunc(records, func(r record.Record) bool { return !r.Email.IsZero() })
	return without && with && namesDisagree(records, false)
}

// namesDisagree reports whether the named records fall into groups that share
// no word of the name, and, where handles count, no handle either.
func namesDisagree(records []record.Record, handles bool) bool {
	g := newGrouping(len(records))
	for i, r := range records {
		tokens := nameTokens(r.Name)
		if len(tokens) == 0 {
			continue
		}
		if handles {
			tokens = append(tokens, handleValues(r)...)
		}
		g.add(i, tokens)
	}
	return g.count() > 1
}

// A grouping joins members that share a value.
type grouping struct {
	members forest
	in      []bool         // the members that were added
	owner   map[string]int // value → the first member that has it
}

func newGrouping(members int) *grouping {
	return &grouping{members: newForest(members), in: make([]bool, members), owner: map[string]int{}}
}

func (g *grouping) add(member int, values []string) {
	g.in[member] = true
	for _, v := range values {
		if other, taken := g.owner[v]; taken {
			g.members.join(uint32(member), uint32(other))
		} else {
			g.owner[v] = member
		}
	}
}

// count returns the number of groups among the members that were added.
func (g *grouping) count() int {
	n := 0
	for i, added := range g.in {
		if added && g.members.root(uint32(i)) == uint32(i) {
			n++
		}
	}
	return n
}
