package provision

import (
	"slices"

	"muster/dedupe"
)

// A stage is what is true of an account while it has a status.
type stage struct {
	next   []dedupe.Status // statuses that may follow
	invite bool            // it may hold a live invite
}

// lifecycle is the only table of the statuses of an account. A person goes on,
// perhaps by leaps, and never back; only undoing puts a former status back.
var lifecycle = map[dedupe.Status]stage{
	dedupe.Created:     {next: []dedupe.Status{dedupe.Invited, dedupe.Registering, dedupe.Registered}, invite: true},
	dedupe.Invited:     {next: []dedupe.Status{dedupe.Registering, dedupe.Registered}, invite: true},
	dedupe.Registering: {next: []dedupe.Status{dedupe.Registered}, invite: true},
	dedupe.Registered:  {},
}

// MayFollow reports whether an account of one status may take on another.
func MayFollow(from, to dedupe.Status) bool { return slices.Contains(lifecycle[from].next, to) }

// MayBeInvited reports whether an account of this status may hold a live
// invite: nobody who has registered needs one.
func MayBeInvited(status dedupe.Status) bool { return lifecycle[status].invite }
