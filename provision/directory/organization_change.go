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

	ChangeActive            OrganizationOp = "change_active" // From and To are yes or no
	ChangeMemberURL         OrganizationOp = "change_member_url"
	ChangeDashboardURL      OrganizationOp = "change_dashboard_url"
	ChangeSSOURL            OrganizationOp = "change_sso_url"
	ChangeBrandMemberURL    OrganizationOp = "change_brand_member_url"
	ChangeBrandDashboardURL OrganizationOp = "change_brand_dashboard_url"
	ChangeLanguage          OrganizationOp = "change_language"
	ChangeTerms             OrganizationOp = "change_terms"         // "version, address"; "" for none
	ChangeSelfService       OrganizationOp = "change_self_service"  // From and To are yes or no
	ChangeSecondFactor      OrganizationOp = "change_second_factor" // From and To are yes or no
	AddSignUpField          OrganizationOp = "add_sign_up_field"
	ChangeSignUpField       OrganizationOp = "change_sign_up_field"
	EndSignUpField          OrganizationOp = "end_sign_up_field"
	OrderSignUpFields       OrganizationOp = "order_sign_up_fields"

	RestoreBrand    OrganizationOp = "restore_brand"
	RestoreCampaign OrganizationOp = "restore_campaign"
	ArchiveBrand    OrganizationOp = "archive_brand"
	ArchiveCampaign OrganizationOp = "archive_campaign"
	ArchiveProduct  OrganizationOp = "archive_product"
	ArchiveRole     OrganizationOp = "archive_role"

	ChangePlan               OrganizationOp = "change_plan"
	ChangePermissionTree     OrganizationOp = "change_permission_tree"     // Name says what is there now, From what is gone
	ChangeDefaultPermissions OrganizationOp = "change_default_permissions" // From and To are patterns
	ChangeStaffDomains       OrganizationOp = "change_staff_domains"
	ChangeGuards             OrganizationOp = "change_guards"
	ChangeClaimConsent       OrganizationOp = "change_claim_consent" // From and To are yes or no
	AddLogin                 OrganizationOp = "add_login"            // To is an account
	EndLogin                 OrganizationOp = "end_login"            // From is an account
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

	who string // whose address the audit does not keep
}

// settings are the changes whose values are words of ours. Those of all others
// are typed by somebody, and may name a person.
var settings = map[OrganizationOp]bool{
	ChangeSignIn: true, ChangeDefaultRole: true, ChangeActive: true, ChangeLanguage: true, ChangeSelfService: true,
	ChangeSecondFactor: true, ChangeClaimConsent: true,
}

// audited is the change as the audit keeps it for good: without names and
// addresses that somebody typed, which are kept apart.
func (c OrganizationChange) audited() OrganizationChange {
	if !settings[c.Op] {
		c.From = ""
		c.To = ""
	}
	return c
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
		return c.ofThePage()
	}
}

// ofThePage says in words what changes about where people are sent, and about
// what the page behind a link asks them.
func (c OrganizationChange) ofThePage() string {
	switch c.Op {
	case ChangeActive:
		return c.either("links are issued and open again, and mails are sent",
			"no longer active: no links are issued, none opens, and no mails are sent")
	case ChangeMemberURL:
		return "members sign in at " + c.To
	case ChangeDashboardURL:
		return "staff sign in at " + c.To
	case ChangeSSOURL:
		return "single sign-on is at " + c.To
	case ChangeBrandMemberURL:
		return fmt.Sprintf("brand %q: members sign in at %s", c.Name, c.To)
	case ChangeBrandDashboardURL:
		return fmt.Sprintf("brand %q: staff sign in at %s", c.Name, c.To)
	case ChangeLanguage:
		return fmt.Sprintf("people whose language is not known read %q", c.To)
	case ChangeTerms:
		if c.To == "" {
			return "people no longer agree to terms when they sign up"
		}
		return "people agree to terms when they sign up: version " + c.To
	case ChangeSelfService:
		return c.either("people may ask for a new link themselves", "people may no longer ask for a new link themselves")
	case ChangeSecondFactor:
		return c.either("a second factor is always asked for: shorter passwords will do",
			"a second factor is no longer asked for: passwords have to be longer")
	case AddSignUpField:
		return fmt.Sprintf("people are asked for %q when they sign up", c.Name)
	case ChangeSignUpField:
		return fmt.Sprintf("people are asked for %q in another way", c.Name)
	case EndSignUpField:
		return fmt.Sprintf("people are no longer asked for %q", c.Name)
	case OrderSignUpFields:
		return "people are asked in another order when they sign up"
	default:
		return c.ofAccess()
	}
}

// either is what holds now that something is so, or is so no more.
func (c OrganizationChange) either(so, no string) string {
	if c.To == yes {
		return so
	}
	return no
}
