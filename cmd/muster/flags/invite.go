package flags

import (
	"fmt"

	"muster/dedupe"
)

// WayToInvite refuses what is no way for a link to go to its person.
func WayToInvite(invite string) error {
	switch dedupe.Invite(invite) {
	case dedupe.InviteReport:
		return nil
	case dedupe.InviteMail:
		return Usage("--invite mail: this version does not send mail yet",
			"use --invite report and mail the links of links.csv yourself")
	}
	return Usage(fmt.Sprintf("--invite %q is not possible", invite), "use report or mail")
}
