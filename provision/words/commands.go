package words

import (
	"time"

	"muster/provision"
)

// commanded are the words for what comes out of a command about people who are
// there.
var commanded = map[provision.Outcome]Word{
	provision.Updated:   {"Updated", "Done"},
	provision.Unchanged: {"Unchanged", "Nothing to do; nothing was written"},
	provision.Merged:    {"Merged", "The same person as an earlier row; joined into it"},
	provision.Review:    {"Review", "Not certain who this is; nothing was written"},
	provision.Rejected:  {"Rejected", "Cannot be done; the row says why"},
}

// OutcomeOf returns how an outcome of a command is called and what it means.
func OutcomeOf(command string, o provision.Outcome) Word {
	if w, ok := commanded[o]; ok && !provision.TakesIn(command) {
		return w
	}
	return Outcome(o)
}

// Link returns how the links of a command are called.
func Link(command string) string {
	if command == provision.ResetCommand {
		return "reset link"
	}
	return "invite link"
}

// Way says how links went: "handed over on 27 Nov by Ada (run 1a2b3c4d)".
func Way(w provision.LinkWay) string {
	text := w.How
	switch w.How {
	case provision.WayShown:
		text = "in links.csv"
	case provision.WayUnseen:
		text = "that nobody has seen yet"
	}
	if day, err := time.Parse(time.DateOnly, w.Day); err == nil {
		since := " on "
		if w.How == provision.WayShown {
			since = " since "
		}
		text += since + day.Format("2 Jan")
	}
	if w.By != "" {
		text += " by " + w.By
	}
	if w.Run != "" {
		text += " (run " + provision.ShortRun(w.Run) + ")"
	}
	return text
}
