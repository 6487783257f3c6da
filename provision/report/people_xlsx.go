package report

import (
	"slices"
	"strconv"
	"strings"

	"muster/importer/reason"
	"muster/provision"
)

// The columns of the sheets. Where a row stands comes last but for its line,
// which is what people look for.
var (
	inviteColumns = []column{
		{title: "Line", width: 8, number: true}, {title: "Name", width: 26}, {title: "Email", width: 34}, {title: "Invite link", width: 24},
		{title: "Valid until", width: 22}, {title: "What to do", width: 48}, {title: "Outcome", width: 12}, {title: "Profiles in the list", width: 48}, {title: "Notes", width: 48},
		{title: "Account", width: 38}, {title: "File", width: 24}, {title: "Sheet", width: 14},
	}
	personColumns = []column{
		{title: "Line", width: 8, number: true}, {title: "Name", width: 26}, {title: "Email", width: 34}, {title: "Why", width: 40},
		{title: "What to do", width: 40}, {title: "Profiles in the list", width: 48}, {title: "Notes", width: 48}, {title: "Invite link", width: 24}, {title: "Valid until", width: 22},
		{title: "Account", width: 38}, {title: "File", width: 24}, {title: "Sheet", width: 14},
	}
	otherColumns = []column{
		{title: "Line", width: 8, number: true}, {title: "Outcome", width: 12}, {title: "Name", width: 26}, {title: "Email", width: 34}, {title: "Why", width: 40},
		{title: "What to do", width: 40}, {title: "Profiles in the list", width: 48}, {title: "Notes", width: 48}, {title: "Account", width: 38}, {title: "File", width: 24}, {title: "Sheet", width: 14},
	}
	reviewColumns = []column{
		{title: "Line", width: 8, number: true}, {title: "Why it is held", width: 36}, {title: "What to do", width: 36},
		{title: "Name in the list", width: 22}, {title: "Email in the list", width: 30}, {title: "Profiles in the list", width: 26}, {title: "External id in the list", width: 14},
		{title: "May be", width: 8, other: true}, {title: "Name of the account", width: 22, other: true}, {title: "Email of the account", width: 30, other: true},
		{title: "What leads there", width: 48, other: true}, {title: "Account", width: 38, other: true},
		{title: "Notes", width: 40}, {title: "File", width: 22}, {title: "Sheet", width: 14},
	}
)

// invited reports whether somebody has to be told something about a link.
func invited(v view) bool {
	return v.Link != nil && (live(v.Link) || linkWords[v.Link.State].todo != "")
}

// freeColumns puts the free columns of the lists behind a sheet's own.
func (w *words) freeColumns(own []column) []column {
	columns := slices.Clone(own)
	titles := make([]string, len(own))
	for i, c := range own {
		titles[i] = c.title
	}
	for _, title := range w.freeTitles(titles...) {
		columns = append(columns, column{title: title, width: 24})
	}
	return columns
}

func (v view) withFree(cells ...string) []string { return append(cells, v.free...) }

// inviteCells names the person as the account does where there is a link: it
// is the account's address that the link is for. Everything else is the row's.
func inviteCells(v view) []string {
	name, email := v.Name, v.email
	if live(v.Link) {
		name, email = v.Link.Name, v.Link.Email
	}
	return v.withFree(strconv.Itoa(v.Line.Line), name, email, v.link, v.until, v.todo, v.outcome.Title, v.pages, v.notes, v.Account, v.File, v.Sheet)
}

func personCells(v view) []string {
	return v.withFree(strconv.Itoa(v.Line.Line), v.Name, v.email, v.reason, v.todo, v.pages, v.notes, v.link, v.until, v.Account, v.File, v.Sheet)
}

func otherCells(v view) []string {
	return v.withFree(strconv.Itoa(v.Line.Line), v.outcome.Title, v.Name, v.email, v.reason, v.todo, v.pages, v.notes, v.Account, v.File, v.Sheet)
}

// addReview puts the row beside each account it may be, one below the other.
// The row is repeated, so that sorting and filtering keep them together.
func (b *book) addReview(v view) error {
	if len(v.Candidates) == 0 {
		return b.review.spool.add(reviewCells(v, "none", "", "", alone(v), ""))
	}
	for i, c := range v.Candidates {
		c = masked(c)
		name, email := c.Name, c.Email
		if c.Masked {
			name, email = "(not shown: not yours to see)", "(not shown)"
		}
		which := Number(i+1) + " of " + Number(len(v.Candidates))
		if err := b.review.spool.add(reviewCells(v, which, name, email, evidenceWords(c, v.Row), c.Account)); err != nil {
			return err
		}
	}
	return nil
}

// alone says why a row is held although it may be nobody's account.
func alone(v view) string {
	if len(v.HeldWith) > 0 || v.Reason == reason.SameMailbox {
		return "rows of the list contradict each other (see Notes); no account is concerned"
	}
	return "no account is concerned"
}

func reviewCells(v view, which, name, email, evidence, account string) []string {
	return []string{
		strconv.Itoa(v.Line.Line), v.reason, v.todo, v.Name, v.email, v.profiles, v.ExternalID,
		which, name, email, evidence, account, v.notes, v.File, v.Sheet,
	}
}

// rejectedColumns puts what is wrong in front of the row's own columns.
func rejectedColumns(l *list) []column {
	columns := []column{
		{title: "Line", width: 8, number: true, other: true}, {title: "Column", width: 18, other: true}, {title: "What is wrong", width: 44, other: true},
		{title: "What to do", width: 44, other: true}, {title: "File", width: 24, other: true}, {title: "Sheet", width: 14, other: true},
	}
	for _, title := range l.Columns {
		if len(columns) == maxColumns {
			break
		}
		columns = append(columns, column{title: title, width: 24})
	}
	return columns
}

// addRejected lists the problems that stand in the way of a row, then others.
func (b *book) addRejected(v view) error {
	if v.list == nil {
		return nil // the file of rejected rows has refused it already
	}
	var columns, wrong, todo []string
	for _, fatal := range []bool{true, false} {
		for _, p := range v.Problems {
			if p.Fatal == fatal {
				columns = append(columns, p.Column)
				wrong = append(wrong, sentence(problemWords(p)))
				todo = append(todo, sentence(reason.Of(p.Code).Remedy))
			}
		}
	}
	if len(v.Problems) == 0 {
		columns, wrong, todo = []string{""}, []string{v.reason}, []string{v.todo}
	}
	cells := []string{strconv.Itoa(v.Line.Line), numbered(columns), numbered(wrong), numbered(todo), v.File, v.Sheet}
	return b.rejected[v.list.group].spool.add(append(cells, v.Cells...))
}

// numbered puts texts below each other; several are numbered, so that column,
// problem and remedy of one can be told from those of the next.
func numbered(texts []string) string {
	if len(texts) == 1 {
		return texts[0]
	}
	for i, text := range texts {
		texts[i] = Number(i+1) + ". " + text
	}
	return strings.Join(texts, "\n")
}

// shown are the outcomes that a total is given for.
func shown(s provision.Summary) []provision.Outcome {
	return slices.DeleteFunc(slices.Clone(provision.Outcomes), func(o provision.Outcome) bool { return s.Outcomes[o] == 0 })
}
