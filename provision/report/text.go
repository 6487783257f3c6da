package report

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/link"
	"muster/provision/locale"
	"muster/provision/words"
)

// A view is a line as the files for people show it. There is one of them, which
// is filled anew for each line: whoever shows it keeps nothing of it but texts.
type view struct {
	provision.Line
	number  string // of the line
	outcome words.Word
	reason  string // in words
	todo    string
	email   string // as the row said, also where it is none
	notes   string
	link    string   // how the link stands, "" for none
	until   string   // of a live link, for machines
	stamp   string   // the same for people
	date    string   // the same as a cell of a workbook holds it
	free    []string // cells of the free columns of all lists, in order
	list    *list    // the list the row is of
	undone  string   // the run that is taken back, "" where none is
	in      words.In // what it is said in

	row    []cell   // room for a row of a sheet
	handed []string // the cells of its link, once they were asked for
}

// view says a line in words. It is good until the next one.
func (w *wording) view(l *provision.Line, of *list) *view {
	v := &w.shown
	*v = view{Line: *l, outcome: w.Outcome(l.Outcome), list: of, undone: w.undone, in: w.In, free: v.free, row: v.row, handed: v.handed[:0]}
	v.number = strconv.Itoa(l.Place.Line)
	entry := reason.Of(l.Reason)
	entry.Meaning, entry.Remedy = w.Say(entry.Meaning), w.Say(entry.Remedy)
	v.reason = words.Sentence(entry.Meaning)
	v.todo = words.Sentence(w.todo(l, entry))
	v.email = rowEmail(l, of)
	if l.Link != nil {
		state, _ := w.linkWord(l.Link.State)
		v.link = words.Sentence(state)
		if live(l.Link) || l.Link.State == provision.LinkExpired {
			v.until, v.stamp, v.date = w.time(l.Link.ExpiresAt), w.Stamp(l.Link.ExpiresAt, w.zone), w.date(l.Link.ExpiresAt)
		}
	}
	v.notes = words.Sentence(w.notes(l))
	v.free = w.freeCells(v.free[:0], l.Attributes)
	return v
}

// wording holds what the words of a report depend on.
type wording struct {
	words.In
	zone   *time.Location
	clock  *time.Location // the zone as it is at the time of the report: that of times in cells
	plan   *Planned       // that the words are about, nil for a run
	free   []string       // free columns of all lists, in order
	column map[string]int // free column → its place
	brand  string         // that a row is for which names none
	undone string         // the short id of the run that is taken back, "" where none is
	anew   string         // the command by which rows are decided anew that were left out, "" where nobody could
	zones  map[string]*time.Location
	shown  view // of the line under way
}

// newWording prepares the words of a report over some lists.
func newWording(zone *time.Location, lists []*list) *wording {
	w := &wording{zone: zone, clock: zone, column: map[string]int{}, zones: map[string]*time.Location{}}
	for _, l := range lists {
		for _, column := range l.Free {
			if _, known := w.column[column]; !known && len(w.free) < maxFree {
				w.column[column] = len(w.free)
				w.free = append(w.free, column)
			}
		}
	}
	return w
}

// freeTitles are the titles of the free columns; one that would be taken for a
// column of the report's own says that it is the list's.
func (w *wording) freeTitles(own ...string) []string {
	titles := slices.Clone(w.free)
	for i, title := range titles {
		if slices.ContainsFunc(own, func(o string) bool { return strings.EqualFold(o, title) }) {
			titles[i] = title + w.Say(" (in the list)")
		}
	}
	return titles
}

// maxFree is how many free columns the report shows; rows.jsonl has all.
const maxFree = 200

// time writes a time for machines as ISO date, time and zone: text that no spreadsheet
// reads as a date of its own.
func (w *wording) time(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(w.zone).Format("2006-01-02 15:04 MST")
}

// stops fixes the clock of the report: a cell that is a date has no zone, so the format of
// all names one.
func (w *wording) stops(at time.Time) {
	w.clock = time.FixedZone(at.In(w.zone).Zone())
}

// date is a time as a cell holds it, in days; "" for none.
func (w *wording) date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	const sinceThen = 25569 // days from the first one of a workbook to 1970
	_, offset := t.In(w.clock).Zone()
	minutes := (t.Unix() + int64(offset)) / 60
	return strconv.FormatFloat(sinceThen+float64(minutes)/(24*60), 'f', -1, 64)
}

// dateFormat is how cells show dates: in the language, with the zone.
func (w *wording) dateFormat() string {
	format := map[locale.Language]string{
		locale.German:  `[$-407]d. mmmm yyyy, hh:mm`,
		locale.Spanish: `[$-40A]d "de" mmmm "de" yyyy, hh:mm`,
		locale.French:  `[$-40C]d mmmm yyyy, hh:mm`,
	}[w.Language]
	return cmp.Or(format, `[$-409]d mmmm yyyy, hh:mm`) + ` "` + w.clock.String() + `"`
}

// live reports whether a link can be handed over.
func live(l *provision.Link) bool { return l != nil && l.URL != "" }

