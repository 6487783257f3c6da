package report

import (
	"muster/importer/identity"
	"muster/provision"
	"muster/provision/words"
)

// candidateCell says who a candidate is. What the row has otherwise differs.
func candidateCell(in words.In, c provision.HeldCandidate, row provision.HeldRow) decideCell {
	if c.Masked {
		return said(in.Candidate(c)[0])
	}
	var cell decideCell
	add := func(text string, differs bool) {
		if text != "" {
			cell.lines = append(cell.lines, text)
			cell.differs = append(cell.differs, differs)
		}
	}
	add(c.Name, differs(c.Name, row.Name))
	add(c.Email, differs(c.Email, row.Email.Address))
	add(in.State(c), false)
	return cell
}

func candidateProfiles(in words.In, c provision.HeldCandidate) []identity.Profile {
	if c.Masked {
		return nil
	}
	all := make([]identity.Profile, len(c.Profiles))
	for i, p := range c.Profiles {
		all[i] = p.Profile
		if p.Connected {
			all[i].Display += in.Say(" (connected)")
		}
	}
	return all
}

// profilesCell lists profiles, a line each, and leads to the first. One differs
// from others where these have another name on its network.
func profilesCell(profiles, others []identity.Profile) decideCell {
	var cell decideCell
	for _, p := range profiles {
		if cell.url == "" {
			cell.url = leadsTo(p.URL)
		}
		cell.lines = append(cell.lines, words.Profile(p))
		cell.differs = append(cell.differs, contradicts(p, others))
	}
	return cell
}

func contradicts(p identity.Profile, others []identity.Profile) bool {
	contradicted := false
	for _, o := range others {
		if o.Key().Space != p.Key().Space { // another network, or its numbers instead of its names
			continue
		}
		if o.Key() == p.Key() {
			return false
		}
		contradicted = true
	}
	return contradicted
}
