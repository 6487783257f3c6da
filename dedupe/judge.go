package dedupe

import (
	"muster/importer/identity"
	"muster/importer/reason"
)

// A View is what the directory and reviewers know of some people, all of it at
// one moment.
type View interface {
	// LookUp returns what every key and hint of the people leads to. Of people
	// who cannot be used nothing need be looked up.
	LookUp(people []Person) (Found, error)
	// Decided returns what reviewers decided, by the RecordDigest of records.
	Decided(records []string) (map[string]Memory, error)
	// Accounts returns those of the accounts that there are, by id: whom reviewers took
	// people to be whose keys lead elsewhere.
	Accounts(ids []string) (map[string]Account, error)
	// DecidedBefore returns who decided what about people on whatever evidence,
	// in words, by their FirstKey.
	DecidedBefore(firstKeys []string) (map[string]string, error)
}

// Found is what a look-up found.
type Found struct {
	Hits     map[identity.Key][]string // key or hint → accounts it leads to
	Accounts map[string]Account        // by id: every account of a hit
	Erased   map[identity.Key]bool     // keys of people who were erased
	Marks    map[identity.Key][]string // the marks of those that the organization erased
	Barred   map[identity.Key]bool     // those who were erased from the whole platform
	Cloned   map[identity.Key]Account  // whose permissions others are to have, by Person.Cloned
	Decided  bool                      // reviewers decided about some row of the organization: there is something to ask View.Decided
}

// Judged is a person, what the directory knows of them, and what is decided:
// one decision, or several where a reviewer told the rows apart.
type Judged struct {
	Match     Match
	Decisions []Decision
	Before    string // who decided about the person on other evidence, and what; "" for nobody
}

// Judge looks people up, decides about each of them, and keeps to what reviewers
// decided about their rows. Mark tells a match of others of the lists who lead to
// the same account; nil knows of nobody. The only errors are those of the view.
func Judge(people []Person, v View, p Policy, mark func(*Match)) ([]Judged, error) {
	found, err := v.LookUp(people)
	if err != nil {
		return nil, err
	}
	all := make([]Judged, len(people))
	for i, m := range found.matches(people, p.Organization) {
		if mark != nil {
			mark(&m)
		}
		all[i] = Judged{Match: m, Decisions: []Decision{decideFully(m, p)}}
	}
	if !found.Decided {
		return all, nil
	}
	return all, recall(all, v, p)
}

// decideFully decides for one person, and adds what a reviewer or a reader of
// the ledger will ask.
func decideFully(m Match, p Policy) Decision { return m.fully(Decide(m, p), p) }

func (m Match) fully(d Decision, p Policy) Decision {
	if d.Action == Review {
		d.Digest = EvidenceDigest(m, d)
	}
	if len(d.Rows) > 1 {
		d.Path = Path(m, p.Organization)
	}
	return d
}

// recall decides about rows as reviewers did before: about held people what was
// decided on the evidence there is, about everybody else what binds them.
func recall(all []Judged, v View, p Policy) error {
	var records []string
	for _, j := range all {
		if j.Match.Person.Records[0].Usable() {
			records = append(records, recordDigests(j.Match.Person)...)
		}
	}
	if len(records) == 0 {
		return nil
	}
	memories, err := v.Decided(records)
	if err != nil {
		return err
	}
	r := recalled{policy: p, memories: memories}
	if r.elsewhere, err = r.lookElsewhere(all, v); err != nil {
		return err
	}
	var open []*Judged
	for i := range all {
		switch j := &all[i]; {
		case j.Decisions[0].Action != Review:
			j.Decisions = r.bind(j.Match, j.Decisions[0])
		default:
			if decisions, ok := r.replay(j.Match, asked); ok {
				j.Decisions = j.Decisions[0].replacedBy(decisions)
			} else {
				open = append(open, j)
			}
		}
	}
	if len(open) == 0 {
		return nil
	}
	return noteBefore(open, v)
}

// replacedBy gives the decisions of a reviewer what a decision knew of the person. Rows
// that are left out stay held, also where others of the person are not.
func (was Decision) replacedBy(decisions []Decision) []Decision {
	for i := range decisions {
		d := &decisions[i]
		if d.Action == Review {
			d.Digest = was.Digest
		}
		if len(d.Rows) > 1 {
			d.Path = was.Path
		}
	}
	return decisions
}

// noteBefore notes on people who stay held that somebody decided about them
// when the evidence was another.
func noteBefore(open []*Judged, v View) error {
	keys := make([]string, len(open))
	for i, j := range open {
		keys[i] = FirstKey(j.Match.Person)
	}
	before, err := v.DecidedBefore(keys)
	if err != nil {
		return err
	}
	for i, j := range open {
		if j.Before = before[keys[i]]; j.Before == "" {
			continue
		}
		d := &j.Decisions[0]
		d.Notes = append(d.Notes, Note{Code: reason.DecidedBefore, Row: j.Match.Person.First(), Said: j.Before})
	}
	return nil
}

// erased tells by which marks one of the keys is known to be of somebody who was
// erased.
func (m *Match) erased(f Found) {
	for _, w := range m.Watch {
		m.Erased = m.Erased || f.Erased[w.Key]
		m.Barred = m.Barred || f.Barred[w.Key]
		m.Marks = append(m.Marks, f.Marks[w.Key]...)
	}
}
