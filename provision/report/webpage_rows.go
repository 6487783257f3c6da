package report

import (
	"cmp"
	"strconv"
	"strings"

	"muster/provision"
	"muster/provision/words"
)

// A webSection is a part of the page that shows rows of some outcomes.
type webSection struct {
	ID, Title, Lead string
	Open            bool // it is shown without a click
}

// The sections, in their order. Rows that are held stand in one of their own.
var webSections = []webSection{
	{"rejected", "Rejected", "Rows with a mistake. Nothing was written for them.", true},
	{"other", "Other", "Blocked people, second rows of one person, and rows that could not be written.", false},
	{"created", "Created", "New on the platform.", false},
	{"claimed", "Claimed", "People who had an account on the platform already and were added to the brand.", false},
	{"updated", "Updated", "People for whom something new was done.", false},
	{"unchanged", "Unchanged", "People for whom there was nothing to do.", false},
	{removedSection, removedSheet, "People on no row: they were missing from two complete lists in a row, and lose what the list gave them.", true},
	{driftSection, driftSheet, "People of whom something was changed by hand or by another source. It stays so.", true},
}

// The sections of people and rows that an outcome does not tell.
const (
	removedSection = "removed"
	driftSection   = "drift"
)

// plannedLeads are what the sections of a plan say first.
var plannedLeads = map[string]string{
	"rejected":     "Rows with a mistake. Nothing will be written for them.",
	"other":        "Blocked people, and second rows of one person.",
	"created":      "New on the platform: they will get an account.",
	"claimed":      "People who have an account on the platform already and will be added to the brand.",
	"updated":      "People for whom something new will be done.",
	"unchanged":    "People for whom there is nothing to do.",
	removedSection: "People on no row: they were missing from two complete lists in a row, and will lose what the list gave them.",
}

// Where held rows stand: those that wait, and those that somebody decided to leave out.
const (
	heldSection    = "review"
	leftOutSection = "left"
)

var webSectionOf = map[provision.Outcome]string{
	provision.Created: "created", provision.Claimed: "claimed", provision.Updated: "updated",
	provision.Unchanged: "unchanged", provision.Review: heldSection, provision.Rejected: "rejected",
	provision.Merged: "other", provision.Blocked: "other", provision.Stale: "other", provision.Failed: "other",
	provision.Pending: "other",
}

// webRows are the first rows of a section.
type webRows struct {
	webSection
	sheet string
	Total int
	Rows  []webRow
	Links bool // some row tells of a link
	Notes bool // some row has a note
}

// A webRow is a row as the page shows it.
type webRow struct {
	Place, File, Who, Email string
	Outcome                 string
	Why                     []string
	Todo                    string
	Link                    string
	Notes                   string
	Profiles                string
}

// Sheet is the sheet of the workbook that has all rows of the section.
func (r *webRows) Sheet() string { return r.sheet }

// More is how many rows of the section the page does not show.
func (r *webRows) More() int { return r.Total - len(r.Rows) }

// say says what the section holds, in the words of a report or of a plan.
func (r *webRows) say(w *wording, command string) {
	r.sheet = w.Say(r.Title)
	if r.ID == "created" {
		r.sheet = w.Say(invitesSheet)
	}
	r.Title = w.Say(r.Title)
	if lead, known := plannedLeads[r.ID]; known && w.plan != nil {
		r.Lead = lead
	}
	r.Lead = w.Say(r.Lead)
	if r.ID == removedSection && !provision.TakesIn(command) {
		r.Lead = w.meaning(provision.Removed, provision.Summary{Command: command}) + "."
	}
}

func (r *webRows) add(v *view, w *wording) {
	if r.Total++; len(r.Rows) == shownRows {
		return
	}
	row := newWebRow(v)
	r.Links = r.Links || row.Link != ""
	r.Notes = r.Notes || row.Notes != ""
	r.Rows = append(r.Rows, row)
}

func newWebRow(v *view) webRow {
	row := webRow{
		Who:      v.Name,
		Email:    v.email,
		Outcome:  v.outcome.Title,
		Why:      []string{v.reason},
		Todo:     v.todo,
		Notes:    v.notes,
		Profiles: words.Profiles(v.Record),
	}
	row.Place, row.File = v.where()
	if row.Email == "" && live(v.Link) {
		row.Email = v.Link.Email // whoever is handed a link is to be known
	}
	if v.link != "" {
		row.Link = v.link
		if v.stamp != "" {
			row.Link += v.in.Say(", until %s", v.stamp)
		}
	}
	if v.Outcome == provision.Rejected && len(v.Problems) > 0 {
		row.Why = wrongs(v)
		row.Notes = ""
	}
	return row
}

