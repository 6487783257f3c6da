package report

import (
	"path/filepath"
	"slices"
	"strings"
	"time"

	"muster/importer/reason"
	"muster/provision"
	"muster/provision/locale"
	"muster/provision/words"
)

// Headline says in one sentence how many people are in, and what is left.
func Headline(s provision.Summary) string { return HeadlineIn(words.In{}, s) }

// HeadlineIn is Headline in a language.
func HeadlineIn(in words.In, s provision.Summary) string { return HeadlineWith(in, s, 0) }

// HeadlineWith is HeadlineIn of a review that left some rows undecided.
func HeadlineWith(in words.In, s provision.Summary, undecided int) string {
	s, all := counted(in, s)
	count := func(outcomes ...provision.Outcome) (n int) {
		for _, o := range outcomes {
			n += s.Outcomes[o]
		}
		return n
	}
	people := count(provision.Created, provision.Claimed, provision.Updated, provision.Unchanged)
	waiting := count(provision.Review, provision.Rejected, provision.Stale, provision.Failed, provision.Pending)
	waiting -= s.Reasons[reason.Skipped]
	parts := []string{in.Say("Nobody is in")}
	if people > 0 {
		parts = []string{in.Count(people, "1 person is in", "%s people are in")}
	}
	switch {
	case all.People:
		parts = []string{in.Say("Done for %s of %s people", in.Number(count(provision.Removed)), in.Number(all.Count))}
	case !provision.TakesIn(s.Command):
		parts = []string{in.Say("Done for %s of %s people", in.Number(count(provision.Updated)), in.Number(people+waiting))}
	}
	if waiting > 0 {
		parts = append(parts, in.Count(waiting, "1 of the %s rows waits for you", "%s of the %s rows wait for you", in.Number(s.Rows)))
	}
	if skipped := s.Reasons[reason.Skipped]; skipped > 0 {
		out := in.Count(skipped, "1 row is left out", "%s rows are left out")
		if people == 0 && provision.TakesIn(s.Command) {
			parts = parts[1:]
		}
		parts = append(parts, out)
	}
	if n := count(provision.Blocked); n > 0 {
		parts = append(parts, in.Count(n, "1 is blocked", "%s are blocked"))
	}
	if undecided > 0 {
		parts = append(parts, in.Count(undecided, "1 row is not decided yet", "%s rows are not decided yet"))
	} else if waiting == 0 && s.Rows > 0 {
		parts = append(parts, in.Say("nothing waits for you"))
	}
	return strings.Join(parts, in.Say("; ")) + "."
}

// listName names a list as people do: the file without its folder, and the
// sheet.
func listName(in words.In, l provision.ListInfo) string {
	name := filepath.Base(l.File)
	switch {
	case l.File == "-":
		name = in.Say("standard input")
	case l.Format == provision.PickedFormat:
		name = in.Say("people picked with muster %s", strings.TrimSuffix(l.File, " TARGET…"))
	}
	if l.Sheet != "" {
		name += in.Say(", sheet %s", l.Sheet)
	}
	return name
}

// listsRead are the lists that rows came from: a command that is about nobody who was
// picked has none.
func listsRead(s provision.Summary) []provision.ListInfo {
	return slices.DeleteFunc(slices.Clone(s.Lists), func(l provision.ListInfo) bool {
		return l.Format == provision.PickedFormat && s.Rows == 0
	})
}

// listRows is how many rows a list has: of people who were picked, those of the run.
func listRows(l provision.ListInfo, s provision.Summary) int {
	if l.Format == provision.PickedFormat {
		return s.Rows
	}
	return l.Rows
}

// listNames names the lists of a run, the first of very many.
func listNames(in words.In, lists []provision.ListInfo) string {
	var names []string
	for _, l := range lists {
		if name := listName(in, provision.ListInfo{File: l.File, Format: l.Format}); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	switch n := len(names); {
	case n == 0:
		return in.Say("the list")
	case n > 3:
		return in.Say("%s and %d more lists", names[0], n-1)
	}
	return in.And(names)
}

// linkLife says until when links are good: those of this run, and the first of
// earlier ones to end. It is "" where there are none.
func (w *wording) linkLife(s provision.Summary) string {
	var parts []string
	if end, ok := s.LinksEnd[provision.LinkIssued]; ok {
		parts = append(parts, w.Say("The new links are good for %s, until %s.",
			w.Duration(end.Sub(s.FinishedAt)), w.moment(end)))
	}
	if end, ok := s.LinksEnd[provision.LinkKept]; ok {
		parts = append(parts, w.Say("The first of the earlier links ends on %s.", w.moment(end)))
	}
	return strings.Join(parts, " ")
}

// moment is a time as a sentence says it, in the zone of the run and, where
// that is another, in UTC.
func (w *wording) moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	if l := w.Language; l != "" && l != locale.English {
		if text, err := l.Moment(t, w.zone); err == nil {
			return text
		}
	}
	here := t.In(w.zone)
	text := here.Format("Monday 2 January 2006, 15:04 MST")
	if _, offset := here.Zone(); offset != 0 {
		text += t.UTC().Format(" (15:04 UTC)")
	}
	return text
}
