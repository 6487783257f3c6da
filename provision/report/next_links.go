package report

import (
	"muster/importer/reason"
	"muster/provision"
)

// handOver is about links that can be handed over, and those that are mailed.
func (x *next) handOver() {
	reset := x.Command == provision.ResetCommand
	if reset {
		x.say(x.Links[provision.LinkWaits], "muster mail send",
			"1 reset link waits to be mailed. Its life begins then.", "%s reset links wait to be mailed. Their lives begin then.")
	} else {
		x.say(x.Links[provision.LinkWaits], "muster mail send",
			"1 invite link waits to be mailed. Its life begins then.", "%s invite links wait to be mailed. Their lives begin then.")
	}
	named := x.Links[provision.LinkWaits] + x.Reasons[reason.MembershipOffered]
	if named > 0 {
		x.say(x.Mails-named, "muster mail send", "1 other mail waits to be sent.", "%s other mails wait to be sent.")
	} else {
		x.say(x.Mails, "muster mail send", "1 mail waits to be sent.", "%s mails wait to be sent.")
	}
	x.handOverNew(reset)
	x.handOverEarlier()
}

// handOverNew is about the links of this run.
func (x *next) handOverNew(reset bool) {
	life := x.Say("soon")
	if end, known := x.LinksEnd[provision.LinkIssued]; known {
		life = x.Say("good for %s", x.Duration(end.Sub(x.FinishedAt)))
	}
	if reset {
		x.say(x.Links[provision.LinkIssued], "",
			"Hand over 1 new reset link, %s: links.csv says whose it is and until when. Keep that file to yourself.",
			"Hand over %s new reset links, %s: links.csv says whose they are and until when. Keep that file to yourself.", life)
		return
	}
	x.say(x.Links[provision.LinkIssued], "",
		"Hand over 1 new invite link, %s: links.csv says whose it is and until when. Keep that file to yourself.",
		"Hand over %s new invite links, %s: links.csv says whose they are and until when. Keep that file to yourself.", life)
}

// handOverEarlier is about links of earlier runs.
func (x *next) handOverEarlier() {
	before := len(x.steps)
	x.say(x.Links[provision.LinkKept]+x.Links[provision.LinkOldAddress], "",
		"1 invite link of an earlier run is still good; links.csv has it, too. Hand it over, unless that was done.",
		"%s invite links of earlier runs are still good; links.csv has them, too. Hand them over, unless that was done.")
	if end, known := x.LinksEnd[provision.LinkKept]; known && len(x.steps) > before {
		life := x.Duration(end.Sub(x.FinishedAt))
		if x.Links[provision.LinkKept]+x.Links[provision.LinkOldAddress] == 1 {
			x.steps[before].Text += " " + x.Say("It ends in %s.", life)
		} else {
			x.steps[before].Text += " " + x.Say("The first ends in %s.", life)
		}
	}
	x.say(x.Links[provision.LinkOldAddress], "",
		"1 of these links leads to the former address of the claim page, until it expires. "+
			"Hand it over only if that address still works.",
		"%s of these links lead to the former address of the claim page, until they expire. "+
			"Hand them over only if that address still works.")
}

// ask is about people who are added once they accept.
func (x *next) ask() {
	x.say(x.Reasons[reason.MembershipOffered], "muster mail send",
		"1 person has to accept before they are added. The mail that asks them waits to be sent.",
		"%s people have to accept before they are added. The mails that ask them wait to be sent.")
	x.say(x.Reasons[reason.AwaitsConsent], "muster mail status",
		"1 person has not answered yet whether they want to be added. See whether they were mailed.",
		"%s people have not answered yet whether they want to be added. See whether they were mailed.")
	x.say(x.Reasons[reason.Declined], "",
		"1 person does not want to be added: take their row out of the list.",
		"%s people do not want to be added: take their rows out of the list.")
}

// tellOfDashboard is about people who may use the dashboard from now on. Nobody is
// invited to it twice.
func (x *next) tellOfDashboard() {
	x.say(x.Untold, "",
		"1 person may use the dashboard from now on, and was not mailed about it: tell them where it is.",
		"%s people may use the dashboard from now on, and were not mailed about it: tell them where it is.")
}
