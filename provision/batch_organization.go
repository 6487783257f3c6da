package provision

// OrganizationRows are those rows of an organization that are new or have
// changed.
type OrganizationRows struct {
	ID        string        // of the organization
	Itself    *Organization // its own fields; nil where they stay
	Roles     []Role
	Products  []string
	Brands    []Brand // without campaigns
	Campaigns []CampaignOf
}

// CampaignOf is a campaign and the id of its brand.
type CampaignOf struct {
	Brand string
	Campaign
}
