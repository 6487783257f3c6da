package dedupe

import (
	"iter"

	"muster/importer/record"
)

// Means is what DecideAll works with: it opens no file, asks no database and
// starts no goroutine itself.
type Means struct {
	Rows  iter.Seq2[record.Record, error] // of the lists, in their order
	Load  Load                            // one of them again
	Chunk int                             // how many people are judged at once

	// Joined is told how many people the rows are, before anybody is judged; nil tells nobody.
	Joined func(people int)

	// Judge calls Judge with a view that the snapshot is taken for.
	Judge func(people []Person, mark func(*Match)) ([]Judged, error)

	// Spread judges every chunk, side by side with others if it likes, and
	// gives what comes out to keep, one chunk after the other. It ends with the
	// first error of a chunk or of judge.
	Spread func(chunks iter.Seq2[Chunk, error], judge func([]Person) ([]Judged, error), keep func([]Judged)) error
}

// A Chunk is some people, in the order of their first rows.
type Chunk struct {
	People []Person
	Row    int // the last one that was read to find them
}

// Revised is what is decided about people who were judged twice, by the first
// row of each; their other rows have nothing. It stands instead of every
// decision made before whose first row is here.
type Revised map[int][]Decision

// DecideAll decides for everybody on the lists, whose records were all given
// to the gatherer:
//
//  1. records that are one person are joined, and judged in chunks: looked up,
//     decided, replayed. Means.Spread has the decisions as they come;
//  2. people whom one account ties together are joined, and judged again;
//  3. so are all who lead to an account that others lead to, in one go: who only
//     looks like it may not claim it.
//
// It returns what 2 and 3 changed. How people are cut into chunks changes no
// decision. All errors are those of the means.
func DecideAll(g *Gatherer, by Means) (Revised, error) {
	c, err := g.close(by.Load)
	if err != nil {
		return nil, err
	}
	if by.Joined != nil {
		by.Joined(c.people())
	}
	var found contest
	judge := func(people []Person) ([]Judged, error) { return by.Judge(people, nil) }
	err = by.Spread(c.chunks(by), judge, func(all []Judged) {
		for _, j := range all {
			found.add(j)
		}
	})
	if err != nil {
		return nil, err
	}
	return by.judgeAgain(c, found.rivals())
}

// people is how many the rows are.
func (c *clusters) people() int {
	n := len(c.rows) - 1 // rows count from 1
	for _, rows := range c.several {
		n -= len(rows) - 1
	}
	return n
}

// chunks yields everybody, in the order of their first rows.
func (c *clusters) chunks(by Means) iter.Seq2[Chunk, error] {
	return func(yield func(Chunk, error) bool) {
		var chunk Chunk
		for r, err := range by.Rows {
			if err != nil {
				yield(Chunk{}, err)
				return
			}
			if chunk.Row = r.Row; c.first(r.Row) != r.Row {
				continue
			}
			person, err := c.personFrom(r, by.Load)
			if err != nil {
				yield(Chunk{}, err)
				return
			}
			if chunk.People = append(chunk.People, person); len(chunk.People) < by.Chunk {
				continue
			}
			if !yield(chunk, nil) {
				return
			}
			chunk.People = nil
		}
		if len(chunk.People) > 0 {
			yield(chunk, nil)
		}
	}
}

// personFrom returns the person whose first record is given: it is not loaded
// again.
func (c *clusters) personFrom(first record.Record, load Load) (Person, error) {
	return c.person(first.Row, func(row int) (record.Record, error) {
		if row == first.Row {
			return first, nil
		}
		return load(row)
	})
}

// judgeAgain judges people once more, knowing who else leads to their account.
func (by Means) judgeAgain(c *clusters, rivals rivals) (Revised, error) {
	revised := Revised{}
	var people []Person
	judge := func() error {
		judged, err := by.Judge(people, rivals.mark)
		for _, j := range judged {
			revised[j.Match.Person.First()] = j.Decisions
		}
		people = nil
		return err
	}
	for _, cluster := range rivals.clusters {
		for _, group := range cluster {
			person, err := c.joined(group, by.Load)
			if err != nil {
				return nil, err
			}
			for _, row := range person.Rows() {
				revised[row] = nil
			}
			people = append(people, person)
		}
		if len(people) < by.Chunk {
			continue
		}
		if err := judge(); err != nil {
			return nil, err
		}
	}
	if len(people) == 0 {
		return revised, nil
	}
	return revised, judge()
}

// joined returns the person whose parts have those first rows.
func (c *clusters) joined(firsts []int, load Load) (Person, error) {
	var parts []Person
	for _, first := range firsts {
		part, err := c.person(first, load)
		if err != nil {
			return Person{}, err
		}
		parts = append(parts, part)
	}
	return join(parts...), nil
}
