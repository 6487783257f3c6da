package directory

import (
	"cmp"
	"fmt"
	"hash/maphash"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/reason"
	"muster/importer/record"
)

// A claim is what a row of an export says of one key: the other thing by which
// it knows the person. Two claims with different others contradict each other.
type claim struct {
	key   identity.Key
	code  reason.Code // what it means if another row says otherwise
	other string
}

// claims are the claims of a row. An external id is one of an organization, so
// the organization's slug is part of it.
func claims(a Account, organization string) []claim {
	var all []claim
	add := func(k identity.Key, code reason.Code, other string) {
		if k.Value != "" && other != "" {
			all = append(all, claim{k, code, other})
		}
	}
	id := identity.Key{Space: dedupe.ExternalSpace(organization), Value: a.ExternalID}
	add(id, reason.ExportTwoEmails, a.Email.Value)
	add(identity.Key{Space: id.Space + " of email", Value: a.Email.Value}, reason.ExportTwoIDs, a.ExternalID)
	for _, p := range a.Connected {
		if p.Shared {
			continue
		}
		k := p.Key()
		add(k, reason.ExportTwoEmails, a.Email.Value)
		add(identity.Key{Space: id.Space + " of " + k.Space, Value: k.Value}, reason.ExportTwoIDs, a.ExternalID)
	}
	return all
}

// contradictions finds what an export says in two ways. The first reading
// keeps two hashes a key, whatever the length of the export; where those
// disagree, the second looks at what really stands there.
type contradictions struct {
	seed     maphash.Seed
	first    map[uint64]uint64
	suspects map[uint64]bool
	stands   map[identity.Key][]stand
}

// A stand is what a row says of a suspect key; of many that agree the first.
type stand struct {
	other string
	place record.Place
}

func newContradictions() *contradictions {
	return &contradictions{
		seed:     maphash.MakeSeed(),
		first:    map[uint64]uint64{},
		suspects: map[uint64]bool{},
		stands:   map[identity.Key][]stand{},
	}
}

func (c *contradictions) suspect(a Account, organization string) {
	for _, one := range claims(a, organization) {
		key, other := maphash.Comparable(c.seed, one.key), maphash.String(c.seed, one.other)
		if first, seen := c.first[key]; !seen {
			c.first[key] = other
		} else if first != other {
			c.suspects[key] = true
		}
	}
}

func (c *contradictions) look(a Account, organization string, place record.Place) {
	for _, one := range claims(a, organization) {
		if !c.suspects[maphash.Comparable(c.seed, one.key)] {
			continue
		}
		known := c.stands[one.key]
		if len(known) == 0 || len(known) == 1 && known[0].other != one.other {
			c.stands[one.key] = append(known, stand{one.other, place})
		}
	}
}

// rejects reports that a row has a key the export says two things of. A row
// that says only the key is concerned as well: it may be either person's.
func (c *contradictions) rejects(a Account, organization string) (reason.Code, string, bool) {
	if len(c.stands) == 0 {
		return "", "", false
	}
	bare := a
	bare.Email.Value, bare.ExternalID = cmp.Or(a.Email.Value, "\x00"), cmp.Or(a.ExternalID, "\x00")
	for _, one := range claims(bare, organization) {
		if stands := c.stands[one.key]; len(stands) > 1 {
			return one.code, fmt.Sprintf("%s stands with %s in line %d and with %s in line %d", saidKey(one.key, organization),
				stands[0].other, stands[0].place.Line, stands[1].other, stands[1].place.Line), true
		}
	}
	return "", "", false
}

// saidKey names the key of a claim as the export does.
func saidKey(k identity.Key, organization string) string {
	switch k.Space {
	case dedupe.ExternalSpace(organization):
		return "external id " + k.Value
	default:
		return k.Value
	}
}
