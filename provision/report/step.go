package report

import (
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"

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
