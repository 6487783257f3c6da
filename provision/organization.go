package provision

import (
	"muster/dedupe/permission"
	"muster/importer/record"
)

// Organization is the customer: its brands with their campaigns, the products
// it has enabled, and its roles. Slugs are what lists, flags and plans use;
// ids are the database's.
type Organization struct {
	ID        string `yaml:"-" json:"-"`
	Slug      string `yaml:"slug" json:"slug"`
	Name      string `yaml:"name" json:"name"`
	SignIn    string `yaml:"sign_in" json:"sign_in"`                   // "password" (also "") or "sso"
	SignUpURL string `yaml:"sign_up_url" json:"sign_up_url,omitempty"` // where people sign up themselves
	// Active is false where no links are issued and no mails are sent; nil is
	// active.
	Active       *bool  `yaml:"active,omitempty" json:"active,omitempty"`
	MemberURL    string `yaml:"member_url,omitempty" json:"member_url,omitempty"`       // where members sign in
	DashboardURL string `yaml:"dashboard_url,omitempty" json:"dashboard_url,omitempty"` // where staff sign in
	SSOURL       string `yaml:"sso_url,omitempty" json:"sso_url,omitempty"`             // where people sign in under single sign-on
	Page         `yaml:",inline"`
	Access       `yaml:",inline"`

	Brands   []Brand  `yaml:"brands" json:"brands"`
	Products []string `yaml:"products" json:"products"` // enabled ones
	Roles    []Role   `yaml:"roles" json:"roles"`
	// DefaultRoles are the roles of new memberships, by kind; "member" where silent.
	DefaultRoles map[record.Kind]string `yaml:"default_roles" json:"default_roles,omitempty"`

	// Administrators are addresses; they are made accounts with the role
	// "administrator" where they are none yet.
	Administrators []string `yaml:"administrators" json:"administrators,omitempty"`
	// Logins of the database may act as nobody else than is said here; none lets
	// anybody who may open the database act as anybody. OrganizationStore.Logins
	// knows those there are.
	Logins []Login `yaml:"logins,omitempty" json:"logins,omitempty"`
}

// Brand is one dashboard of an organization.
type Brand struct {
	ID        string `yaml:"-" json:"-"`
	Slug      string `yaml:"slug" json:"slug"`
	Name      string `yaml:"name" json:"name"`
	SignUpURL string `yaml:"sign_up_url" json:"sign_up_url,omitempty"`
	// MemberURL and DashboardURL are the organization's where they are "".
	MemberURL    string     `yaml:"member_url,omitempty" json:"member_url,omitempty"`
	DashboardURL string     `yaml:"dashboard_url,omitempty" json:"dashboard_url,omitempty"`
	Campaigns    []Campaign `yaml:"campaigns" json:"campaigns,omitempty"`
}

// Campaign belongs to a brand; access to it is granted person by person.
type Campaign struct {
	ID   string `yaml:"-" json:"-"`
	Slug string `yaml:"slug" json:"slug"`
	Name string `yaml:"name" json:"name"`
}

// Role is what a member may do. Rank orders roles: a higher one includes more.
type Role struct {
	Name         string   `yaml:"name" json:"name"`
	Rank         int      `yaml:"rank" json:"rank"`
	Dashboard    bool     `yaml:"dashboard" json:"dashboard"`
	Capabilities []string `yaml:"capabilities" json:"capabilities,omitempty"`
}

// How the people of an organization sign in.
const (
	PasswordSignIn = "password"
	SingleSignOn   = "sso"
)

// The roles every organization has, whatever its file says.
const (
	MemberRole        = "member"
	AdministratorRole = "administrator"
)

// Operator is the account on whose authority a run acts: its highest role in
// the organization, and the brands it is a member of.
type Operator struct {
	Account string // UUID
	Email   string // address as stored
	Role    Role
	Brands  []string // slugs of the brands it is a member of
	Manages []string // those of them where its role has a dashboard
	Blocked bool
	// Platform says that whoever runs the platform lets them act on all of it. No
	// organization can.
	Platform bool

	Roles       map[string]Role             // by brand; nil where Role is that of all
	Permissions map[string]permission.Grant // by brand; one that is not there is the default
	Products    []string                    // that it may use itself
}

// BrandSlugs are the slugs of the organization's brands.
func (o Organization) BrandSlugs() []string {
	slugs := make([]string, len(o.Brands))
	for i, b := range o.Brands {
		slugs[i] = b.Slug
	}
	return slugs
}

// IsActive reports whether links are issued and mails are sent.
func (o Organization) IsActive() bool { return o.Active == nil || *o.Active }
