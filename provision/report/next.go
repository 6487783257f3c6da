package report

import (
	"cmp"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"

	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/words"
)

// A Step is one thing that a person has to do after a run.
type Step struct {
	Text    string         // a sentence for whoever reads the report
	Command string         // for whoever ran it, "" where the text says it all
	Places  []record.Place // the first few rows it is about, where that helps
	Rows    int            // how many there are of these; 0 where that is not known

	of *provision.Summary // that the places are of, nil where they are all of one list
}

// Next says what a person has to do after a run, the most urgent first. Its
// commands name files in the folder s.Report; without one, by their names alone.
// Sheets of the files are called as they are there.
func Next(s provision.Summary) []Step {
	return nextSteps(words.In{}, words.Spoken(s.Language), s, 0, "")
}

// NextIn is Next in the language of the files.
func NextIn(in words.In, s provision.Summary) []Step { return nextSteps(in, in, s, 0, "") }

// NextWith is NextIn of a review that left some rows undecided, which the command shows.
func NextWith(in words.In, s provision.Summary, undecided int, command string) []Step {
	return nextSteps(in, in, s, undecided, command)
}

func nextSteps(in, files words.In, s provision.Summary, undecided int, command string) []Step {
	n := &next{In: in, files: files, Summary: s, book: WorkbookFile, rejects: in.And(rejectedFiles(s.Lists))}
	n.takenBack()
	if s.TakenBack != nil && !s.TakenBack.Partly {
		return n.steps
	}
	if provision.TakesIn(s.Command) {
		n.ofLists()
	} else {
		n.ofPeople()
	}
	n.say(undecided, command,
		"1 row is not decided yet, and stays held. Go on with it whenever you like.",
		"%s rows are not decided yet, and stay held. Go on with them whenever you like.")
	if len(n.steps) == 0 {
		n.steps = append(n.steps, Step{Text: in.Say("Nothing to do.")})
	}
	for i := range n.steps {
		n.steps[i].of = &s
	}
	return n.steps
}

