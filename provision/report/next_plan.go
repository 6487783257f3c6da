package report

import (
	"muster/importer/reason"
	"muster/provision"
	"muster/provision/words"
)

// nextOfPlan says what a person has to do about a plan, what may be done before it
// is carried out first.
func nextOfPlan(in words.In, book string, s provision.Summary, p Planned) []Step {
	x := &next{In: in, files: in, Summary: s, book: book}
	x.lookAtStatuses(true)
	x.read()
	x.say(x.Outcomes[provision.Rejected], "",
		"1 row cannot be used. Correct it in your list first, or have the others imported without it.",
		"%s rows cannot be used. Correct them in your list first, or have the others imported without them.")
	held := ""
	if p.Kept != "" {
		held = "muster review export " + quoted(p.Kept) + " -o " + ReviewFile
	}
	x.say(x.Outcomes[provision.Review]-x.Reasons[reason.Skipped], held,
		"1 row would be held, as it is not certain who it is. Look at it beside the accounts it may be.",
		"%s rows would be held, as it is not certain who they are. Look at them beside the accounts they may be.")
	x.lookAtDifferences()
	x.mendAccess()
	x.add()
	x.say(x.Links[provision.LinkExpired], x.again("--reissue-expired"),
		"1 invite link has expired, and the person has not registered. It is renewed if you say so.",
		"%s invite links have expired, and the people have not registered. They are renewed if you say so.")
	return x.finished(append(x.steps, doPlan(p, x)))
}

// doPlan is the step that carries a plan out.
func doPlan(p Planned, x *next) Step {
	switch {
	case !p.Writes():
		return Step{Text: x.Say("There is nothing to write.")}
	case p.Kept != "" && len(p.Guards) > 0:
		return Step{Text: x.Say("A guard stops this plan, as is said below: see that the list is right, and only then have exactly this done."),
			Command: "muster apply " + quoted(p.Kept) + words.GuardFlags(p.Guards)}
	case p.Kept != "":
		return Step{Text: x.Say("Have exactly this done, as long as nothing changes before."), Command: "muster apply " + quoted(p.Kept)}
	}
	return Step{Text: x.Say("Have it done: the list is imported with the same flags."), Command: x.again()}
}
