package dedupe_test

import (
	"errors"
	"iter"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/dedupe"
	"muster/importer/record"
)

var errBroken = errors.New("broken")

// fourRows are three people: rows 1 and 3 are one, by their address.
func fourRows(t *testing.T) *world {
	w := newWorld()
	w.row(t, "email=ana@example.com name=Ana_Lima")
	w.row(t, "email=ben@example.com name=Ben_Okafor")
	w.row(t, "email=ana@example.com name=Ana_Lima")
	w.row(t, "email=cyd@example.com name=Cyd_Ito")
	return w
}

func TestPeopleComeInChunks(t *testing.T) {
	w := fourRows(t)
	n := &night{world: w, last: map[int]dedupe.Judged{}}
	g, means := n.means()
	type chunk struct {
		Rows [][]int
		Read int
	}
	var got []chunk
	means.Spread = func(
		chunks iter.Seq2[dedupe.Chunk, error], _ func([]dedupe.Person) ([]dedupe.Judged, error), _ func([]dedupe.Judged),
	) error {
		for c := range chunks {
			one := chunk{Read: c.Row}
			for _, p := range c.People {
				one.Rows = append(one.Rows, p.Rows())
			}
			got = append(got, one)
		}
		return nil
	}
	if _, err := dedupe.DecideAll(g, means); err != nil {
		t.Fatal(err)
	}
	want := []chunk{{Rows: [][]int{{1, 3}, {2}}, Read: 2}, {Rows: [][]int{{4}}, Read: 4}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("chunks (-want +got):\n%s", diff)
	}
}

func TestPeopleOfOneAccountAreJudgedAgain(t *testing.T) {
	w := newWorld()
	w.account(t, "A email=ana@example.com name=Ana_Lima ext=7")
	w.row(t, "email=ana@example.com name=Ana_Lima")
	w.row(t, "email=ben@example.com name=Ben_Okafor")
	w.row(t, "name=Ana_Lima ext=7")
	n := w.night(t)
	var first []string
	for _, d := range n.drafted {
		first = append(first, say(d))
	}
	want := []string{
		"[1] claim email_match A link:issue", "[2] create new_person link:issue", "[3] claim external_id_match A link:issue",
	}
	if diff := cmp.Diff(want, first); diff != "" {
		t.Errorf("at first (-want +got):\n%s", diff)
	}
	again, others := n.revised[1], n.revised[3]
	if len(n.revised) != 2 || len(again) != 1 || !slices.Equal(again[0].Rows, []int{1, 3}) || others != nil {
		t.Errorf("revised: %+v", n.revised)
	}
}

// Who only looks like an account is not joined with who is it for certain, but both are
// judged in one go, however few a chunk may have, and know that there are others.
func TestPeopleOfOneAccountAreJudgedSideBySide(t *testing.T) {
	w := newWorld()
	w.account(t, "A email=ana@example.com name=Ana_Lima ig=ana.one in=b1")
	w.row(t, "name=Ana_Lima ig=ana.one")
	w.row(t, "email=ben@example.com name=Ben_Okafor")
	w.row(t, "email=cyd@example.com name=Cyd_Ito")
	w.row(t, "email=ana@example.com name=Ana_Lima")
	n := &night{world: w, last: map[int]dedupe.Judged{}}
	g, means := n.means()
	means.Chunk = 1
	var got [][]int
	judge := means.Judge
	means.Judge = func(people []dedupe.Person, mark func(*dedupe.Match)) ([]dedupe.Judged, error) {
		judged, err := judge(people, mark)
		if mark != nil {
			var beside []int
			for _, j := range judged {
				if j.Match.Beside {
					beside = append(beside, j.Match.Person.First())
				}
			}
			got = append(got, beside)
		}
		return judged, err
	}
	if _, err := dedupe.DecideAll(g, means); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([][]int{{1, 4}}, got); diff != "" {
		t.Errorf("judged again (-want +got):\n%s", diff)
	}
}

func TestErrorsOfTheMeansEndIt(t *testing.T) {
	for _, c := range []struct {
		name string
		by   func(*dedupe.Means)
	}{
		{"a row cannot be read", func(m *dedupe.Means) {
			m.Rows = func(yield func(record.Record, error) bool) { yield(record.Record{}, errBroken) }
		}},
		{"a row cannot be loaded again", func(m *dedupe.Means) {
			m.Load = func(int) (record.Record, error) { return record.Record{}, errBroken }
		}},
		{"people cannot be judged", func(m *dedupe.Means) {
			m.Judge = func([]dedupe.Person, func(*dedupe.Match)) ([]dedupe.Judged, error) { return nil, errBroken }
		}},
		{"people cannot be judged again", func(m *dedupe.Means) {
			judge := m.Judge
			m.Judge = func(people []dedupe.Person, mark func(*dedupe.Match)) ([]dedupe.Judged, error) {
				if mark != nil {
					return nil, errBroken
				}
				return judge(people, nil)
			}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := fourRows(t)
			w.account(t, "A email=ben@example.com name=Ben_Okafor ext=7")
			w.row(t, "name=Ben_Okafor ext=7")
			n := &night{world: w, last: map[int]dedupe.Judged{}}
			g, means := n.means()
			c.by(&means)
			if _, err := dedupe.DecideAll(g, means); !errors.Is(err, errBroken) {
				t.Errorf("error %v, want that of the means", err)
			}
		})
	}
}
