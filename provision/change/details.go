package change

import (
	"muster/dedupe"
	"muster/importer/identity"
	"muster/provision"
)

// The kinds of change to what an account keeps of its person.
const (
	OpFill  Op = "fill"
	OpClear Op = "clear"
)

// Fill writes details into an account where it is blank; what somebody has put
// there stays.
type Fill struct {
	dedupe.Fill
	Fields []string `json:"fields,omitempty"` // in the audit: what was filled, without what it says
}

// Op is OpFill.
func (Fill) Op() Op { return OpFill }

// Reverse blanks the details again.
func (c Fill) Reverse() (Change, bool) { return Clear{Fill: c.Fill}, true }

func (c Fill) audited(func(identity.Key) string) (Change, bool) {
	return Fill{Fields: c.Blanks()}, false
}

func (c Fill) into(b *provision.Batch, t *target) error {
	b.Fills = append(b.Fills, provision.FillRow{Account: t.account, Fill: c.Fill})
	return nil
}

// Clear blanks details of an account that still say what is given.
type Clear struct {
	dedupe.Fill
	Fields []string `json:"fields,omitempty"` // in the audit: what was blanked, without what it said
}

// Op is OpClear.
func (Clear) Op() Op { return OpClear }

// Reverse fills the details in again.
func (c Clear) Reverse() (Change, bool) { return Fill{Fill: c.Fill}, true }

func (c Clear) audited(func(identity.Key) string) (Change, bool) {
	return Clear{Fields: c.Blanks()}, false
}

func (c Clear) into(b *provision.Batch, t *target) error {
	b.Gone.Fills = append(b.Gone.Fills, provision.FillRow{Account: t.account, Fill: c.Fill})
	return nil
}
