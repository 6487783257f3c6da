package report

import (
	"cmp"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"muster/importer/reason"
	"muster/provision"
)

// ofLists says what to do after a run that takes people in.
func (x *next) ofLists() {
	x.lookAtStatuses(false)
	x.read()
	x.finish()
	x.ofSource()
	x.writtenOver()
	x.lookAtDifferences()
	x.redraw()
	x.handOver()
	x.ask()
	x.decide()
	x.correct()
	x.addProfiles()
	x.mendAccess()
	x.add()
	x.renew()
	x.tell()
}

// read is about sheets that hold people and were not read: whoever they are,
// the run knows nothing of them.
func (x *next) read() {
	for _, l := range x.Lists {
		for _, sheet := range l.Unread {
			x.say(sheet.Rows, x.again("--sheet '*'"),
				"1 row of the sheet %q was not read. If it belongs to the list, have all sheets read; "+
					"if not, name the sheet that is the list: --sheet %s.",
				"%s rows of the sheet %q were not read. If they belong to the list, have all sheets read; "+
					"if not, name the sheet that is the list: --sheet %s.", sheet.Name, quoted(l.Sheet))
		}
	}
}

// lookAtStatuses is about people who are taken in although their rows seem to say that
// they are blocked or gone: in a column that is not read as a status, as it says more than
// a list can set. Of a plan they are not yet, and stay out where their rows do.
func (x *next) lookAtStatuses(planned bool) {
	for _, s := range x.NotRead {
		before := len(x.steps)
		if planned {
			x.say(s.Rows, "",
				"1 row says %s in the column %q, which is not read as a status: the person would be taken like everybody else. "+
					"If they are to have no access, take the row out of the list first.",
				"%s rows say %s in the column %q, which is not read as a status: the people would be taken like everybody else. "+
					"If they are to have no access, take the rows out of the list first.", x.quotes(s.Values), s.Column)
		} else {
			x.say(s.Rows, "muster accounts block EMAIL",
				"1 row says %s in the column %q, which is not read as a status: the person was taken like everybody else. "+
					"If they are to have no access, have them blocked, and take the row out of the list.",
				"%s rows say %s in the column %q, which is not read as a status: the people were taken like everybody else. "+
					"If they are to have no access, have them blocked, and take the rows out of the list.", x.quotes(s.Values), s.Column)
		}
		x.steps[before].Places, x.steps[before].Rows = s.First, s.Rows
	}
}

// quotes are values of a list, each in quotation marks.
func (x *next) quotes(values []string) string {
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = strconv.Quote(v)
	}
	return x.And(quoted)
}

// finish is about rows that the run did not settle.
func (x *next) finish() {
	x.say(x.Outcomes[provision.Pending], "",
		"The run stopped before 1 row was reached. Have the same command run again: it goes on where it stopped.",
		"The run stopped before %s rows were reached. Have the same command run again: it goes on where it stopped.")
	x.say(x.Outcomes[provision.Failed], x.again(),
		"1 row could not be written; report.csv says why. Have the list imported again, or %s, where it is too.",
		"%s rows could not be written; report.csv says why. Have the list imported again, or %s, where they are too.",
		x.rejects)
	x.say(x.Outcomes[provision.Stale], x.again(),
		"The account of 1 row changed while the run was under way, so nothing was written for it. "+
			"Have the list imported again.",
		"The accounts of %s rows changed while the run was under way, so nothing was written for them. "+
			"Have the list imported again.")
}

// decide is about held rows.
func (x *next) decide() {
	held := x.Outcomes[provision.Review] - x.Reasons[reason.Skipped]
	if slices.ContainsFunc(x.Undrawn, func(u provision.Undrawn) bool { return u.File == ReviewFile && u.Lost }) {
		x.say(held, x.again(),
			"1 row was held, as it is not certain who it is. What that run kept to decide by is gone: "+
				"have the list imported again, and decide about that run.",
			"%s rows were held, as it is not certain who they are. What that run kept to decide by is gone: "+
				"have the list imported again, and decide about that run.")
		return
	}
	where := ReviewFile
	command := "muster review apply " + x.file(ReviewFile)
	if slices.ContainsFunc(x.Undrawn, func(u provision.Undrawn) bool { return u.File == ReviewFile }) {
		where = x.Say("a review workbook")
		command = "muster review export " + provision.ShortRun(x.Run) + " -o " + ReviewFile
	}
	foreign := x.Reasons[reason.ForeignDomain]
	x.say(foreign, command,
		"1 row is held, as the address is at a domain where the organization has no staff. "+
			"Check it, and decide in %s, or correct your list.",
		"%s rows are held, as their addresses are at domains where the organization has no staff. "+
			"Check them, and decide in %s, or correct your list.", where)
	x.say(held-foreign, command,
		"1 row is held, as it is not certain who it is. Under %s the report shows it beside the accounts it may be. "+
			"Decide in %s, or correct your list.",
		"%s rows are held, as it is not certain who they are. Under %s the report shows each beside the accounts "+
			"it may be. Decide in %s, or correct your list.", x.sheet(reviewSheet), where)
}

