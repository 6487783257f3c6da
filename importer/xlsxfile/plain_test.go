package xlsxfile

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"muster/importer/file"
)

// long is a text that is too long to be copied into cells.
var long = strings.Repeat("long ", 100)

// texts are the shared strings of anySheet.
var texts = `<sst xmlns="` + sheetSpace + `"><si><t>Ann</t></si><si><t xml:space="preserve"> Bea </t></si><si><t/></si><si><t>a_x0041_b</t></si><si><t>a&amp;b&#33;</t></si>` +
	`<si><r><rPr><b/></rPr><t>Cla</t></r><r><t xml:space="preserve"> ra</t></r><rPh sb="0" eb="1"><t>kk</t></rPh></si>` +
	`<si><t>Lee</t><rPh sb="0" eb="1"><t>rr</t></rPh></si><si><t><![CDATA[<c t="s"><v>1</v></c>]]></t></si><si> <t>x</t> </si>` +
	`<si><t>` + long + `</t></si></sst>`

// anyCell are cells as programs write them; %s is where they say what else they are.
var anyCell = []string{
	`<c%s t="inlineStr"><is><t>text</t></is></c>`,
	`<c%s t="inlineStr"><is><t xml:space="preserve">  text </t></is></c>`,
	`<c%s t="inlineStr"><is><t>a_x0041_b</t></is></c>`,
	`<c%s t="inlineStr"><is><t>a&#95;x0041_b &amp; &lt;</t></is></c>`,
	`<c%s t="inlineStr"><is><t>a<![CDATA[</t></is>]]></t></is></c>`,
	`<c%s t="inlineStr"><is><r><t>te</t></r><r><rPr><sz val="9"/></rPr><t>xt</t></r></is></c>`,
	`<c%s t="inlineStr"><is><t>te</t><rPh sb="0" eb="1"><t>xx</t></rPh></is></c>`,
	`<c%s t="inlineStr"><is><t/></is></c>`, `<c%s t="inlineStr"><v>5</v></c>`, `<c%s t="inlineStr"/>`,
	`<c%s><v>12</v></c>`, `<c%s t="n"><v>1.5E+20</v></c>`, `<c%s>` + "\n" + `<v>1<!-- or --></v></c>`, `<c%s><v></v></c>`, `<c%s/>`, `<c%s></c>`,
	`<c%s t="b"><v>1</v></c>`, `<c%s t="e"><v>#N/A</v></c>`, `<c%s t="d"><v>2026-03-15T00:00:00</v></c>`, `<c%s t="str"><v> a_x0041_b</v></c>`,
	`<c%s t="str"><f>A1&amp;"&lt;v&gt;"</f><v>sum</v></c>`, `<c%s><f>A1</f></c>`, `<c%s t="str"><f t="shared" si="0"/><v>sum</v></c>`,
	`<c%s t="s"><v>0</v></c>`, `<c%s t="s"><v>1</v></c>`, `<c%s t="s"><v>2</v></c>`, `<c%s t="s"><v>3</v></c>`, `<c%s t="s"><v>4</v></c>`,
	`<c%s t="s"><v>5</v></c>`, `<c%s t="s"><v>6</v></c>`, `<c%s t="s"><v>7</v></c>`, `<c%s t="s"><v>8</v></c>`, `<c%s t="s"><v> 0</v></c>`, `<c%s t="s"><v>9</v></c>`, `<c%s t="s"><v>0<!-- not 8 --></v></c>`, `<c%s t="s"><v>0</v><extLst/></c>`,
}

// anySheet is a sheet of such cells, with gaps, blank rows, and places left out.
func anySheet(r *rand.Rand) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><worksheet><cols><col min="1" max="2"/></cols><sheetData>`)
	num := 0
	for range 1 + r.IntN(400) {
		num++
		if r.IntN(9) == 0 {
			num += r.IntN(50)
			fmt.Fprintf(&b, "<!-- a gap -->\n"+`<row spans="1:9" r="%d" s="1">`, num)
		} else {
			b.WriteString("<row>")
		}
		col := 0
		for range r.IntN(12) {
			place := ""
			if r.IntN(3) > 0 {
				col += r.IntN(3)
				place = fmt.Sprintf(` r="%s%d" s="2"`, file.ColumnLetter(col+1), num)
			}
			fmt.Fprintf(&b, anyCell[r.IntN(len(anyCell))], place)
			col++
		}
		b.WriteString("</row>")
	}
	b.WriteString("</sheetData></worksheet>")
	return b.String()
}

// packed is a workbook of a sheet and shared strings.
func packed(t *testing.T, sheet, texts string) []byte {
	t.Helper()
	parts := ownParts()
	parts[placeOf(0).part], parts[stringsPart] = sheet, texts
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, part := range parts {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, part)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Whatever form rows are handed over in: excelize finds in them what it finds in
// the file, and where the scan says that it stands.
func TestRowsAreWhatExcelizeReads(t *testing.T) {
	for seed := range uint64(40) {
		data := packed(t, anySheet(rand.New(rand.NewPCG(seed, 1))), texts)
		book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		defer book.Close()
		want, err := book.GetRows(placeOf(0).sheet)
		if err != nil {
			t.Fatal(err)
		}
		got := make([][]string, len(want))
		for num, values := range valuesOf(t, data) {
			if num > len(got) && len(values) == 0 {
				continue // a formula without result
			}
			got[num-1] = values
		}
		for i := range want {
			if !slices.Equal(trimmed(want[i]), got[i]) {
				t.Fatalf("seed %d, row %d is %q, want %q", seed, i+1, got[i], want[i])
			}
		}
	}
}

// valuesOf reads the values of the first sheet of a workbook, by row.
func valuesOf(t *testing.T, data []byte) map[int][]string {
	t.Helper()
	w, err := Open(bytes.NewReader(data), int64(len(data)), t.TempDir(), file.Limits{}.WithDefaults())
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	rows, err := w.Rows(w.Sheets()[0])
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	all := map[int][]string{}
	for s := rows.(*source); ; {
		if _, err := s.Next(); err == io.EOF {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all[s.trace.row.num] = trimmed(s.piece.values[s.at-1])
	}
}

// trimmed is a row without the blank cells at its end.
func trimmed(row []string) []string {
	for len(row) > 0 && row[len(row)-1] == "" {
		row = row[:len(row)-1]
	}
	return row
}
