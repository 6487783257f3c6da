package change

import (
	"muster/importer/identity"
	"muster/provision"
)

// OpReveal is the kind of change that shows a link to somebody.
const OpReveal Op = "reveal"

// Reveal puts on record that an operator was shown the link of an account.
// Nothing of the account changes; whoever shows the link notes on it when that
// was done first.
type Reveal struct {
	Link string `json:"link"` // id
}

// Op is OpReveal.
func (Reveal) Op() Op { return OpReveal }

// Reverse has nothing to offer: what was seen was seen.
func (Reveal) Reverse() (Change, bool) { return nil, false }

func (c Reveal) audited(func(identity.Key) string) (Change, bool) { return c, true }

func (Reveal) into(*provision.Batch, *target) error { return nil }
