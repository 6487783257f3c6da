package provision

import (
	"context"
	"time"
)

// MailStore is what sending asks of a database. Mails are queued by a Batch,
// with what they tell of.
type MailStore interface {
	// MailCounts are of an organization, by template and state.
	MailCounts(ctx context.Context, organization string) ([]MailCount, error)
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

// The templates of mails about links.
const (
	InviteMail = "invite"
	ResetMail  = "reset"
)

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
}

// DashboardRow says that an account was invited to the dashboard; the first one
// counts.
type DashboardRow struct{ Account string }
