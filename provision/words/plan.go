package words

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
)

// planned says what a plan is going to do with a row.
var planned = map[provision.Outcome]string{
	provision.Created:   "new on the platform: will get an account and be added to the brand",
	provision.Claimed:   "has an account already: will be added to the brand",
	provision.Updated:   "already in the brand: something new will be added",
	provision.Unchanged: "already in the brand: nothing will be written",
	provision.Merged:    "the same person as an earlier row: joined into it",
	provision.Review:    "unclear who this is: held until somebody decides",
	provision.Blocked:   "blocked in this organization: left alone",
	provision.Rejected:  "cannot be used until the row is corrected",
	provision.Removed:   "people missing from two complete lists in a row: lose what the list gave them",
}

// plannedOf says what the plan of a command about people who are there is
// going to do with a row.
var plannedOf = map[provision.Outcome]string{
	provision.Updated:   "will be done",
	provision.Unchanged: "nothing to do",
	provision.Merged:    "the same person as an earlier row: joined into it",
	provision.Review:    "not certain who this is: left alone",
	provision.Rejected:  "cannot be done",
	provision.Removed:   "people who lose what the source alone gave them",
}

// Planned says what a plan is going to do with its rows of an outcome, "" where
// no plan has any.
func Planned(s provision.PlanSummary, o provision.Outcome) string { return english.Planned(s, o) }

// Planned is Planned in a language.
func (in In) Planned(s provision.PlanSummary, o provision.Outcome) string {
	if !provision.TakesIn(s.Command) {
		return in.Say(plannedOf[o])
	}
	if left := s.Reasons[reason.Skipped]; o == provision.Review && left > 0 {
		return in.leavingOut(s.Outcomes[o], left)
	}
	if adopted := s.Reasons[reason.Adopted]; o == provision.Unchanged && adopted > 0 {
		return in.Count(adopted, "already in the brand; 1 of them will be the source's", "already in the brand; %s of them will be the source's")
	}
	return in.Say(planned[o])
}

// PlanLines say what a plan does beside the numbers of its outcomes, a line each:
// who the first are, what they get, what else will happen, why rows are held or
// rejected, and what was assumed while the lists were read.
func PlanLines(s provision.PlanSummary) []string { return english.PlanLines(s) }

// PlanLines is PlanLines in a language.
func (in In) PlanLines(s provision.PlanSummary) []string {
	var all []string
	if s.Done > 0 {
		all = append(all, in.Say("%s already; %s left", in.planDone(s), in.Number(s.Rows-s.Done)))
	}
	return slices.Concat(all, in.ofSource(s), in.ofMissing(s), in.adopts(s), in.whoIsAdded(s), in.grants(s.Grants), in.losses(s.Losses), in.sideEffects(s), in.guarded(s),
		in.warned(s), in.reasons(s), in.ListNotes(s.Lists))
}

// PlanDoes says in few words what rights a plan gives, and what else it does
// beside adding people.
func PlanDoes(s provision.PlanSummary) []string {
	s.First = nil // there is no room for names
	return slices.Concat(english.adopts(s), english.grants(s.Grants), english.losses(s.Losses), english.sideEffects(s))
}

// PlanEffects says what rights a plan gives, what else it does beside adding
// people, to whom first, and what is to be warned of.
func (in In) PlanEffects(s provision.PlanSummary) []string {
	return slices.Concat(in.guarded(s), in.ofSource(s), in.ofMissing(s), in.grants(s.Grants), in.losses(s.Losses), in.sideEffects(s), in.warned(s))
}

// ofSource says what a plan does for the source whose lists it is of.
func (in In) ofSource(s provision.PlanSummary) []string {
	if s.Source == nil {
		return nil
	}
	var lines []string
	if s.Source.Held {
		lines = append(lines, in.Say("source %s is held, and is not synced before somebody releases it: %s", s.Source.Name,
			"muster sources release "+s.Source.Name))
	}
	if s.Source.First {
		lines = append(lines, in.Say("first sync of source %s: nobody is removed", s.Source.Name))
	}
	if !s.Source.Complete {
		lines = append(lines, in.Say("whoever is missing is not looked at: %s", in.Say(s.Source.Why)))
	}
	return lines
}

// ofMissing says what a plan does for the people of a source: those on no row, and those
// of whom something was changed by hand, or is replaced.
func (in In) ofMissing(s provision.PlanSummary) []string {
	var lines []string
	if n := s.Outcomes[provision.Removed]; n > 0 {
		names := strings.Join(removedNames(s), ", ")
		if more := n - len(s.FirstRemoved); more > 0 {
			names += in.Say(" and %s more", in.Number(more))
		}
		lines = append(lines, in.Outcome(provision.Removed).Title+in.Say(": ")+names)
	}
	people := func(n int, code reason.Code) {
		if n > 0 {
			lines = append(lines, in.Count(n, "1 person", "%s people")+in.Say(": ")+in.Say(reason.Of(code).Meaning))
		}
	}
	for _, e := range reason.All() {
		if e.Code != reason.AbsentFromList && e.Code != reason.SourceEnded {
			people(s.Missing[e.Code], e.Code)
		}
	}
	for _, code := range provision.Drifts {
		people(s.Drift[code], code)
	}
	people(s.OverSource, reason.OverSource)
	return lines
}

