package xlsxfile

import (
	"bytes"
	"testing"

	"muster/importer/file"
)

// twoPeople is a sheet whose cells hold their own text.
const twoPeople = `<worksheet><sheetData>` +
	`<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c><c r="B1" t="inlineStr"><is><t>Email</t></is></c></row>` +
	`<row r="2"><c r="A2" t="inlineStr"><is><t>Ann</t></is></c><c r="B2" t="inlineStr"><is><t>a@example.com</t></is></c></row>` +
	`<row r="3"><c r="A3" t="inlineStr"><is><t>Bob</t></is></c><c r="B3" t="inlineStr"><is><t>b@example.com</t></is></c></row>` +
	`</sheetData></worksheet>`

func FuzzSheetScan(f *testing.F) {
	f.Add([]byte(twoPeople), []byte(`<sst><si><t>x</t></si></sst>`))
	f.Add([]byte(`<worksheet><sheetData><row><c t="s"><v>0</v></c><c><f>HYPERLINK("x")</f></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>`), []byte(`<sst><si><r><t>a</t></r></si></sst>`))
	f.Fuzz(func(t *testing.T, sheet, strs []byte) {
		shared, err := scanShared(bytes.NewReader(strs), 1<<20, func([]byte) {})
		if err != nil {
			shared = nil
		}
		s := newSheetScan(bytes.NewReader(sheet), shared, file.Limits{}.WithDefaults())
		s.formula = func(_, _ int, text string) { hyperlinkTarget(text) }
		last := 0
		for {
			row, err := s.nextRow()
			if err != nil {
				return
			}
			if row.num <= last {
				t.Fatalf("row %d after %d", row.num, last)
			}
			last = row.num
		}
	})
}
