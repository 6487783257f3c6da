package dedupe

import (
	"cmp"
	"encoding/binary"
	"hash/fnv"
	"slices"
)

// A Contest finds people of the lists who are not joined inside the lists but
// lead to the same account. It keeps 16 bytes for each person and account.
type Contest struct{ entries []contender }

type contender struct {
	account uint64
	first   uint32
	strong  bool
	blocks  bool // the list says that the person is blocked
}

// Add takes in the match of the next person.
func (c *Contest) Add(m Match) {
	if !m.Person.Records[0].Usable() {
		return
	}
	for _, r := range m.Claimants() {
		h := fnv.New64a()
		h.Write([]byte(r.Account.ID))
		c.entries = append(c.entries, contender{binary.BigEndian.Uint64(h.Sum(nil)), uint32(m.Person.First()), r.Strength() == Strong, wantsBlock(m.Person)})
	}
}

// Rivals says what to do about people who lead to the same account.
type Rivals struct {
	Joined [][]int      // first rows of people who are one person through an account that all of them strongly reach
	Weak   map[int]bool // first rows of people who only look like an account that others reach too: it is not theirs to claim
	Blocks map[int]bool // those of them whose account somebody else on the list is, and is to be blocked
}

// Mark tells a match of its rivals.
func (r Rivals) Mark(m *Match) {
	first := m.Person.First()
	m.Contested, m.RivalBlocks = r.Weak[first], r.Blocks[first]
}

// Rivals returns the people to be judged again.
func (c *Contest) Rivals() Rivals {
	slices.SortFunc(c.entries, func(a, b contender) int {
		return cmp.Or(cmp.Compare(a.account, b.account), cmp.Compare(a.first, b.first))
	})
	r := Rivals{Weak: map[int]bool{}, Blocks: map[int]bool{}}
	tied := tie{}
	for start := 0; start < len(c.entries); {
		end := start + 1
		for end < len(c.entries) && c.entries[end].account == c.entries[start].account {
			end++
		}
		group := c.entries[start:end]
		blocked := slices.ContainsFunc(group, func(e contender) bool { return e.strong && e.blocks })
		var strong []int
		for _, e := range group {
			switch {
			case e.strong:
				strong = append(strong, int(e.first))
			case len(group) > 1:
				r.Weak[int(e.first)] = true
				r.Blocks[int(e.first)] = r.Blocks[int(e.first)] || blocked
			}
		}
		for _, first := range strong {
			if len(strong) > 1 {
				tied.join(strong[0], first)
			}
		}
		start = end
	}
	r.Joined = tied.groups()
	return r
}

// tie is a union-find over first rows, whose roots are the earliest.
type tie map[int]int

func (t tie) find(i int) int {
	for {
		parent, known := t[i]
		if !known {
			t[i] = i
			return i
		}
		if parent == i {
			return i
		}
		i = parent
	}
}

func (t tie) join(a, b int) {
	a, b = t.find(a), t.find(b)
	t[max(a, b)] = min(a, b)
}

func (t tie) groups() [][]int {
	members := map[int][]int{}
	for i := range t {
		members[t.find(i)] = append(members[t.find(i)], i)
	}
	var all [][]int
	for _, group := range members {
		slices.Sort(group)
		all = append(all, group)
	}
	slices.SortFunc(all, func(a, b []int) int { return cmp.Compare(a[0], b[0]) })
	return all
}