// adopts says how many a source takes over whom an import brought.
func (in In) adopts(s provision.PlanSummary) []string {
	n := s.Reasons[reason.Adopted]
	if n == 0 {
		return nil
	}
	return []string{in.Count(n, "1 person whom an import brought will be the source's and may be removed by it",
		"%s people whom an import brought will be the source's and may be removed by it")}
}

// removedNames name the first who lose what a source gave them; by their accounts where
// the plan is one that was kept.
func removedNames(s provision.PlanSummary) []string {
	if len(s.RemovedNames) == len(s.FirstRemoved) {
		return s.RemovedNames
	}
	var names []string
	for _, id := range s.FirstRemoved {
		names = append(names, "account "+id)
	}
	return names
}

// PlanDone says how much of a plan an earlier start of its run has written.
func PlanDone(s provision.PlanSummary) string { return english.planDone(s) }

func (in In) planDone(s provision.PlanSummary) string {
	return in.Say("%s of %s done", in.Number(s.Done), in.rows(s.Rows))
}

// ListNotes says what was assumed while the lists were read.
func ListNotes(lists []provision.ListInfo) []string { return english.ListNotes(lists) }

// ListNotes is ListNotes in a language.
func (in In) ListNotes(lists []provision.ListInfo) []string {
	var lines []string
	for i, l := range lists {
		name := l.File
		if slices.ContainsFunc(lists,
			func(o provision.ListInfo) bool { return o.File == l.File && o.Sheet != lists[i].Sheet }) {
			name += in.Say(", sheet %s", l.Sheet)
		}
		for _, note := range l.Notes {
			lines = append(lines, name+in.Say(": ")+in.ReadNote(note))
		}
	}
	return lines
}

// whoIsAdded names the first of the people for whom something is written.
func (in In) whoIsAdded(s provision.PlanSummary) []string {
	var lines []string
	for _, o := range []provision.Outcome{provision.Created, provision.Claimed, provision.Updated} {
		if n := s.Outcomes[o]; n > 0 && len(s.First[o]) > 0 {
			lines = append(lines, in.Outcome(o).Title+in.Say(": ")+in.rowsNamed(s, o, n))
		}
	}
	return lines
}

// rowsNamed names the first of n rows that something happens to.
func (in In) rowsNamed(s provision.PlanSummary, what any, n int) string {
	first := s.First[what]
	names := make([]string, len(first))
	for i, row := range first {
		names[i] = strings.TrimSpace(in.rowPlace(row.Place, s.Lists) + " " + row.Who)
	}
	if more := n - len(first); more > 0 {
		return strings.Join(names, ", ") + in.Say(" and %s more", in.Number(more))
	}
	return strings.Join(names, ", ")
}

// inBrackets is rowsNamed behind what happens to them, "" where they are not
// known.
func (in In) inBrackets(s provision.PlanSummary, what any, n int) string {
	if len(s.First[what]) == 0 {
		return ""
	}
	return " (" + in.rowsNamed(s, what, n) + ")"
}

// rowPlace names a row by its line, and by file and sheet where there are
// several.
func (in In) rowPlace(p record.Place, lists []provision.ListInfo) string {
	where := ""
	picked := len(lists) == 1 && lists[0].Format == provision.PickedFormat
	if picked && p.File == lists[0].File { // there is nothing to look it up in
		return ""
	}
	if len(lists) > 1 || picked {
		where = p.File + " "
		if p.Sheet != "" {
			where += strconv.Quote(p.Sheet) + " "
		}
	}
	return where + in.Say("line %s", strconv.Itoa(p.Line))
}

// grants says what rights a plan gives to how many people, in one line.
func (in In) grants(rights map[string]int) []string {
	if len(rights) == 0 {
		return nil
	}
	return []string{in.Say("grants: %s", in.counted(rights))}
}

// losses says what a plan takes away from how many people, in one line.
func (in In) losses(what map[string]int) []string {
	if len(what) == 0 {
		return nil
	}
	return []string{in.Say("takes away: %s", in.counted(what))}
}

// counted are counts, by their names.
func (in In) counted(counts map[string]int) string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		parts = append(parts, fmt.Sprintf("%s × %s", in.Number(counts[name]), in.given(name)))
	}
	return strings.Join(parts, ", ")
}

