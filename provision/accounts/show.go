package accounts

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"muster/dedupe"
	"muster/provision"
	"muster/provision/link"
	"muster/provision/pick"
)

// Show reads all that the operator of a scope may see of somebody who is named.
// Asked is how that was typed. A *provision.ConfigError says that there is nobody
// of whom they may know.
func Show(
	ctx context.Context, e *provision.Engine, sc provision.Scope, t pick.Target, asked string, ring *link.Keyring,
) (provision.AccountShown, error) {
	found, err := pick.FindFormer(ctx, e, sc, t)
	if err == nil && found[0].Account.ID == "" {
		err = &provision.ConfigError{
			Msg:  fmt.Sprintf("%s is nobody in a brand that %s sees", asked, sc.Authority.Operator.Email),
			Hint: "muster accounts list says who is there",
		}
	}
	if err != nil {
		return provision.AccountShown{}, err
	}
	p := found[0]
	var facts provision.AccountFacts
	err = provision.Persist(ctx, func() error {
		return e.Store.Snapshot(ctx, func(d provision.Directory) (err error) {
			facts, err = d.Facts(ctx, sc.Policy.Organization, p.Account.ID)
			return err
		})
	})
	return shown(p, facts, sc, ring), err
}

// shown is what the operator may see of a person.
func shown(p pick.Person, f provision.AccountFacts, sc provision.Scope, ring *link.Keyring) provision.AccountShown {
	a, brands := p.Account, sc.Policy.VisibleBrands
	sees := func(brand string) bool { return slices.Contains(brands, brand) }
	s := provision.AccountShown{
		Account:     a.ID,
		Masked:      !a.Visible(brands),
		Memberships: []provision.MembershipFact{},
		Campaigns:   []string{},
		Products:    a.Products,
		Invitation:  p.Invitation.InviteState(sc.Policy.Now),
		Blocks:      f.Blocks,
		Dashboard:   f.Dashboard,
	}
	for _, m := range f.Memberships {
		if sees(m.Brand) {
			s.Memberships = append(s.Memberships, m)
		} else {
			s.Unseen = true
		}
	}
	for _, name := range a.Campaigns {
		if brand, _, _ := strings.Cut(name, "/"); sees(brand) {
			s.Campaigns = append(s.Campaigns, name)
		}
	}
	for _, b := range sc.Authority.Organization.Brands {
		if sees(b.Slug) {
			s.OfCampaigns += len(b.Campaigns)
		}
	}
	for _, o := range a.Offers {
		if sees(o.Brand) {
			s.Offers = append(s.Offers, provision.OfferShown{Brand: o.Brand, Declined: o.Declined, Until: o.ExpiresAt.UTC()})
		}
	}
	if !s.Masked {
		hold(&s, a, f, sc.Policy.Now, ring)
	}
	return s
}

// hold adds what the account itself holds.
func hold(s *provision.AccountShown, a dedupe.Account, f provision.AccountFacts, now time.Time, ring *link.Keyring) {
	s.Name = a.Name
	s.FirstName = a.FirstName
	s.LastName = a.LastName
	s.Email = a.Email.Address
	s.ContactEmail = a.ContactEmail
	s.ExternalIDs = a.ExternalIDs
	s.Language = a.Language
	s.TimeZone = a.TimeZone
	s.Status = a.Status
	s.CreatedAt = f.CreatedAt
	s.RegisteredAt = f.RegisteredAt
	s.Undeliverable = f.Undeliverable
	for _, p := range a.Profiles {
		s.Profiles = append(s.Profiles, provision.ProfileShown{
			Network:   p.Profile.Network,
			Name:      p.Profile.Display,
			URL:       p.Profile.URL,
			Connected: p.Connected,
		})
	}
	for _, l := range f.Links {
		s.Links = append(s.Links, linkShown(l, now, ring))
	}
}

// linkShown is a link as its fingerprint names it.
func linkShown(l provision.LinkRow, now time.Time, ring *link.Keyring) provision.LinkShown {
	purpose := "invite"
	if l.Purpose == provision.Reset {
		purpose = "reset"
	}
	return provision.LinkShown{
		Purpose:     purpose,
		Fingerprint: link.FingerprintOf(l, ring),
		Standing:    l.Standing(now),
		Channel:     l.Channel,
		IssuedAt:    l.CreatedAt.UTC(),
		Since:       l.GeneratedAt.UTC(),
		Until:       cmp.Or(l.EndedAt, l.ExpiresAt).UTC(),
		HandedOver:  l.HandedOverAt.UTC(),
		Openings:    l.Openings,
	}
}
