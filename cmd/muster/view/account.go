package view

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"muster/dedupe"
	"muster/dedupe/permission"
	"muster/importer/identity"
	"muster/provision"
	"muster/provision/words"
)

// Account shows all that may be seen of somebody, in sentences that can be read
// out to them. Brands are called by their names.
func (o *Output) Account(s provision.AccountShown, names provision.Names) {
	if o.common.JSON {
		o.Emit("account", s)
		return
	}
	var said []string
	say := func(sentences ...string) { said = append(said, sentences...) }
	say(who(s), "")
	say(accountWords(s)...)
	for _, m := range s.Memberships {
		say(membershipWords(m, names)...)
	}
	if len(s.Memberships) == 0 && !s.Unseen {
		say("Is in no brand.")
	}
	if s.Unseen {
		say("Is also in brands that you do not see.")
	}
	for _, offer := range s.Offers {
		say(offerWords(offer, names.Brand(offer.Brand)))
	}
	say(accessWords(s, names)...)
	say(invitedWords(s)...)
	for _, b := range s.Blocks {
		say(blockWords(b))
	}
	if s.Undeliverable != "" {
		say("No mail reaches this address: " + s.Undeliverable + ".")
	}
	for _, line := range said {
		fmt.Fprintln(o.Stdout, foldedLine(line, Columns(o.Stdout)))
	}
}

// who says whose account it is.
func who(s provision.AccountShown) string {
	if s.Masked {
		return "An account of another organization (account:" + s.Account + "): what it holds is not shown."
	}
	name := strings.Trim(s.Name+", "+s.Email, ", ")
	return name + " (account:" + s.Account + ")"
}

// accountWords say how far the account is, and what else it is known by.
func accountWords(s provision.AccountShown) []string {
	if s.Masked {
		return nil
	}
	said := []string{statusWords(s) + " The account was made on " + day(s.CreatedAt) + "."}
	if len(s.ExternalIDs) > 0 {
		said = append(said, "External id: "+strings.Join(s.ExternalIDs, ", ")+".")
	}
	if s.ContactEmail != "" {
		said = append(said, "Contact: "+s.ContactEmail+".")
	}
	if s.Language != "" {
		said = append(said, "Language: "+s.Language+".")
	}
	if s.TimeZone != "" {
		said = append(said, "Time zone: "+s.TimeZone+".")
	}
	for _, p := range s.Profiles {
		how := "declared"
		if p.Connected {
			how = "connected"
		}
		said = append(said, fmt.Sprintf("%s (%s).", words.Profile(identity.Profile{Network: p.Network, Display: p.Name}), how))
	}
	return said
}

func statusWords(s provision.AccountShown) string {
	switch s.Status {
	case dedupe.Registered:
		if s.RegisteredAt.IsZero() {
			return "Has registered."
		}
		return "Registered on " + day(s.RegisteredAt) + "."
	case dedupe.Registering:
		return "Has begun to register."
	case dedupe.Invited:
		return "Was invited, and has not registered."
	}
	return "Has not registered."
}

// membershipWords say where somebody is, as what, and what they may do there.
func membershipWords(m provision.MembershipFact, names provision.Names) []string {
	by := ""
	if m.GrantedBy != "" {
		by = ", added by " + m.GrantedBy
	}
	said := []string{fmt.Sprintf("In %s: %s, with the role %s, since %s%s.", names.Brand(m.Brand), m.Kind, m.Role, day(m.GrantedAt), by)}
	var g permission.Grant
	if len(m.Permissions) > 0 && json.Unmarshal(m.Permissions, &g) == nil && g.Mode != "" {
		said = append(said, fmt.Sprintf("  Permissions there: %s%s.", g.Mode, leafWords(g)))
	}
	return said
}

// leafWords name what somebody may do, the first few.
func leafWords(g permission.Grant) string {
	const few = 8
	switch {
	case len(g.Leaves) == 0:
		return ", nothing"
	case len(g.Leaves) > few:
		return fmt.Sprintf(", %s: %s and %d more", Plural(len(g.Leaves), "permission"), strings.Join(g.Leaves[:few], ", "),
			len(g.Leaves)-few)
	}
	return fmt.Sprintf(", %s: %s", Plural(len(g.Leaves), "permission"), strings.Join(g.Leaves, ", "))
}

