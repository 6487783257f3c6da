package xlsxtest

import (
	"archive/zip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// good is a workbook of which nothing is to be said, by its parts.
var good = map[string]string{
	"[Content_Types].xml": `<Types><Default Extension="rels" ContentType="r"/><Default Extension="xml" ContentType="x"/></Types>`,
	"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Type="t/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="r2" Type="t/worksheet" Target="worksheets/sheet2.xml"/></Relationships>`,
	"xl/workbook.xml": `<workbook xmlns:r="r"><sheets><sheet name="One" sheetId="1" r:id="r1"/><sheet name="Ana's list" sheetId="2" r:id="r2"/></sheets>` +
		`<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="1">'Ana''s list'!$A:$B,'Ana''s list'!$1:$1</definedName>` +
		`<definedName name="_xlnm._FilterDatabase" localSheetId="0">'One'!$A$1:$B$2</definedName></definedNames></workbook>`,
	"xl/styles.xml":        `<styleSheet><fonts><font/></fonts><fills><fill/></fills><borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf/><xf fontId="0"/></cellXfs></styleSheet>`,
	"xl/sharedStrings.xml": `<sst><si><t>Name</t></si></sst>`,
	"xl/worksheets/sheet1.xml": `<worksheet xmlns:r="r"><sheetPr><tabColor rgb="FFC00000"/></sheetPr><sheetViews><sheetView><pane topLeftCell="A2"/></sheetView></sheetViews>` +
		`<cols><col min="1" max="2" width="9"/><col min="3" max="3" width="9"/></cols>` +
		`<sheetData><row r="1" ht="30"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1" t="inlineStr"><is><t>Email</t></is></c></row><row r="2"><c r="A2"><v>7</v></c></row></sheetData>` +
		`<autoFilter ref="A1:B2"/><mergeCells><mergeCell ref="C1:D1"/><mergeCell ref="C2:D2"/></mergeCells>` +
		`<dataValidations count="1"><dataValidation sqref="A2 B2:B3" promptTitle="Decision"><formula1>'Ana''s list'!$A$1:$C$1</formula1></dataValidation></dataValidations>` +
		`<hyperlinks><hyperlink ref="A2" r:id="h1"/><hyperlink ref="B2" location="'One'!A1"/></hyperlinks>` +
		`<pageSetup scale="50"/><headerFooter><oddFooter>x</oddFooter></headerFooter></worksheet>`,
	"xl/worksheets/_rels/sheet1.xml.rels": `<Relationships><Relationship Id="h1" Type="t/hyperlink" Target="https://example.com/a%5Bb" TargetMode="External"/></Relationships>`,
	"xl/worksheets/sheet2.xml":            `<worksheet><sheetData/></worksheet>`,
	"xl/comments1.xml":                    `<comments><authors><author>m</author></authors><commentList><comment ref="A2" authorId="0"><text><t>wrong</t></text></comment></commentList></comments>`,
	"xl/drawings/drawing1.xml":            `<wsDr><cNvPr id="1"/><cNvPr id="2"/></wsDr>`,
	"xl/charts/chart1.xml":                `<chartSpace><f>'One'!$A$1:$A$2</f></chartSpace>`,
}

// written is the workbook with one text of a part replaced.
func written(t *testing.T, part, before, after string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "book.xlsx")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(f)
	for name, text := range good {
		if name == part {
			if !strings.Contains(text, before) {
				t.Fatalf("%s does not hold %s", name, before)
			}
			text = strings.Replace(text, before, after, 1)
		}
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(w, text)
	}
	if z.Close() != nil || f.Close() != nil {
		t.Fatal("the workbook cannot be written")
	}
	return path
}

func TestAGoodWorkbookHasNoFault(t *testing.T) { Check(t, written(t, "", "", "")) }

