package report

import (
	"errors"
	"io"

	"github.com/xuri/excelize/v2"
)

// listWorkbook writes a table as a workbook of one sheet. All cells are text, so
// that none is a formula; the header stays in view.
func listWorkbook(f io.Writer, columns []string, list func(add func(cells ...string)) error) (err error) {
	book := excelize.NewFile()
	defer func() { err = errors.Join(err, book.Close()) }()
	bold, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	sheet, err := book.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	pane := excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}
	if err := errors.Join(sheet.SetPanes(&pane), sheet.SetColWidth(1, len(columns), 22)); err != nil {
		return err
	}
	row := 0
	var failed error
	add := func(cells ...string) {
		row++
		if row > sheetRows {
			failed = errListTooLong
			return
		}
		style := 0
		if row == 1 {
			style = bold
		}
		values := make([]any, len(cells))
		for i, text := range cells {
			values[i] = excelize.Cell{StyleID: style, Value: cut(text)}
		}
		at, err := excelize.CoordinatesToCellName(1, row)
		failed = errors.Join(failed, err, sheet.SetRow(at, values))
	}
	add(columns...)
	if err := errors.Join(list(add), failed, sheet.Flush()); err != nil {
		return err
	}
	_, err = book.WriteTo(f)
	return err
}

// errListTooLong says that a list has more rows than a sheet takes.
var errListTooLong = errors.New("a workbook does not take so many rows: write the list as .csv")
