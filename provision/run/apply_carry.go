package run

import (
	"slices"

	"muster/importer/identity"
	"muster/provision"
	"muster/provision/change"
)

// carried is what the steps of a chunk come to.
type carried struct {
	batch   provision.Batch
	ledger  []provision.LedgerRow
	missing []provision.Removal
	stale   [][]int // rows of people who were stale and are kept for another plan
}

// carry puts steps into a batch: those that are fresh, but for who is left out
// and who was erased. Found is where the watched keys lead.
func (a *applier) carry(
	steps []change.Step, out leftOut, found map[identity.Key]provision.Found, erased map[int]bool,
) (*carried, error) {
	by := a.by
	by.At = a.now()
	created := 0
	for _, s := range steps {
		if s.Creates() {
			created++
		}
	}
	c := &carried{batch: change.NewBatch(by, created), ledger: make([]provision.LedgerRow, 0, len(steps)+len(steps)/8)}
	for _, s := range steps {
		_, barred := out[s.Key()]
		switch {
		case barred && s.Missing != nil:
			c.missing = append(c.missing, a.removal(s, change.Verdict{Outcome: provision.Unchanged, Reason: out[s.Key()].why}))
		case barred:
			c.ledger = append(c.ledger, out.ledger(s)...)
		case s.Fresh(found) && !erased[s.Key()]:
			done, err := a.carrier.Carry(&c.batch, s, found)
			if err != nil {
				return nil, err
			}
			c.ledger = append(c.ledger, s.Ledger(done)...)
			if s.Missing != nil {
				c.missing = append(c.missing, a.removal(s, s.First))
			}
		case s.Missing != nil:
			c.missing = append(c.missing, a.removal(s, outdated))
		case a.keep:
			c.stale = append(c.stale, s.Rows)
		case erased[s.Key()]:
			c.ledger = append(c.ledger, s.LedgerAs(broughtBack)...)
		default:
			c.ledger = append(c.ledger, s.LedgerAs(outdated)...)
		}
	}
	return c, nil
}

// ahead carries a chunk while the one before it is being written. That can be done
// for people who are all new, since their first attempt looks nothing up but who was
// erased; of others it returns nil, and the transaction carries them.
func (a *applier) ahead(steps []change.Step) *carried {
	if a.resumed || slices.ContainsFunc(steps, func(s change.Step) bool { return !s.Creates() || !s.Fresh(nil) }) {
		return nil
	}
	c, err := a.carry(steps, nil, nil, nil)
	if err != nil {
		return nil // the transaction says so
	}
	return c
}
