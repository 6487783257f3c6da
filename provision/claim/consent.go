package claim

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"muster/dedupe"
	"muster/provision"
	"muster/provision/change"
)

// Answer says for whoever a token is for whether they want the membership that
// they were offered: once, whoever else answers at the same time. Who accepts is
// a member from then on; who declines is not asked again. What either is told is
// a Done; of who declined it names nothing to sign in to.
//
// *Refusal where the link does not open, or asks nothing.
func (s *Service) Answer(ctx context.Context, token string, accepts bool) (Done, error) {
	var c provision.Claimant
	err := provision.Retry(func() (err error) {
		if c, err = s.opened(ctx, token); err != nil {
			return err
		}
		if c.Offer == nil {
			return &Refusal{Standing: Unknown}
		}
		if accepts {
			who := holder(c)
			who.invitedBy = c.Offer.GrantedBy
			who.administrators = c.Administrators
			return s.write(ctx, who, change.AcceptAction, acceptance(c)...)
		}
		decline := change.Decline{Brand: c.Offer.Brand, Link: c.Link.ID}
		return s.write(ctx, holder(c), change.DeclineAction, decline)
	})
	if err != nil {
		return Done{}, err
	}
	done := Done{View: viewOf(c)}
	if accepts && opens(c.Organization, c.Offer.Role) {
		done.DashboardURL = cmp.Or(brandOf(c.Organization, c.Offer.Brand).DashboardURL, c.Organization.DashboardURL)
	}
	if !accepts || c.Link.AccountStatus != dedupe.Registered { // who has no password yet cannot sign in
		done.MemberURL, done.DashboardURL = "", ""
	}
	return done, nil
}

// acceptance is what accepting an offer changes. Whoever may sign in to the
// dashboard from then on is invited to it, once; the administrators learn of
// another one.
func acceptance(c provision.Claimant) change.Changes {
	o := there(c)
	changes := change.Changes{change.Accept{Offer: o, Link: c.Link.ID}}
	has := func(m provision.ClaimMembership) bool { return opens(c.Organization, m.Role) }
	if opens(c.Organization, o.Role) && !slices.ContainsFunc(c.Memberships, has) {
		if c.Link.AccountStatus == dedupe.Registered { // else there is no link for the mail
			changes = append(changes, change.SendMail{Template: provision.DashboardMail, Brand: o.Brand, Reference: c.Link.ID})
		}
		changes = append(changes, change.OpenDashboard{})
	}
	if o.Role == provision.AdministratorRole {
		changes = append(changes, change.TellAdministrators{})
	}
	return changes
}

// passwordOnly finds whoever a token is for, if their link opens and is for a
// password.
func (s *Service) passwordOnly(ctx context.Context, token string) (provision.Claimant, error) {
	c, err := s.opened(ctx, token)
	if err == nil && c.Offer != nil {
		return c, &Refusal{Standing: Unknown}
	}
	return c, err
}

// standing is how the link of a claimant stands. A brand that is gone takes
// nobody in.
func standing(c provision.Claimant, at time.Time) provision.Standing {
	s := c.Link.Standing(at)
	if s == provision.StandingOpen && c.Offer != nil && brandOf(c.Organization, c.Offer.Brand).ID == "" {
		return provision.StandingRevoked
	}
	return s
}

// there is what somebody was offered, without campaigns and products that are
// gone since.
func there(c provision.Claimant) dedupe.Offer {
	o := c.Offer.Offer
	b := brandOf(c.Organization, o.Brand)
	o.Campaigns = slices.DeleteFunc(slices.Clone(o.Campaigns), func(name string) bool {
		_, slug, _ := strings.Cut(name, "/")
		return !slices.ContainsFunc(b.Campaigns, func(k provision.Campaign) bool { return k.Slug == slug })
	})
	o.Products = slices.DeleteFunc(slices.Clone(o.Products), func(p string) bool {
		return !slices.Contains(c.Organization.Products, p)
	})
	return o
}

// asking is the view of a claimant who is asked whether they want to be in a
// brand. Nobody is sent another link by asking for it.
func (v View) asking(c provision.Claimant) View {
	b := brandOf(c.Organization, c.Offer.Brand)
	v.Brand = b.Name
	v.MemberURL = cmp.Or(b.MemberURL, c.Organization.MemberURL)
	v.Step = ConsentStep
	v.SelfService = false
	return v
}

// opens reports whether a role may sign in to the dashboard.
func opens(o provision.Organization, role string) bool {
	return slices.ContainsFunc(o.Roles, func(r provision.Role) bool { return r.Name == role && r.Dashboard })
}