// ofLists says what to do after a run that takes people in.
func (x *next) ofLists() {
	x.lookAtStatuses()
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

// takenBack is about a run that was taken back: what it did is told, and nothing of it
// is to be done.
func (x *next) takenBack() {
	if x.TakenBack == nil {
		return
	}
	by := provision.ShortRun(x.TakenBack.Run)
	text := x.Say("This run was taken back by run %s: what it gave does not stand, and nothing of it is to be handed over.", by)
	if x.TakenBack.Partly {
		text = x.Say("A part of this run was taken back by run %s: hand nothing over to whom that was about.", by)
	}
	x.steps = append(x.steps, Step{Text: text, Command: "muster runs show " + provision.ShortRun(x.Run)})
}

// mendAccess is about access that does not do what whoever gave it may expect.
func (x *next) mendAccess() {
	for _, w := range x.Warnings {
		if w.Command != "" {
			x.steps = append(x.steps, Step{Text: x.Warned(w) + ".", Command: w.Command})
		}
	}
}

// next gathers the steps after a run.
type next struct {
	words.In
	provision.Summary
	files   words.In // in which the files of the report are
	book    string   // the workbook that has all rows
	rejects string   // names of the files of rejected rows
	steps   []Step
}

// sheet is what a sheet is called in the files, set apart where they are in another language.
func (x *next) sheet(name string) string {
	said := x.files.Say(name)
	if x.files.Language == x.In.Language || said == name {
		return said
	}
	return strconv.Quote(said)
}

// say adds a step about n rows, people or links, in the words for one or for
// many; about none there is nothing to say. The command is for whoever ran it.
func (x *next) say(n int, command, one, many string, values ...any) {
	if n > 0 {
		x.steps = append(x.steps, Step{Text: x.Count(n, one, many, values...), Command: command})
	}
}

// sayOf adds a step about the rows of a reason, and says where the first of them stand.
func (x *next) sayOf(why reason.Code, command, one, many string, values ...any) {
	if n := x.Reasons[why]; n > 0 {
		x.say(n, command, one, many, values...)
		last := &x.steps[len(x.steps)-1]
		last.Places, last.Rows = x.First[why], n
	}
}

// again is the command that imports the lists once more, as they were read then but for
// some flags.
func (x *next) again(flags ...string) string {
	words := []string{"muster", "import"}
	if x.synced() {
		words[1] = "sync"
	}
	for _, l := range x.Lists {
		if file := quoted(l.File); words[len(words)-1] != file { // sheets of one workbook follow each other
			words = append(words, file)
		}
	}
	return strings.Join(slices.Concat(words, flags, x.asked(flags...)), " ")
}

// synced reports whether the lists are those of a source.
func (x *next) synced() bool {
	return slices.ContainsFunc(x.Asked, func(flag string) bool { return flagName(flag) == "--source" })
}

// asked are the flags that the lists were imported with, but for some.
func (x *next) asked(but ...string) []string {
	return slices.DeleteFunc(slices.Clone(x.Asked), func(flag string) bool {
		return slices.ContainsFunc(but, func(other string) bool { return flagName(other) == flagName(flag) })
	})
}

// flagName is a flag without its value.
func flagName(flag string) string {
	name, _, _ := strings.Cut(flag, " ")
	return name
}

// quoted is a file name as a shell takes it.
func quoted(name string) string {
	if strings.ContainsAny(name, " \t\"'$&()*;<>?[\\]`|~#!{}") {
		return "'" + strings.ReplaceAll(name, "'", `'\''`) + "'"
	}
	return name
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

// lookAtStatuses is about people who were taken in although their rows seem to say that
// they are blocked or gone: in a column that is not read as a status, as it says more than
// a list can set.
func (x *next) lookAtStatuses() {
	for _, s := range x.NotRead {
		before := len(x.steps)
		x.say(s.Rows, "muster accounts block EMAIL",
			"1 row says %s in the column %q, which is not read as a status: the person was taken like everybody else. "+
				"If they are to have no access, have them blocked, and take the row out of the list.",
			"%s rows say %s in the column %q, which is not read as a status: the people were taken like everybody else. "+
				"If they are to have no access, have them blocked, and take the rows out of the list.", x.quotes(s.Values), s.Column)
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

// redraw is about files of the report that are missing.
func (x *next) redraw() {
	for _, u := range x.Undrawn {
		if u.Lost { // decide has what is left to do
			continue
		}
		x.steps = append(x.steps, Step{
			Text:    x.Say("%s could not be drawn (%s); everything else is there. Have it drawn again.", u.File, oneLine(u.Error)),
			Command: redraw(x.Summary, u.File),
		})
	}
}

// Redraw is the command that draws the missing files of a report.
func Redraw(s provision.Summary) string {
	var files []string
	for _, u := range s.Undrawn {
		files = append(files, u.File)
	}
	return redraw(s, files...)
}

// redraw is the command that draws some files again: those with links are drawn
// on somebody's authority alone.
func redraw(s provision.Summary, files ...string) string {
	command := "muster report " + provision.ShortRun(s.Run)
	if slices.Contains(files, LinksBook) {
		command += " --links --as " + quoted(s.Operator)
	}
	return command
}

// oneLine is a text without line ends.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

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
	names := rejectedFiles(x.Lists)
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

// tellOfDashboard is about people who may use the dashboard from now on. Nobody is
// invited to it twice.
func (x *next) tellOfDashboard() {
	x.say(x.Untold, "",
		"1 person may use the dashboard from now on, and was not mailed about it: tell them where it is.",
		"%s people may use the dashboard from now on, and were not mailed about it: tell them where it is.")
}

// StepLines is a step for a terminal: its sentence with the first rows it is
// about, folded to lines of so many characters, 0 for any, and the command,
// which is never folded, as a line of its own.
func StepLines(s Step, width int) []string {
	said := s.Text
	if len(s.Places) > 0 {
		said += " See " + s.where(words.In{}) + "."
	}
	if width > 0 {
		said = text.WrapSoft(said, max(width-2, 20))
	}
	var lines []string
	for i, line := range strings.Split(said, "\n") {
		mark := "  "
		if i == 0 {
			mark = "- "
		}
		lines = append(lines, strings.TrimRight(mark+line, " "))
	}
	if s.Command != "" {
		lines = append(lines, "      "+s.Command)
	}
	return lines
}

// where names the first rows of a step, and says how many more there are.
func (s Step) where(in words.In) string {
	return placesIn(in, s.of, s.Places) + moreRows(in, s.Rows-len(s.Places))
}

// moreRows says how many rows are not named, "" of none.
func moreRows(in words.In, n int) string {
	if n <= 0 {
		return ""
	}
	return in.Say(" and %s more", in.Number(n))
}

// placesIn names rows one after the other, file and sheet where they are others than those
// of the row before; the first with its file where the run has several, or takes another
// run back.
func placesIn(in words.In, of *provision.Summary, places []record.Place) string {
	undone, from := "", record.Place{File: places[0].File}
	if of != nil {
		undone = undoneRun(*of)
		if undone != "" || len(provision.Paths(of.Lists)) > 1 {
			from = record.Place{}
		}
	}
	all := make([]string, len(places))
	for i, p := range places {
		if undone != "" && p.File == of.Lists[0].File {
			all[i] = in.Say("row %s of run %s", strconv.Itoa(p.Line), undone)
			continue
		}
		if p.File != from.File {
			from = record.Place{}
		}
		all[i] = in.Place(p, from)
		from = p
	}
	return strings.Join(all, ", ")
}