// sideEffects says what a plan does beside adding people.
func (in In) sideEffects(s provision.PlanSummary) []string {
	var lines []string
	say := func(n int, what provision.SideEffect, one, many string) {
		if n > 0 {
			lines = append(lines, in.Count(n, one, many)+in.inBrackets(s, what, n))
		}
	}
	e := s.SideEffects
	if s.Command == provision.ResetCommand {
		say(e.LinksIssued, "", "1 reset link will be issued", "%s reset links will be issued")
	} else {
		say(e.LinksIssued, "", "1 invite link will be issued", "%s invite links will be issued")
	}
	if len(s.LinksEnd) > 0 {
		lines = append(lines, in.endingWords(s))
	} else {
		say(e.LinksKilled, provision.LinkKilled, "1 older link will stop working", "%s older links will stop working")
	}
	say(e.Readdressed, provision.Readdressed, "1 account will get another address to sign in with",
		"%s accounts will get another address to sign in with")
	say(e.MailsSent, "", "1 mail will be sent", "%s mails will be sent")
	say(e.RolesRaised, provision.RoleRaised, "1 role will be raised", "%s roles will be raised")
	say(e.RolesLowered, provision.RoleLowered, "1 role will be lowered", "%s roles will be lowered")
	say(e.AccessEnded, provision.AccessEnded, "the access of 1 person will end", "the access of %s people will end")
	say(e.Readmitted, "", "1 person will come back who was erased", "%s people will come back who were erased")
	say(e.AccessBack, provision.AccessBack, "1 person will get back access that was taken away",
		"%s people will get back access that was taken away")
	say(e.AccountsRemoved, provision.AccountGoes, "1 account will be removed: nobody has seen its link",
		"%s accounts will be removed: nobody has seen their links")
	say(e.BlocksLifted, provision.BlockLifted, "1 block will be lifted", "%s blocks will be lifted")
	if e.BlockedEverywhere > 0 {
		say(e.PeopleBlocked, provision.PersonBlocked, "1 person will be blocked on the whole platform",
			"%s people will be blocked on the whole platform")
	} else {
		say(e.PeopleBlocked, provision.PersonBlocked, "1 person will be blocked", "%s people will be blocked")
	}
	say(e.MailsCancelled, "", "1 mail that waits will be cancelled", "%s mails that wait will be cancelled")
	if e.Elsewhere > 0 {
		lines = append(lines, in.elsewhere(e)+in.inBrackets(s, provision.AlsoElsewhere, e.Elsewhere))
	}
	say(e.AccountsJoined, "", "1 account becomes part of another", "%s accounts become part of others")
	say(e.PeopleErased, "", "1 person will be erased for good", "%s people will be erased for good")
	say(e.AccountsStay, "", "1 account stays, because somebody else holds it, too",
		"%s accounts stay, because somebody else holds them, too")
	say(e.DetailsWritten, provision.DetailsWritten, "the details of 1 person will be written",
		"the details of %s people will be written")
	return lines
}

// elsewhere says who of them is in other organizations, of one person in how many:
// which they are is nobody's business here.
func (in In) elsewhere(e provision.SideEffects) string {
	said := in.Say("%s of them are also members of other organizations", in.Number(e.Elsewhere))
	switch {
	case e.Elsewhere == 1 && e.Organizations == 1:
		said = in.Say("1 of them is also a member of 1 other organization")
	case e.Elsewhere == 1:
		said = in.Say("1 of them is also a member of %s other organizations", in.Number(e.Organizations))
	}
	if e.BlockedEverywhere > 0 {
		return said + in.Say(", and blocked there too")
	}
	return said + in.Say(", where nothing changes")
}

// warned says what is to be warned of: access that does not do what whoever
// gave it may expect, and seats that are nearly all taken.
func (in In) warned(s provision.PlanSummary) []string {
	var lines []string
	for _, w := range s.Warnings {
		lines = append(lines, in.Warning(w))
	}
	for _, seats := range s.Seats {
		lines = append(lines, in.Seats(seats))
	}
	return lines
}

// endingWords says which live links a plan ends: who has them since when.
func (in In) endingWords(s provision.PlanSummary) string {
	var parts []string
	total := 0
	for _, e := range s.LinksEnd {
		total += e.Links
		parts = append(parts, in.Number(e.Links)+" "+in.Way(e.LinkWay))
	}
	said := in.Say("%s live links will stop working", in.Number(total))
	if total == 1 {
		said = in.Say("1 live link will stop working")
		parts[0] = in.Way(s.LinksEnd[0].LinkWay)
	}
	return said + in.inBrackets(s, provision.LinkKilled, total) + in.Say(": ") + strings.Join(parts, ", ")
}

// reasons says why rows are held or rejected, and which are the first: all
// other reasons are plain from the outcome.
func (in In) reasons(s provision.PlanSummary) []string {
	var lines []string
	for _, e := range reason.All() {
		if n := s.Reasons[e.Code]; n > 0 && e.Remedy != "" {
			lines = append(lines, fmt.Sprintf("%s%s: %s (%s)", in.rows(n), in.inBrackets(s, e.Code, n), in.Say(e.Meaning), in.Say(e.Remedy)))
		}
	}
	return lines
}

// rows counts rows.
func (in In) rows(n int) string { return in.Count(n, "1 row", "%s rows") }

// People counts people.
func People(n int) string {
	if n == 1 {
		return "1 person"
	}
	return Number(n) + " people"
}
