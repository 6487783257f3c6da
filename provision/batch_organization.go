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
}

// CampaignOf is a campaign and the id of its brand.
type CampaignOf struct {
	Brand string
	Campaign
}
