package words

import (
	"strings"

	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
)

// warnings say what is warned of, for one person and for many.
var warnings = map[reason.Code][2]string{
	reason.NoDashboard: {
		"1 member of the staff does not have a sufficient role to access the dashboard",
		"%s staff do not have a sufficient role to access the dashboard",
	},
	reason.NoCampaign: {"1 client without a campaign cannot sign in", "%s clients without a campaign cannot sign in"},
	reason.RoleLower: {
		"1 person has a higher role than the list says, and an import lowers none",
		"%s people have higher roles than the list says, and an import lowers none",
	},
	reason.PermissionsDiffer: {
		"1 person has other permissions than the list says, and an import changes none",
		"%s people have other permissions than the list says, and an import changes none",
	},
	reason.DashboardUntold: {
		"1 may use the dashboard from now on, and is not mailed about it",
		"%s may use the dashboard from now on, and are not mailed about it",
	},
	reason.DashboardOpened: {"1 will be invited to the dashboard", "%s will be invited to the dashboard"},
}

// Warned says what is warned of, and of how many people.
func (in In) Warned(w provision.AccessWarning) string {
	said := in.Say(warnings[w.Code][0])
	if w.People > 1 {
		said = in.Say(warnings[w.Code][1], in.Number(w.People))
	}
	if w.By != "" {
		said += in.Say(" by %s", w.By)
	}
	return said
}

// Warning says what is warned of, who the first are, and what mends it.
func (in In) Warning(w provision.AccessWarning) string {
	said := in.Warned(w)
	if len(w.First) > 0 {
		said += in.Say(": ") + strings.Join(w.First, ", ")
		if more := w.People - len(w.First); more > 0 {
			said += in.Say(" and %s more", in.Number(more))
		}
	}
	if w.Command != "" {
		said += " (" + w.Command + ")"
	}
	return said
}

// Seats says how many seats of a plan will be taken.
func (in In) Seats(s provision.SeatsTaken) string {
	staff := s.Kind == record.Staff
	switch limit := in.Number(s.Limit); {
	case s.Limit == 1 && staff:
		return in.Say("the only seat for staff will be taken")
	case s.Limit == 1:
		return in.Say("the only seat for clients will be taken")
	case staff:
		return in.Count(s.Taken, "1 of %s seats for staff will be taken", "%s of %s seats for staff will be taken", limit)
	default:
		return in.Count(s.Taken, "1 of %s seats for clients will be taken", "%s of %s seats for clients will be taken", limit)
	}
}
