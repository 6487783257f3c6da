package links

import (
	"cmp"
	"context"
	"slices"
	"time"

	"muster/dedupe"
	"muster/provision"
	"muster/provision/link"
	"muster/provision/pick"
)

// List hands the invitations of everybody whom a filter lets through to take.
// Ring makes the fingerprints; without one there are none.
func List(
	ctx context.Context, e *provision.Engine, f pick.Filter, policy dedupe.Policy, ring *link.Keyring,
	take func(provision.InviteLine) error,
) error {
	return pick.Everybody(ctx, e, f, policy, func(p pick.Person) error {
		if p.Invitation.ID == "" && len(f.States) == 0 && f.Status == "" {
			return nil // who was never invited is asked for
		}
		return take(lineOf(p, policy, ring))
	})
}

// lineOf is what is listed of a person, as the operator of the policy may see it.
func lineOf(p pick.Person, policy dedupe.Policy, ring *link.Keyring) provision.InviteLine {
	a, i := p.Account, p.Invitation
	l := provision.InviteLine{
		Name:    a.Name,
		Email:   a.Email.Address,
		Status:  a.Status,
		State:   i.InviteState(policy.Now),
		Account: a.ID,
	}
	if len(a.ExternalIDs) > 0 {
		l.ExternalID = a.ExternalIDs[0]
	}
	for _, m := range a.Memberships {
		if slices.Contains(policy.VisibleBrands, m.Brand) {
			l.Brands = append(l.Brands, m.Brand)
			l.Kind = cmp.Or(l.Kind, string(m.Kind))
		}
	}
	if i.ID == "" {
		return l
	}
	l.Standing = i.Standing(policy.Now)
	l.Since = i.Since().UTC()
	l.Until = cmp.Or(i.EndedAt, i.ExpiresAt).UTC()
	l.Way = i.Way(time.UTC).How
	l.IssuedBy = i.Issuer
	l.Run = i.Run
	l.OpenedAt = i.OpenedAt.UTC()
	l.Openings = i.Openings
	l.Fingerprint = link.FingerprintOf(i.LinkRow, ring)
	return l
}
