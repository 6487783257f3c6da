package provision

import (
	"encoding/json"
	"time"

	"muster/importer/record"
)

// AccountFacts are what is on record of an account in an organization beside
// what decisions depend on.
type AccountFacts struct {
	CreatedAt    time.Time
	RegisteredAt time.Time // zero where its person has not, or when is not known
	Memberships  []MembershipFact
	Blocks       []BlockFact // also those that were lifted, the latest first
	Links        []LinkRow   // that the organization gave, the latest first: so many
	Dashboard    *DashboardFact
	// Undeliverable is why no mail reaches the address, "" where that is not known.
	Undeliverable string
}

// MembershipFact is a membership, and who gave it.
type MembershipFact struct {
	Brand       string          `json:"brand"` // slug
	Kind        record.Kind     `json:"kind"`
	Role        string          `json:"role"`
	Permissions json.RawMessage `json:"permissions,omitempty"`
	GrantedAt   time.Time       `json:"granted_at"`
	GrantedBy   string          `json:"granted_by,omitempty"` // name or address, "" where that is not known
	Source      string          `json:"source"`
}

// BlockFact is a block.
type BlockFact struct {
	Everywhere bool      `json:"everywhere,omitempty"`
	At         time.Time `json:"at"`
	LiftedAt   time.Time `json:"lifted_at,omitzero"`
	By         string    `json:"by,omitempty"`
	Source     string    `json:"source"`
	Why        string    `json:"why,omitempty"` // in the operator's own words
}

// DashboardFact is when somebody was invited to the dashboard, and by whom.
type DashboardFact struct {
	At time.Time `json:"at"`
	By string    `json:"by,omitempty"`
}

// FactLinks is how many links AccountFacts hold at the most.
const FactLinks = 10