func TestFaultsAreFound(t *testing.T) {
	const book, styles, one = "xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"
	for _, c := range []struct{ part, before, after, want string }{
		{"[Content_Types].xml", `<Default Extension="xml" ContentType="x"/>`, "", "has no type"},
		{"xl/_rels/workbook.xml.rels", `worksheets/sheet2.xml`, `worksheets/sheet3.xml`, "is not there"},
		{"xl/_rels/workbook.xml.rels", `Id="r2"`, `Id="r1"`, "there twice"},
		{book, `name="One"`, `name="😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀"`, "has 32 characters"},
		{book, `name="One"`, `name="A/B"`, `holds '/'`},
		{book, `name="One"`, `name="'One"`, "apostrophe"},
		{book, `name="One"`, `name="HISTORY"`, "for itself"},
		{book, `name="One"`, `name="ANA's LIST"`, "two sheets are called"},
		{book, `sheetId="2"`, `sheetId="1"`, "the number 1"},
		{book, `localSheetId="1"`, `localSheetId="0"`, "speaks of"},
		{book, `$1:$1`, `$1:$0`, "are no cells"},
		{book, `'One'!$A$1:$B$2`, `'One'!$A$1:$B$3`, "its name is of"},
		{book, `sheetId="1"`, `sheetId="1" state="hidden"`, "shown first"},
		{styles, `fontId="0"`, `fontId="1"`, "of fonts 1 of 1"},
		{styles, `<fill/>`, `<fill><fgColor rgb="C00000"/></fill>`, "eight digits"},
		{"xl/sharedStrings.xml", "Name", strings.Repeat("😀", 16_384), "32768 characters"},
		{"xl/sharedStrings.xml", "Name", "a_x0001_b", "U+0001"},
		{"xl/sharedStrings.xml", "Name", "a\x01b", "illegal character"},
		{one, `<sheetPr>`, `<cols/><sheetPr>`, "stands where it may not"},
		{one, `FFC00000`, `C00000`, "eight digits"},
		{one, `ht="30"`, `ht="410"`, "points high"},
		{one, `<row r="2">`, `<row r="1">`, "stands behind row 1"},
		{one, `r="B1"`, `r="A1"`, "stands here behind column 1"},
		{one, `s="1"`, `s="2"`, "format 2 of 2"},
		{one, `<v>7</v>`, `<v>seven</v>`, "is no number"},
		{one, `<v>7</v>`, `<f>1+1</f>`, "a formula"},
		{one, `<v>0</v>`, `<v>1</v>`, `text "1" of 1`},
		{one, `min="3"`, `min="2"`, "stand behind 2"},
		{one, `ref="C2:D2"`, `ref="D1:D2"`, "part of another cell"},
		{one, `r:id="h1"`, `r:id="h2"`, "leads nowhere"},
		{one, `location="'One'!A1"`, `location="'Two'!A1"`, "which is not there"},
		{one, `ref="B2" location`, `ref="A2" location`, "leads to two places"},
		{one, `count="1"`, `count="2"`, "it says 2"},
		{one, `B2:B3`, `A2`, "choices twice"},
		{one, `$A$1:$C$1`, `$A$1:$C$2`, "in a line"},
		{one, `promptTitle="Decision"`, `promptTitle="` + strings.Repeat("x", 33) + `"`, "has 33 characters"},
		{one, `<formula1>'Ana''s list'!$A$1:$C$1`, `<formula1>"` + strings.Repeat("x", 256) + `"`, "choices of 258 characters"},
		{one, `<autoFilter ref="A1:B2"/>`, `<autoFilter ref="A1:B3"/>`, "filtered of 2 rows"},
		{one, `scale="50"`, `scale="9"`, "printed at 9 %"},
		{one, `<oddFooter>x`, `<oddFooter>` + strings.Repeat("x", 256), "has 256 characters"},
		{one, `topLeftCell="A2"`, `topLeftCell="XFE1"`, "the part that moves"},
		{"xl/worksheets/_rels/sheet1.xml.rels", `a%5Bb`, `a{b`, `holds '{'`},
		{"xl/worksheets/_rels/sheet1.xml.rels", `a%5Bb`, strings.Repeat("a", 2_080), "an address has 2100 characters"},
		{"xl/worksheets/_rels/sheet1.xml.rels", `https://example.com/a%5Bb`, `example`, "is no address"},
		{"xl/comments1.xml", `authorId="0"`, `authorId="1"`, "said by 1 of 1"},
		{"xl/drawings/drawing1.xml", `id="2"`, `id="1"`, "there twice"},
		{"xl/charts/chart1.xml", `'One'!$A$1:$A$2`, `Rows`, "no cells"},
	} {
		faults, err := Faults(written(t, c.part, c.before, c.after))
		if err != nil || !strings.Contains(strings.Join(faults, "\n"), c.want) {
			t.Errorf("%s with %.40s: %.200q, %v; want %q", c.part, c.after, faults, err, c.want)
		}
	}
}
