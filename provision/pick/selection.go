package pick

import (
	"slices"
	"strings"
	"time"

	"muster/dedupe"
	"muster/importer"
	"muster/importer/identity"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
)

// A Selection says whom a command is about, in one of three ways: everybody who
// is named, everybody on lists, or everybody whom a filter lets through.
type Selection struct {
	Typed   string // the command as it was typed: what the rows of the selection are called by
	Targets []Target
	Lists   []string         // files, read like those of an import
	Reading importer.Options // how
	Filter  *Filter
	Former  bool // also who is here no more; and an address that was theirs before names a target as well
}

// A Filter lets people through who fit all that is said. Everything left out
// lets everybody through.
type Filter struct {
	States []provision.InviteState `json:"states,omitempty"`
	Older  time.Duration           `json:"older,omitempty"` // the invitation is out for longer than this
	Run    string                  `json:"run,omitempty"`   // id of a run on whose rows they stood
	Brand  string                  `json:"brand,omitempty"` // slug
	Kind   record.Kind             `json:"kind,omitempty"`
	Status dedupe.Status           `json:"status,omitempty"`

	Role       string    `json:"role,omitempty"`        // in Brand, or in any brand that the operator sees
	NoCampaign bool      `json:"no_campaign,omitempty"` // they may see none, of Brand or of any
	Blocked    bool      `json:"blocked,omitempty"`
	Before     time.Time `json:"before,omitzero"`  // the invitation went out before then
	Masked     bool      `json:"masked,omitempty"` // also those of whom the operator may know, and nothing more
}

// passes reports whether a person is let through, as far as their account and
// invitation say; brand, kind, status and run were asked of the directory.
func (f Filter) passes(p Person, policy dedupe.Policy) bool {
	if !p.Account.Visible(policy.VisibleBrands) && !(f.Masked && p.Account.KnownTo(policy.VisibleBrands)) {
		return false
	}
	if f.Blocked && !p.Account.Blocked || !f.fitsAccess(p.Account, policy) {
		return false
	}
	if !f.Before.IsZero() && (p.Invitation.ID == "" || !p.Invitation.Since().Before(f.Before)) {
		return false
	}
	if f.Older > 0 && (p.Invitation.ID == "" || policy.Now.Sub(p.Invitation.Since()) <= f.Older) {
		return false
	}
	state := p.Invitation.InviteState(policy.Now)
	for _, wanted := range f.States {
		if state == wanted {
			return true
		}
	}
	return len(f.States) == 0
}

// fitsAccess reports whether somebody has the role, and no campaign, that are
// asked for: in the brand of the filter, or in those that the operator sees.
func (f Filter) fitsAccess(a dedupe.Account, policy dedupe.Policy) bool {
	brands := policy.VisibleBrands
	if f.Brand != "" {
		brands = []string{f.Brand}
	}
	has := func(m dedupe.Membership) bool { return m.Role == f.Role && slices.Contains(brands, m.Brand) }
	sees := func(campaign string) bool {
		brand, _, _ := strings.Cut(campaign, "/")
		return slices.Contains(brands, brand)
	}
	return (f.Role == "" || slices.ContainsFunc(a.Memberships, has)) && !(f.NoCampaign && slices.ContainsFunc(a.Campaigns, sees))
}

// picking is what of the filter is asked of the directory, of the brands that
// the operator sees.
func (f Filter) picking(policy dedupe.Policy) provision.Picking {
	p := provision.Picking{
		Organization: policy.Organization,
		Brands:       policy.VisibleBrands,
		Kind:         f.Kind,
		Status:       f.Status,
		Run:          f.Run,
	}
	if f.Brand != "" {
		p.Brands = []string{f.Brand}
	}
	return p
}

// A Person is somebody who was picked.
type Person struct {
	Account    dedupe.Account
	Invitation provision.Invite // of this organization; zero where there never was one
	Ties       provision.Ties   // to other organizations, and to mail that waits
	Elsewhere  int              // how many others hold the account: organizations, the platform

	// Said, Owners and Erased are read for an Editor alone.
	Said   []any                   // what each of their rows says: see Editor
	Owners map[identity.Key]string // → id of the account that has it; nothing for a key that nobody has
	Erased map[identity.Key]bool   // keys of people who were erased

	// Sourced is read for a Giver alone: what takes from each source what it gave.
	Sourced []change.Disown

	// Marks and Runs are read for an Eraser alone.
	Marks []string // of what leads to the account
	Runs  []string // ids of runs with a row that led to the account, or mentions it
}
