package report

import (
	"strings"

	"muster/importer/reason"
	"muster/provision"
	"muster/provision/words"
)

// A missingSink is a file of the report that shows people who are on no row,
// because they are missing from the lists.
type missingSink interface {
	missing(p provision.MissingPerson) error
}

// drawMissing hands the people who are missing to whoever shows them, but for those
// who have what they had: the steps tell of them.
func (d *drawing) drawMissing(people func() ([]provision.MissingPerson, error)) {
	d.try(func() error { return showMissing(d.sink, people) })
}

// showMissing hands them to a file that shows them.
func showMissing(file any, people func() ([]provision.MissingPerson, error)) error {
	sink, shows := file.(missingSink)
	if !shows || people == nil {
		return nil
	}
	all, err := people()
	for _, p := range all {
		if err == nil && p.Outcome != provision.Unchanged {
			err = sink.missing(p)
		}
	}
	return err
}

// removedColumns are those of the sheet of people who are on no row.
var removedColumns = []column{
	{title: "Name", width: 26, name: true},
	{title: "Email", width: 32, stays: true},
	{title: "Outcome", width: 12},
	{title: "Why", width: 44},
	{title: "Taken away", width: 40},
	{title: "What to do", width: 40},
	{title: "Account", width: 38},
}

// missing takes in somebody who is on no row; a workbook of links has no place for
// them.
func (b *book) missing(p provision.MissingPerson) error {
	if b.removed == nil {
		return nil
	}
	entry := reason.Of(p.Reason)
	return b.removed.add(0, texts(b.words.missingName(p), p.Email, b.words.Outcome(p.Outcome).Title,
		words.Sentence(b.words.Say(entry.Meaning)), b.words.lost(p.Lost), words.Sentence(b.words.Say(entry.Remedy)), p.Account))
}

// missing takes in somebody who is on no row.
func (p *webpage) missing(m provision.MissingPerson) error {
	rows := p.rows[removedSection]
	if rows.Total++; len(rows.Rows) == shownRows {
		return nil
	}
	entry := reason.Of(m.Reason)
	row := webRow{Who: p.words.missingName(m), Email: m.Email, Todo: words.Sentence(p.words.Say(entry.Remedy)),
		Why: []string{words.Sentence(p.words.Say(entry.Meaning))}}
	if lost := p.words.lost(m.Lost); lost != "" {
		if p.words.plan != nil {
			row.Why = append(row.Why, p.words.Say("Will be taken away: %s", lost))
		} else {
			row.Why = append(row.Why, p.words.Say("Taken away: %s", lost))
		}
	}
	rows.Rows = append(rows.Rows, row)
	return nil
}

// missingName names somebody, as far as that may be shown.
func (w *wording) missingName(p provision.MissingPerson) string {
	switch {
	case p.Masked:
		return w.Say("(not shown: not yours to see)")
	case p.Name == "" && p.Email == "":
		return w.Say("(no longer there)")
	}
	return p.Name
}

// lost says what somebody has no more.
func (w *wording) lost(d provision.RemovalDetail) string {
	var all []string
	for _, of := range []struct {
		names []string
		said  string
	}{
		{w.Names.Brands(d.Brands), "brand %s"}, {w.Names.Campaigns(d.Campaigns), "campaign %s"}, {d.Products, "product %s"}, {w.Names.Brands(d.Roles), "role in %s"},
	} {
		for _, name := range of.names {
			all = append(all, w.Say(of.said, name))
		}
	}
	if d.Link {
		all = append(all, w.Say("invite link"))
	}
	return strings.Join(all, ", ")
}

// driftColumns are those of the sheet of what was changed by hand.
var driftColumns = []column{
	{title: "Line", width: 8, number: true},
	{title: "Name", width: 26, name: true},
	{title: "Email", width: 32, stays: true},
	{title: "What happened", width: 44, other: true},
	{title: "What", width: 30, other: true},
	{title: "What to do", width: 44, other: true},
	{title: "Outcome", width: 12, other: true},
	{title: "Account", width: 38, other: true},
	{title: "File", width: 24},
	{title: "Sheet", width: 14},
}
