package dedupe

import (
	"cmp"
	"hash/maphash"
	"maps"
	"slices"
	"strings"

	"muster/importer/identity"
	"muster/importer/reason"
	"muster/importer/record"
)

// A Gatherer finds the records that are one person inside the lists. It keeps
// a keyed hash for each key of a record, tens of bytes a row, and asks for
// records again only where hashes meet.
//
//  1. Add: remember (hash of key, row) for every key of a usable record.
//  2. Sort the pairs; where one hash stands on several rows, load them and
//     join those whose real keys are equal.
//  3. Where one mailbox stands on several people, hold them, unless their
//     handles on one network differ: then they are different people who
//     share an agency's tagged address.
type Gatherer struct {
	seed      maphash.Seed
	rows      int
	keys      pile
	mailboxes pile
}

// pair is 12 bytes: the hash in two halves, and the row.
type pair struct{ high, low, row uint32 }

// A pile keeps pairs in 256 slices, by the first byte of the hash. Each grows,
// is sorted and is given up by itself, so that growing one never copies all.
type pile [256][]pair

func (p *pile) add(x pair) { p[x.high>>24] = append(p[x.high>>24], x) }

// Load returns the record of a row again.
type Load func(row int) (record.Record, error)

// NewGatherer returns an empty Gatherer.
func NewGatherer() *Gatherer { return &Gatherer{seed: maphash.MakeSeed()} }

// Add takes in the next record; rows count up from 1. A record that cannot be
// used takes no part: it stays alone, and its keys join nobody.
func (g *Gatherer) Add(r record.Record) {
	g.rows = max(g.rows, r.Row)
	if !r.Usable() {
		return
	}
	keys, hints := Keys(r, "")
	for _, k := range keys {
		g.keys.add(g.pair(k, r.Row))
	}
	for _, h := range hints {
		if h.Space == identity.MailboxSpace {
			g.mailboxes.add(g.pair(h, r.Row))
		}
	}
}

func (g *Gatherer) pair(k identity.Key, row int) pair {
	var h maphash.Hash
	h.SetSeed(g.seed)
	h.WriteString(k.Space)
	h.WriteByte(0)
	h.WriteString(k.Value)
	sum := h.Sum64()
	return pair{uint32(sum >> 32), uint32(sum), uint32(row)}
}

// clusters says which rows are one person.
type clusters struct {
	rows    forest
	several map[uint32][]uint32 // first row → all rows, where there are several
	held    map[uint32]bool     // first rows of people who share a mailbox
}

