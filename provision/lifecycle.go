package provision

import "muster/dedupe"

// A Progression is something that happens to a person and moves their account on.
type Progression string

// The events.
const (
	Delivered Progression = "delivered" // a mail server took their invitation, or it was marked as handed over
	Begun     Progression = "begun"     // they sent the first step of the claim page
	SignedUp  Progression = "signed up" // they set a password, or an export reports their first single sign-on
)

// lifecycle is the only table of the statuses of an account: which one follows
// which, by what. Where an event is silent about a status nothing changes. A
// person goes on, perhaps by leaps, and never back, whatever an export says; only
// undoing puts a former status back. A block is none of the statuses: it stands
// over all of them, and leaves them as they are.
var lifecycle = map[Progression]map[dedupe.Status]dedupe.Status{
	Delivered: {dedupe.Created: dedupe.Invited},
	Begun:     {dedupe.Created: dedupe.Registering, dedupe.Invited: dedupe.Registering},
	SignedUp: {
		dedupe.Created:     dedupe.Registered,
		dedupe.Invited:     dedupe.Registered,
		dedupe.Registering: dedupe.Registered,
	},
}

// After returns the status that an event gives an account, and whether it is
// another one.
func After(status dedupe.Status, e Progression) (dedupe.Status, bool) {
	next, moves := lifecycle[e][status]
	if !moves {
		return status, false
	}
	return next, true
}

// MayFollow reports whether an account of one status may take on another that
// somebody reports: whether any event leads there.
func MayFollow(from, to dedupe.Status) bool {
	for e := range lifecycle {
		if next, moves := After(from, e); moves && next == to {
			return true
		}
	}
	return false
}

// stages are what is true of an account while it has a status.
var stages = map[dedupe.Status]struct {
	invite bool // it may hold a live invite
	push   bool // its person has begun, and may be sent messages beside mail
}{
	dedupe.Created:     {invite: true},
	dedupe.Invited:     {invite: true},
	dedupe.Registering: {invite: true, push: true},
	dedupe.Registered:  {push: true},
}

// MayBeInvited reports whether an account of this status may hold a live
// invite: nobody who has registered needs one.
func MayBeInvited(status dedupe.Status) bool { return stages[status].invite }

// MayMail reports whether an organization may mail an account as it sees it:
// everybody but the blocked, while the organization is active.
func MayMail(a dedupe.Account, o Organization) bool { return !a.Blocked && o.IsActive() }

// MayPush reports whether an organization may send an account push and assistant
// messages: whoever may be mailed and has begun to register.
func MayPush(a dedupe.Account, o Organization) bool { return MayMail(a, o) && stages[a.Status].push }
