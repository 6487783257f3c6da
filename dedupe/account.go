package dedupe

import (
	"slices"
	"time"

	"muster/dedupe/permission"
	"muster/importer/identity"
	"muster/importer/record"
)

// Status is where an account stands on the member side.
type Status string

// The statuses, in the order a person passes them.
const (
	Created     Status = "created"
	Invited     Status = "invited"
	Registering Status = "registering"
	Registered  Status = "registered"
)

// Account is an account of the directory as one organization may see it, read
// in one snapshot. "Here" always means that organization.
type Account struct {
	ID      string // UUID
	Version int64  // grows with every write to the person
	Status  Status
	Email   identity.Email // the address stored on the account; zero where it has none
	Name    string
	Details

	OwnedHere bool // the organization created it and its person has not registered
	Known     bool // owned here, or a member of one of its brands
	Blocked   bool // blocked here or on the whole platform
	Barred    bool // blocked on the whole platform: no organization lifts that
	SSO       bool // a membership, here or elsewhere, stands under single sign-on

	Profiles    []AccountProfile
	ExternalIDs []string     // its universal identifiers here
	Memberships []Membership // in brands of the organization, sorted by brand
	Campaigns   []string     // "brand/campaign", sorted
	Products    []string     // granted here, sorted
	Offers      []OpenOffer  // memberships here that wait for an answer, or were declined, sorted by brand
	Link        LinkState

	// Attributes are the free columns that memberships keep: brand → column →
	// value. They are read only of the brands that a person's rows ask for.
	Attributes map[string]map[string]string
}

// AccountProfile is a profile an account holds.
type AccountProfile struct {
	Profile   identity.Profile
	Connected bool // its owner authorised it; otherwise it was only declared
}

// Membership is an account in a brand.
type Membership struct {
	Brand string      `json:"brand"` // slug
	Kind  record.Kind `json:"kind"`
	Role  string      `json:"role"`
	// Permissions are those of staff and clients; nil where none were ever
	// given, which are those that everybody has by default.
	Permissions *permission.Grant `json:"permissions,omitempty"`
}

// LinkState is what the directory knows of an account's links.
type LinkState struct {
	Ever      bool      // a link was issued at some time
	Withdrawn bool      // the last one of this organization was revoked by hand, or with the run that issued it
	Taken     bool      // the last one of this organization ended with what it led into
	ID        string    // hex link id of the one whose state is live, "" for none; it may have expired
	Here      bool      // that one was issued by this organization
	ExpiresAt time.Time // of that one; zero while nobody has seen it: then its life has not begun
}

// Live reports whether the account's link still opens at the given time.
func (l LinkState) Live(at time.Time) bool {
	return l.ID != "" && (l.ExpiresAt.IsZero() || at.Before(l.ExpiresAt))
}

// rank is that of the account's highest role in the organization.
func (a Account) rank(p Policy) int {
	highest := 0
	for _, m := range a.Memberships {
		highest = max(highest, p.Ranks[m.Role])
	}
	return highest
}

// Above reports whether the account has a role that ranks above the operator's,
// or can do what theirs cannot.
func (a Account) Above(p Policy) bool {
	return a.rank(p) > p.OperatorRank ||
		slices.ContainsFunc(a.Memberships, func(m Membership) bool { return p.Exceeding[m.Role] })
}

// OnDashboard reports whether the account has a role that may sign in to the
// dashboard.
func (a Account) OnDashboard(p Policy) bool {
	return slices.ContainsFunc(a.Memberships, func(m Membership) bool { return p.Dashboards[m.Role] })
}

// KnownTo reports whether an operator who sees the members of these brands may
// know that the account is in the organization at all, whoever it belongs to:
// it is a member of one of them, or the organization's own and in none.
func (a Account) KnownTo(brands []string) bool {
	if len(a.Memberships) == 0 {
		return a.OwnedHere
	}
	return slices.ContainsFunc(a.Memberships, func(m Membership) bool { return slices.Contains(brands, m.Brand) })
}

// Beyond reports whether the account may do what the operator may not: it is
// above them, or manages a brand they do not see. Whoever holds its
// link, or chooses where that goes, can be the account.
func (a Account) Beyond(p Policy) bool {
	return a.Above(p) || slices.ContainsFunc(a.Memberships, func(m Membership) bool {
		return p.Dashboards[m.Role] && !slices.Contains(p.VisibleBrands, m.Brand)
	})
}

// OutOfReach reports whether whoever holds a link of the account could do or
// see what the operator may not: it may do more, or is in a brand they do not
// see.
func (a Account) OutOfReach(p Policy) bool { return a.Beyond(p) || !a.within(p.VisibleBrands) }

// Visible reports whether an operator who sees the members of these brands may
// see what the account holds. What another organization owns is never shown,
// claimed or not; the rest is where it is a member of a brand they see, or the
// organization's own and in none.
func (a Account) Visible(brands []string) bool {
	return (a.OwnedHere || a.Status == Registered) && a.KnownTo(brands)
}

// within reports whether an operator who sees the members of these brands sees
// every brand of the account. Taking somebody into a brand of one's own is no
// way to them in the others.
func (a Account) within(brands []string) bool {
	return !slices.ContainsFunc(a.Memberships, func(m Membership) bool { return !slices.Contains(brands, m.Brand) })
}

// In returns the account's membership in a brand.
func (a Account) In(brand string) (Membership, bool) {
	for _, m := range a.Memberships {
		if m.Brand == brand {
			return m, true
		}
	}
	return Membership{}, false
}
