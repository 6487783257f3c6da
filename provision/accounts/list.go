package accounts

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"muster/dedupe"
	"muster/provision"
	"muster/provision/pick"
)

// List hands everybody whom a filter lets through to take, by account: those of
// the organization whom the operator of the policy may know of.
func List(
	ctx context.Context, e *provision.Engine, f pick.Filter, policy dedupe.Policy,
	take func(provision.AccountLine) error,
) error {
	f.Masked = true
	return pick.Everybody(ctx, e, f, policy, func(p pick.Person) error { return take(lineOf(p, policy)) })
}

// lineOf is a person as a list shows them to the operator of a policy.
func lineOf(p pick.Person, policy dedupe.Policy) provision.AccountLine {
	a, i := p.Account, p.Invitation
	l := provision.AccountLine{
		Account: a.ID,
		Brands:  []string{},
		Roles:   []string{},
		Blocked: a.Blocked,
		State:   i.InviteState(policy.Now),
		Masked:  !a.Visible(policy.VisibleBrands),
	}
	for _, m := range a.Memberships {
		if slices.Contains(policy.VisibleBrands, m.Brand) {
			l.Brands = append(l.Brands, m.Brand)
			l.Roles = append(l.Roles, m.Role)
			l.Kind = cmp.Or(l.Kind, string(m.Kind))
		}
	}
	for _, campaign := range a.Campaigns {
		if brand, _, _ := strings.Cut(campaign, "/"); slices.Contains(policy.VisibleBrands, brand) {
			l.Campaigns = append(l.Campaigns, campaign)
		}
	}
	l.Products = a.Products
	if i.ID != "" {
		l.Since = i.Since().UTC()
		l.Until = cmp.Or(i.EndedAt, i.ExpiresAt).UTC()
	}
	if l.Masked {
		return l
	}
	l.Name = a.Name
	l.Email = a.Email.Address
	l.Status = a.Status
	if len(a.ExternalIDs) > 0 {
		l.ExternalID = a.ExternalIDs[0]
	}
	return l
}
