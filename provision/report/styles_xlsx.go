package report

import "github.com/xuri/excelize/v2"

// Colours of the workbook: a dark blue for what muster says, grey for what is
// less important, and one colour for each sheet's tab.
const (
	ink   = "1F3864"
	paper = "FFFFFF"
	sand  = "7F6000"
	wash  = "FFF8E5"
	grey  = "7F7F7F"
)

// tabColors are opaque, which those of the format say and others need not.
var tabColors = map[string]string{
	invitesSheet: "FF2E75B6", linksSheet: "FF2E75B6", claimedSheet: "FF2E75B6", updatedSheet: "FF2E75B6",
	reviewSheet: "FFED7D31", rejectedSheet: "FFC00000", unchangedSheet: "FFA6A6A6", otherSheet: "FFA6A6A6",
}

// styles are the cell styles of the workbook, by their number in the file.
type styles struct {
	title, heading                   int
	header, countHeader, otherHeader int
	plain, line, otherLine, single   int
	text, other, bold, faint, asIs   int
	count, boldCount, date           int

	lead, headline, command, sheetLink  int // of the summary
	link, otherLink, wrong, otherMarked int // of single cells
}

func newStyles(f *excelize.File, dates string) (styles, error) {
	var s styles
	top := &excelize.Alignment{Vertical: "top", WrapText: true}
	center := &excelize.Alignment{Vertical: "top", Horizontal: "center"}
	left := &excelize.Alignment{Vertical: "top", Horizontal: "left"}
	right := &excelize.Alignment{Vertical: "top", Horizontal: "right", Indent: 1}
	middle := &excelize.Alignment{Vertical: "center", WrapText: true}
	fill := func(color string) excelize.Fill {
		return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
	}
	font := func(size float64, bold bool, color string) *excelize.Font {
		return &excelize.Font{Family: "Calibri", Size: size, Bold: bold, Color: color}
	}
	line := []excelize.Border{{Type: "bottom", Color: "D9D9D9", Style: 1}}
	linked := &excelize.Font{Family: "Calibri", Size: 11, Color: "0563C1", Underline: "single"}
	for _, style := range []struct {
		id *int
		excelize.Style
	}{
		{&s.title, excelize.Style{Font: font(18, true, ink)}},
		{&s.heading, excelize.Style{Font: font(13, true, ink)}},
		{&s.header, excelize.Style{Font: font(11, true, paper), Fill: fill(ink), Alignment: middle}},
		{&s.countHeader, excelize.Style{Font: font(11, true, paper), Fill: fill(ink), Alignment: right}},
		{&s.otherHeader, excelize.Style{Font: font(11, true, paper), Fill: fill(sand), Alignment: middle}},
		{&s.plain, excelize.Style{Alignment: top}},
		{&s.text, excelize.Style{Alignment: top, Border: line}},
		{&s.single, excelize.Style{Alignment: &excelize.Alignment{Vertical: "top"}, Border: line}},
		{&s.other, excelize.Style{Alignment: top, Border: line, Fill: fill(wash)}},
		{&s.line, excelize.Style{Alignment: center, Border: line}},
		{&s.otherLine, excelize.Style{Alignment: center, Border: line, Fill: fill(wash)}},
		{&s.bold, excelize.Style{Font: font(11, true, ""), Alignment: top, Border: line}},
		{&s.count, excelize.Style{NumFmt: 3, Alignment: right, Border: line}},
		{&s.boldCount, excelize.Style{Font: font(11, true, ""), NumFmt: 3, Alignment: right, Border: line}},
		{&s.date, excelize.Style{CustomNumFmt: &dates, Alignment: left, Border: line}},
		{&s.asIs, excelize.Style{NumFmt: 49, Alignment: top}},
		{&s.headline, excelize.Style{Font: font(13, true, ""), Alignment: top}},
		{&s.lead, excelize.Style{Alignment: top, Font: font(11, false, "")}},
		{&s.command, excelize.Style{Font: &excelize.Font{Family: "Consolas", Size: 9, Color: grey}, Alignment: top}},
		{&s.sheetLink, excelize.Style{Font: linked, Alignment: top, Border: line}},
		{&s.link, excelize.Style{Font: linked, Alignment: top, Border: line}},
		{&s.otherLink, excelize.Style{Font: linked, Alignment: top, Border: line, Fill: fill(wash)}},
		{&s.wrong, excelize.Style{NumFmt: 49, Font: font(11, true, "9C0006"), Alignment: top, Border: line, Fill: fill("FFC7CE")}},
		{&s.otherMarked, excelize.Style{Font: font(11, true, ""), Alignment: top, Border: line, Fill: fill("FFE08A")}},
		{&s.faint, excelize.Style{Font: font(11, false, grey), Alignment: top}},
	} {
		var err error
		if *style.id, err = f.NewStyle(&style.Style); err != nil {
			return s, err
		}
	}
	return s, nil
}

// of picks the style of the cells of a column.
func (s styles) of(c column) int {
	switch {
	case c.asIs:
		return s.asIs
	case c.single:
		return s.single
	case c.date:
		return s.date
	case c.number && c.other:
		return s.otherLine
	case c.number:
		return s.line
	case c.other:
		return s.other
	}
	return s.text
}

// leading picks the style of a cell that leads somewhere.
func (s styles) leading(c column) int {
	if c.other {
		return s.otherLink
	}
	return s.link
}

// marked picks the style of a cell that stands out.
func (s styles) marked(c column) int {
	if c.other {
		return s.otherMarked
	}
	return s.wrong
}
