package provision

import (
	"time"

	"muster/dedupe"
)

// OfferRow is a membership that waits until its person accepts it, with what
// comes with it and what its token is computed from. One that was declined, or
// is still to be answered, stays as it is: the batch is refused (ErrMoved).
type OfferRow struct {
	MembershipRow
	Campaigns []string // "brand/campaign"
	Products  []string
	Link      string // id, 32 hex digits
	KeyID     string
	Audience  string
	Email     string // Value of the address that is asked
	ExpiresAt time.Time
}

// AcceptRow makes a membership of one that was offered, as it was offered. It is
// refused (ErrMoved) unless that waits and its link opens.
type AcceptRow struct {
	Link      string
	Account   string
	Campaigns []string // ids
	Products  []string
}

// DeclineRow says that somebody does not want a membership that they were
// offered. It is refused (ErrMoved) unless that waits.
type DeclineRow struct {
	Link    string
	Account string
}

// An Offer is a membership that somebody was offered, as the page and the mail
// about it tell of it. Its link has the purpose Consent.
type Offer struct {
	LinkRow
	dedupe.Offer
	BrandID   string
	GrantedBy string // id of whoever offered it, "" where that is not known
}

// OfferLife is how long somebody may take to answer.
const OfferLife = 30 * 24 * time.Hour

// EndDeclined is why the link of an offer was revoked whose person said no.
const EndDeclined = "declined"

// offerStanding is how the link of an offer stands at a moment. What comes of
// signing in does not concern it: neither another password nor single sign-on
// ends it, and it has an epoch of its own.
func (l LinkRow) offerStanding(at time.Time) Standing {
	switch {
	case l.AccountBlocked:
		return StandingBlocked
	case l.State == RedeemedState:
		return StandingUsed
	case l.EndReason == EndDeclined:
		return StandingDeclined
	case l.Email != l.AccountEmail.Value:
		return StandingMoved
	case l.State != LiveState, l.AccountBlockedAt.After(l.CreatedAt):
		return StandingRevoked
	case !l.Active:
		return StandingInactive
	case !at.Before(l.ExpiresAt):
		return StandingExpired
	}
	return StandingOpen
}
