package report

import (
	"cmp"
	"slices"
	"strings"

	"muster/importer/reason"
	"muster/provision"
	"muster/provision/words"
)

// The columns of the sheets: who it is, what there is to do, and where it came
// from. Columns that are empty on every row are left out.
var (
	inviteColumns = sheetColumns(
		column{title: "Invite link", width: 17},
		column{title: "Valid until", width: 30, date: true},
		column{title: "What to do", width: 38},
		column{title: "Outcome", width: 12})
	personColumns = sheetColumns(
		column{title: "Why", width: 36},
		column{title: "What to do", width: 36},
		column{title: "Invite link", width: 17},
		column{title: "Valid until", width: 30, date: true})
	otherColumns = sheetColumns(
		column{title: "Outcome", width: 12}, column{title: "Why", width: 36}, column{title: "What to do", width: 36})
	reviewColumns = slices.Concat(
		[]column{
			{title: "Line", width: 7, number: true, name: true},
			{title: "Name in the list", width: 22, name: true},
			{title: "Email in the list", width: 30, stays: true},
			{title: "Why it is held", width: 32},
			{title: "What to do", width: 32},
			{title: "May be", width: 8, other: true, stays: true},
			{title: "Name of the account", width: 22, other: true},
			{title: "Email of the account", width: 30, other: true},
			{title: "What leads there", width: 40, other: true, stays: true},
		},
		profileColumns, []column{{title: "External id", width: 14}}, placeColumns)

	placeColumns = []column{
		{title: "Account", width: 38}, {title: "File", width: 24}, {title: "Sheet", width: 14}, {title: "Row of the run", width: 14, number: true},
	}
)

// sheetColumns are the columns of a sheet with one person a row: the name and
// the address around those given.
func sheetColumns(own ...column) []column {
	who := []column{
		{title: "Line", width: 7, number: true, name: true},
		{title: "Name", width: 24, name: true},
		{title: "Email", width: 32, stays: true},
	}
	return slices.Concat(who, own, []column{{title: "Notes", width: 40}}, profileColumns, placeColumns)
}

// Bands of the sheet of invites: links of this run, links of earlier ones, and
// everybody who has to be told something else.
const (
	newLinkBand = iota
	earlierLinkBand
	noLinkBand
	inviteBands
)

func inviteBand(v *view) int {
	switch {
	case !live(v.Link):
		return noLinkBand
	case v.Link.State == provision.LinkIssued:
		return newLinkBand
	}
	return earlierLinkBand
}

// invited reports whether somebody has to be told something about a link.
func invited(v *view) bool {
	return v.Link != nil && (live(v.Link) || words.Links[v.Link.State].Todo != "")
}

// freeColumns puts the free columns of the lists behind a sheet's own, but
// before where a row stands.
func (w *wording) freeColumns(own []column) []column {
	own = w.titled(own)
	titles := make([]string, len(own))
	for i, c := range own {
		titles[i] = c.title
	}
	place := len(own) - len(placeColumns)
	columns := slices.Clone(own[:place])
	for _, title := range w.freeTitles(titles...) {
		columns = append(columns, column{title: title, width: 24, single: true})
	}
	return append(columns, own[place:]...)
}

// titled says the titles of columns of our own.
func (w *wording) titled(own []column) []column {
	columns := slices.Clone(own)
	for i := range columns {
		columns[i].title = w.Say(columns[i].title)
	}
	return columns
}

// person is a row of a sheet with one person a row: name and address, what the
// sheet says of its own, and the rest.
func (v *view) person(name, email string, own ...string) []cell {
	row := addTexts(v.row[:0], v.number, name, email)
	row = addTexts(row, own...)
	row = addProfiles(addTexts(row, v.notes), v.Profiles)
	return v.placed(row, v.Account)
}

// placed puts the cells behind all others of a row: the free columns, the account,
// and where it stands. There is room for the next row where this one was.
func (v *view) placed(row []cell, account string) []cell {
	row = addTexts(row, v.free...)
	v.row = addTexts(row, account, v.File, v.Sheet, v.ofRow())
	return v.row
}

// inviteCells names the person as the account does where there is a link: it
// is the account's address that the link is for. Everything else is the row's.
func inviteCells(v *view) []cell {
	name := v.Name
	email := v.email
	if live(v.Link) {
		name = v.Link.Name
		email = v.Link.Email
	}
	return v.person(name, email, v.link, v.date, v.todo, v.outcome.Title)
}

func personCells(v *view) []cell { return v.person(v.Name, v.email, v.reason, v.todo, v.link, v.date) }

func otherCells(v *view) []cell { return v.person(v.Name, v.email, v.outcome.Title, v.reason, v.todo) }

