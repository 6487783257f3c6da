package dedupe

import "muster/importer/identity"

// Tie is one step of the way from a row to what it was joined with: the row
// shares a key with another row, or both lead to one account.
type Tie struct {
	Row      int          `json:"row"`
	Other    int          `json:"other"` // row
	Key      identity.Key `json:"key"`
	Account  string       `json:"account,omitempty"`  // that both rows lead to, where they share no key
	OtherKey identity.Key `json:"other_key,omitzero"` // by which the other row does
}

// Path says how the rows of a person hang together: for every row but the
// first one tie to a row that is tied to the first already. A mailbox is no
// key, so rows held for sharing one have no path.
func Path(m Match, organization string) []Tie {
	if len(m.Person.Records) < 2 {
		return nil
	}
	w := newWeb(m, organization)
	var path []Tie
	for next := []int{0}; len(next) > 0; next = next[1:] {
		ties := w.neighbours(next[0])
		if len(ties) == 0 && len(next) == 1 {
			ties = w.overAccounts()
		}
		for _, t := range ties {
			path = append(path, t)
			next = append(next, w.index[t.Row])
		}
	}
	return path
}

// longestWay is how many ties are told of a row at most.
const longestWay = 50

// Ways returns a function that gives the ties from a row to the first one.
func Ways(path []Tie) func(row int) []Tie {
	tie := make(map[int]Tie, len(path))
	for _, t := range path {
		tie[t.Row] = t
	}
	return func(row int) []Tie {
		var way []Tie
		for len(way) < longestWay {
			t, further := tie[row]
			if !further {
				break
			}
			way = append(way, t)
			row = t.Other
		}
		return way
	}
}

// web is the rows of a person and the keys between them, while it is walked.
type web struct {
	m     Match
	keys  [][]identity.Key       // of each record
	rows  map[identity.Key][]int // records with a key, which are not tied yet
	index map[int]int            // row → record
	tied  []bool
}

func newWeb(m Match, organization string) *web {
	w := &web{m: m, rows: map[identity.Key][]int{}, index: map[int]int{}, tied: make([]bool, len(m.Person.Records))}
	for i, r := range m.Person.Records {
		keys, _ := Keys(r, organization)
		w.keys = append(w.keys, keys)
		w.index[r.Row] = i
		for _, k := range keys {
			w.rows[k] = append(w.rows[k], i)
		}
	}
	w.tied[0] = true
	return w
}

// neighbours ties every loose record that shares a key with one.
func (w *web) neighbours(at int) []Tie {
	var ties []Tie
	for _, k := range w.keys[at] {
		for _, i := range w.rows[k] {
			if !w.tied[i] {
				w.tied[i] = true
				ties = append(ties, Tie{Row: w.row(i), Other: w.row(at), Key: k})
			}
		}
		delete(w.rows, k)
	}
	return ties
}

// overAccounts ties one loose record by an account that it and a tied one
// lead to.
func (w *web) overAccounts() []Tie {
	for _, r := range w.m.Reached {
		var from, to *Evidence
		for i, e := range r.Evidence {
			if w.tied[w.index[e.Row]] {
				to = better(to, &r.Evidence[i])
			} else {
				from = better(from, &r.Evidence[i])
			}
		}
		if from != nil && to != nil {
			w.tied[w.index[from.Row]] = true
			return []Tie{{Row: from.Row, Other: to.Row, Key: from.Key, Account: r.Account.ID, OtherKey: to.Key}}
		}
	}
	return nil
}

func better(best, e *Evidence) *Evidence {
	if best == nil || e.Strength > best.Strength {
		return e
	}
	return best
}

func (w *web) row(i int) int { return w.m.Person.Records[i].Row }
