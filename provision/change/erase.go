package change

import (
	"muster/importer/identity"
	"muster/provision"
)

// OpErase is the kind of change that removes a person.
const OpErase Op = "erase"

// Erase removes what the organization holds of a person, and leaves marks by
// which they are known again.
type Erase struct {
	Whole      bool     `json:"whole,omitempty"`      // the account goes, too: nobody else holds it, or it goes everywhere
	Everywhere bool     `json:"everywhere,omitempty"` // whoever else holds it; the marks hold for the whole platform
	Marks      []string `json:"marks,omitempty"`      // of what the person was found by; not in the audit, which is searched by people
	Marked     int      `json:"marked,omitempty"`     // in the audit: how many there are
	EndsLink   bool     `json:"ends_link,omitempty"`  // a live link goes with the rest
}

// Op is OpErase.
func (Erase) Op() Op { return OpErase }

// Reverse has nothing to offer: nothing is kept that could be put back.
func (Erase) Reverse() (Change, bool) { return nil, false }

func (c Erase) audited(func(identity.Key) string) (Change, bool) {
	c.Marked = len(c.Marks)
	c.Marks = nil
	return c, true
}

func (c Erase) into(b *provision.Batch, t *target) error {
	b.Erased = append(b.Erased, provision.EraseRow{
		Account:    t.account,
		Whole:      c.Whole,
		Everywhere: c.Everywhere,
		Marks:      c.Marks,
	})
	if c.Whole || c.EndsLink { // the link of another organization goes on
		t.raiseEpoch(b)
	}
	return nil
}