// close joins what belongs together. It may be called once, after the last
// row: duplicates never depend on where a row stands.
func (g *Gatherer) close(load Load) (*clusters, error) {
	c := &clusters{rows: newForest(g.rows + 1), held: map[uint32]bool{}}
	byKey := func(r record.Record) []identity.Key { keys, _ := Keys(r, ""); return keys }
	err := collisions(&g.keys, load, byKey, func(_ identity.Key, rows []uint32) error {
		for _, row := range rows[1:] {
			c.rows.join(rows[0], row)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	c.several = c.rows.joined()
	byMailbox := func(r record.Record) []identity.Key { _, hints := Keys(r, ""); return hints }
	known := map[uint32]spaces{}
	err = collisions(&g.mailboxes, load, byMailbox, func(k identity.Key, rows []uint32) error {
		if k.Space != identity.MailboxSpace {
			return nil
		}
		return c.holdSharers(rows, known, load)
	})
	return c, err
}

// collisions uses the pile up and calls f for every real key that stands on
// several rows, with those rows in list order.
func collisions(p *pile, load Load, keys func(record.Record) []identity.Key, f func(identity.Key, []uint32) error) error {
	for i, pairs := range p {
		p[i] = nil
		if err := collisionsIn(pairs, load, keys, f); err != nil {
			return err
		}
	}
	return nil
}

// collisionsIn sorts one part of a pile and calls f for the keys in it.
func collisionsIn(pairs []pair, load Load, keys func(record.Record) []identity.Key, f func(identity.Key, []uint32) error) error {
	slices.SortFunc(pairs, func(a, b pair) int {
		return cmp.Or(cmp.Compare(a.high, b.high), cmp.Compare(a.low, b.low), cmp.Compare(a.row, b.row))
	})
	for start := 0; start < len(pairs); {
		end := start + 1
		for end < len(pairs) && pairs[end].high == pairs[start].high && pairs[end].low == pairs[start].low {
			end++
		}
		if pairs[start].row != pairs[end-1].row {
			if err := collision(pairs[start:end], load, keys, f); err != nil {
				return err
			}
		}
		start = end
	}
	return nil
}

// collision compares the real keys of rows whose hashes are equal.
func collision(pairs []pair, load Load, keys func(record.Record) []identity.Key, f func(identity.Key, []uint32) error) error {
	rows := map[identity.Key][]uint32{}
	var order []identity.Key
	for i, p := range pairs {
		if i > 0 && p.row == pairs[i-1].row {
			continue
		}
		r, err := load(int(p.row))
		if err != nil {
			return err
		}
		for _, k := range sorted(keys(r)) {
			if len(rows[k]) == 0 {
				order = append(order, k)
			}
			rows[k] = append(rows[k], p.row)
		}
	}
	for _, k := range order {
		if len(rows[k]) > 1 {
			if err := f(k, rows[k]); err != nil {
				return err
			}
		}
	}
	return nil
}

// holdSharers holds the people behind the rows, which share a mailbox, unless
// each two of them have a handle on a common network. (Such handles differ, or
// the two would be one person.) People with handles on the same networks are
// looked at as one: an agency has thousands. Known is what earlier mailboxes
// found out.
func (c *clusters) holdSharers(rows []uint32, known map[uint32]spaces, load Load) error {
	people := map[spaces][]uint32{}
	seen := map[uint32]bool{}
	for _, row := range rows {
		first := c.rows.root(row)
		if seen[first] {
			continue
		}
		seen[first] = true
		if _, ok := known[first]; !ok {
			records, err := c.records(int(first), load)
			if err != nil {
				return err
			}
			known[first] = personalSpaces(records)
		}
		people[known[first]] = append(people[known[first]], first)
	}
	for _, kind := range apart(slices.Collect(maps.Keys(people)), func(s spaces) bool { return len(people[s]) > 1 }) {
		for _, first := range people[kind] {
			c.held[first] = true
		}
	}
	return nil
}

// apart returns the sets that are disjoint from at least one other set. Twice
// tells of a set whether several people have it: two people without a handle
// are disjoint, too.
func apart(sets []spaces, twice func(spaces) bool) []spaces {
	alone := map[spaces]bool{}
	for i, a := range sets {
		if a == "" && twice(a) {
			alone[a] = true
		}
		for _, b := range sets[i+1:] {
			if (!alone[a] || !alone[b]) && !a.overlaps(b) {
				alone[a], alone[b] = true, true
			}
		}
	}
	return slices.Collect(maps.Keys(alone))
}

// spaces is a set of the spaces that a person has handles in: their names,
// sorted, with an end each.
type spaces string

func personalSpaces(records []record.Record) spaces {
	var names []string
	for _, r := range records {
		for _, profile := range personal(r) {
			names = append(names, profile.Space()+"\x00")
		}
	}
	return spaces(strings.Join(ordered(names), ""))
}

// overlaps walks through both sets side by side.
func (s spaces) overlaps(t spaces) bool {
	for s != "" && t != "" {
		a, restA, _ := strings.Cut(string(s), "\x00")
		b, restB, _ := strings.Cut(string(t), "\x00")
		switch cmp.Compare(a, b) {
		case 0:
			return true
		case -1:
			s = spaces(restA)
		default:
			t = spaces(restB)
		}
	}
	return false
}

// first returns the first row of the person that a row belongs to.
func (c *clusters) first(row int) int { return int(c.rows.root(uint32(row))) }

// person returns the person whose first row is given, and whether their rows
// are held whatever the directory says.
func (c *clusters) person(first int, load Load) (Person, error) {
	records, err := c.records(first, load)
	if err != nil {
		return Person{}, err
	}
	p := Person{Records: records, Held: Contradiction(records)}
	if p.Held == "" && c.held[uint32(first)] {
		p.Held = reason.SameMailbox
	}
	return p, nil
}

// records loads the records of the person whose first row is given.
func (c *clusters) records(first int, load Load) ([]record.Record, error) {
	rows := c.several[uint32(first)]
	if rows == nil {
		rows = []uint32{uint32(first)}
	}
	records := make([]record.Record, len(rows))
	for i, row := range rows {
		var err error
		if records[i], err = load(int(row)); err != nil {
			return nil, err
		}
	}
	return records, nil
}
