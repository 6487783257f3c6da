package report

import (
	"strings"

	"muster/importer/identity"
	"muster/provision/words"
)

// profileColumns are the columns of a person's profiles: one for each network
// that most lists have, one for any other, and one for what is left. A cell
// leads to the profile. LibreOffice does not wrap a cell that leads somewhere: the columns are
// as wide as handles are long, and of longer addresses the beginning is shown.
var profileColumns = []column{
	{title: "Instagram", width: 32},
	{title: "TikTok", width: 27},
	{title: "YouTube", width: 32},
	{title: "Website", width: 34},
	{title: "Other profile", width: 34},
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
			all[at] = leading(p.Display, p.URL, profileColumns[at])
		case all[at].text == "":
			all[at] = leading(words.Profile(p), p.URL, profileColumns[at])
		default:
			more = append(more, words.Profile(p))
		}
	}
	all[moreProfiles].text = strings.Join(more, "\n")
	return row
}

// leading is a cell that leads somewhere, with a text that has room in its column. One that
// leads nowhere is wrapped, and keeps its text.
func leading(text, url string, c column) cell {
	if url = leadsTo(url); url == "" {
		return cell{text: text}
	}
	text = strings.TrimSuffix(schemes.Replace(text), "/")
	if room := []rune(text); len(room) > int(c.width)-2 {
		text = string(room[:int(c.width)-3]) + "…"
	}
	return cell{text: text, url: url}
}

// schemes are what an address begins with, and nobody has to read.
var schemes = strings.NewReplacer("https://www.", "", "http://www.", "", "https://", "", "http://", "")
