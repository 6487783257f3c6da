package change

import (
	"cmp"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/provision"
)

// The kinds of change to an account itself.
const (
	OpCreate    Op = "create"
	OpStatus    Op = "status"
	OpReaddress Op = "readdress"
)

// Create makes the account of a step. It takes the key of its address, if it
// has one, and belongs to the organization until its person has registered.
type Create struct {
	dedupe.NewAccount
	Status dedupe.Status `json:"status,omitempty"` // "" is created
}

// Op is OpCreate.
func (Create) Op() Op { return OpCreate }

// Reverse has nothing to offer: nobody is deleted by a run, and whoever was
// sent the link of the account may have used it. What the account was given
// is taken back change by change.
func (Create) Reverse() (Change, bool) { return nil, false }

func (c Create) audited(func(identity.Key) string) (Change, bool) {
	return Create{Status: c.Status}, true
}

func (c Create) into(b *provision.Batch, t *target) error {
	row := provision.AccountRow{ID: t.account, NewAccount: c.NewAccount, Status: cmp.Or(c.Status, dedupe.Created)}
	if row.Status != dedupe.Registered {
		row.Owner = t.organization.ID
	}
	b.Accounts = append(b.Accounts, row)
	if !c.Email.IsZero() {
		b.Keys = append(b.Keys, provision.KeyRow{Key: c.Email.Key(), Account: t.account})
	}
	addMailbox(b, t.account, c.Email)
	t.email = c.Email.Value
	return nil
}

// SetStatus gives an account another status. Which one may follow which is for
// MayFollow to say.
type SetStatus struct {
	From dedupe.Status `json:"from"`
	To   dedupe.Status `json:"to"`
}

// Moved is how an event moves an account on: nothing where it does not.
func Moved(status dedupe.Status, e provision.Progression) Changes {
	next, another := provision.After(status, e)
	if !another {
		return nil
	}
	return Changes{SetStatus{From: status, To: next}}
}

// Op is OpStatus.
func (SetStatus) Op() Op { return OpStatus }

// Reverse sets the former status.
func (c SetStatus) Reverse() (Change, bool) { return SetStatus{From: c.To, To: c.From}, true }

func (c SetStatus) audited(func(identity.Key) string) (Change, bool) { return c, true }

func (c SetStatus) into(b *provision.Batch, t *target) error {
	b.Statuses = append(b.Statuses, provision.StatusRow{Account: t.account, Status: c.To})
	return nil
}

// Readdress gives an account another address. The key of the former one stays
// with it: somebody who still writes to the old address is not a new person.
// Links to the former address die. That the account takes the key of the new
// one, where it has not got it, is a TakeKey before.
type Readdress struct {
	From identity.Email `json:"from,omitzero"`
	To   identity.Email `json:"to,omitzero"`
	Mark string         `json:"mark,omitempty"` // stands for the key of the new one in the audit
}

// Op is OpReaddress.
func (Readdress) Op() Op { return OpReaddress }

// Reverse gives the former address back.
func (c Readdress) Reverse() (Change, bool) { return Readdress{From: c.To, To: c.From}, true }

func (c Readdress) audited(mark func(identity.Key) string) (Change, bool) {
	return Readdress{Mark: mark(c.To.Key())}, false
}

func (c Readdress) into(b *provision.Batch, t *target) error {
	b.Addresses = append(b.Addresses, provision.AddressRow{Account: t.account, Email: c.To})
	addMailbox(b, t.account, c.To)
	t.raiseEpoch(b)
	t.email = c.To.Value
	return nil
}

// addMailbox lets the mailbox of an address lead to the account, where its
// provider documents that several addresses reach one.
func addMailbox(b *provision.Batch, account string, e identity.Email) {
	if !e.IsZero() && e.Folds() {
		b.Hints = append(b.Hints, provision.KeyRow{Key: e.MailboxKey(), Account: account})
	}
}
