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
}

// Judged is a person, what the directory knows of them, and what is decided:
// one decision, or several where a reviewer told the rows apart.
type Judged struct {
	Match     Match
	Decisions []Decision
	Before    string // who decided about the person on other evidence, and what; "" for nobody
}

// Judge looks people up, decides about each of them, and replays what
// reviewers decided about those who are held. Mark tells a match of others of
// the lists who lead to the same account; nil knows of nobody. The only errors
// are those of the view.
func Judge(people []Person, v View, p Policy, mark func(*Match)) ([]Judged, error) {
	matches, err := Find(people, v, p.Organization)
	if err != nil {
		return nil, err
	}
	all := make([]Judged, len(people))
	for i, m := range matches {
		if mark != nil {
			mark(&m)
		}
		all[i] = Judged{Match: m, Decisions: []Decision{decideFully(m, p)}}
	}
	return all, replayHeld(all, v, p)
}

// decideFully decides for one person, and adds what a reviewer or a reader of
// the ledger will ask.
func decideFully(m Match, p Policy) Decision {
	d := Decide(m, p)
	if d.Action == Review {
		d.Digest = EvidenceDigest(m, d)
	}
	if len(d.Rows) > 1 {
		d.Path = Path(m, p.Organization)
	}
	return d
}

// replayHeld decides about held people as reviewers did before.
func replayHeld(all []Judged, v View, p Policy) error {
	var held []*Judged
	var records []string
	for i := range all {
		if j := &all[i]; j.Decisions[0].Action == Review {
			held = append(held, j)
			records = append(records, recordDigests(j.Match.Person)...)
		}
	}
	if len(held) == 0 {
		return nil
	}
	memories, err := v.Decided(records)
	if err != nil {
		return err
	}
	elsewhere, err := remembered(held, memories, v)
	if err != nil {
		return err
	}
	var open []*Judged
	for _, j := range held {
		if decisions, ok := replay(j.Match, p, memories, elsewhere); ok {
			j.takeOver(decisions)
		} else {
			open = append(open, j)
		}
	}
	return noteBefore(open, v)
}

// remembered looks up the accounts that reviewers took people to be and to which
// nothing of theirs leads: a row may be decided to be the person of another row with
// which it shares nothing.
func remembered(held []*Judged, memories map[string]Memory, v View) (map[string]Account, error) {
	var ids []string
	for _, j := range held {
		for _, one := range recordDigests(j.Match.Person) {
			if account := memories[one].Account; account != "" && j.Match.index(account) < 0 {
				ids = append(ids, account)
			}
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	return v.Accounts(ordered(ids))
}

// takeOver replaces the decision by those of a reviewer. Rows that are left out
// stay held, also where others of the person are not.
func (j *Judged) takeOver(decisions []Decision) {
	was := j.Decisions[0]
	for i := range decisions {
		d := &decisions[i]
		if d.Action == Review {
			d.Digest = was.Digest
		}
		if len(d.Rows) > 1 {
			d.Path = was.Path
		}
	}
	j.Decisions = decisions
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
