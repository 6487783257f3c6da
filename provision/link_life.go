package provision

import (
	"time"

	"muster/dedupe"
)

// LinkState is what is stored of the life of a link. Expiry is no state but a
// comparison; a state that is not live is final.
type LinkState string

// The states, and what leads to them:
//
//	live → redeemed    its person set a password by it
//	live → superseded  another link was issued, or the account has another address
//	live → revoked     for a reason that stands beside it: see EndReason
//
// Each of these raises the epoch of the account's links, which is inside the
// token: a link that ended cannot be brought back by changing its state.
const (
	LiveState       LinkState = "live"
	RedeemedState   LinkState = "redeemed"
	SupersededState LinkState = "superseded"
	RevokedState    LinkState = "revoked"
)

// Why a link was revoked: the values of LinkRow.EndReason.
const (
	EndRegistered = "registered" // its person has, by other means
	EndSignOn     = "sso"        // the organization signs in elsewhere
	EndBlocked    = "blocked"    // its person was blocked
	EndTakenBack  = "taken back" // the run that issued it was undone
	EndByHand     = "by hand"    // somebody revoked it
	EndKey        = "key"        // the key it was made with was retired
	EndPassword   = "password"   // a password was set by other means
	EndRemoved    = "removed"    // its person is missing from the list that brought them
	EndErased     = "erased"     // its person was
	EndEmail      = "email"      // its account was given another address
)

// A Standing is how a link stands at a moment: whether it opens, or else why
// not. It is the same for the page behind the link, for mails, for reports and
// for who lists links.
type Standing string

// The standings. Only the first opens.
const (
	StandingOpen       Standing = "open"
	StandingNotYet     Standing = "not_yet" // it opens later
	StandingExpired    Standing = "expired"
	StandingUsed       Standing = "used" // its person set a password by it
	StandingSuperseded Standing = "superseded"
	StandingRevoked    Standing = "revoked"
	StandingBlocked    Standing = "blocked"    // its person is, by its organization or everywhere
	StandingSignOn     Standing = "sso"        // its organization signs in elsewhere
	StandingRegistered Standing = "registered" // its person has, and needs no invite
	StandingMoved      Standing = "moved"      // its account has another address
	StandingInactive   Standing = "inactive"   // its organization is
	StandingDeclined   Standing = "declined"   // its person was asked, and said no
)

// Standing is how the link stands at the given moment, as far as its row and
// its account as it is now say. What a person was told last comes first: that
// somebody is blocked before that their link has expired. A link that nobody
// has seen yet has no end.
func (l LinkRow) Standing(at time.Time) Standing {
	if l.Purpose == Consent {
		return l.offerStanding(at)
	}
	switch {
	case l.AccountBlocked:
		return StandingBlocked
	case l.SignIn == SingleSignOn:
		return StandingSignOn
	case l.State == RedeemedState:
		return StandingUsed
	case l.Purpose == Invitation && !MayBeInvited(l.AccountStatus):
		return StandingRegistered
	case l.Email != l.AccountEmail.Value:
		return StandingMoved
	case l.Purpose == Reset && l.AccountStatus != dedupe.Registered, l.AccountPasswordAt.After(l.CreatedAt):
		return StandingRevoked // nobody has a password to forget, or it was set by other means since
	case l.State == SupersededState:
		return StandingSuperseded
	case l.State != LiveState, l.AccountEpoch != l.Epoch, l.AccountBlockedAt.After(l.CreatedAt):
		return StandingRevoked // a link of before a block is dead also where nobody ended it
	case !l.Active:
		return StandingInactive
	case !l.GeneratedAt.IsZero() && !at.Before(l.ExpiresAt):
		return StandingExpired
	case at.Before(l.NotBefore):
		return StandingNotYet
	}
	return StandingOpen
}

// Lives reports whether the link opens, or will: it is one to hand over.
func (s Standing) Lives() bool { return s == StandingOpen || s == StandingNotYet }

// Withdrawn reports whether an operator decided that its person is not to have
// the link: not one that ended because something else took its place.
func (l LinkRow) Withdrawn() bool {
	return l.State == RevokedState && EndedForGood(l.EndReason)
}

// EndedForGood reports whether a link was revoked because somebody decided that its
// person is not to have it: no list renews it.
func EndedForGood(why string) bool { return why == EndByHand || why == EndTakenBack }

// EndedWithAccess reports whether a link was revoked because its person lost what it led
// into: it has not expired, and may be renewed once they are back.
func EndedWithAccess(why string) bool { return why == EndRemoved || why == EndBlocked }

// WorthMailing reports whether enough of the life of a link is left for a mail
// with it to be read in time. One that nobody has seen yet has all of it.
func (l LinkRow) WorthMailing(at time.Time) bool {
	least := min(30*time.Minute, l.Lifetime/2)
	if l.Purpose == Reset {
		least = 5 * time.Minute
	}
	return l.GeneratedAt.IsZero() || l.ExpiresAt.Sub(at) >= least
}

// ProvesMailbox reports whether using the link shows that the mailbox of its
// address is its person's: it left by mail alone, and nobody else has seen it.
func (l LinkRow) ProvesMailbox() bool { return l.Channel == ByMail && l.RevealedAt.IsZero() }

// EndsAt is when the link expires if it is shown for the first time at the
// given moment. Its life does not begin before it opens, and does not end at a
// weekend where it is to end on a workday. Whole seconds count.
func (l LinkRow) EndsAt(at time.Time) time.Time {
	if at.Before(l.NotBefore) {
		at = l.NotBefore
	}
	end := at.Add(l.Lifetime).Truncate(time.Second)
	if l.Workday {
		end = workday(end, l.AccountTimeZone)
	}
	return end
}

// workdayHour is when a link ends on a Monday that would have ended at the
// weekend before.
const workdayHour = 9

// workday moves a moment that is at a weekend, where somebody is, to Monday
// morning. Where their time zone is not known, UTC counts.
func workday(at time.Time, zone string) time.Time {
	place, err := time.LoadLocation(zone)
	if err != nil {
		place = time.UTC
	}
	there := at.In(place)
	days := map[time.Weekday]int{time.Saturday: 2, time.Sunday: 1}[there.Weekday()]
	if days == 0 {
		return at
	}
	return time.Date(there.Year(), there.Month(), there.Day()+days, workdayHour, 0, 0, 0, place).UTC()
}
