package dedupe_test

import (
	"fmt"
	"testing"

	"muster/dedupe"
	"muster/importer/identity"
)

// benchPeople are on the list of a benchmark, as many as are judged at once.
const benchPeople = 2000

// known is a world that has counted once who has which key.
type known struct {
	*world
	found dedupe.Found
}

func (k known) LookUp([]dedupe.Person) (dedupe.Found, error) { return k.found, nil }

// benchWorld has a list of people, and accounts of as many of them as are there.
func benchWorld(b *testing.B, there int) known {
	w := newWorld()
	w.chunk = benchPeople
	for i := range benchPeople {
		w.row(b, fmt.Sprintf("email=ana.lima.%d@example.com name=Ana_Lima ig=@ana.lima.%d tt=@analima%d ext=%d", i, i, i, i))
		if i < there {
			w.account(b, fmt.Sprintf("A%d email=ana.lima.%d@example.com name=Ana_Lima ig=@ana.lima.%d tt=@analima%d ext=%d in=b1 link=live", i, i, i, i, i))
		}
	}
	hits, accounts := w.hits()
	return known{w, dedupe.Found{Hits: hits, Accounts: accounts}}
}

// BenchmarkDecideAll gathers, matches and decides about a chunk of people.
func BenchmarkDecideAll(b *testing.B) {
	for name, there := range map[string]int{"new": 0, "unchanged": benchPeople} {
		b.Run(name, func(b *testing.B) {
			w := benchWorld(b, there)
			b.ReportAllocs()
			for b.Loop() {
				n := &night{world: w.world, last: map[int]dedupe.Judged{}}
				g, means := n.means()
				means.Judge = func(people []dedupe.Person, mark func(*dedupe.Match)) ([]dedupe.Judged, error) {
					return dedupe.Judge(people, w, w.policy, mark)
				}
				if _, err := dedupe.DecideAll(g, means); err != nil || len(n.drafted) != benchPeople {
					b.Fatal(len(n.drafted), err)
				}
			}
		})
	}
}

// BenchmarkGather takes in the keys of a record.
func BenchmarkGather(b *testing.B) {
	w := benchWorld(b, 0)
	g := dedupe.NewGatherer()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		g.Add(w.records[i%benchPeople])
	}
}

// BenchmarkKeys tells which keys and hints a record has.
func BenchmarkKeys(b *testing.B) {
	w := benchWorld(b, 0)
	var keys []identity.Key
	b.ReportAllocs()
	for b.Loop() {
		keys, _ = dedupe.Keys(w.records[0], "O")
	}
	if len(keys) != 4 {
		b.Fatal(keys)
	}
}
