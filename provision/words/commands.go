package words

import (
	"time"

	"muster/importer/reason"
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
	provision.Removed:   {"Removed", "People who lost what the source alone gave them"},
}

// OutcomeOf returns how an outcome of a command is called and what it means.
func (in In) OutcomeOf(command string, o provision.Outcome) Word {
	if w, ok := commanded[o]; ok && !provision.TakesIn(command) {
		return Word{in.Say(w.Title), in.Say(w.Meaning)}
	}
	return in.Outcome(o)
}

// Meaning says what an outcome of a run means, with what is in it.
func (in In) Meaning(s provision.Summary, o provision.Outcome) string {
	left := s.Reasons[reason.Skipped]
	if o == provision.Review && left > 0 {
		return Sentence(in.leavingOut(s.Outcomes[o], left))
	}
	if adopted := s.Reasons[reason.Adopted]; o == provision.Unchanged && adopted > 0 {
		return in.Count(adopted, "Already in the brand; 1 of them is the source's now", "Already in the brand; %s of them are the source's now")
	}
	return in.OutcomeOf(s.Command, o).Meaning
}

// Way says how links went: "handed over on 27 November 2026 by Ada (run 1a2b3c4d)".
func (in In) Way(w provision.LinkWay) string {
	text := in.Say(w.How)
	switch w.How {
	case provision.WayShown:
		text = in.Say("in links.csv")
	case provision.WayUnseen:
		text = in.Say("that nobody has seen yet")
	}
	if day, err := time.Parse(time.DateOnly, w.Day); err == nil {
		if w.How == provision.WayShown {
			text += in.Say(" since %s", in.Day(day))
		} else {
			text += in.Say(" on %s", in.Day(day))
		}
	}
	if w.By != "" {
		text += in.Say(" by %s", w.By)
	}
	if w.Run != "" {
		text += in.Say(" (run %s)", provision.ShortRun(w.Run))
	}
	return text
}