// where says where a row stands, and in what. Of a run that is taken back it is the place
// in the lists of that run, and the row of it; that alone where its report is gone.
func (v *view) where() (place, in string) {
	place, in = v.in.Say("line %s", v.number), fileAndSheet(v)
	if v.undone == "" {
		return place, in
	}
	run := v.in.Say("run %s", v.undone)
	switch {
	case v.OfRow == 0:
		return v.in.Say("on no row"), run
	case v.list != nil && v.File == v.list.File:
		return v.in.Say("row %s", v.ofRow()), run
	}
	name := listName(v.in, provision.ListInfo{File: v.File, Sheet: v.Sheet})
	return place, v.in.Say("%s (row %s of run %s)", name, v.ofRow(), v.undone)
}

// ofRow is the row of the run that is taken back, "" of none.
func (v *view) ofRow() string {
	if v.OfRow == 0 {
		return ""
	}
	return strconv.Itoa(v.OfRow)
}

// fileAndSheet names the list of a row.
func fileAndSheet(v *view) string {
	info := provision.ListInfo{File: v.File, Sheet: v.Sheet}
	if v.list != nil {
		info.Format = v.list.Format
	}
	return listName(v.in, info)
}

// wrongs are the mistakes of a row, those in its way first, each with its
// column.
func wrongs(v *view) []string {
	var all []string
	for _, fatal := range []bool{true, false} {
		for _, p := range v.Problems {
			if p.Fatal != fatal {
				continue
			}
			text := words.Sentence(v.in.Problem(p))
			if p.Column != "" {
				text = p.Column + v.in.Say(": ") + v.in.Problem(p)
			}
			all = append(all, text)
		}
	}
	return all
}

// webHeld are rows under Review, those that wait or those that were left out.
type webHeld struct {
	ID, Title, Lead string
	Total           int
	People          []webHeldRow
}

// say says what the rows are, in the words of a report or of a plan.
func (h *webHeld) say(s provision.Summary, w *wording) {
	written := w.Say("Nothing was written for them.")
	switch {
	case w.plan != nil:
		written = w.Say("Nothing will be written for them.")
	case h.ID == heldSection && provision.TakesIn(s.Command):
		written = w.Say("Nothing was written for them. Decide in review.xlsx.")
	}
	if h.ID == leftOutSection {
		h.Title = w.Say("Left out")
		h.Lead = w.Say("Rows that somebody decided to leave out. They are not asked about again.") + " " + written
		return
	}
	h.Title = w.Say("Review: who are these?")
	h.Lead = w.Say("Rows that nobody should decide but you, each beside the accounts it may be.") + " " + written
}

// More is how many held rows the page does not show.
func (h *webHeld) More() int { return h.Total - len(h.People) }

// A webHeldRow is a held row beside the accounts it may be.
type webHeldRow struct {
	webRow
	Alone      string // why it is held although it may be nobody's, "" where there are candidates
	Candidates []webCandidate
}

// A webCandidate is an account that a row may be of.
type webCandidate struct {
	Which, Name, Email        string
	Masked                    bool
	NameDiffers, EmailDiffers bool
	Evidence                  []string
}

func (h *webHeld) add(v *view, w *wording) {
	if h.Total++; len(h.People) == shownHeld {
		return
	}
	row := webHeldRow{webRow: newWebRow(v)}
	if len(v.Candidates) == 0 {
		row.Alone = words.Sentence(w.alone(v))
	}
	for i, c := range v.Candidates {
		c = masked(c)
		row.Candidates = append(row.Candidates, webCandidate{
			Which:        w.Say("Account %s of %s", w.Number(i+1), w.Number(len(v.Candidates))),
			Name:         cmp.Or(c.Name, w.Say("no name")),
			Email:        cmp.Or(c.Email, w.Say("no email")),
			Masked:       c.Masked,
			NameDiffers:  differs(c.Name, v.Name),
			EmailDiffers: differs(c.Email, v.email),
			Evidence:     strings.Split(w.evidence(c, v.Row), "\n"),
		})
	}
	h.People = append(h.People, row)
}
