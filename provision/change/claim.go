package change

import (
	"muster/importer/identity"
	"muster/provision"
)

// The kinds of change that people make themselves, behind their link.
const (
	OpRedeem   Op = "redeem"
	OpPassword Op = "password"
	OpAnswer   Op = "answer"
	OpAgree    Op = "agree"
)

// Redeem uses the live link of an account up. Queued mail about it is
// cancelled, and nothing of an earlier epoch opens any more.
type Redeem struct {
	Link   string `json:"link"`             // id
	Unseen bool   `json:"unseen,omitempty"` // nobody but its person may have seen it
}

// Op is OpRedeem.
func (Redeem) Op() Op { return OpRedeem }

// Reverse has nothing to offer: a link opens once.
func (Redeem) Reverse() (Change, bool) { return nil, false }

func (c Redeem) audited(func(identity.Key) string) (Change, bool) { return c, true }

func (c Redeem) into(b *provision.Batch, t *target) error {
	b.Redeems = append(b.Redeems, provision.RedeemRow{Link: c.Link, Account: t.account, Unseen: c.Unseen})
	t.raiseEpoch(b)
	return nil
}

// SetPassword gives an account a password, and ends its sessions.
type SetPassword struct {
	Hash      string `json:"-"`                   // PHC form; it stands in no plan and in no audit
	Verified  bool   `json:"verified,omitempty"`  // its person has shown that the mailbox is theirs
	Registers bool   `json:"registers,omitempty"` // the account belongs to its person from now on
}

// Op is OpPassword.
func (SetPassword) Op() Op { return OpPassword }

// Reverse has nothing to offer: nobody keeps the former password.
func (SetPassword) Reverse() (Change, bool) { return nil, false }

func (c SetPassword) audited(func(identity.Key) string) (Change, bool) {
	c.Hash = ""
	return c, true
}

func (c SetPassword) into(b *provision.Batch, t *target) error {
	b.Passwords = append(b.Passwords, provision.PasswordRow{
		Account:   t.account,
		Hash:      c.Hash,
		Verified:  c.Verified,
		Registers: c.Registers,
	})
	return nil
}

// Answer keeps what somebody answered to a sign-up field.
type Answer struct {
	Name  string `json:"name"`
	Value string `json:"-"` // it stands in no audit
}

// Op is OpAnswer.
func (Answer) Op() Op { return OpAnswer }

// Reverse has nothing to offer: the answer is its person's.
func (Answer) Reverse() (Change, bool) { return nil, false }

func (c Answer) audited(func(identity.Key) string) (Change, bool) {
	return Answer{Name: c.Name}, true
}

func (c Answer) into(b *provision.Batch, t *target) error {
	b.Answers = append(b.Answers, provision.AnswerRow{Account: t.account, Name: c.Name, Value: c.Value})
	return nil
}

// Agree keeps that somebody agreed to a version of a document.
type Agree struct {
	Document string `json:"document"`
	Version  string `json:"version"`
}

// Op is OpAgree.
func (Agree) Op() Op { return OpAgree }

// Reverse has nothing to offer: somebody agreed, whatever comes after.
func (Agree) Reverse() (Change, bool) { return nil, false }

func (c Agree) audited(func(identity.Key) string) (Change, bool) { return c, true }

func (c Agree) into(b *provision.Batch, t *target) error {
	b.Consents = append(b.Consents, provision.ConsentRow{Account: t.account, Document: c.Document, Version: c.Version})
	return nil
}
