package dedupe

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"muster/importer/reason"
	"muster/importer/record"
)

// clusters says which rows are one person.
type clusters struct {
	rows    forest
	several map[uint32][]uint32 // first row → all rows, where there are several
	held    map[uint32][]int    // first rows of people who share a mailbox → rows of others who do
}

// holdSharers holds the people behind the rows, which share a mailbox, unless
// each two of them have a handle on a common network. (Such handles differ, or
// the two would be one person.) People with handles on the same networks are
// looked at as one: an agency has thousands. Known keeps, by first rows, where
// people have handles, from one mailbox to the next.
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
	several := func(s spaces) bool { return len(people[s]) > 1 }
	for _, kind := range apart(slices.Collect(maps.Keys(people)), several) {
		others := sharersOf(kind, people)
		for _, first := range people[kind] {
			own := slices.DeleteFunc(slices.Clone(others), func(row int) bool { return row == int(first) })
			c.held[first] = append(c.held[first], own[:min(len(own), namedSharers)]...)
		}
	}
	return nil
}

// namedSharers is how many of the others who share a mailbox are named.
const namedSharers = 3

// sharersOf returns the first few rows of people who may be those of a kind: they have
// no handle on a common network.
func sharersOf(kind spaces, people map[spaces][]uint32) []int {
	var all []int
	for other, firsts := range people {
		if !kind.overlaps(other) {
			for _, first := range firsts[:min(len(firsts), namedSharers+1)] {
				all = append(all, int(first))
			}
		}
	}
	slices.Sort(all)
	return all[:min(len(all), namedSharers+1)]
}

// apart returns the sets that are disjoint from at least one other set. Several
// tells of a set whether more than one person has it: two people without a
// handle are disjoint, too.
func apart(sets []spaces, several func(spaces) bool) []spaces {
	alone := map[spaces]bool{}
	for i, a := range sets {
		if a == "" && several(a) {
			alone[a] = true
		}
		for _, b := range sets[i+1:] {
			if (!alone[a] || !alone[b]) && !a.overlaps(b) {
				alone[a] = true
				alone[b] = true
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
	if sharers, held := c.held[uint32(first)]; held && p.Held == "" {
		p.Held = reason.SameMailbox
		p.Sharers = sharers
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
