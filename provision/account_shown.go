package provision

import (
	"time"

	"muster/dedupe"
)

// AccountShown is all that an operator may see of somebody: of an account that
// another organization owns not what it holds, and of brands that they do not
// see that there are some. What people do on the platform is never part of it.
type AccountShown struct {
	Account      string         `json:"account"`
	Masked       bool           `json:"masked,omitempty"` // another organization's
	Name         string         `json:"name,omitempty"`
	FirstName    string         `json:"first_name,omitempty"`
	LastName     string         `json:"last_name,omitempty"`
	Email        string         `json:"email,omitempty"`
	ContactEmail string         `json:"contact_email,omitempty"`
	ExternalIDs  []string       `json:"external_ids,omitempty"`
	Language     string         `json:"language,omitempty"`
	TimeZone     string         `json:"time_zone,omitempty"`
	Profiles     []ProfileShown `json:"profiles,omitempty"`
	Status       dedupe.Status  `json:"account_status,omitempty"`
	CreatedAt    time.Time      `json:"created_at,omitzero"`
	RegisteredAt time.Time      `json:"registered_at,omitzero"`

	Memberships []MembershipFact `json:"memberships"`
	Unseen      bool             `json:"unseen_brands,omitempty"` // they are in brands that the operator does not see
	Offers      []OfferShown     `json:"offers,omitempty"`
	Campaigns   []string         `json:"campaigns"`
	OfCampaigns int              `json:"of_campaigns"` // how many there are in the brands that the operator sees
	Products    []string         `json:"products,omitempty"`

	Invitation    InviteState    `json:"invitation"`
	Links         []LinkShown    `json:"links,omitempty"` // the latest first
	Blocks        []BlockFact    `json:"blocks,omitempty"`
	Dashboard     *DashboardFact `json:"dashboard_invitation,omitempty"`
	Undeliverable string         `json:"undeliverable,omitempty"`
}

// ProfileShown is an account's place on a network.
type ProfileShown struct {
	Network   string `json:"network"`
	Name      string `json:"name"`
	URL       string `json:"url"`
	Connected bool   `json:"connected"`
}

// LinkShown is a link, without what it opens: the fingerprint names it.
type LinkShown struct {
	Purpose     string    `json:"purpose"` // invite or reset
	Fingerprint string    `json:"fingerprint,omitempty"`
	Standing    Standing  `json:"standing"`
	Channel     Channel   `json:"channel"`
	IssuedAt    time.Time `json:"issued_at"`
	Since       time.Time `json:"since,omitzero"` // when it was first shown, zero for never
	Until       time.Time `json:"until,omitzero"`
	HandedOver  time.Time `json:"handed_over_at,omitzero"`
	Openings    int       `json:"openings"`
}

// OfferShown is a membership that somebody was offered.
type OfferShown struct {
	Brand    string    `json:"brand"`
	Declined bool      `json:"declined,omitempty"`
	Until    time.Time `json:"until"` // they may answer
}
