package change

import (
	"muster/importer/identity"
	"muster/provision"
)

// OpReadmit is the kind of change that lets somebody come back.
const OpReadmit Op = "readmit"

// Readmit lifts marks by which somebody is known who was erased: lists may make
// them again from then on. It is no change to an account, for there is none.
type Readmit struct {
	Marks      []string `json:"marks,omitempty"`      // that hold for the organization
	Everywhere []string `json:"everywhere,omitempty"` // that hold for the whole platform
}

// Op is OpReadmit.
func (Readmit) Op() Op { return OpReadmit }

// Reverse has nothing to offer: whoever was let back may be there by now.
func (Readmit) Reverse() (Change, bool) { return nil, false }

func (c Readmit) audited(func(identity.Key) string) (Change, bool) { return c, true }

func (c Readmit) into(b *provision.Batch, t *target) error {
	for _, m := range c.Marks {
		b.Gone.Marks = append(b.Gone.Marks, provision.MarkRow{Mark: m, Organization: t.organization.ID})
	}
	for _, m := range c.Everywhere {
		b.Gone.Marks = append(b.Gone.Marks, provision.MarkRow{Mark: m, Organization: provision.Everywhere})
	}
	return nil
}
