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
}

// plannedOf says what the plan of a command about people who are there is
// going to do with a row.
var plannedOf = map[provision.Outcome]string{
	provision.Updated:   "will be done",
	provision.Unchanged: "nothing to do",
	provision.Merged:    "the same person as an earlier row: joined into it",
	provision.Review:    "not certain who this is: left alone",
	provision.Rejected:  "cannot be done",
}

// Planned says what a plan is going to do with the rows of an outcome, "" where
// no plan has any.
func Planned(command string, o provision.Outcome) string {
	if provision.TakesIn(command) {
		return planned[o]
	}
	return plannedOf[o]
}

// PlanLines say what a plan does beside the numbers of its outcomes, a line each:
// who the first are, what they get, what else will happen, why rows are held or
// rejected, and what was assumed while the lists were read.
func PlanLines(s provision.PlanSummary) []string {
	var all []string
	if s.Done > 0 {
		all = append(all, fmt.Sprintf("%s already; %s left", PlanDone(s), Number(s.Rows-s.Done)))
	}
	return slices.Concat(all, whoIsAdded(s), grants(s.Grants), sideEffects(s), guarded(s), warned(s), reasons(s), ListNotes(s.Lists))
}

// PlanDoes says in few words what rights a plan gives, and what else it does
// beside adding people.
func PlanDoes(s provision.PlanSummary) []string {
	s.First = nil // there is no room for names
	return append(grants(s.Grants), sideEffects(s)...)
}

// PlanEffects says what rights a plan gives, what else it does beside adding
// people, to whom first, and what is to be warned of.
func PlanEffects(s provision.PlanSummary) []string {
	return slices.Concat(grants(s.Grants), sideEffects(s), warned(s))
}

// PlanDone says how much of a plan an earlier start of its run has written.
func PlanDone(s provision.PlanSummary) string {
	return fmt.Sprintf("%s of %s done", Number(s.Done), rows(s.Rows))
}

// ListNotes says what was assumed while the lists were read.
func ListNotes(lists []provision.ListInfo) []string {
	var lines []string
	for i, l := range lists {
		name := l.File
		if slices.ContainsFunc(lists,
			func(o provision.ListInfo) bool { return o.File == l.File && o.Sheet != lists[i].Sheet }) {
			name += ", sheet " + l.Sheet
		}
		for _, note := range l.Notes {
			lines = append(lines, name+": "+note)
		}
	}
	return lines
}

// whoIsAdded names the first of the people for whom something is written.
func whoIsAdded(s provision.PlanSummary) []string {
	var lines []string
	for _, o := range []provision.Outcome{provision.Created, provision.Claimed, provision.Updated} {
		if n := s.Outcomes[o]; n > 0 && len(s.First[o]) > 0 {
			lines = append(lines, Outcome(o).Title+": "+rowsNamed(s, o, n))
		}
	}
	return lines
}

// rowsNamed names the first of n rows that something happens to.
func rowsNamed(s provision.PlanSummary, what any, n int) string {
	first := s.First[what]
	names := make([]string, len(first))
	for i, row := range first {
		names[i] = strings.TrimSpace(rowPlace(row.Place, s.Lists) + " " + row.Who)
	}
	if more := n - len(first); more > 0 {
		return strings.Join(names, ", ") + " and " + Number(more) + " more"
	}
	return strings.Join(names, ", ")
}

// inBrackets is rowsNamed behind what happens to them, "" where they are not
// known.
func inBrackets(s provision.PlanSummary, what any, n int) string {
	if len(s.First[what]) == 0 {
		return ""
	}
	return " (" + rowsNamed(s, what, n) + ")"
}

// rowPlace names a row by its line, and by file and sheet where there are
// several.
func rowPlace(p record.Place, lists []provision.ListInfo) string {
	where := ""
	if len(lists) == 1 && lists[0].Format == provision.PickedFormat { // there is nothing to look it up in
		return ""
	}
	if len(lists) > 1 {
		where = p.File + " "
		if p.Sheet != "" {
			where += strconv.Quote(p.Sheet) + " "
		}
	}
	return fmt.Sprintf("%sline %d", where, p.Line)
}

