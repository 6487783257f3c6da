package provision

import (
	"fmt"

	"muster/dedupe/permission"
	"muster/importer/record"
)

// Access is what an organization file says of who may do what: the plan, the
// permissions there are, and where staff may be from.
type Access struct {
	Plan *Plan `yaml:"plan,omitempty" json:"plan,omitempty"` // nil limits nothing
	// PermissionTree is the catalogue of permissions; PermissionDefaultWithout
	// are patterns of what nobody has of it by default.
	PermissionTree           permission.Tree `yaml:"permission_tree,omitempty" json:"permission_tree,omitempty"`
	PermissionDefaultWithout []string        `yaml:"permission_default_without,omitempty" json:"permission_default_without,omitempty"`
	// StaffDomains are where the addresses of staff have to be, as compared;
	// none lets them be anywhere.
	StaffDomains []string `yaml:"staff_domains,omitempty" json:"staff_domains,omitempty"`
	// ClaimConsent lets people who are claimed wait until they have agreed; nil
	// does not.
	ClaimConsent *bool `yaml:"claim_consent,omitempty" json:"claim_consent,omitempty"`
	// Guards are how much a plan may do before a person has to look at it.
	Guards []Guard `yaml:"guards,omitempty" json:"guards,omitempty"`
}

// Plan is what an organization has bought.
type Plan struct {
	Name        string            `yaml:"name,omitempty" json:"name,omitempty"`
	Permissions []permission.Mode `yaml:"permissions,omitempty,flow" json:"permissions,omitempty"` // modes it has; none is all
	Never       []string          `yaml:"never,omitempty,flow" json:"never,omitempty"`             // patterns of what nobody gets
	// Limits are how many people of a kind there may be in the organization; a
	// kind that is not there may have any number.
	Limits map[record.Kind]int `yaml:"limits,omitempty,flow" json:"limits,omitempty"`
}

// Login lets a login of the database act as an operator.
type Login struct {
	Login   string `yaml:"login" json:"login"`
	As      string `yaml:"as" json:"as"` // address of a member
	Account string `yaml:"-" json:"-"`   // id of that member
}

// AsksConsent reports whether people who are claimed have to agree first.
func (a Access) AsksConsent() bool { return a.ClaimConsent != nil && *a.ClaimConsent }

// Permissions are the rules by which people get permissions.
func (a Access) Permissions() permission.Rules {
	r := permission.Rules{Tree: a.PermissionTree, Without: a.PermissionDefaultWithout}
	if a.Plan != nil {
		r.Modes, r.Never = a.Plan.Permissions, a.Plan.Never
	}
	return r
}

// Limits are how many people of a kind there may be; a kind that is not there
// may have any number.
func (a Access) Limits() map[record.Kind]int {
	if a.Plan == nil {
		return nil
	}
	return a.Plan.Limits
}

// noSeat says that one seat, or all of many, are taken.
var noSeat = map[record.Kind][2]string{
	record.Staff:   {"the plan has 1 seat for staff, and it is taken", "the plan has %d seats for staff, and all are taken"},
	record.Client:  {"the plan has 1 seat for clients, and it is taken", "the plan has %d seats for clients, and all are taken"},
	record.Creator: {"the plan has 1 seat for creators, and it is taken", "the plan has %d seats for creators, and all are taken"},
}

// NoSeat says that there are as many people of a kind as the plan allows.
func NoSeat(kind record.Kind, limit int) string {
	if limit == 1 {
		return noSeat[kind][0]
	}
	return fmt.Sprintf(noSeat[kind][1], limit)
}
