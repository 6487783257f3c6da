package plan

import (
	"cmp"
	"slices"
	"strings"

	"muster/dedupe"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/guard"
)

// measure counts what guards count, of the people of each brand and kind, as the
// rows say of them: the columns of a list count, not how it was called.
func measure(sc provision.Scope, p *Plan) ([]guard.Part, error) {
	m := measuring{policy: sc.Policy, brand: sc.Authority.Brand.Slug, parts: map[string]*guard.Part{}}
	for s, err := range p.Steps() {
		if err != nil {
			return nil, err
		}
		var person dedupe.Person
		if person.Records, err = planRecords(p, s.Rows); err != nil {
			return nil, err
		}
		wanted := person.Wanted(s.Rows, sc.Policy)
		m.onTheList(m.part(wanted.Brands, wanted.Kind), s)
	}
	for s, err := range p.Missing() {
		if err != nil {
			return nil, err
		}
		m.missing(s)
	}
	return m.known(p.Summary.Measured.Known), nil
}

// measuring is what was counted so far.
type measuring struct {
	policy dedupe.Policy
	brand  string // of people whose row names none
	parts  map[string]*guard.Part
}

// part is that of people of some brands and a kind.
func (m measuring) part(brands []string, kind record.Kind) *guard.Part {
	brands = slices.Clone(brands)
	slices.Sort(brands)
	if len(brands) == 0 {
		brands = []string{m.brand}
	}
	kind = cmp.Or(kind, m.policy.Kind, record.Creator)
	name := strings.Join(append(brands, string(kind)), " ")
	if m.parts[name] == nil {
		m.parts[name] = &guard.Part{Brands: brands, Kind: kind}
	}
	return m.parts[name]
}

// onTheList counts somebody who is on rows.
func (m measuring) onTheList(p *guard.Part, s change.Step) {
	effects := effectsOf(s.Changes)
	p.Rows += len(s.Rows)
	p.People++
	p.Creations += bit(s.First.Outcome == provision.Created)
	p.Claims += bit(s.First.Outcome == provision.Claimed)
	p.Removals += bit(loses(s))
	p.Raises += m.raises(s.Changes)
	p.Mails += effects.MailsSent
	if s.First.Outcome == provision.Rejected {
		p.Rejects += len(s.Rows)
	}
}

// missing counts somebody who is on no row, in the brands that they leave.
func (m measuring) missing(s change.Step) {
	var brands []string
	kind := m.policy.Kind
	for _, c := range s.Changes {
		if leave, is := c.(change.Leave); is {
			brands = append(brands, leave.Brand)
			kind = leave.Kind
		}
	}
	p := m.part(slices.Compact(brands), kind)
	p.Known++
	p.Removals += bit(loses(s))
}

// known are the parts, with the people whom removals are measured by: whoever was
// known before, so many altogether, or else those of the list.
func (m measuring) known(known int) []guard.Part {
	own := m.part(nil, "")
	var all []guard.Part
	for _, p := range m.parts {
		if p != own {
			p.Known += p.People
			known -= p.Known
			all = append(all, *p)
		}
	}
	own.Known = max(known, 0)
	if known <= 0 {
		own.Known = own.People
	}
	return append(all, *own)
}

// raises counts the roles above the default of their kind that somebody gets.
func (m measuring) raises(changes change.Changes) int {
	n := 0
	for _, c := range changes {
		switch c := c.(type) {
		case change.Join:
			n += bit(m.above(c.Role, c.Kind))
		case change.Offer:
			n += bit(m.above(c.Role, c.Kind))
		case change.SetRole:
			n += bit(!c.Lowers)
		}
	}
	return n
}

func (m measuring) above(role string, kind record.Kind) bool {
	usual := m.policy.DefaultRole(kind)
	return role != "" && m.policy.Ranks[role] > m.policy.Ranks[usual]
}