// grants says what rights a plan gives to how many people, in one line.
func grants(rights map[string]int) []string {
	if len(rights) == 0 {
		return nil
	}
	var parts []string
	for _, right := range slices.Sorted(maps.Keys(rights)) {
		parts = append(parts, fmt.Sprintf("%s × %s", Number(rights[right]), right))
	}
	return []string{"grants: " + strings.Join(parts, ", ")}
}

// sideEffects says what a plan does beside adding people.
func sideEffects(s provision.PlanSummary) []string {
	var lines []string
	say := func(n int, what provision.SideEffect, one, many string) {
		switch {
		case n == 1:
			lines = append(lines, one+inBrackets(s, what, n))
		case n > 1:
			lines = append(lines, fmt.Sprintf(many, Number(n))+inBrackets(s, what, n))
		}
	}
	e := s.SideEffects
	link := Link(s.Command)
	say(e.LinksIssued, "", "1 "+link+" will be issued", "%s "+link+"s will be issued")
	if len(s.LinksEnd) > 0 {
		lines = append(lines, endingWords(s))
	} else {
		say(e.LinksKilled, provision.LinkKilled, "1 older link will stop working", "%s older links will stop working")
	}
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
	everywhere := ""
	if e.BlockedEverywhere > 0 {
		everywhere = " on the whole platform"
	}
	say(e.PeopleBlocked, provision.PersonBlocked, "1 person will be blocked"+everywhere, "%s people will be blocked"+everywhere)
	say(e.MailsCancelled, "", "1 mail that waits will be cancelled", "%s mails that wait will be cancelled")
	say(e.Elsewhere, provision.AlsoElsewhere, elsewhere(e), "%s of them are also members of other organizations"+untouched(e))
	say(e.AccountsJoined, "", "1 account becomes part of another", "%s accounts become part of others")
	say(e.PeopleErased, "", "1 person will be erased for good", "%s people will be erased for good")
	say(e.AccountsStay, "", "1 account stays, because somebody else holds it, too",
		"%s accounts stay, because somebody else holds them, too")
	say(e.DetailsWritten, provision.DetailsWritten, "the details of 1 person will be written",
		"the details of %s people will be written")
	return lines
}

// elsewhere says of one person how many other organizations they are in: which
// they are is nobody's business here.
func elsewhere(e provision.SideEffects) string {
	if e.Organizations == 1 {
		return "1 of them is also a member of 1 other organization" + untouched(e)
	}
	return fmt.Sprintf("1 of them is also a member of %s other organizations", Number(e.Organizations)) + untouched(e)
}

// untouched says what a block means to other organizations.
func untouched(e provision.SideEffects) string {
	if e.BlockedEverywhere > 0 {
		return ", and blocked there too"
	}
	return ", where nothing changes"
}

// warned says what is to be warned of: access that does not do what whoever
// gave it may expect, and seats that are nearly all taken.
func warned(s provision.PlanSummary) []string {
	var lines []string
	for _, w := range s.Warnings {
		lines = append(lines, Warning(w))
	}
	for _, seats := range s.Seats {
		lines = append(lines, Seats(seats))
	}
	return lines
}

// endingWords says which live links a plan ends: who has them since when.
func endingWords(s provision.PlanSummary) string {
	var parts []string
	total := 0
	for _, e := range s.LinksEnd {
		total += e.Links
		parts = append(parts, Number(e.Links)+" "+Way(e.LinkWay))
	}
	links := "live links"
	if total == 1 {
		links = "live link"
		parts[0] = Way(s.LinksEnd[0].LinkWay)
	}
	return fmt.Sprintf("%s %s will stop working%s: %s", Number(total), links,
		inBrackets(s, provision.LinkKilled, total), strings.Join(parts, ", "))
}

// reasons says why rows are held or rejected, and which are the first: all
// other reasons are plain from the outcome.
func reasons(s provision.PlanSummary) []string {
	var lines []string
	for _, e := range reason.All() {
		if n := s.Reasons[e.Code]; n > 0 && e.Remedy != "" {
			lines = append(lines, fmt.Sprintf("%s%s: %s (%s)", rows(n), inBrackets(s, e.Code, n), e.Meaning, e.Remedy))
		}
	}
	return lines
}

// rows counts rows.
func rows(n int) string {
	if n == 1 {
		return "1 row"
	}
	return Number(n) + " rows"
}

// People counts people.
func People(n int) string {
	if n == 1 {
		return "1 person"
	}
	return Number(n) + " people"
}
