package change

import (
	"cmp"

	"muster/importer/identity"
	"muster/provision"
)

// The kinds of change that tell people something.
const (
	OpHandOver  Op = "hand_over"
	OpMail      Op = "mail"
	OpDashboard Op = "dashboard"
	OpMailed    Op = "mailed"

	OpTellAdministrators Op = "tell_administrators"
)

// HandOver says that somebody gave a live link to its person.
type HandOver struct {
	Link string `json:"link"` // id
}

// Op is OpHandOver.
func (HandOver) Op() Op { return OpHandOver }

// Reverse has nothing to offer: what a person has is theirs.
func (HandOver) Reverse() (Change, bool) { return nil, false }

func (c HandOver) audited(func(identity.Key) string) (Change, bool) { return c, true }

func (c HandOver) into(b *provision.Batch, t *target) error {
	b.Handed = append(b.Handed, provision.HandedRow{Link: c.Link, Account: t.account})
	return nil
}

// SendMail queues a mail to an account. A mail about a link is about the one
// that the same step issues, unless Link names another.
type SendMail struct {
	Template  string `json:"template"`
	Link      string `json:"link,omitempty"`      // id; in the audit that of the link it is about
	About     bool   `json:"about,omitempty"`     // it is about a link
	Asks      bool   `json:"asks,omitempty"`      // it is about the membership in Brand that the same step offers
	Brand     string `json:"brand,omitempty"`     // slug, "" where it is of the organization as a whole
	Reference string `json:"reference,omitempty"` // what there may be one mail of the template about; "" is the link that it is about
}

// Op is OpMail.
func (SendMail) Op() Op { return OpMail }

// Reverse has nothing to offer: what was mailed was read.
func (SendMail) Reverse() (Change, bool) { return nil, false }

func (c SendMail) audited(func(identity.Key) string) (Change, bool) { return c, true }

func (c SendMail) into(b *provision.Batch, t *target) error {
	row := provision.MailRow{
		ID:        t.newID(),
		Account:   t.account,
		Template:  c.Template,
		Reference: c.Reference,
		Inviter:   t.terms.Inviter,
		Note:      t.terms.Note,
		NotBefore: t.terms.NotBefore,
		InvitedBy: t.terms.InvitedBy,
		Awaited:   t.terms.Awaited || c.Template == provision.ResetMail,
	}
	if c.About {
		row.Link = cmp.Or(c.Link, t.link)
		row.Reference = cmp.Or(c.Reference, row.Link)
	}
	if c.Asks {
		row.Link = t.offers[c.Brand]
		row.Reference = row.Link
	}
	if c.Brand != "" {
		id, err := t.brand(c.Brand)
		if err != nil {
			return err
		}
		row.Brand = id
	}
	b.Mails = append(b.Mails, row)
	return nil
}

// OpenDashboard keeps that an account was invited to the dashboard. It comes
// after the mail that says so: whoever was invited before gets none.
type OpenDashboard struct{}

// Op is OpDashboard.
func (OpenDashboard) Op() Op { return OpDashboard }

// Reverse has nothing to offer: nobody is invited for the first time twice.
func (OpenDashboard) Reverse() (Change, bool) { return nil, false }

func (c OpenDashboard) audited(func(identity.Key) string) (Change, bool) { return c, true }

func (c OpenDashboard) into(b *provision.Batch, t *target) error {
	b.Dashboards = append(b.Dashboards, provision.DashboardRow{Account: t.account, InvitedBy: t.terms.InvitedBy})
	return nil
}

// Mailed says what became of a mail of the outbox that was taken for sending.
type Mailed struct {
	Mail     string              `json:"mail"` // id
	Template string              `json:"template"`
	State    provision.MailState `json:"state"`
	Attempt  int                 `json:"attempt"` // which was it
	Answer   provision.Answer    `json:"-"`       // of the server; it may quote whatever it likes, and stands in no audit
}

// Op is OpMailed.
func (Mailed) Op() Op { return OpMailed }

// Reverse has nothing to offer: what was mailed was read.
func (Mailed) Reverse() (Change, bool) { return nil, false }

func (c Mailed) audited(func(identity.Key) string) (Change, bool) {
	c.Answer = provision.Answer{}
	return c, true
}

func (c Mailed) into(b *provision.Batch, _ *target) error {
	b.Sent = append(b.Sent, provision.SentRow{Mail: c.Mail, Attempt: c.Attempt, State: c.State, Answer: c.Answer})
	return nil
}

// TellAdministrators queues a mail to each administrator of the organization: the
// account has become one of them.
type TellAdministrators struct{}

// Op is OpTellAdministrators.
func (TellAdministrators) Op() Op { return OpTellAdministrators }

// Reverse has nothing to offer: what was mailed was read.
func (TellAdministrators) Reverse() (Change, bool) { return nil, false }

func (c TellAdministrators) audited(func(identity.Key) string) (Change, bool) { return c, true }

func (c TellAdministrators) into(b *provision.Batch, t *target) error {
	for _, administrator := range t.terms.Administrators {
		if administrator == t.account {
			continue
		}
		b.Mails = append(b.Mails, provision.MailRow{
			ID:        t.newID(),
			Account:   administrator,
			Template:  provision.AdministratorMail,
			Reference: t.account,
			Inviter:   t.terms.Inviter,
			InvitedBy: t.terms.InvitedBy,
			Awaited:   true,
		})
	}
	return nil
}