func offerWords(o provision.OfferShown, brand string) string {
	if o.Declined {
		return "Was asked whether to be added to " + brand + ", and said no."
	}
	return "Was asked whether to be added to " + brand + ", and may answer until " + when(o.Until) + "."
}

// accessWords say which campaigns and products somebody has.
func accessWords(s provision.AccountShown, names provision.Names) []string {
	var said []string
	if s.OfCampaigns > 0 {
		sees := fmt.Sprintf("May see %s of %s", words.Number(len(s.Campaigns)), Plural(s.OfCampaigns, "campaign"))
		said = append(said, strings.TrimSuffix(sees+": "+strings.Join(names.Campaigns(s.Campaigns), ", "), ": ")+".")
	}
	if len(s.Products) > 0 {
		said = append(said, "Has the products "+strings.Join(s.Products, ", ")+".")
	}
	return said
}

// invitedWords say how the invitation stands, which links there are, and whether
// somebody was invited to the dashboard.
func invitedWords(s provision.AccountShown) []string {
	said := []string{map[provision.InviteState]string{
		provision.NeverInvited:   "Never had an invite link.",
		provision.InvitePending:  "The invitation is pending.",
		provision.InviteExpired:  "The invitation has expired.",
		provision.InviteAccepted: "The invitation was accepted.",
		provision.InviteRevoked:  "The invitation was revoked.",
	}[s.Invitation]}
	for _, l := range s.Links {
		said = append(said, linkWords(l))
	}
	if d := s.Dashboard; d != nil {
		by := ""
		if d.By != "" {
			by = " by " + d.By
		}
		said = append(said, "Was invited to the dashboard on "+day(d.At)+by+".")
	}
	return said
}

// linkWords say how a link stands.
func linkWords(l provision.LinkShown) string {
	name := "not shown to anybody yet"
	if l.Fingerprint != "" {
		name = l.Fingerprint
	}
	said := fmt.Sprintf("  %s link %s, issued %s: %s", words.Sentence(l.Purpose), name, when(l.IssuedAt), standingWords[l.Standing])
	switch {
	case l.Standing == provision.StandingOpen && !l.Until.IsZero():
		said += " until " + when(l.Until)
	case !l.Until.IsZero() && l.Standing != provision.StandingNotYet:
		said += ", " + when(l.Until)
	}
	if !l.HandedOver.IsZero() {
		said += "; handed over " + when(l.HandedOver)
	} else if l.Channel == provision.ByMail {
		said += "; by mail"
	}
	if l.Openings > 0 {
		said += fmt.Sprintf("; opened %d×", l.Openings)
	}
	return said
}

var standingWords = map[provision.Standing]string{
	provision.StandingOpen:       "good",
	provision.StandingNotYet:     "not good yet",
	provision.StandingExpired:    "expired",
	provision.StandingUsed:       "used",
	provision.StandingSuperseded: "replaced by another",
	provision.StandingRevoked:    "withdrawn",
	provision.StandingBlocked:    "dead, as they are blocked",
	provision.StandingSignOn:     "dead, as they sign in through the company",
	provision.StandingRegistered: "not needed, as they have registered",
	provision.StandingMoved:      "dead, as the account has another address",
	provision.StandingInactive:   "closed while the organization is not active",
}

// blockWords say who blocked somebody, when, and whether that holds.
func blockWords(b provision.BlockFact) string {
	where := "here"
	if b.Everywhere {
		where = "on the whole platform"
	}
	by := ""
	if b.By != "" {
		by = " by " + b.By
	}
	why := ""
	if b.Why != "" {
		why = " Why: " + b.Why
	}
	if b.LiftedAt.IsZero() {
		return fmt.Sprintf("Is blocked %s since %s%s.", where, day(b.At), by) + why
	}
	return fmt.Sprintf("Was blocked %s from %s%s to %s.", where, day(b.At), by, day(b.LiftedAt)) + why
}

// day is a date as people here read it out.
func day(t time.Time) string { return t.Local().Format("2 January 2006") }
