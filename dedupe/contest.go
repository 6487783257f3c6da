package dedupe

import (
	"cmp"
	"encoding/binary"
	"hash/fnv"
	"maps"
	"slices"
)

// A contest finds people of the lists who are not joined inside the lists but
// lead to the same account. It keeps 16 bytes for each person and account.
type contest struct{ entries []contender }

type contender struct {
	account uint64 // hash of its id
	first   uint32 // row of the person
	strong  bool
	blocks  bool // the list says that the person is blocked
}

// add takes in the match of the next person.
func (c *contest) add(m Match) {
	if !m.Person.Records[0].Usable() {
		return
	}
	for _, r := range m.Claimants() {
		h := fnv.New64a()
		h.Write([]byte(r.Account.ID))
		c.entries = append(c.entries, contender{
			account: binary.BigEndian.Uint64(h.Sum(nil)),
			first:   uint32(m.Person.First()),
			strong:  r.Strength() == Strong,
			blocks:  wantsBlock(m.Person),
		})
	}
}

// rivals says what to do about people who lead to the same account. People are
// named by their first rows.
type rivals struct {
	joined [][]int      // one person each, through an account that all of them strongly reach
	weak   map[int]bool // look like an account that others reach, too: it is not theirs to claim
	blocks map[int]bool // of the weak: the account is somebody's whom the list wants blocked
}

// mark tells a match of its rivals.
func (r rivals) mark(m *Match) {
	first := m.Person.First()
	m.Contested = r.weak[first]
	m.RivalBlocks = r.blocks[first]
}

// rivals returns the people to be judged again.
func (c *contest) rivals() rivals {
	r := rivals{weak: map[int]bool{}, blocks: map[int]bool{}}
	if len(c.entries) == 0 {
		return r
	}
	last := slices.MaxFunc(c.entries, func(a, b contender) int { return cmp.Compare(a.first, b.first) })
	people := newForest(int(last.first) + 1)
	slices.SortFunc(c.entries, func(a, b contender) int {
		return cmp.Or(cmp.Compare(a.account, b.account), cmp.Compare(a.first, b.first))
	})
	for start := 0; start < len(c.entries); {
		end := start + 1
		for end < len(c.entries) && c.entries[end].account == c.entries[start].account {
			end++
		}
		r.take(c.entries[start:end], people)
		start = end
	}
	joined := people.joined()
	for _, first := range slices.Sorted(maps.Keys(joined)) {
		group := make([]int, len(joined[first]))
		for i, row := range joined[first] {
			group[i] = int(row)
		}
		r.joined = append(r.joined, group)
	}
	return r
}

// take takes in those who lead to one account: who strongly reach it are
// joined.
func (r *rivals) take(group []contender, people forest) {
	blocked := slices.ContainsFunc(group, func(e contender) bool { return e.strong && e.blocks })
	strong := slices.DeleteFunc(slices.Clone(group), func(e contender) bool { return !e.strong })
	for _, e := range strong {
		people.join(strong[0].first, e.first)
	}
	if len(group) == 1 {
		return
	}
	for _, e := range group {
		if first := int(e.first); !e.strong {
			r.weak[first] = true
			r.blocks[first] = r.blocks[first] || blocked
		}
	}
}
