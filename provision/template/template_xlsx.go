package template

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/xuri/excelize/v2"

	"muster/importer"
	"muster/importer/record"
	"muster/provision"
)

// Rows of the first sheet: title, hint, header, two examples, then room.
const (
	titleRow, hintRow, headerRow = 1, 2, 3
	exampleRow                   = headerRow + 1
	lastRow                      = 10_000 // to which cells have drop-downs
)

// Names of the sheets beside the one that is filled in.
const (
	helpSheet   = importer.TemplateHelp
	valuesSheet = importer.TemplateValues
)

var sheetNames = map[record.Kind]string{record.Creator: "Creators", record.Staff: "Staff", record.Client: "Clients"}

// Write writes the template for people of a kind. An organization without
// brands gives one without drop-downs of its own.
func Write(w io.Writer, kind record.Kind, org provision.Organization) (err error) {
	t := workbook{file: excelize.NewFile(), kind: kind, org: org, fields: fieldsOf(kind, org), sheet: sheetNames[kind]}
	if t.sheet == "" {
		return fmt.Errorf("there is no template for %q", kind)
	}
	defer func() { err = errors.Join(err, t.file.Close()) }()
	for _, step := range []func() error{t.addSheets, t.addStyles, t.list, t.dropDowns, t.help, t.allowed} {
		if err := step(); err != nil {
			return fmt.Errorf("making the template: %w", err)
		}
	}
	return t.file.Write(w)
}

// workbook is a template under way.
type workbook struct {
	file   *excelize.File
	kind   record.Kind
	org    provision.Organization
	fields []field
	sheet  string

	title, faint, header, needed, cell, example, text, strong int // styles
}

func (t *workbook) addSheets() error {
	_, err1 := t.file.NewSheet(helpSheet)
	_, err2 := t.file.NewSheet(valuesSheet)
	return errors.Join(t.file.SetSheetName("Sheet1", t.sheet), err1, err2)
}

func (t *workbook) addStyles() error {
	font := func(size float64, bold, italic bool, color string) *excelize.Font {
		return &excelize.Font{Family: "Calibri", Size: size, Bold: bold, Italic: italic, Color: color}
	}
	fill := func(color string) excelize.Fill {
		return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
	}
	wrapped := &excelize.Alignment{Vertical: "top", WrapText: true}
	middle := &excelize.Alignment{Vertical: "center", WrapText: true}
	const asText = 49 // so that ids keep their zeros and names do not become dates
	for _, s := range []struct {
		id    *int
		style excelize.Style
	}{
		{&t.title, excelize.Style{Font: font(16, true, false, "1F3864")}},
		{&t.faint, excelize.Style{Font: font(10, false, false, "595959")}},
		{&t.header, excelize.Style{Font: font(11, true, false, "FFFFFF"), Fill: fill("1F3864"), Alignment: middle}},
		{&t.needed, excelize.Style{Font: font(11, true, false, "FFFFFF"), Fill: fill("C00000"), Alignment: middle}},
		{&t.cell, excelize.Style{NumFmt: asText}},
		{&t.example, excelize.Style{NumFmt: asText, Font: font(11, false, true, "7F7F7F"), Fill: fill("F2F2F2")}},
		{&t.text, excelize.Style{Alignment: wrapped}},
		{&t.strong, excelize.Style{Font: font(11, true, false, ""), Alignment: wrapped}},
	} {
		var err error
		if *s.id, err = t.file.NewStyle(&s.style); err != nil {
			return err
		}
	}
	return nil
}

// list makes the sheet that is filled in.
func (t *workbook) list() error {
	for i, f := range t.fields {
		if err := t.column(i+1, f); err != nil {
			return err
		}
	}
	hint := "One person a row. Red columns are needed, all others may stay empty. " +
		"The two grey rows are examples and are skipped. Every column is explained on the sheet \"" + helpSheet + "\"."
	return errors.Join(
		t.put(t.sheet, at(1, titleRow), t.title, importer.TemplateTitle(t.kind)),
		t.put(t.sheet, at(1, hintRow), t.faint, hint),
		t.file.SetRowHeight(t.sheet, titleRow, 26),
		t.file.SetRowHeight(t.sheet, headerRow, 24),
		t.file.SetPanes(t.sheet, &excelize.Panes{
			Freeze:      true,
			XSplit:      1,
			YSplit:      headerRow,
			TopLeftCell: at(2, headerRow+1),
			ActivePane:  "bottomRight",
		}),
		t.printed(t.sheet, false), // so many columns as wide as a page nobody could read
	)
}

// column makes one column with its header, help and examples.
func (t *workbook) column(n int, f field) error {
	letter, err := excelize.ColumnNumberToName(n)
	if err != nil {
		return err
	}
	header := t.header
	if f.needed {
		header = t.needed
	}
	all := []error{
		t.file.SetColStyle(t.sheet, letter, t.cell),
		t.file.SetColWidth(t.sheet, letter, letter, f.width),
		t.put(t.sheet, at(n, headerRow), header, f.header),
		t.file.AddComment(t.sheet, excelize.Comment{
			Author: "muster",
			Cell:   at(n, headerRow),
			Text:   f.help,
			Width:  260,
			Height: 90,
		}),
	}
	for i, example := range f.examples {
		all = append(all, t.put(t.sheet, at(n, exampleRow+i), t.example, example))
	}
	return errors.Join(all...)
}

