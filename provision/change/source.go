package change

import (
	"muster/importer/identity"
	"muster/provision"
)

// The kinds of change to what a source of lists knows of an account.
const (
	OpOwn    Op = "own"
	OpDisown Op = "disown"
	OpAttend Op = "attend"

	OpStopMail Op = "stop_mail"
)

// Own says that a source gives an account something it has, or gets by the same
// step: only that source may take it away again.
type Own struct {
	Source string              `json:"source"`
	What   provision.GrantKind `json:"what"`
	Target string              `json:"target"`           // brand, "brand/campaign" or product
	Former string              `json:"former,omitempty"` // of a role: what it was before
	Given  string              `json:"given,omitempty"`  // of a role: what it is by the list
}

// Op is OpOwn.
func (Own) Op() Op { return OpOwn }

// Reverse says that the source gives it no more.
func (c Own) Reverse() (Change, bool) { return Disown(c), true }

func (c Own) audited(func(identity.Key) string) (Change, bool) { return c, true }

func (c Own) into(b *provision.Batch, t *target) error {
	row, err := t.owned(c)
	b.Owned = append(b.Owned, row)
	return err
}

// Disown says that a source gives an account no more what it gave.
type Disown Own

// Op is OpDisown.
func (Disown) Op() Op { return OpDisown }

// Reverse says that the source gives it again.
func (c Disown) Reverse() (Change, bool) { return Own(c), true }

func (c Disown) audited(func(identity.Key) string) (Change, bool) { return c, true }

func (c Disown) into(b *provision.Batch, t *target) error {
	row, err := t.owned(Own(c))
	b.Gone.Owned = append(b.Gone.Owned, row)
	return err
}

// owned is the row of what a source gives.
func (t *target) owned(c Own) (row provision.SourceGrant, err error) {
	row = provision.SourceGrant{Account: t.account, Source: c.Source, What: c.What, Target: c.Target, Former: c.Former, Given: c.Given}
	switch c.What {
	case provision.MembershipGrant, provision.RoleGrant:
		row.Target, err = t.brand(c.Target)
	case provision.CampaignGrant:
		row.Target, err = t.campaign(c.Target)
	}
	return row, err
}

// Attend says that somebody is on the lists of a source, is missing from them,
// or is back. From is nil where it never named them, To where it never did.
type Attend struct {
	Source string                `json:"source"`
	From   *provision.Attendance `json:"from,omitempty"`
	To     *provision.Attendance `json:"to,omitempty"`
}

// Op is OpAttend.
func (Attend) Op() Op { return OpAttend }

// Reverse says what was so before.
func (c Attend) Reverse() (Change, bool) {
	return Attend{Source: c.Source, From: c.To, To: c.From}, true
}

func (c Attend) audited(func(identity.Key) string) (Change, bool) { return c, true }

func (c Attend) into(b *provision.Batch, t *target) error {
	row := provision.SourcePersonRow{Account: t.account, Source: c.Source, From: c.From, To: c.To}
	b.Attending = append(b.Attending, row)
	return nil
}

// StopMail cancels whatever the organization has queued to be mailed to an
// account, and is not sent yet.
type StopMail struct{}

// Op is OpStopMail.
func (StopMail) Op() Op { return OpStopMail }

// Reverse has nothing to offer: mail is queued with what it tells of.
func (StopMail) Reverse() (Change, bool) { return nil, false }

func (c StopMail) audited(func(identity.Key) string) (Change, bool) { return c, true }

func (c StopMail) into(b *provision.Batch, t *target) error {
	b.Stopped = append(b.Stopped, t.account)
	return nil
}
