package dedupe

import (
	"time"

	"muster/dedupe/permission"
	"muster/importer/record"
)

// Policy is everything besides the person and the directory that a decision
// depends on. It is part of the plan and of its digest.
type Policy struct {
	Organization string      `json:"organization"` // id
	Brand        string      `json:"brand"`        // slug; where people go whose row names no brand
	Kind         record.Kind `json:"kind"`         // of rows that do not say

	OnEmailMatch   MatchPolicy      `json:"on_email_match"`
	OnProfileMatch MatchPolicy      `json:"on_profile_match"`
	OnDifference   DifferencePolicy `json:"on_difference,omitempty"` // "" is FillDifferences
	Invite         Invite           `json:"invite"`
	ReissueExpired bool             `json:"reissue_expired,omitempty"`
	LinkTTL        Duration         `json:"link_ttl"`
	LinkWorkday    bool             `json:"link_workday,omitempty"`    // links that would end at a weekend end on Monday morning
	NotBefore      time.Time        `json:"not_before,omitzero"`       // links open only from then on
	NoClaimNotice  bool             `json:"no_claim_notice,omitempty"` // people whom a brand adds are not told by mail
	ClaimConsent   bool             `json:"claim_consent,omitempty"`   // people of others join a brand only once they have accepted
	Inviter        string           `json:"inviter,omitempty"`         // of mails, as "Name <address>"; "" is the organization
	Note           string           `json:"note,omitempty"`            // of the inviter, in mails
	SSO            bool             `json:"sso,omitempty"`             // the organization signs in elsewhere: no links
	Inactive       bool             `json:"inactive,omitempty"`        // the organization is not active: no new links, no mails

	DefaultRoles  map[record.Kind]string `json:"default_roles"`           // role of a new membership, by kind
	Ranks         map[string]int         `json:"ranks"`                   // of the organization's roles
	Dashboards    map[string]bool        `json:"dashboards"`              // roles that may sign in to the management side
	Elevated      map[string]bool        `json:"elevated"`                // roles that can do more than "member"
	Exceeding     map[string]bool        `json:"exceeding"`               // roles that can do what the operator's cannot
	Operator      string                 `json:"operator,omitempty"`      // id of the operator's account
	OperatorRank  int                    `json:"operator_rank"`           // of the operator's highest role
	OperatorMay   []string               `json:"operator_may,omitempty"`  // the operator's capabilities, sorted
	MayActivate   bool                   `json:"may_activate,omitempty"`  // the operator may lift blocks
	MayReadmit    bool                   `json:"may_readmit,omitempty"`   // the operator may let people come back who were erased
	StaffDomains  []string               `json:"staff_domains,omitempty"` // where the addresses of staff are; none for anywhere
	Permissions   permission.Rules       `json:"permissions,omitzero"`
	Holds         map[string][]string    `json:"holds,omitempty"`       // brand → permissions that the operator has there; nil where they may give any
	SignUpURL     string                 `json:"sign_up_url,omitempty"` // where people sign up themselves
	VisibleBrands []string               `json:"visible_brands"`        // whose members the operator may see

	// LastAdministrator is the id of the only account that may edit the
	// organization, "" where there are several; whoever applies counts again.
	LastAdministrator string `json:"-"`

	Now time.Time `json:"now"` // when the plan is made: whether a link has expired
}

// MatchPolicy says what a match does by itself.
type MatchPolicy string

// The match policies.
const (
	ClaimMatches MatchPolicy = "claim"
	HoldMatches  MatchPolicy = "review"
)

// DifferencePolicy says what becomes of details that the list says otherwise than
// an account: one that the organization owns and nobody has registered with. Free
// columns follow the list, and every other account is left as it is.
type DifferencePolicy string

// The policies of differences.
const (
	ReportDifferences DifferencePolicy = "report" // nothing is written, all is reported
	FillDifferences   DifferencePolicy = "fill"   // what the account has nothing of is filled in
	UpdateDifferences DifferencePolicy = "update" // what it has is replaced, too, but for its address
)

// Invite says how new people learn of their account.
type Invite string

// The ways to invite.
const (
	InviteReport Invite = "report" // links go into the links file
	InviteMail   Invite = "mail"   // muster mails them
	InviteNone   Invite = "none"   // no link is issued
)

// Duration is a time.Duration that reads and writes as text ("24h0m0s").
type Duration time.Duration

// MarshalText writes the duration as time.Duration does.
func (d Duration) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }

// UnmarshalText reads what time.ParseDuration reads.
func (d *Duration) UnmarshalText(text []byte) error {
	parsed, err := time.ParseDuration(string(text))
	*d = Duration(parsed)
	return err
}

// DefaultRole returns the role a new member of a kind gets.
func (p Policy) DefaultRole(kind record.Kind) string {
	if role := p.DefaultRoles[kind]; role != "" {
		return role
	}
	return "member"
}

// brands returns the brands a person is to be in.
func (p Policy) brands(person Person) []string {
	if named := person.union(func(r record.Record) []string { return r.Brands }); len(named) > 0 {
		return named
	}
	return []string{p.Brand}
}