// dropDowns lets cells be chosen from the values of the last sheet.
func (t *workbook) dropDowns() error {
	n := 0
	for i, f := range t.fields {
		if len(f.values) == 0 {
			continue
		}
		n++
		letter, err := excelize.ColumnNumberToName(n)
		if err != nil {
			return err
		}
		list := excelize.NewDataValidation(true)
		list.SetSqref(at(i+1, exampleRow) + ":" + at(i+1, lastRow))
		list.SetSqrefDropList(fmt.Sprintf("%s!$%s$2:$%s$%d", valuesSheet, letter, letter, len(f.values)+1))
		if !f.several {
			list.SetError(excelize.DataValidationErrorStyleStop, f.header, "Choose a value from the list.")
		}
		if err := t.file.AddDataValidation(t.sheet, list); err != nil {
			return err
		}
	}
	return nil
}

// allowed lists the values of the drop-downs, each in a column of its own.
func (t *workbook) allowed() error {
	n := 0
	for _, f := range t.fields {
		if len(f.values) == 0 {
			continue
		}
		n++
		if err := t.put(valuesSheet, at(n, 1), t.header, f.header); err != nil {
			return err
		}
		for i, v := range f.values {
			if err := t.put(valuesSheet, at(n, i+2), t.text, v); err != nil {
				return err
			}
		}
	}
	last, err := excelize.ColumnNumberToName(max(n, 1))
	return errors.Join(err, t.file.SetColWidth(valuesSheet, "A", last, 24), t.printed(valuesSheet, true))
}

// help explains the workbook and its columns.
func (t *workbook) help() error {
	who := map[record.Kind]string{
		record.Creator: "creators",
		record.Staff:   "members of staff",
		record.Client:  "clients",
	}[t.kind]
	lines := [][2]string{
		{"What this is", "A list of " + who + " for " + cmp.Or(t.org.Name, "your organization") + ". Everybody on it gets an account, or is found among those who have one, and an invitation."},
		{"How to fill it in", "One person a row on the sheet \"" + t.sheet + "\". Red columns are needed. Leave empty what you do not know: an empty cell changes nothing."},
		{"The example rows", "Mira and Jonas Mustername are invented. Their rows are skipped as long as names and address are unchanged; overwrite or delete them as you like."},
		{"The first rows", "Leave the title and the row of headers where they are. You may delete columns you do not need and add columns of your own; they are kept with the person as they are. A column Name does as well as First name and Last name."},
		{"Lists to choose from", "Cells with an arrow offer what there is; the sheet \"" + valuesSheet + "\" shows all of it. Other values of brand, campaigns and products are refused later, with an explanation."},
		{"When you are done", "Save the file as a workbook (.xlsx) and send it back. CSV works too."},
		{"", ""},
	}
	row := 0
	for _, line := range lines {
		row++
		if err := t.helpRow(row, t.strong, line[0], line[1], "", ""); err != nil {
			return err
		}
	}
	row++
	if err := t.helpRow(row, t.header, "Column", "What to put there", "Needed", "For example"); err != nil {
		return err
	}
	for _, f := range t.fields {
		row++
		needed := ""
		if f.needed {
			needed = "yes"
		}
		if err := t.helpRow(row, t.strong, f.header, f.help, needed, cmp.Or(f.examples[0], f.examples[1])); err != nil {
			return err
		}
	}
	no := false
	return errors.Join(
		t.file.SetColWidth(helpSheet, "A", "A", 24), t.file.SetColWidth(helpSheet, "B", "B", 84),
		t.file.SetColWidth(helpSheet, "C", "C", 10), t.file.SetColWidth(helpSheet, "D", "D", 42),
		t.file.SetSheetView(helpSheet, 0, &excelize.ViewOptions{ShowGridLines: &no}), t.printed(helpSheet, true))
}

func (t *workbook) helpRow(row, style int, cells ...string) error {
	all := []error{t.put(helpSheet, at(1, row), style, cells[0])}
	rest := t.text
	if style == t.header {
		rest = style
	}
	for i, c := range cells[1:] {
		if c != "" {
			all = append(all, t.put(helpSheet, at(i+2, row), rest, c))
		}
	}
	return errors.Join(append(all, t.file.SetRowHeight(helpSheet, row, float64(16*(1+len(cells[1])/88))))...)
}

// put writes a cell as text.
func (t *workbook) put(sheet, cell string, style int, text string) error {
	if text == "" {
		return t.file.SetCellStyle(sheet, cell, cell, style)
	}
	return errors.Join(t.file.SetCellStr(sheet, cell, text), t.file.SetCellStyle(sheet, cell, cell, style))
}

// printed makes a sheet print on A4 across; where it fits, as wide as the page.
func (t *workbook) printed(sheet string, fits bool) error {
	landscape := "landscape"
	a4 := 9
	one := 1
	any := 0
	return errors.Join(t.file.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fits}),
		t.file.SetPageLayout(sheet, &excelize.PageLayoutOptions{
			Orientation: &landscape,
			Size:        &a4,
			FitToWidth:  &one,
			FitToHeight: &any,
		}))
}

// at names a cell by column and row, from 1.
func at(col, row int) string {
	letter, err := excelize.ColumnNumberToName(col)
	if err != nil {
		return ""
	}
	return letter + strconv.Itoa(row)
}