// addReview puts the row beside each account it may be, one below the other.
// The row is repeated, so that sorting and filtering keep them together.
func (b *book) addReview(v *view) error {
	if len(v.Candidates) == 0 {
		return b.review.add(0, reviewCells(v, b.words.Say("nobody"), "", cell{}, cell{}, b.words.alone(v)))
	}
	for i, c := range v.Candidates {
		c = masked(c)
		name := cell{text: c.Name, mark: differs(c.Name, v.Name)}
		email := cell{text: c.Email, mark: differs(c.Email, v.email)}
		if c.Masked {
			name = cell{text: b.words.Say("(not shown: not yours to see)")}
			email = cell{text: b.words.Say("(not shown)")}
		}
		which := b.words.Say("%s of %s", b.words.Number(i+1), b.words.Number(len(v.Candidates)))
		if err := b.review.add(0, reviewCells(v, which, c.Account, name, email, b.words.evidence(c, v.Row))); err != nil {
			return err
		}
	}
	return nil
}

// differs reports whether two texts that are both there are not the same, but
// for capitals and blanks.
func differs(a, b string) bool {
	fold := func(text string) string { return strings.ToLower(strings.Join(strings.Fields(text), " ")) }
	return a != "" && b != "" && fold(a) != fold(b)
}

// heldByRows reports whether a row is held because of other rows of the list.
func heldByRows(v *view) bool { return len(v.HeldWith) > 0 || v.Reason == reason.SameMailbox }

// alone says why a row is held although it may be nobody's account.
func (w *wording) alone(v *view) string {
	if heldByRows(v) {
		return w.Say("other rows of your list; none of them has an account yet")
	}
	return w.Say("nobody has an account yet")
}

func reviewCells(v *view, which, account string, name, email cell, evidence string) []cell {
	why := strings.TrimRight(v.reason+"\n"+v.notes, "\n")
	row := addTexts(v.row[:0], v.number, v.Name, v.email, why, v.todo, which)
	row = append(row, name, email, cell{text: evidence})
	row = addProfiles(row, v.Profiles)
	return v.placed(addTexts(row, v.ExternalID), account)
}

// rejectedColumns puts what is wrong in front of the row's own columns, which
// stay all there: an empty one may be what is wrong.
func (w *wording) rejectedColumns(l *list) []column {
	columns := w.titled([]column{
		{title: "Line", width: 7, number: true, other: true, name: true},
		{title: "Who", width: 24, other: true, name: true},
		{title: "Column", width: 18, other: true},
		{title: "What is wrong", width: 42, other: true, stays: true},
		{title: "What to do", width: 42, other: true},
	})
	places := w.titled([]column{{title: "File", width: 24, other: true}, {title: "Sheet", width: 14, other: true}})
	for _, title := range l.own() {
		if len(columns) == maxColumns-len(places) {
			break
		}
		columns = append(columns, column{title: title, width: 24, stays: true})
	}
	return append(columns, places...)
}

// addRejected lists the problems that stand in the way of a row, then others.
func (b *book) addRejected(v *view) error {
	if v.list == nil {
		return nil // the file of rejected rows has refused it already
	}
	var columns, wrong, todo []string
	for _, fatal := range []bool{true, false} {
		for _, p := range v.Problems {
			if p.Fatal == fatal {
				columns = append(columns, p.Column)
				wrong = append(wrong, words.Sentence(b.words.Problem(p)))
				todo = append(todo, words.Sentence(b.words.Remedy(p)))
			}
		}
	}
	if len(v.Problems) == 0 {
		columns = []string{""}
		wrong = []string{v.reason}
		todo = []string{v.todo}
	}
	s := b.rejected[v.list.group]
	row := texts(v.number, cmp.Or(v.Name, v.email), numbered(columns), numbered(wrong), numbered(todo))
	const places = 2
	listed := make([]cell, len(s.columns)-len(row)-places)
	red := v.wrongCells()
	for i, text := range v.list.withoutOurs(v.Cells) {
		if i < len(listed) {
			listed[i] = cell{text: text, mark: red[i] != nil}
		}
	}
	return s.add(0, slices.Concat(row, listed, texts(v.File, v.Sheet)))
}

// numbered puts texts below each other; several are numbered, so that column,
// problem and remedy of one can be told from those of the next.
func numbered(texts []string) string {
	if len(texts) == 1 {
		return texts[0]
	}
	for i, text := range texts {
		texts[i] = words.Number(i+1) + ". " + text
	}
	return strings.Join(texts, "\n")
}

// shown are the outcomes that a total is given for.
func shown(s provision.Summary) []provision.Outcome {
	return slices.DeleteFunc(slices.Clone(provision.Outcomes),
		func(o provision.Outcome) bool { return s.Outcomes[o] == 0 })
}
