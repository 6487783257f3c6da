package provision

import (
	"slices"

	"muster/dedupe"
)

// A stage is what is true of an account while it has a status.
type stage struct {
	next  []dedupe.Status // statuses that may follow
	links bool            // it may hold a live invite link
}

// lifecycle is the only table of the statuses of an account. A person goes on,
// perhaps by leaps, and never back; only undoing puts a former status back.
var lifecycle = map[dedupe.Status]stage{
	dedupe.Created:     {next: []dedupe.Status{dedupe.Invited, dedupe.Registering, dedupe.Registered}, links: true},
	dedupe.Invited:     {next: []dedupe.Status{dedupe.Registering, dedupe.Registered}, links: true},
	dedupe.Registering: {next: []dedupe.Status{dedupe.Registered}, links: true},
	dedupe.Registered:  {},
}

// MayFollow reports whether an account of one status may take on another.
func MayFollow(from, to dedupe.Status) bool { return slices.Contains(lifecycle[from].next, to) }

// MayHoldLink reports whether an account of this status may hold a live invite
// link: nobody who has registered or is blocked needs one.
func MayHoldLink(status dedupe.Status, blocked bool) bool { return lifecycle[status].links && !blocked }
