package change

import (
	"muster/dedupe"
	"muster/importer/identity"
	"muster/provision"
)

// The kinds of change to what is remembered of reviewers' decisions. They are
// no change to an account.
const (
	OpRemember Op = "remember"
	OpReopen   Op = "reopen"
)

// Remember keeps what a reviewer decided about a record, for every run to
// come. That the record is somebody new is known to be the account of the step.
type Remember struct{ dedupe.Memory }

// Op is OpRemember.
func (Remember) Op() Op { return OpRemember }

// Reverse lets the record be asked about again.
func (c Remember) Reverse() (Change, bool) { return Reopen(c), true }

func (c Remember) audited(func(identity.Key) string) (Change, bool) {
	return Remember{unsaid(c.Memory)}, true
}

func (c Remember) into(b *provision.Batch, t *target) error {
	c.Account = t.account
	if c.Choice == dedupe.ChooseSkip {
		c.Account = ""
	}
	b.Decisions = append(b.Decisions, provision.DecisionRow{Memory: c.Memory})
	return nil
}

// Reopen forgets what a reviewer decided about a record.
type Reopen struct{ dedupe.Memory }

// Op is OpReopen.
func (Reopen) Op() Op { return OpReopen }

// Reverse remembers the decision again.
func (c Reopen) Reverse() (Change, bool) { return Remember(c), true }

func (c Reopen) audited(func(identity.Key) string) (Change, bool) {
	return Reopen{unsaid(c.Memory)}, false
}

func (c Reopen) into(b *provision.Batch, _ *target) error {
	b.Gone.Decisions = append(b.Gone.Decisions, provision.DecisionRow{Memory: c.Memory})
	return nil
}

// unsaid is a memory without the reviewer's own words.
func unsaid(m dedupe.Memory) dedupe.Memory {
	m.Note = ""
	m.By = ""
	return m
}
