package provision

import (
	"context"
	"time"

	"muster/dedupe"
	"muster/importer/record"
)

// An Invite is the newest invite link that an organization gave an account,
// and what is known of its way to the person.
type Invite struct {
	LinkRow           // its ID is "" where there never was one
	Issuer  string    // name or address of the operator of the run that issued it, "" where that is not known
	Mail    MailState // of the mail that it left in, "" for none
	MailEnd time.Time // when a server took that mail, or it came to another end; zero before
}

// Lives reports whether there is a link that opens, or will.
func (i Invite) Lives(at time.Time) bool { return i.ID != "" && i.Standing(at).Lives() }

// InviteState is where an invitation stands, in the words of those who send
// invitations.
type InviteState string

// The states.
const (
	NeverInvited   InviteState = "none"     // there never was a link
	InvitePending  InviteState = "pending"  // its link opens, or will
	InviteExpired  InviteState = "expired"  //
	InviteAccepted InviteState = "accepted" // its person has registered
	InviteRevoked  InviteState = "revoked"  // it ended for another reason
)

// InviteStates are all of them.
var InviteStates = []InviteState{NeverInvited, InvitePending, InviteExpired, InviteAccepted, InviteRevoked}

// InviteState is where the invitation stands at a moment.
func (i Invite) InviteState(at time.Time) InviteState {
	if i.ID == "" {
		return NeverInvited
	}
	if i.State == RedeemedState || i.AccountStatus == dedupe.Registered {
		return InviteAccepted
	}
	switch i.Standing(at) {
	case StandingOpen, StandingNotYet, StandingInactive:
		return InvitePending
	case StandingExpired:
		return InviteExpired
	}
	return InviteRevoked
}

// Since is from when on the person has, or had, the link: when it was handed
// over, or mailed, or first shown, or else issued.
func (i Invite) Since() time.Time {
	switch {
	case !i.HandedOverAt.IsZero():
		return i.HandedOverAt
	case i.Mail == MailAccepted:
		return i.MailEnd
	case !i.GeneratedAt.IsZero():
		return i.GeneratedAt
	}
	return i.CreatedAt
}

// A LinkWay is how a link went to its person, as far as that is known.
type LinkWay struct {
	How string `json:"how"`           // handed over, mailed, waiting to be mailed, in a report, unseen
	Day string `json:"day,omitempty"` // when that was, like 2026-11-27
	By  string `json:"by,omitempty"`  // who issued it
	Run string `json:"run,omitempty"` // that issued it
}

// How a link went.
const (
	WayHanded = "handed over"
	WayMailed = "mailed"
	WayQueued = "waiting to be mailed"
	WayShown  = "in a report"
	WayUnseen = "unseen"
)

// Way is how the link went, with days as they are somewhere.
func (i Invite) Way(where *time.Location) LinkWay {
	way := LinkWay{How: WayUnseen, By: i.Issuer, Run: i.Run}
	day := func(how string, at time.Time) {
		way.How = how
		way.Day = at.In(where).Format(time.DateOnly)
	}
	switch {
	case !i.HandedOverAt.IsZero():
		day(WayHanded, i.HandedOverAt)
	case i.Mail == MailAccepted:
		day(WayMailed, i.MailEnd)
		way.By, way.Run = "", ""
	case i.Mail != "" && i.Mail != MailDead && i.Mail != MailCancelled:
		way.How = WayQueued
		way.By, way.Run = "", ""
	case !i.RevealedAt.IsZero():
		day(WayShown, i.RevealedAt)
	}
	return way
}

// An InviteLine is the invite of a person, as a list of invites shows it. It holds no
// token: the fingerprint names the link.
type InviteLine struct {
	Name        string        `json:"name"`
	Email       string        `json:"email"`
	ExternalID  string        `json:"external_id,omitempty"`
	Kind        string        `json:"kind,omitempty"`
	Brands      []string      `json:"brands"`
	Status      dedupe.Status `json:"account_status"`
	State       InviteState   `json:"state"`
	Standing    Standing      `json:"standing,omitempty"`
	Since       time.Time     `json:"since,omitzero"` // handed over, mailed, shown or issued
	Until       time.Time     `json:"until,omitzero"` // when it ends, or ended; zero while nobody has seen it
	Way         string        `json:"way,omitempty"`  // how it went to its person
	IssuedBy    string        `json:"issued_by,omitempty"`
	Run         string        `json:"run,omitempty"`
	OpenedAt    time.Time     `json:"opened_at,omitzero"`
	Openings    int           `json:"openings"`
	Fingerprint string        `json:"fingerprint,omitempty"`
	Account     string        `json:"account"`
}

// Picking says which accounts of an organization are picked: members of brands
// who fit all of what is said.
type Picking struct {
	Organization string        // id
	Brands       []string      // slugs: a member of any of them
	Kind         record.Kind   // in such a brand; "" for any
	Status       dedupe.Status // "" for any
	Run          string        // id of a run on whose rows they stood, "" for any
}

// PeopleStore finds people who are there, in one snapshot.
type PeopleStore interface {
	// Pick returns ids, sorted.
	Pick(ctx context.Context, p Picking) ([]string, error)
	// Invites are those that an organization gave the accounts, one for each
	// that exists, by account id.
	Invites(ctx context.Context, organization string, accounts []string) ([]Invite, error)
	// Facts are of one account, in the order of brands; ErrNotFound where there is
	// no such account.
	Facts(ctx context.Context, organization, account string) (AccountFacts, error)
	// Ties are those of the accounts to what the organization does not see of
	// them, by account; who has none is left out.
	Ties(ctx context.Context, organization string, accounts []string) ([]Ties, error)
	// Left are the brands of the organization, by slug, that accounts were taken out
	// of, by account; who was taken out of none is left out.
	Left(ctx context.Context, organization string, accounts []string) (map[string][]string, error)
}

// Ties are what hangs on an account beside what an organization sees of it. They
// are counted, and never named.
type Ties struct {
	Account       string
	Organizations int // others that it is a member of
	Mails         int // of the organization, that wait to be sent to it
	MailsOfAll    int // of all organizations
}
