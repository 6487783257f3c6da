package change

import (
	"muster/importer/identity"
	"muster/provision"
)

// The kinds of change that take back what a run did, beside the reverses of what
// it changed.
const (
	OpUnmake     Op = "unmake"
	OpCancelMail Op = "cancel_mail"
)

// Unmake removes an account that a run made, with everything that is kept of it:
// nobody has seen it, and its address, ids and profiles are free again. No marks
// are left, for nobody asked to be forgotten.
type Unmake struct {
	EndsLink bool `json:"ends_link,omitempty"` // it had a live one, which goes with it
}

// Op is OpUnmake.
func (Unmake) Op() Op { return OpUnmake }

// Reverse has nothing to offer: the list has what made it, and makes another.
func (Unmake) Reverse() (Change, bool) { return nil, false }

func (c Unmake) audited(func(identity.Key) string) (Change, bool) { return c, true }

func (c Unmake) into(b *provision.Batch, t *target) error {
	b.Unmade = append(b.Unmade, t.account)
	t.raiseEpoch(b)
	return nil
}

// CancelMail cancels what a run queued to be mailed to the account, or about it,
// and is not sent yet. Where that invited it to the dashboard, it never was.
type CancelMail struct {
	Run   string `json:"run"`             // id
	Mails int    `json:"mails,omitempty"` // that were known to wait
	Told  bool   `json:"told,omitempty"`  // administrators were told of the account
}

// Op is OpCancelMail.
func (CancelMail) Op() Op { return OpCancelMail }

// Reverse has nothing to offer: mail is queued with what it tells of.
func (CancelMail) Reverse() (Change, bool) { return nil, false }

func (c CancelMail) audited(func(identity.Key) string) (Change, bool) { return c, true }

func (c CancelMail) into(b *provision.Batch, t *target) error {
	b.Unsent = append(b.Unsent, provision.UnsentRow{Account: t.account, Run: c.Run, Told: c.Told})
	return nil
}
