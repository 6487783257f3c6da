package provision

import (
	"time"

	"muster/dedupe"
)

// An AccountLine is somebody who is there, as a list of people shows them to an
// operator: what is in brands that they do not see is left out, and of whose
// account another organization owns nothing is said that it holds.
type AccountLine struct {
	Name       string        `json:"name"`
	Email      string        `json:"email"`
	ExternalID string        `json:"external_id,omitempty"`
	Kind       string        `json:"kind,omitempty"`
	Brands     []string      `json:"brands"`
	Roles      []string      `json:"roles"` // in the order of the brands
	Campaigns  []string      `json:"campaigns,omitempty"`
	Products   []string      `json:"products,omitempty"`
	Status     dedupe.Status `json:"account_status,omitempty"`
	Blocked    bool          `json:"blocked,omitempty"`
	Masked     bool          `json:"masked,omitempty"` // the account is another organization's
	State      InviteState   `json:"invitation"`
	Since      time.Time     `json:"since,omitzero"` // of the invitation
	Until      time.Time     `json:"until,omitzero"`
	Account    string        `json:"account"`
}
