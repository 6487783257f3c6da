package report

import (
	"strings"

	"muster/importer/identity"
	"muster/provision/words"
)

// profileColumns are the columns of a person's profiles: one for each network
// that most lists have, one for any other, and one for what is left. A cell
// leads to the profile.
var profileColumns = []column{
	{title: "Instagram", width: 22},
	{title: "TikTok", width: 22},
	{title: "YouTube", width: 24},
	{title: "Website", width: 28},
	{title: "Other profile", width: 28},
	{title: "More profiles", width: 34},
}

// ownColumn are the networks with a column of their own.
var ownColumn = map[string]int{"instagram": 0, "tiktok": 1, "youtube": 2, "website": 3, "blog": 3}

const otherProfile, moreProfiles = 4, 5

// noProfiles are the cells of a row without profiles.
var noProfiles = make([]cell, len(profileColumns))

// addProfiles puts the cells under profileColumns behind those of a row.
func addProfiles(row []cell, profiles []identity.Profile) []cell {
	row = append(row, noProfiles...)
	all := row[len(row)-len(noProfiles):]
	var more []string
	for _, p := range profiles {
		at, known := ownColumn[p.Network]
		if !known {
			at = otherProfile
		}
		switch {
		case all[at].text == "" && known:
			all[at] = cell{text: p.Display, url: leadsTo(p.URL)}
		case all[at].text == "":
			all[at] = cell{text: words.Profile(p), url: leadsTo(p.URL)}
		default:
			if len(more) == 0 {
				all[moreProfiles].url = leadsTo(p.URL)
			}
			more = append(more, words.Profile(p))
		}
	}
	all[moreProfiles].text = strings.Join(more, "\n")
	return row
}
