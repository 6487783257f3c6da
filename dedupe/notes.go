package dedupe

import (
	"slices"

	"muster/importer/reason"
	"muster/importer/record"
)

// differences notes where the person disagrees with the account. What the
// account holds is shown only to an operator who may see it.
func (m Match) differences(a Account, p Policy) []Note {
	var notes []Note
	add := func(code reason.Code, said, holds string) {
		if !a.Visible(p.VisibleBrands) {
			holds = ""
		}
		notes = append(notes, Note{Code: code, Row: m.Person.First(), Said: said, Holds: holds})
	}
	if name := m.Person.name(); name != "" && a.Name != "" && !SameName(name, a.Name) {
		add(reason.NameDiffers, name, a.Name)
	}
	if email := m.Person.email(); !email.IsZero() && !m.Person.at(a.Email) {
		if sameMailbox(email, a.Email) {
			add(reason.OtherSpelling, email.Address, a.Email.Address)
		} else {
			add(reason.EmailDiffers, email.Address, a.Email.Address)
		}
	}
	if id := m.Person.externalID(); id != "" && len(a.ExternalIDs) > 0 && !slices.Contains(a.ExternalIDs, id) {
		add(reason.ExternalIDDiffers, id, a.ExternalIDs[0])
	}
	for _, profile := range m.unheld(a) {
		switch {
		case !profile.Shared && disagreement(m.Person, a, profile.Space(), false):
			add(reason.HandleDiffers, profile.URL, declared(a, profile.Space()))
		case !a.OwnedHere:
			add(reason.ProfileProposed, profile.URL, "")
		}
	}
	m.detailNotes(a, add)
	m.permissionNotes(a, p, add)
	role := highest(m.Person.union(func(r record.Record) []string { return []string{r.Role} }), p)
	for _, brand := range p.brands(m.Person) {
		if held, in := a.In(brand); in && role != "" && lowers(role, held, p) {
			add(reason.RoleLower, role, held.Role)
		}
	}
	return notes
}

// connectedNotes puts every handle of the person that a connected one speaks
// against beside that one.
func (m Match) connectedNotes(a Account, p Policy) []Note {
	var notes []Note
	for _, said := range m.Person.profiles() {
		if said.Shared || !disagreement(m.Person, a, said.Space(), true) {
			continue
		}
		n := Note{Code: reason.ConnectedDiffers, Row: m.Person.First(), Said: said.URL}
		i := slices.IndexFunc(a.Profiles, func(held AccountProfile) bool {
			return held.Connected && held.Profile.Space() == said.Space()
		})
		if a.Visible(p.VisibleBrands) && i >= 0 {
			n.Holds = a.Profiles[i].Profile.URL
		}
		notes = append(notes, n)
	}
	return notes
}

// kindNotes says as which kind the person is known in the brands that the
// operator sees.
func (m Match) kindNotes(a Account, p Policy) []Note {
	n := Note{Code: reason.KindDiffers, Row: m.Person.First(), Said: string(m.Person.kind())}
	i := slices.IndexFunc(a.Memberships, func(held Membership) bool {
		return held.Kind != m.Person.kind() && slices.Contains(p.VisibleBrands, held.Brand)
	})
	if a.Visible(p.VisibleBrands) && i >= 0 {
		n.Holds = string(a.Memberships[i].Kind)
	}
	return []Note{n}
}

func declared(a Account, space string) string {
	for _, held := range a.Profiles {
		if held.Profile.Space() == space {
			return held.Profile.URL
		}
	}
	return ""
}

// accessNotes warns of access that does not do what its owner may expect:
// staff without a dashboard, clients without a campaign.
func accessNotes(memberships []Membership, a Account, campaigns []string, p Policy) []Note {
	var notes []Note
	for _, m := range memberships {
		switch {
		case m.Kind == record.Staff && !p.Dashboards[m.Role]:
			notes = append(notes, Note{Code: reason.NoDashboard, Said: m.Role})
		case m.Kind == record.Client && len(a.Campaigns)+len(campaigns) == 0:
			notes = append(notes, Note{Code: reason.NoCampaign, Said: m.Brand})
		}
	}
	return notes
}
