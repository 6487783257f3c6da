package provision

import "time"

// OrganizationRows are those rows of an organization that are new or have
// changed.
type OrganizationRows struct {
	ID        string        // of the organization
	At        time.Time     // when ends what ends
	Itself    *Organization // its own fields; nil where they stay
	Roles     []Role
	Products  []string
	Brands    []Brand // without campaigns
	Campaigns []CampaignOf
	Logins    []Login // that are let in now, by their accounts
	Ended     []Login // that no longer are

	Archived []Archived // what is put away
}

// Archived is something that is put away; one of the fields is set.
type Archived struct {
	Brand    string // id
	Campaign string // id
	Product  string
	Role     string
}

// Archive is what is put away of an organization, and comes back under its id.
type Archive struct {
	Brands    []Brand // without campaigns
	Campaigns []CampaignOf
}

// CampaignOf is a campaign and the id of its brand.
type CampaignOf struct {
	Brand string
	Campaign
}
