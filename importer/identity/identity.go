// Package identity turns what a person typed into a cell into one comparable
// key, or refuses it with a reason.
package identity

import "muster/importer/reason"

// Key is a comparable identity: two cells speak of one thing exactly when
// their keys are equal, bytewise. Space is "email", "mailbox", or
// "<network>" / "<network>:<kind>" (see Profile.Key); Value is never empty.
type Key struct {
	Space string `json:"space"`
	Value string `json:"value"`
}

// Email is a parsed address. The zero Email is "none".
type Email struct {
	Address string `json:"address"`        // as typed after cleaning: the only one ever mailed or shown
	Value   string `json:"value"`          // the address as compared: strong key, space "email"
	Mailbox string `json:"mailbox"`        // provider rules applied: weak, space "mailbox"
	Role    bool   `json:"role,omitempty"` // info@, talent@ …: a contact point, not a person
}

// Profile is a place on a network. The zero Profile is "none".
type Profile struct {
	Network string `json:"network"`          // slug, "website" where the network is unknown
	Kind    string `json:"kind"`             // handle | id | blog
	Value   string `json:"value"`            // as compared
	Shared  bool   `json:"shared,omitempty"` // website, link-in-bio, organization page: a hint, never a key
	Display string `json:"display"`          // as shown
	URL     string `json:"url"`
}

// Refusal says why a cell gave no identity.
type Refusal struct {
	Reason     reason.Code
	Suggestion string // "" or what the person may have meant
}

func (r *Refusal) Error() string { return string(r.Reason) }
