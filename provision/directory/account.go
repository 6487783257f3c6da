package directory

import (
	"github.com/google/uuid"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/record"
)

// An Account is one that the platform has already, as a row of an export says.
type Account struct {
	ID           string // UUID for a new one
	Before       string // UUID that an earlier load of the same row made it with
	Email        identity.Email
	Name         string
	Status       dedupe.Status
	Blocked      bool   // by Organization
	Organization string // id; owner unless registered, and whose the rest is
	ExternalID   string
	Connected    []identity.Profile
	Declared     []identity.Profile
	Brand        string // id, "" for no membership
	Kind         record.Kind
	Role         string
	Lowered      bool // the row says another role, which the operator may not give
	Unread       []Unread
}

// An Unread is what a row of an export has for a profile and is none that anybody can
// have. No row of a list could ever be found by it: the account is loaded without it.
type Unread struct {
	Column  string
	Refusal *identity.Refusal
}

// idOf is the id that an account of an export gets where it is new: the same
// wherever it is loaded, so that a plan made on a copy of the database, or
// before there was one, holds once the export is loaded for good.
func idOf(a Account) string {
	known := a.Email.Value
	switch {
	case known != "":
	case a.ExternalID != "":
		known = dedupe.ExternalSpace(a.Organization) + "\x00" + a.ExternalID
	default:
		k := a.Connected[0].Key()
		known = k.Space + "\x00" + k.Value
	}
	return uuid.NewSHA1(idSpace, []byte(known)).String()
}

// idSpace keeps these ids apart from anybody else's made the same way.
var idSpace = uuid.MustParse("6d757374-6572-8000-8000-646972656374")

// accountKeys are the keys an account could be known by, the strongest first.
func accountKeys(d Account) []identity.Key {
	var all []identity.Key
	if d.Email.Value != "" {
		all = append(all, d.Email.Key())
	}
	if d.ExternalID != "" {
		all = append(all, externalKey(d))
	}
	for _, profiles := range [][]identity.Profile{d.Connected, d.Declared} {
		for _, p := range profiles {
			if p.Value != "" && !p.Shared {
				all = append(all, p.Key())
			}
		}
	}
	return all
}

// externalKey is the key of a row's external id.
func externalKey(d Account) identity.Key {
	return identity.Key{Space: dedupe.ExternalSpace(d.Organization), Value: d.ExternalID}
}
