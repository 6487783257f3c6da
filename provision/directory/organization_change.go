package directory

import "fmt"

// OrganizationOp names a kind of change to an organization.
type OrganizationOp string

// The changes an organization file can make.
const (
	AddOrganization    OrganizationOp = "add_organization"
	RenameOrganization OrganizationOp = "rename_organization"
	ChangeSignIn       OrganizationOp = "change_sign_in"
	ChangeSignUp       OrganizationOp = "change_sign_up"
	ChangeDefaultRole  OrganizationOp = "change_default_role"
	EndLinks           OrganizationOp = "end_links"
	AddRole            OrganizationOp = "add_role"
	ChangeRole         OrganizationOp = "change_role"
	EnableProduct      OrganizationOp = "enable_product"
	AddBrand           OrganizationOp = "add_brand"
	RenameBrand        OrganizationOp = "rename_brand"
	ChangeBrandSignUp  OrganizationOp = "change_brand_sign_up"
	AddCampaign        OrganizationOp = "add_campaign"
	RenameCampaign     OrganizationOp = "rename_campaign"
)

// OrganizationChange is one thing that a file changes about an organization:
// data for the audit, and words for people by String.
type OrganizationChange struct {
	Op OrganizationOp `json:"op"`
	// Name is of what changes: a slug, "brand/campaign", a kind, or the name of
	// a role or product.
	Name  string `json:"name,omitempty"`
	From  string `json:"from,omitempty"`
	To    string `json:"to,omitempty"`
	Count int    `json:"count,omitempty"` // of links that end
}

// String says the change in words for people.
func (c OrganizationChange) String() string {
	switch c.Op {
	case AddOrganization:
		return fmt.Sprintf("organization %q added", c.Name)
	case RenameOrganization:
		return fmt.Sprintf("organization %q renamed to %q", c.Name, c.To)
	case ChangeSignIn:
		return fmt.Sprintf("sign-in changed from %s to %s", c.From, c.To)
	case ChangeSignUp:
		return fmt.Sprintf("sign-up address changed to %s", c.To)
	case ChangeDefaultRole:
		return fmt.Sprintf("default role of a %s is now %q", c.Name, c.To)
	case EndLinks:
		if c.Count == 1 {
			return "1 live link revoked: its person signs in by single sign-on now"
		}
		return fmt.Sprintf("%d live links revoked: their people sign in by single sign-on now", c.Count)
	case AddRole:
		return fmt.Sprintf("role %q added", c.Name)
	case ChangeRole:
		return fmt.Sprintf("role %q changed", c.Name)
	case EnableProduct:
		return fmt.Sprintf("product %q enabled", c.Name)
	case AddBrand:
		return fmt.Sprintf("brand %q added", c.Name)
	case RenameBrand:
		return fmt.Sprintf("brand %q renamed to %q", c.Name, c.To)
	case ChangeBrandSignUp:
		return fmt.Sprintf("brand %q: sign-up address changed to %s", c.Name, c.To)
	case AddCampaign:
		return fmt.Sprintf("campaign %q added", c.Name)
	case RenameCampaign:
		return fmt.Sprintf("campaign %q renamed to %q", c.Name, c.To)
	default:
		return string(c.Op)
	}
}
