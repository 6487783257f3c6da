package report

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"muster/importer/reason"
	"muster/provision"
	"muster/provision/words"
)

// Headline says in one sentence how many people are in, and what is left.
func Headline(s provision.Summary) string {
	count := func(outcomes ...provision.Outcome) (n int) {
		for _, o := range outcomes {
			n += s.Outcomes[o]
		}
		return n
	}
	in := count(provision.Created, provision.Claimed, provision.Updated, provision.Unchanged)
	waiting := count(provision.Review, provision.Rejected, provision.Stale, provision.Failed, provision.Pending)
	waiting -= s.Reasons[reason.Skipped]
	parts := []string{peopleAre(in) + " in"}
	if !provision.TakesIn(s.Command) {
		done := count(provision.Updated)
		parts = []string{fmt.Sprintf("Done for %s of %s people", words.Number(done), words.Number(in+waiting))}
	}
	if waiting > 0 {
		parts = append(parts, fmt.Sprintf("%s of the %s rows %s for you",
			words.Number(waiting), words.Number(s.Rows), either(waiting, "waits", "wait")))
	}
	if n := count(provision.Blocked); n > 0 {
		parts = append(parts, fmt.Sprintf("%s %s blocked", words.Number(n), either(n, "is", "are")))
	}
	if waiting == 0 && s.Rows > 0 {
		parts = append(parts, "nothing waits for you")
	}
	return strings.Join(parts, "; ") + "."
}

func peopleAre(n int) string {
	if n == 0 {
		return "Nobody is"
	}
	return words.Number(n) + either(n, " person is", " people are")
}

func either(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// listName names a list as people do: the file without its folder, and the
// sheet.
func listName(l provision.ListInfo) string {
	name := filepath.Base(l.File)
	switch {
	case l.File == "-":
		name = "standard input"
	case l.Format == provision.PickedFormat:
		name = l.File
	}
	if l.Sheet != "" {
		name += ", sheet " + l.Sheet
	}
	return name
}

// listNames names the lists of a run, the first of very many.
func listNames(lists []provision.ListInfo) string {
	var names []string
	for _, l := range lists {
		if name := listName(provision.ListInfo{File: l.File, Format: l.Format}); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	switch n := len(names); {
	case n == 0:
		return "the list"
	case n > 3:
		return fmt.Sprintf("%s and %d more lists", names[0], n-1)
	case n > 1:
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return names[0]
}

// linkLife says until when links are good: those of this run, and the first of
// earlier ones to end. It is "" where there are none.
func (w *wording) linkLife(s provision.Summary) string {
	var parts []string
	if end, ok := s.LinksEnd[provision.LinkIssued]; ok {
		parts = append(parts, fmt.Sprintf("The new links are good for %s, until %s.",
			words.Duration(end.Sub(s.FinishedAt)), w.moment(end)))
	}
	if end, ok := s.LinksEnd[provision.LinkKept]; ok {
		parts = append(parts, fmt.Sprintf("The first of the earlier links ends on %s.", w.moment(end)))
	}
	return strings.Join(parts, " ")
}

// moment is a time as a sentence says it, in the zone of the run and, where
// that is another, in UTC.
func (w *wording) moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	here := t.In(w.zone)
	text := here.Format("Monday 2 January 2006, 15:04 MST")
	if _, offset := here.Zone(); offset != 0 {
		text += t.UTC().Format(" (15:04 UTC)")
	}
	return text
}
