package change

import (
	"muster/importer/identity"
	"muster/provision"
)

// OpMerge is the kind of change that joins another account with this one.
const OpMerge Op = "merge"

// Merge takes another account of the same person in: all that is kept of it
// moves here, and it is gone. The links of both end.
type Merge struct {
	Account string `json:"account"`           // id of the one that goes
	Version int64  `json:"version,omitempty"` // it has to be as it was
	Links   int    `json:"links,omitempty"`   // live ones that end
}

// Op is OpMerge.
func (Merge) Op() Op { return OpMerge }

// Reverse has nothing to offer: what was whose cannot be told any more.
func (Merge) Reverse() (Change, bool) { return nil, false }

func (c Merge) audited(func(identity.Key) string) (Change, bool) { return c, true }

func (c Merge) into(b *provision.Batch, t *target) error {
	t.raiseEpoch(b)
	b.Bumps = append(b.Bumps, provision.Bump{Account: c.Account, Version: c.Version})
	b.Merged = append(b.Merged, provision.MergeRow{Gone: c.Account, Into: t.account})
	return nil
}