// correct is about rejected rows.
func (x *next) correct() {
	if x.synced() {
		x.say(x.Outcomes[provision.Rejected], "",
			"1 row needs correcting: it is in %s with what is wrong. Correct it where the list comes from.",
			"%s rows need correcting: they are in %s with what is wrong. Correct them where the list comes from.", x.rejects)
		return
	}
	x.say(x.Outcomes[provision.Rejected], x.corrected(),
		"1 row needs correcting: it is in %s with what is wrong. Correct it there and have it imported.",
		"%s rows need correcting: they are in %s with what is wrong. Correct them there and have them imported.",
		x.rejects)
}

// corrected is the command that imports the rows that are corrected. Their files are of
// our own making, and all sheets of them are read.
func (x *next) corrected() string {
	words := []string{"muster", "import"}
	but := []string{"--rows", "--sheet", "--encoding"}
	names := rejectNames(x.Summary)
	for _, name := range names {
		words = append(words, x.file(name))
	}
	if !slices.Contains(names, RejectedFile) {
		but = append(but, "--delimiter")
	}
	return strings.Join(append(words, x.asked(but...)...), " ")
}

// file is a file of the report as a command names it.
func (x *next) file(name string) string { return quoted(filepath.Join(x.Report, name)) }

// add is about rows that ask for what the organization has not.
func (x *next) add() {
	x.say(x.Lacking, "muster org apply FILE",
		"1 row asks for a brand, campaign, product or role that the organization does not have. Correct its name, "+
			"or have it added.",
		"%s rows ask for a brand, campaign, product or role that the organization does not have. Correct the names, "+
			"or have them added.")
	if x.Lacking > 0 && len(x.Lacks) > 0 {
		last := &x.steps[len(x.steps)-1]
		last.Text += " " + x.Say("Asked for are: %s.", x.mostOf(x.Lacks))
	}
}

// mostOf names what is counted most often, the first few with their numbers.
func (x *next) mostOf(counts map[string]int) string {
	names := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	const few = 5
	more := len(names) - few
	names = names[:min(few, len(names))]
	for i, name := range names {
		names[i] = name + " (" + x.Number(counts[name]) + ")"
	}
	if more > 0 {
		names = append(names, x.Number(more)+" …")
	}
	return strings.Join(names, ", ")
}

// renew is about links that have come to their end.
func (x *next) renew() {
	x.say(x.Links[provision.LinkExpired], x.again("--reissue-expired"),
		"1 invite link has expired, and the person has not registered. Have it renewed.",
		"%s invite links have expired, and the people have not registered. Have them renewed.")
	x.say(x.Links[provision.LinkRevoked], "muster links reissue EMAIL",
		"1 invite link was revoked by hand, or with the run that issued it, and no list renews it. Have another issued if the person is to have one.",
		"%s invite links were revoked by hand, or with the run that issued them, and no list renews them. Have others issued if the people are to have one.")
	x.say(x.Links[provision.LinkWithdrawn], x.again("--reissue-expired"),
		"1 invite link ended when its person lost their access, who is back and has not registered. Have a new one issued.",
		"%s invite links ended when their people lost their access, who are back and have not registered. Have new ones issued.")
	x.say(x.Links[provision.LinkNoKey], "",
		"1 invite link can no longer be shown, because its key is gone from the keyring. Have a new one issued.",
		"%s invite links can no longer be shown, because their key is gone from the keyring. Have new ones issued.")
}

// tell is about people without a link, and rows that are settled.
func (x *next) tell() {
	x.say(x.Links[provision.LinkNone], "muster links issue --run "+provision.ShortRun(x.Run),
		"1 person has no link: tell them about their account, or have a link issued.",
		"%s people have no link: tell them about their accounts, or have links issued.")
	x.say(x.Links[provision.LinkSignIn], "",
		"1 person signs in through the company (single sign-on): tell them where.",
		"%s people sign in through the company (single sign-on): tell them where.")
	x.tellOfDashboard()
	x.say(x.Links[provision.LinkInactive], "",
		"1 person has no link that opens, because the organization is not active. Once it is, import the list again.",
		"%s people have no link that opens, because the organization is not active. Once it is, import the list again.")
	x.leaveOut()
}

// leaveOut is about rows that somebody decided to leave out.
func (x *next) leaveOut() {
	x.say(x.InVain, "",
		"1 row was decided and stays held, as a row that it contradicts was not decided: fill that in, too, and apply the same file again.",
		"%s rows were decided and stay held, as rows that they contradict were not decided: fill those in, too, and apply the same file again.")
	x.say(x.Reasons[reason.Skipped], decideAnew(x.Summary),
		"1 row is left out, as somebody decided: there is nothing to do about it. To decide anew, have it shown once more.",
		"%s rows are left out, as somebody decided: there is nothing to do about them. To decide anew, have them shown once more.")
}

// decideAnew is the command that shows rows that were left out once more: those of the
// run, or the saved plan, that held them. A review holds nobody itself.
func decideAnew(s provision.Summary) string {
	held := cmp.Or(s.Reviewed, s.Run)
	if !provision.IsSavedPlan(held) {
		held = provision.ShortRun(held)
	}
	return "muster review export " + quoted(held) + " --all -o " + ReviewFile
}

// mendAccess is about access that does not do what whoever gave it may expect.
func (x *next) mendAccess() {
	for _, w := range x.Warnings {
		if w.Command != "" {
			x.steps = append(x.steps, Step{Text: x.Warned(w) + ".", Command: w.Command})
		}
	}
}
