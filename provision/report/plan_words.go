package report

import (
	"fmt"
	"strings"

	"muster/importer/reason"
	"muster/provision"
	"muster/provision/words"
)

// title says whose page or workbook it is.
func (w *wording) title(s provision.Summary) string {
	if w.plan != nil {
		return "What would become of " + listNames(s.Lists)
	}
	return "What became of " + listNames(s.Lists)
}

// headline says it in one sentence.
func (w *wording) headline(s provision.Summary) string {
	if w.plan != nil {
		return planHeadline(s)
	}
	return Headline(s)
}

// about says whose it is, and when that was.
func (w *wording) about(s provision.Summary) string {
	if w.plan == nil {
		return about(s, w)
	}
	text := "A plan for the brand " + s.Brand + " of " + s.Organization
	if s.Brand == s.Organization {
		text = "A plan for " + s.Brand
	}
	return text + " on the authority of " + s.Operator + ", made on " + w.moment(w.plan.CreatedAt) +
		". Nothing of it was written; accounts that change before it is carried out are reported then, and left alone."
}

// meaning says what an outcome means, or what would happen to its rows.
func (w *wording) meaning(o provision.Outcome, s provision.Summary) string {
	if w.plan != nil {
		return words.Sentence(words.Planned(s.Command, o))
	}
	return meaning(o, s)
}

// next says what to do after the run, or about the plan.
func (w *wording) next(s provision.Summary) []Step {
	if w.plan != nil {
		return nextOfPlan(s, *w.plan)
	}
	return Next(s)
}

// linkWord says how a link stands, or would stand, and what is to be done about it.
func (w *wording) linkWord(l provision.LinkWord) (state, todo string) {
	if said, known := plannedLinks[l]; known && w.plan != nil {
		return said[0], said[1]
	}
	return words.Links[l].State, words.Links[l].Todo
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
	all := words.PlanEffects(w.plan.PlanSummary)
	for i, text := range all {
		all[i] = words.Sentence(text)
	}
	return all
}

// book is the workbook that has all rows.
func (w *wording) book() string {
	if w.plan != nil {
		return "a workbook of this plan (muster plan -o plan.xlsx)"
	}
	return WorkbookFile
}

// planHeadline says in one sentence how many people would be in, and what is left.
func planHeadline(s provision.Summary) string {
	in := s.Outcomes[provision.Created] + s.Outcomes[provision.Claimed] + s.Outcomes[provision.Updated] +
		s.Outcomes[provision.Unchanged]
	waiting := s.Outcomes[provision.Review] + s.Outcomes[provision.Rejected] - s.Reasons[reason.Skipped]
	parts := []string{"Nobody will be in"}
	if in > 0 {
		parts = []string{words.Number(in) + either(in, " person", " people") + " will be in"}
	}
	if waiting > 0 {
		parts = append(parts, fmt.Sprintf("%s of the %s rows would wait for you", words.Number(waiting), words.Number(s.Rows)))
	}
	if n := s.Outcomes[provision.Blocked]; n > 0 {
		parts = append(parts, fmt.Sprintf("%s %s blocked", words.Number(n), either(n, "is", "are")))
	}
	return strings.Join(parts, "; ") + ". Nothing is written yet."
}
