package report

import (
	"os"
	"path/filepath"
	"strings"

	"muster/importer/reason"
	"muster/provision"
	"muster/provision/words"
)

// title says whose page or workbook it is.
func (w *wording) title(s provision.Summary) string {
	if w.plan != nil {
		return w.Say("What would become of %s", listNames(w.In, s.Lists))
	}
	if title := w.titleOfCommand(s); title != "" {
		return title
	}
	return w.Say("What became of %s", listNames(w.In, s.Lists))
}

// titleOfCommand is the title of a run about people who were picked, "" of any other: its
// list is the command as it was typed.
func (w *wording) titleOfCommand(s provision.Summary) string {
	if len(s.Lists) != 1 {
		return ""
	}
	typed := strings.Fields(s.Lists[0].File)
	switch {
	case s.Command == provision.EndSourceKind && len(typed) == 3:
		return w.Say("What ending the source %s took away", typed[2])
	case s.Command == provision.EndSourceKind && len(typed) > 3: // --keep
		return w.Say("What ending the source %s left in place", typed[2])
	case undoneRun(s) != "":
		return w.Say("What taking back run %s did", undoneRun(s))
	case s.Lists[0].Format == provision.PickedFormat:
		return w.Say("What muster %s did", s.Command)
	}
	return ""
}

// undoneRun is the short id of the run that a run took back, "" of any other.
func undoneRun(s provision.Summary) string {
	if s.Command == provision.UndoKind && len(s.Lists) == 1 {
		if typed := strings.Fields(s.Lists[0].File); len(typed) > 1 {
			return typed[1]
		}
	}
	return ""
}

// rowsTitle is the title of the table of outcomes.
func (w *wording) rowsTitle(s provision.Summary) string {
	rows := s.Rows
	if w.plan != nil {
		return w.Count(rows, "What would become of the 1 row", "What would become of the %s rows")
	}
	if n := s.OfMissing(); n > 0 {
		return w.Count(n, "What became of the 1 person", "What became of the %s people")
	}
	return w.Count(rows, "What became of the 1 row", "What became of the %s rows")
}

// headline says it in one sentence.
func (w *wording) headline(s provision.Summary) string {
	if w.plan != nil {
		return w.planHeadline(s)
	}
	return HeadlineIn(w.In, s)
}

// about says whose it is, and when that was.
func (w *wording) about(s provision.Summary) string {
	if w.plan == nil {
		return w.aboutRun(s)
	}
	brand, organization := w.Names.Brand(s.Brand), w.Names.Organization(s.Organization)
	text := w.Say("A plan for the brand %s of %s", brand, organization)
	if brand == organization {
		text = w.Say("A plan for %s", brand)
	}
	return text + w.Say(" on the authority of %s", s.Operator) + w.Say(", made on %s", w.moment(w.plan.CreatedAt)) + ". " +
		w.Say("Nothing of it was written; accounts that change before it is carried out are reported then, and left alone.")
}

// meaning says what an outcome means, or what would happen to its rows.
func (w *wording) meaning(o provision.Outcome, s provision.Summary) string {
	if w.plan != nil {
		return words.Sentence(w.Planned(w.plan.PlanSummary, o))
	}
	return MeaningIn(w.In, o, s)
}

// next says what to do after the run, or about the plan.
func (w *wording) next(s provision.Summary) []Step {
	if w.plan != nil {
		return nextOfPlan(w.In, w.book(), s, *w.plan)
	}
	s.Report = fromHere(s.Report)
	return NextIn(w.In, s)
}

// fromHere is a folder as commands name it that are typed where this one was. Pages
// are passed on: of a folder elsewhere they tell nothing, and its files by their
// names alone.
func fromHere(dir string) string {
	here, err := os.Getwd()
	if err != nil {
		return ""
	}
	if rel, err := filepath.Rel(here, dir); err == nil && filepath.IsLocal(rel) {
		return rel
	}
	return ""
}

// linkWord says how a link stands, or would stand, and what is to be done about it.
func (w *wording) linkWord(l provision.LinkWord) (state, todo string) {
	if said, known := plannedLinks[l]; known && w.plan != nil {
		return w.Say(said[0]), w.Say(said[1])
	}
	return w.Link(l)
}

// plannedLinks are links of which a plan says something else than a report.
var plannedLinks = map[provision.LinkWord][2]string{
	provision.LinkIssued: {"new link", "a link will be issued"},
	provision.LinkKept:   {"the same link as before", "the link stays good and will be reported again"},
	provision.LinkNone:   {"no link", "no link will be issued"},
	provision.LinkByMail: {"by mail only", "another organization's account gets its link by mail alone"},
}

// effects say what a plan does beside adding people.
func (w *wording) effects() []string {
	if w.plan == nil {
		return nil
	}
	all := w.PlanEffects(w.plan.PlanSummary)
	for i, text := range all {
		all[i] = words.Sentence(text)
	}
	return all
}

// book is the workbook that has all rows.
func (w *wording) book() string {
	if w.plan != nil {
		return w.Say("a workbook of this plan (muster plan -o plan.xlsx)")
	}
	return WorkbookFile
}

// planHeadline says in one sentence how many people would be in, and what is left.
func (w *wording) planHeadline(s provision.Summary) string {
	in := s.Outcomes[provision.Created] + s.Outcomes[provision.Claimed] + s.Outcomes[provision.Updated] +
		s.Outcomes[provision.Unchanged]
	waiting := s.Outcomes[provision.Review] + s.Outcomes[provision.Rejected] - s.Reasons[reason.Skipped]
	parts := []string{w.Say("Nobody will be in")}
	if in > 0 {
		parts = []string{w.Count(in, "1 person will be in", "%s people will be in")}
	}
	if waiting > 0 {
		parts = append(parts, w.Count(waiting, "1 of the %s rows would wait for you", "%s of the %s rows would wait for you",
			w.Number(s.Rows)))
	}
	if n := s.Outcomes[provision.Blocked]; n > 0 {
		parts = append(parts, w.Count(n, "1 is blocked", "%s are blocked"))
	}
	return strings.Join(parts, w.Say("; ")) + ". " + w.Say("Nothing is written yet.")
}
