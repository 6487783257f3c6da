// Package identity turns what a person typed into a cell into one comparable
// key, or refuses it with a reason.
//
// In goes a cell and, for a profile, the network its column belongs to; out
// comes an Email or a Profile with its Key, or a *Refusal. Nothing here asks
// the network, the clock or a database, and nothing is guessed: what cannot be
// known from the text alone (where a short link leads, which number belongs to
// which name) is refused or stays a key of its own.
//
// How a profile is read:
//
//  1. clean      invisible characters away, full-width letters to ASCII
//  2. damage     spreadsheet errors and lost digits are refused, placeholders are empty
//  3. unwrap     quotes, brackets, markdown, "Instagram: …", =HYPERLINK("…")
//  4. decide     link or name, with the column's network as the hint
//  5. link       split tolerantly, look the host up in the tables, unwrap one link shim
//  6. form       match the path against the network's forms, both ends anchored
//  7. name       reserved words (whole segments), then the grammar of the id space
//  8. key        ASCII-folded where the space folds, prefixed where it is not the first
//
// Networks are data: a row in one of the networks_*.go tables, with its
// examples beside it in the test of the same name. Folding is ASCII only; a
// character that any Unicode folding would turn into ASCII (the Kelvin sign,
// the dotted capital I, the long s) never becomes part of a name.
package identity

import "muster/importer/reason"

// Key is a comparable identity: two cells speak of one thing exactly when
// their keys are equal, bytewise. Space is "email", "mailbox", or
// "<network>" / "<network>:<id space>" (see Profile.Space); Value is never
// empty.
type Key struct {
	Space string `json:"space"`
	Value string `json:"value"`
}

// The kinds of a profile.
const (
	Handle = "handle" // a name its owner chose, and may give up again
	ID     = "id"     // a number or code the network gave
	Blog   = "blog"   // a site of its own
)

// Profile is a place on a network. The zero Profile is "none".
type Profile struct {
	Network string `json:"network"`          // slug, "website" where the network is unknown
	Kind    string `json:"kind"`             // handle | id | blog
	Value   string `json:"value"`            // as compared
	Shared  bool   `json:"shared,omitempty"` // website, link-in-bio, organization page: a hint, never a key
	Display string `json:"display"`          // as shown
	URL     string `json:"url"`              // "" where the network has no page for it
}

// IsZero reports whether p is "none".
func (p Profile) IsZero() bool { return p.Value == "" }

// Key returns what p is compared by. Its Space is p.Space().
func (p Profile) Key() Key { return Key{p.Space(), p.Value} }

// Space names the network and id space of p: the bare slug for the names of a
// network ("youtube" for @handles), "<slug>:<id space>" for its other spaces
// ("youtube:id", "youtube:c", "youtube:user"). Two different values contradict
// each other only within one space; values of two spaces may be one person.
func (p Profile) Space() string {
	n := bySlug[p.Network]
	if n == nil {
		return p.Network
	}
	return n.spaceOf(p.Kind, p.Value)
}

// Refusal says why a cell gave no identity.
type Refusal struct {
	Reason     reason.Code
	Suggestion string // "" or what the person may have meant
	Text       string // the part of the cell that was refused, "" for all of it
	Looks      string // what it looks like instead, "" where the reason says that
}

func (r *Refusal) Error() string { return string(r.Reason) }

// refuse makes a Refusal without a suggestion.
func refuse(code reason.Code) *Refusal { return &Refusal{Reason: code} }