// rowEmail is the email as the row said it. Of a cell that gave no address it
// is the cell.
func rowEmail(l *provision.Line, of *list) string {
	if l.Email.Address != "" {
		return l.Email.Address
	}
	for _, p := range l.Problems {
		if of == nil || !noAddress[p.Code] {
			continue
		}
		if i := of.column(p.Column); i >= 0 && i < len(l.Cells) {
			return strings.TrimSpace(l.Cells[i])
		}
	}
	return ""
}

// noAddress are the problems of an email cell that leave a row without one.
var noAddress = map[reason.Code]bool{
	reason.EmailMalformed:   true,
	reason.EmailMisspelled:  true,
	reason.SeveralAddresses: true,
}

// todo says what somebody has to do about a line, "" for nothing: the problems
// of the row first, then what its reason asks for, then the link.
func (w *wording) todo(l *provision.Line, entry reason.Entry) string {
	link := ""
	if l.Link != nil {
		_, link = w.linkWord(l.Link.State)
	}
	switch {
	case l.Outcome == provision.Rejected:
		if remedies := w.remedies(l.Problems, true); remedies != "" {
			return remedies
		}
		return entry.Remedy
	case l.Reason == reason.Skipped && w.anew != "":
		return entry.Remedy + w.Say(": ") + w.anew
	case l.Outcome.Unsettled() || l.Outcome == provision.Blocked:
		return entry.Remedy
	case link != "":
		return link
	}
	return entry.Remedy
}

// remedies joins what to do about the problems that stand in the way, each
// said once.
func (w *wording) remedies(problems []record.Problem, fatal bool) string {
	var all []string
	for _, p := range problems {
		remedy := w.Remedy(p)
		if p.Fatal != fatal || remedy == "" {
			continue
		}
		if p.Column != "" {
			remedy = p.Column + w.Say(": ") + remedy
		}
		if !slices.Contains(all, remedy) {
			all = append(all, remedy)
		}
	}
	return strings.Join(all, w.Say("; "))
}

// notes gathers what is worth knowing about a line beside its reason.
func (w *wording) notes(l *provision.Line) string {
	var all []string
	if l.MergedInto != nil {
		all = append(all, w.Say("joined into %s", w.Place(*l.MergedInto, l.Place)))
	}
	if with := w.heldWith(l); with != "" {
		all = append(all, with)
	}
	if l.Error != "" {
		all = append(all, w.Say("error: %s", link.Redact(l.Error)))
	}
	for _, p := range l.Problems {
		text := w.Problem(p)
		if p.Column != "" {
			text = p.Column + w.Say(": ") + text
		}
		all = append(all, text)
	}
	for _, n := range l.Notes {
		all = append(all, w.Note(n))
	}
	return strings.Join(all, w.Say("; "))
}

// heldWith says which other rows a held row is held with, or what it shares with
// rows that are people of their own.
func (w *wording) heldWith(l *provision.Line) string {
	all := make([]string, 0, len(l.HeldWith))
	for _, p := range l.HeldWith {
		all = append(all, w.Place(p, l.Place))
	}
	switch shares := l.Outcome == provision.Review && l.Reason == reason.SameMailbox; {
	case shares && len(all) > 0:
		return w.Say("shares %s with %s", w.Key(l.Email.MailboxKey()), w.And(all))
	case shares:
		return w.Say("several rows reach %s", w.Key(l.Email.MailboxKey()))
	case len(all) == 0:
		return ""
	}
	text := w.Say("held together with %s", strings.Join(all, ", "))
	if l.Held == nil {
		return text
	}
	if n := len(l.Held.Rows) - 1 - len(all); n > 0 {
		text += w.Say(" and %s more", w.Number(n))
	}
	return text
}

// pages says where the profiles of a row are, by name where an address would
// not hold it.
func pages(profiles []identity.Profile) string {
	all := make([]string, 0, len(profiles))
	for _, p := range profiles {
		switch {
		case p.URL == "":
			all = append(all, words.Profile(p))
		case strings.Contains(p.URL, strings.TrimPrefix(p.Display, "@")):
			all = append(all, p.URL)
		default:
			all = append(all, words.Profile(p)+" "+p.URL)
		}
	}
	return strings.Join(all, "; ")
}

// freeCells puts the cells of a row in the free columns of all lists into a slice
// without any.
func (w *wording) freeCells(cells []string, attributes []record.Attribute) []string {
	for range w.free {
		cells = append(cells, "")
	}
	for _, a := range attributes {
		if i, known := w.column[a.Column]; known {
			cells[i] = a.Value
		}
	}
	return cells
}

// evidenceWords says what a row and a candidate share.
func (w *wording) evidence(c dedupe.Candidate, row int) string {
	all := make([]string, 0, len(c.Evidence))
	for _, e := range c.Evidence {
		text := w.Say("shares %s: %s", w.Key(e.Key), w.Say(words.Strengths[e.Strength]))
		if e.Row != 0 && row != 0 && e.Row != row {
			text += w.Say(" (another row of the same person leads there)")
		}
		all = append(all, text)
	}
	return strings.Join(all, "\n")
}

// masked takes out of a candidate what the operator may not see, should it
// stand there after all.
func masked(c dedupe.Candidate) dedupe.Candidate {
	if c.Masked {
		c.Name = ""
		c.Email = ""
	}
	return c
}
