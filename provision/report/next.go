package report

import (
	"fmt"

	"muster/importer"
	"muster/importer/reason"
	"muster/provision"
)

// A Step is one thing that a person has to do after a run.
type Step struct {
	Text    string           // a sentence for whoever reads the report
	Command string           // for whoever ran it, "" where the text says it all
	Places  []importer.Place // the first few rows it is about, where that helps
}

// String is the step on one line.
func (s Step) String() string {
	if s.Command == "" {
		return s.Text
	}
	return s.Text + " The command is: " + s.Command
}

// Next says what a person has to do after a run, in the order in which it is
// worth doing.
func Next(s provision.Summary) []Step {
	var steps []Step
	rejects := rejectedNames(s.Lists)
	say := func(n int, one, many string) {
		switch {
		case n == 1:
			steps = append(steps, Step{Text: one})
		case n > 1:
			steps = append(steps, Step{Text: fmt.Sprintf(many, Number(n))})
		}
	}
	say(s.Outcomes[provision.Pending],
		"The run was interrupted before 1 row: run the same command again to finish.",
		"The run was interrupted before %s rows: run the same command again to finish.")
	say(s.Links[provision.LinkIssued],
		"Hand over 1 invite link: links.csv says whose it is and until when. Keep that file to yourself.",
		"Hand over %s invite links: links.csv says whose they are and until when. Keep that file to yourself.")
	say(s.Links[provision.LinkKept]+s.Links[provision.LinkOldAddress],
		"1 invite link of an earlier run is still good; links.csv has it, too. Hand it over, unless that was done.",
		"%s invite links of earlier runs are still good; links.csv has them, too. Hand them over, unless that was done.")
	say(s.Links[provision.LinkOldAddress],
		"1 of these links was made before the address of the claim page (--base-url) changed, and leads to the former one until it expires.",
		"%s of these links were made before the address of the claim page (--base-url) changed, and lead to the former one until they expire.")
	say(s.Outcomes[provision.Review]-s.Reasons[reason.Skipped],
		"1 row is held: the sheet Review shows it beside the accounts it may be. Decide with muster review export "+s.Run+" -o review.xlsx, or correct your list and run it again.",
		"%s rows are held: the sheet Review shows each beside the accounts it may be. Decide with muster review export "+s.Run+" -o review.xlsx, or correct your list and run it again.")
	say(s.Reasons[reason.Skipped],
		"1 row under Review is left alone, as somebody decided.",
		"%s rows under Review are left alone, as somebody decided.")
	say(s.Outcomes[provision.Rejected],
		"1 row needs correcting: it is in "+rejects+" with what is wrong. Correct it there and import that file.",
		"%s rows need correcting: they are in "+rejects+" with what is wrong. Correct them there and import that file.")
	say(s.Outcomes[provision.Failed],
		"1 row could not be written: report.csv says why. Run the list again, or import "+rejects+", where it is too.",
		"%s rows could not be written: report.csv says why. Run the list again, or import "+rejects+", where they are too.")
	say(s.Outcomes[provision.Stale],
		"The account of 1 row changed after the plan was made: plan again.",
		"The accounts of %s rows changed after the plan was made: plan again.")
	say(s.Links[provision.LinkExpired],
		"1 invite link has expired: run the list again with --reissue-expired to renew it.",
		"%s invite links have expired: run the list again with --reissue-expired to renew them.")
	say(s.Links[provision.LinkNoKey],
		"1 invite link is lost, because its key is gone from the keyring: it has to be issued again.",
		"%s invite links are lost, because their key is gone from the keyring: they have to be issued again.")
	say(s.Links[provision.LinkNone],
		"1 person has no link: tell them about their account, or run the list again with --invite report.",
		"%s people have no link: tell them about their accounts, or run the list again with --invite report.")
	say(s.Links[provision.LinkSignIn],
		"1 person signs in through the company (single sign-on): tell them where.",
		"%s people sign in through the company (single sign-on): tell them where.")
	if len(steps) == 0 {
		steps = append(steps, Step{Text: "Nothing to do."})
	}
	return steps
}
