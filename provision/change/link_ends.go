package change

import (
	"slices"

	"muster/importer/reason"
	"muster/provision"
)

// EndLinkAction is what the audit calls that a link was revoked.
const EndLinkAction Action = "link revoked"

// endedAtOnce is how many links one batch revokes.
const endedAtOnce = 2000

// An Ending revokes live links of an organization, all for the same reason.
type Ending struct {
	Organization provision.Organization
	Why          string      // as provision names it
	Reason       reason.Code // of each entry in the audit
	By           provision.Author
	NewID        func() string
}

// Batches are what revokes links, to be applied in the transaction that they
// were read in.
func (e Ending) Batches(live []provision.LiveLink) ([]provision.Batch, error) {
	carrier := NewCarrier(e.Organization, nil, e.NewID, LinkTerms{})
	var all []provision.Batch
	for some := range slices.Chunk(live, endedAtOnce) {
		b := provision.Batch{By: e.By}
		for _, l := range some {
			s := On(l.Account, l.Version, EndLinkAction, EndLink{Why: e.Why})
			s.First.Reason = e.Reason
			if _, err := carrier.Carry(&b, s, s.Seen(0, "")); err != nil {
				return nil, err
			}
		}
		all = append(all, b)
	}
	return all, nil
}
