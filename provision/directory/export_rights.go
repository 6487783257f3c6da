package directory

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"muster/dedupe"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
)

// rights are what the operator of an export may write by it. An export is of
// their own organization, and of those that nobody administers: what it brings
// in on first use. Organizations that somebody else administers are theirs.
type rights struct {
	*provision.Authority
	policy dedupe.Policy
	theirs map[string]bool   // organizations that others administer, by id
	brands map[string]string // of those, and of one's own: id → id of the organization
	slugs  map[string]string // of one's own brands, by id
}

// rightsIn finds whose the organizations are.
func rightsIn(
	ctx context.Context, e *provision.Engine, a *provision.Authority, all []provision.Organization,
) (*rights, error) {
	r := &rights{
		Authority: a, policy: a.Policy(),
		theirs: map[string]bool{}, brands: map[string]string{}, slugs: map[string]string{},
	}
	for _, o := range all {
		own := o.ID == a.Organization.ID
		edited, err := e.Edited(ctx, o)
		switch {
		case err != nil:
			return nil, err
		case !own && !edited:
			continue
		}
		r.theirs[o.ID] = !own
		for _, b := range o.Brands {
			r.brands[b.ID] = o.ID
			if own {
				r.slugs[b.ID] = b.Slug
			}
		}
	}
	return r, nil
}

// leaves says why a row is left out that the operator may not load, "" if they
// may.
func (r *rights) leaves(a Account) (why reason.Code, words string) {
	switch slug, own := r.slugs[a.Brand]; {
	case a.Blocked && !r.Operator.May(provision.MayBlock):
		return reason.BlockNotAllowed, r.Operator.Email + " may not block anybody"
	case own && !slices.Contains(r.policy.VisibleBrands, slug):
		return reason.BrandNotAllowed, r.Operator.Email + " does not see the people of the brand"
	}
	return "", ""
}

// mayMake refuses, with a *ConfigError, what the export would add to an
// organization, or the organization, where the operator may not.
func (r *rights) mayMake(organization string, known bool, brands []provision.Brand) error {
	if known && len(brands) == 0 {
		return nil
	}
	var slugs []string
	for _, b := range brands {
		slugs = append(slugs, fmt.Sprintf("brand %q", b.Slug))
	}
	made := fmt.Sprintf("organization %q", organization)
	if len(slugs) > 0 {
		made = strings.Join(slugs, ", ") + " of " + made
	}
	return r.Operator.Needs(provision.MayEditOrganization, "make "+made+", which the export names")
}

// holds reports whether an account is not the operator's to change: somebody else
// administers who owns it, or is a member with them; or it may do more than the
// operator, or is in a brand that they do not see.
func (r *rights) holds(p *known) bool {
	if r == nil || p.version == 0 {
		return false
	}
	return r.elsewhere(p) || r.asSeen(p).OutOfReach(r.policy)
}

// elsewhere reports whether an account is held where somebody else administers.
func (r *rights) elsewhere(p *known) bool {
	return r.theirs[p.owner] ||
		slices.ContainsFunc(slices.Collect(maps.Keys(p.roles)), func(brand string) bool { return r.theirs[r.brands[brand]] })
}

// mayBlock reports whether the operator may block an account here.
func (r *rights) mayBlock(p *known) bool {
	return r == nil || p.version == 0 || !r.asSeen(p).OutOfReach(r.policy)
}

// asks reports whether somebody is to be asked before they are added to a brand
// of the operator's organization: a list asks them, an export does not.
func (r *rights) asks(p *known, organization string) bool {
	if r == nil || p.version == 0 || !r.policy.ClaimConsent || organization != r.policy.Organization {
		return false
	}
	return p.owner != organization && (r.elsewhere(p) || len(r.asSeen(p).Memberships) == 0)
}

// asSeen is an account as the operator's organization sees it.
func (r *rights) asSeen(p *known) dedupe.Account {
	a := dedupe.Account{ID: p.id}
	for brand, role := range p.roles {
		if slug, own := r.slugs[brand]; own {
			a.Memberships = append(a.Memberships, dedupe.Membership{Brand: slug, Role: cmp.Or(role, provision.MemberRole), Kind: record.Creator})
		}
	}
	return a
}
