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
	decided bool // to be the account, to which nothing of theirs leads
	blocks  bool // the list says that the person is blocked
}

// add takes in what was judged of the next person.
func (c *contest) add(j Judged) {
	m := j.Match
	if !m.Person.Records[0].Usable() {
		return
	}
	one := contender{first: uint32(m.Person.First()), blocks: wantsBlock(m.Person)}
	claimants := m.Claimants()
	for _, r := range claimants {
		one.account, one.strong = hashOf(r.Account.ID), r.Strength() == Strong
		c.entries = append(c.entries, one)
	}
	one.strong, one.decided = false, true
	for _, d := range j.Decisions {
		leads := func(r Reached) bool { return r.Account.ID == d.Account }
		if d.Account != "" && !slices.ContainsFunc(claimants, leads) {
			one.account = hashOf(d.Account)
			c.entries = append(c.entries, one)
		}
	}
}

func hashOf(id string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(id))
	return binary.BigEndian.Uint64(h.Sum(nil))
}

// rivals says what to do about people who lead to the same account. People are
// named by their first rows.
type rivals struct {
	// clusters are those to be judged again, side by side: who leads to one account.
	// Each is people, and a person the parts that an account joins which all of them
	// strongly reach.
	clusters [][][]int
	beside   map[int]bool // there are others in the cluster
	weak     map[int]bool // look like an account that others reach, too: it is not theirs to claim
	blocks   map[int]bool // of the weak: the account is somebody's whom the list wants blocked
}

// mark tells a match of its rivals.
func (r rivals) mark(m *Match) {
	first := m.Person.First()
	m.Beside = r.beside[first]
	m.Contested = r.weak[first]
	m.RivalBlocks = r.blocks[first]
}

// rivals returns the people to be judged again.
func (c *contest) rivals() rivals {
	r := rivals{beside: map[int]bool{}, weak: map[int]bool{}, blocks: map[int]bool{}}
	if len(c.entries) == 0 {
		return r
	}
	last := slices.MaxFunc(c.entries, func(a, b contender) int { return cmp.Compare(a.first, b.first) })
	people, together := newForest(int(last.first)+1), newForest(int(last.first)+1)
	slices.SortFunc(c.entries, func(a, b contender) int {
		return cmp.Or(cmp.Compare(a.account, b.account), cmp.Compare(a.first, b.first))
	})
	for start := 0; start < len(c.entries); {
		end := start + 1
		for end < len(c.entries) && c.entries[end].account == c.entries[start].account {
			end++
		}
		r.take(c.entries[start:end], people)
		for _, e := range c.entries[start:end] {
			together.join(c.entries[start].first, e.first)
		}
		start = end
	}
	clusters := together.joined()
	for _, first := range slices.Sorted(maps.Keys(clusters)) {
		r.cluster(clusters[first], people)
	}
	return r
}

// cluster takes in people who are to be judged side by side, in order.
func (r *rivals) cluster(firsts []uint32, people forest) {
	parts := map[uint32][]int{}
	var roots []uint32
	for _, first := range firsts {
		root := people.root(first)
		if parts[root] == nil {
			roots = append(roots, root)
		}
		parts[root] = append(parts[root], int(first))
	}
	var cluster [][]int
	for _, root := range roots {
		cluster = append(cluster, parts[root])
		r.beside[int(root)] = len(roots) > 1
	}
	r.clusters = append(r.clusters, cluster)
}

// take takes in those who lead to one account: who strongly reach it are
// joined.
func (r *rivals) take(group []contender, people forest) {
	group = slices.DeleteFunc(slices.Clone(group), func(e contender) bool { return e.decided })
	blocked := slices.ContainsFunc(group, func(e contender) bool { return e.strong && e.blocks })
	strong := slices.DeleteFunc(slices.Clone(group), func(e contender) bool { return !e.strong })
	for _, e := range strong {
		people.join(strong[0].first, e.first)
	}
	if len(group) < 2 {
		return
	}
	for _, e := range group {
		if first := int(e.first); !e.strong {
			r.weak[first] = true
			r.blocks[first] = r.blocks[first] || blocked
		}
	}
}
