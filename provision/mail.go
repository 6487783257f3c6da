package provision

import (
	"context"
	"time"

	"muster/dedupe"
	"muster/importer/identity"
)

// The mails there are, by the names of their templates.
const (
	InviteMail        = "invite"              // a link to set the first password
	DashboardMail     = "dashboard"           // access to the dashboard, for the first time
	ClaimedMail       = "claimed"             // a brand added somebody who has an account elsewhere
	ConsentMail       = "consent"             // a brand would like to add somebody, and asks
	ResetMail         = "reset"               // a link to set another password
	AdministratorMail = "administrator-added" // to the other administrators
	WelcomeMail       = "welcome-sso"         // where to sign in, under single sign-on
)

// MailTemplates are the names of all templates.
func MailTemplates() []string {
	return []string{InviteMail, DashboardMail, ClaimedMail, ConsentMail, ResetMail, AdministratorMail, WelcomeMail}
}

// MailStore is what sending asks of a database. Mails are queued by a Batch,
// with what they tell of.
type MailStore interface {
	// MailCounts are of an organization, by template and state.
	MailCounts(ctx context.Context, organization string) ([]MailCount, error)
	// WaitingMails is how many mails that a run queued still wait to be sent.
	WaitingMails(ctx context.Context, run string) (int, error)
	// LeaseMail takes the mail that has been due the longest of those to one domain;
	// ErrNotFound where none is due.
	LeaseMail(ctx context.Context, organization, domain string, l MailLease) (Mail, error)
	// DueMails are those that could be taken, the longest due first. They stay.
	DueMails(ctx context.Context, which MailSelection, at time.Time, limit int) ([]Mail, error)
	// MailDomains are the domains that mails wait for at a moment. One that was taken
	// waits for whether its sender comes back.
	MailDomains(ctx context.Context, which MailSelection, at time.Time) ([]MailDomain, error)
	// SettleMail keeps what became of a mail that was taken; ErrMoved where it was
	// taken from us meanwhile. A mail that was accepted is settled by a Batch.
	SettleMail(ctx context.Context, s MailSettled, at time.Time) error
	// ReturnMail keeps that a mail came back; ErrNotFound where there is no such
	// mail.
	ReturnMail(ctx context.Context, r MailReturned, at time.Time) error
	// Undeliverable are the people of an organization whose address no mail
	// reaches, the latest first.
	Undeliverable(ctx context.Context, organization string) ([]UndeliverablePerson, error)
}

// MailState is how far a mail of the outbox is.
type MailState string

// The states.
const (
	MailQueued    MailState = "queued"
	MailLeased    MailState = "leased"    // somebody is sending it
	MailAccepted  MailState = "accepted"  // a server has taken it
	MailUnknown   MailState = "unknown"   // the reply to the whole mail was lost
	MailDeferred  MailState = "deferred"  // refused for now
	MailDead      MailState = "dead"      // refused for good
	MailCancelled MailState = "cancelled" // its link, or what it tells of, ended first
)

// Waits reports whether the mail is still to be sent, or sent once more.
func (s MailState) Waits() bool { return s == MailQueued || s == MailLeased || s == MailDeferred }

// MailCount is how many mails of a template are in a state.
type MailCount struct {
	Template string
	State    MailState
	Mails    int
}

// MailRow is a mail to be sent. Where there is one already of the account,
// template and reference, none is added. A dashboard invitation is left out
// where the account has been invited to the dashboard before.
type MailRow struct {
	ID        string // UUID
	Account   string
	Brand     string // id, "" for none
	Template  string
	Link      string // id, "" for a mail without one
	Reference string // what there may be one mail of the template about
	Inviter   string // as "Name <address>", "" for the organization
	Note      string // from the inviter, plain text
	NotBefore time.Time
	InvitedBy string // id of whoever it is sent for, "" for the author
	Awaited   bool   // somebody waits for it: it goes before those that lists have queued
}

// DashboardRow says that an account was invited to the dashboard; the first one
// counts.
type DashboardRow struct {
	Account   string
	InvitedBy string // id, "" for the author
}

// SentRow says what became of a mail that was taken; one that was not, or was
// taken by somebody else since, refuses the batch (ErrMoved).
type SentRow struct {
	Mail    string // id
	Attempt int    // as it was taken
	State   MailState
	Answer
}

// Answer is what a mail server said of a mail.
type Answer struct {
	Code     int    // of SMTP, 0 for none
	Enhanced string // such as 5.1.1
	Text     string // without links
}

// MailSelection says which mails are meant.
type MailSelection struct {
	Organization string // id
	Domain       string // of the address, as compared; "" for all
}

// MailDomain is a domain that mails wait for. That of people without an address is "".
type MailDomain struct {
	Domain string
	Waits  int       // mails
	Due    int       // of these, by now
	Next   time.Time // when the first of them is due
}

// MailLease is how a mail is taken.
type MailLease struct {
	At     time.Time
	Until  time.Time // nobody else sends it before; it is due again then
	Domain string    // of the Message-ID that it gets with the first lease, for good
}

// Mail is a mail of the outbox, and the account that it is for as that is now.
type Mail struct {
	ID           string
	Account      string
	Organization string // id
	Brand        string // id, "" for none
	Template     string
	Link         string // id, "" for a mail without one
	Inviter      string
	Note         string
	InvitedBy    string // name of whoever it was queued for, "" where that is not known
	MessageID    string // "" before the first lease
	Attempts     int    // with this one, if it was taken
	Doubts       int    // how often nobody knew whether it had been taken by a server
	CreatedAt    time.Time

	Version       int64
	Epoch         int64 // of the account's links
	Email         identity.Email
	Name          string
	Status        dedupe.Status
	Language      string
	TimeZone      string
	Blocked       bool // by the organization or everywhere
	HasPassword   bool
	Undeliverable bool      // no mail reaches the address
	Other         string    // name or address of the account it tells of: a new administrator
	LastAt        time.Time // when the account was last sent something that counts, zero for never
	Today         int       // how much of that in the last 24 hours
	Earlier       int       // mails of the template in the last week that were queued for it before
}

// MailSettled is what became of a mail that was taken.
type MailSettled struct {
	SentRow
	NextAt        time.Time // when it is tried again; zero where it is not
	Doubt         bool      // nobody knows whether a server has it
	Undeliverable string    // Value of an address that no mail reaches, as this answer says; "" for none
}

// MailReturned says that a mail came back.
type MailReturned struct {
	Mail   string // id
	Failed bool   // it will not arrive any more
	Hard   bool   // no mail reaches the address
	Answer
}

// UndeliverablePerson is somebody whom no mail reaches at their address.
type UndeliverablePerson struct {
	Account string
	Name    string
	Address string
	Why     string
	Code    string
	At      time.Time
}
