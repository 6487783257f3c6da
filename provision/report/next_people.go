package report

import (
	"slices"
	"strings"

	"muster/importer/reason"
	"muster/provision"
)

// ofPeople says what to do after a command about people who are there.
func (x *next) ofPeople() {
	again := x.commandAgain()
	x.say(max(x.Outcomes[provision.Pending], x.Missing[reason.NotReached]), "",
		"The run stopped before 1 person was reached. Have the same command run again: it goes on where it stopped.",
		"The run stopped before %s people were reached. Have the same command run again: it goes on where it stopped.")
	x.say(x.Outcomes[provision.Failed]+x.Outcomes[provision.Stale]-x.NotRemoved(), again,
		"1 person changed while the run was under way, or could not be written: report.csv says why. Have it done again.",
		"%s people changed while the run was under way, or could not be written: report.csv says why. "+
			"Have it done again.")
	x.ofEnded()
	x.redraw()
	x.handOver()
	x.ask()
	x.tellOfDashboard()
	x.say(x.Reasons[reason.Readdressed], "muster links reissue --revoked --run "+provision.ShortRun(x.Run),
		"1 person has another address, and their invite link has ended. Have a new one issued.",
		"%s people have another address, and their invite links have ended. Have new ones issued.")
	x.say(x.StayedDead, "muster links reissue --revoked --run "+provision.ShortRun(x.Run),
		"The link of 1 person that the run ended stays dead. Have a new one issued, if they have no other.",
		"The links of %s people that the run ended stay dead. Have new ones issued to those who have no other.")
	x.sayOf(reason.ReversedInPart, "",
		"Of 1 person something stays: report.csv says what, and why.",
		"Of %s people something stays: report.csv says what, and why.")
	x.sayOf(reason.Kept, "",
		"1 person was changed after the run, and is kept as they are: report.csv says by what. Take back by hand what is not to stay.",
		"%s people were changed after the run, and are kept as they are: report.csv says by what. "+
			"Take back by hand what is not to stay.")
	x.sayOf(reason.FoundSince, again+" --also-found",
		"1 person was found in place by a later run of another list, and is kept: report.csv says by which. "+
			"--also-found takes it back all the same.",
		"%s people were found in place by a later run of another list, and are kept: report.csv says by which. "+
			"--also-found takes it back all the same.")
	x.say(x.Outcomes[provision.Review], "",
		"1 row looks like somebody, and nothing proves it. Name the person by their email or external id.",
		"%s rows look like somebody, and nothing proves it. Name the people by their email or external id.")
	x.say(x.Outcomes[provision.Rejected]-x.Reasons[reason.Kept]-x.Reasons[reason.FoundSince], "",
		"1 row was not possible. Under %s the report says why, and what to do.",
		"%s rows were not possible. Under %s the report says why, and what to do.", x.sheet(rejectedSheet))
}

// ofEnded says who of a source that was given up has still what it gave, and why that is.
func (x *next) ofEnded() {
	if x.Command != provision.EndSourceKind {
		return
	}
	x.lostLinks()
	x.say(x.NotRemoved(), "",
		"1 person still has what the source gave, because their account changed meanwhile: removed.csv says who. Take it away by hand.",
		"%s people still have what the source gave, because their accounts changed meanwhile: removed.csv says who. Take it away by hand.")
	x.say(x.Missing[reason.AdministratorStays]+x.Missing[reason.LastAdministrator], "",
		"1 administrator keeps what the source gave: removed.csv says who. Take the role away, if that is not meant.",
		"%s administrators keep what the source gave: removed.csv says who. Take the roles away, if that is not meant.")
	x.say(x.Missing[reason.StaysOutOfReach], "",
		"1 person keeps what the source gave, because they may do more than the operator, or are in a brand that the operator does not see: "+
			"removed.csv says who. Have an administrator see to it.",
		"%s people keep what the source gave, because they may do more than the operator, or are in a brand that the operator does not see: "+
			"removed.csv says who. Have an administrator see to it.")
}

// lostLinks is about links that ended with the access of their people.
func (x *next) lostLinks() {
	x.say(x.LostLinks, "",
		"1 invite link no longer opens, because its person lost their access. Tell them, if they may still try it.",
		"%s invite links no longer open, because their people lost their access. Tell them, if they may still try them.")
}

// commandAgain is the command that did it, as far as it is known.
func (x *next) commandAgain() string {
	words := []string{"muster", x.Command}
	for _, l := range x.Lists {
		if l.Format == provision.PickedFormat {
			return "muster " + l.File
		}
		if file := quoted(l.File); !slices.Contains(words, file) {
			words = append(words, "--from", file)
		}
	}
	return strings.Join(words, " ")
}
