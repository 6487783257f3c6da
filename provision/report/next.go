package report

import (
	"slices"
	"strconv"
	"strings"

	"muster/importer/reason"
	"muster/provision"
	"muster/provision/words"
)

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
	n := &next{In: in, files: files, Summary: s, book: WorkbookFile, rejects: rejects(in, s)}
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
	return n.finished(n.steps)
}

// reporting is how commands begin that leave files for people.
var reporting = []string{
	"muster import ", "muster sync ", "muster apply ", "muster review ", "muster report ", "muster links ", "muster accounts ",
}

// speaking is a command with the language that was asked for on the command line of
// this one, where it leaves files for people.
func (x *next) speaking(command string) string {
	leaves := slices.ContainsFunc(reporting, func(begin string) bool { return strings.HasPrefix(command, begin) })
	if !leaves || x.AskedLanguage == "" || strings.Contains(command, " --lang ") {
		return command
	}
	return command + " --lang " + x.AskedLanguage
}

// finished are steps as they are shown: their commands speak the language that was
// asked for, and their places are those of this run.
func (x *next) finished(steps []Step) []Step {
	for i := range steps {
		steps[i].of = &x.Summary
		steps[i].Command = x.speaking(steps[i].Command)
	}
	return steps
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
	x := &next{Summary: s}
	var files []string
	for _, u := range s.Undrawn {
		files = append(files, u.File)
	}
	return x.speaking(redraw(s, files...))
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
