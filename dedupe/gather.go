package dedupe

import (
	"cmp"
	"hash/maphash"
	"slices"

	"muster/importer/identity"
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
	keys, _ := Keys(r, "")
	for _, k := range keys {
		g.keys.add(g.pair(k, r.Row))
	}
	for _, k := range mailboxes(r) {
		g.mailboxes.add(g.pair(k, r.Row))
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

// close joins what belongs together. It may be called once, after the last
// row: duplicates never depend on where a row stands.
func (g *Gatherer) close(load Load) (*clusters, error) {
	c := &clusters{rows: newForest(g.rows + 1), held: map[uint32][]int{}}
	byKey := collider{load: load, keys: func(r record.Record) []identity.Key {
		keys, _ := Keys(r, "")
		return keys
	}}
	byKey.found = func(_ identity.Key, rows []uint32) error {
		for _, row := range rows[1:] {
			c.rows.join(rows[0], row)
		}
		return nil
	}
	if err := byKey.collide(&g.keys); err != nil {
		return nil, err
	}
	c.several = c.rows.joined()
	byMailbox := collider{load: load, keys: mailboxes}
	known := map[uint32]spaces{}
	byMailbox.found = func(_ identity.Key, rows []uint32) error { return c.holdSharers(rows, known, load) }
	return c, byMailbox.collide(&g.mailboxes)
}

// mailboxes returns the folded mailbox of a record, if it has one.
func mailboxes(r record.Record) []identity.Key {
	if r.Email.IsZero() || !r.Email.Folds() {
		return nil
	}
	return []identity.Key{r.Email.MailboxKey()}
}

// A collider finds the real keys that stand on several rows.
type collider struct {
	load  Load
	keys  func(record.Record) []identity.Key
	found func(k identity.Key, rows []uint32) error // rows in list order
}

// collide uses a pile up.
func (c collider) collide(p *pile) error {
	for i, pairs := range p {
		p[i] = nil
		if err := c.part(pairs); err != nil {
			return err
		}
	}
	return nil
}

// part sorts one part of a pile, and compares rows where hashes are equal.
func (c collider) part(pairs []pair) error {
	slices.SortFunc(pairs, func(a, b pair) int {
		return cmp.Or(cmp.Compare(a.high, b.high), cmp.Compare(a.low, b.low), cmp.Compare(a.row, b.row))
	})
	for start := 0; start < len(pairs); {
		end := start + 1
		for end < len(pairs) && pairs[end].high == pairs[start].high && pairs[end].low == pairs[start].low {
			end++
		}
		if pairs[start].row != pairs[end-1].row {
			if err := c.compare(pairs[start:end]); err != nil {
				return err
			}
		}
		start = end
	}
	return nil
}

// compare finds the real keys that rows with one hash have in common.
func (c collider) compare(pairs []pair) error {
	rows := map[identity.Key][]uint32{}
	var order []identity.Key
	for i, p := range pairs {
		if i > 0 && p.row == pairs[i-1].row {
			continue
		}
		r, err := c.load(int(p.row))
		if err != nil {
			return err
		}
		for _, k := range sorted(c.keys(r)) {
			if len(rows[k]) == 0 {
				order = append(order, k)
			}
			rows[k] = append(rows[k], p.row)
		}
	}
	for _, k := range order {
		if len(rows[k]) > 1 {
			if err := c.found(k, rows[k]); err != nil {
				return err
			}
		}
	}
	return nil
}
