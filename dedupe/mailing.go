package dedupe

import (
	"slices"

	"muster/importer/reason"
)

// Message is what a mail to a person is about.
type Message string

// The messages, named as their templates are.
const (
	TellInvite         Message = "invite"              // an account is ready, with the link to it
	TellDashboard      Message = "dashboard"           // they may sign in to the dashboard now
	TellClaimed        Message = "claimed"             // a brand added their account
	AskConsent         Message = "consent"             // a brand would like to add their account
	TellWelcome        Message = "welcome-sso"         // where to sign in, under single sign-on
	TellAdministrators Message = "administrator-added" // to the other administrators
)

// Mailing is a mail that carrying a decision out queues.
type Mailing struct {
	Message Message `json:"message"`
	Brand   string  `json:"brand,omitempty"` // slug
	// About says that the mail has a link in it: the one that is issued, or that
	// of LinkID.
	About bool `json:"about,omitempty"`
}

// administratorRole is the role whose every new holder the others learn of.
const administratorRole = "administrator"

// mailings are what people are mailed about a decision. Whoever has to be asked
// is, however the others are invited: nobody else may see their link.
func mailings(d Decision, r Reached, p Policy) []Mailing {
	var all []Mailing
	for _, o := range d.Write.Offers {
		all = append(all, Mailing{Message: AskConsent, Brand: o.Brand})
	}
	return append(all, tidings(d, r, p)...)
}

// tidings are what people are told, where the policy mails at all, and the
// organization is active. A profile alone sends nothing, to nobody.
func tidings(d Decision, r Reached, p Policy) []Mailing {
	a := r.Account
	if p.Invite != InviteMail || p.Inactive || d.Action == Blocked || a.Blocked && d.Write.Activate == "" {
		return nil
	}
	var all []Mailing
	brand := p.Brand
	if len(d.Write.Memberships) > 0 {
		brand = d.Write.Memberships[0].Brand
	}
	dashboard := opensDashboard(d.Write, a, p)
	joins := d.Action == Create || d.Action == Claim
	known := d.Action == Create || !a.Email.IsZero() && showsLink(r, p)
	switch {
	case d.Link.Issues() && dashboard, d.Link == KeepLink && dashboard:
		all = append(all, Mailing{Message: TellDashboard, Brand: brand, About: true})
	case d.Link.Issues():
		all = append(all, Mailing{Message: TellInvite, Brand: brand, About: true})
	case !known:
	case len(d.Write.Offers) > 0:
	case p.SSO && joins:
		all = append(all, Mailing{Message: TellWelcome, Brand: brand})
	case dashboard && a.Status == Registered:
		all = append(all, Mailing{Message: TellDashboard, Brand: brand})
	case d.Action == Claim && (a.Status == Registered || !a.OwnedHere) && !p.NoClaimNotice:
		all = append(all, Mailing{Message: TellClaimed, Brand: brand})
	}
	if gives(d.Write, func(role string) bool { return role == administratorRole }) {
		all = append(all, Mailing{Message: TellAdministrators})
	}
	return all
}

// opensDashboard reports whether a decision gives somebody who may not sign in to
// the dashboard a role that may.
func opensDashboard(w Write, a Account, p Policy) bool {
	opens := func(role string) bool { return p.Dashboards[role] }
	return gives(w, opens) && !a.OnDashboard(p)
}

// gives reports whether a decision gives a role of some sort.
func gives(w Write, role func(string) bool) bool {
	return slices.ContainsFunc(w.Memberships, func(m Membership) bool { return role(m.Role) }) ||
		slices.ContainsFunc(w.Raise, func(r Raise) bool { return role(r.To) })
}

// open says that a decision opens the dashboard to somebody, and who has to be
// told of it by others.
func (d *Decision) open(a Account, p Policy) {
	if d.Opens = opensDashboard(d.Write, a, p); !d.Opens {
		return
	}
	if !slices.ContainsFunc(d.Mails, func(m Mailing) bool { return m.Message == TellDashboard }) {
		d.Notes = append(d.Notes, Note{Code: reason.DashboardUntold})
	}
}

// MailsLink reports whether the link that is issued leaves by mail alone.
func (d Decision) MailsLink() bool {
	return slices.ContainsFunc(d.Mails, func(m Mailing) bool { return m.About })
}
