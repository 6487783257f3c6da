package importer

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/unicode"

	"muster/importer/file"
	"muster/importer/record"
)

// raw is a workbook written by hand: what stands between the tags of its
// sheet, and its other parts.
type raw struct {
	sheet, shared, styles, workbook string
	more                            map[string]string
}

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

func (r raw) parts() map[string]string {
	ns := `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	rel := "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	if r.workbook == "" {
		r.workbook = `<sheets><sheet name="List" sheetId="1" r:id="rId1"/></sheets>`
	}
	parts := map[string]string{
		"[Content_Types].xml":        xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
		"_rels/.rels":                xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + rel + `officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            xmlHead + `<workbook ` + ns + `>` + r.workbook + `</workbook>`,
		"xl/_rels/workbook.xml.rels": xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + rel + `worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="` + rel + `sharedStrings" Target="texts.xml"/><Relationship Id="rId3" Type="` + rel + `styles" Target="styles.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   xmlHead + `<worksheet ` + ns + `>` + r.sheet + `</worksheet>`,
		"xl/styles.xml":              xmlHead + `<styleSheet ` + ns + `>` + r.styles + `</styleSheet>`,
	}
	if r.shared != "" {
		parts["xl/texts.xml"] = xmlHead + `<sst ` + ns + `>` + r.shared + `</sst>`
	}
	for name, part := range r.more {
		parts[name] = part
	}
	return parts
}

// zipped writes parts into an archive, in order of their names.
func zipped(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var names []string
	for name := range parts {
		names = append(names, name)
	}
	slices.Sort(names)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range names {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, parts[name])
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

func inline(ref, text string) string {
	return fmt.Sprintf(`<c r="%s" t="inlineStr"><is><t>%s</t></is></c>`, ref, text)
}

var twoPeople = `<sheetData><row r="1">` + inline("A1", "Name") + inline("B1", "Email") + `</row><row r="2">` + inline("A2", "Ann Lee") + inline("B2", "ann@example.com") + `</row><row r="3">` + inline("A3", "Bob Ray") + inline("B3", "bob@example.com") + `</row></sheetData>`

func TestSheetsInTheWild(t *testing.T) {
	people := []string{"Ann Lee <ann@example.com> 2", "Bob Ray <bob@example.com> 3"}
	for _, c := range []struct {
		name string
		raw  raw
		want []string
	}{
		{"inline strings", raw{sheet: twoPeople}, people},
		{"shared strings in a part of another name, with phonetic runs and rich text", raw{
			shared: `<si><t>Name</t></si><si><t>Email</t></si><si><r><t>Ann </t></r><r><rPr><b/></rPr><t>Lee</t></r><rPh sb="0" eb="1"><t>xx</t></rPh></si><si><t xml:space="preserve">ann@example.com</t></si>`,
			sheet:  `<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2" t="s"><v>3</v></c></row></sheetData>`}, people[:1]},
		{"no references at all", raw{sheet: strings.NewReplacer(` r="1"`, "", ` r="2"`, "", ` r="3"`, "", ` r="A1"`, "", ` r="B1"`, "", ` r="A2"`, "", ` r="B2"`, "", ` r="A3"`, "", ` r="B3"`, "").Replace(twoPeople)}, people},
		{"prefixed elements", raw{sheet: strings.NewReplacer("</", "</x:", "<", "<x:").Replace(twoPeople)}, people},
		{"styled blank cells and rows", raw{sheet: strings.Replace(twoPeople, "</sheetData>", `<row r="4" s="1"><c r="A4" s="1"/></row><row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>`, 1)}, people},
		{"formula strings", raw{sheet: `<sheetData><row r="1">` + inline("A1", "Name") + inline("B1", "Email") + `</row><row r="2"><c r="A2" t="str"><f>C2&amp;" "&amp;D2</f><v>Ann Lee</v></c><c r="B2" t="str"><f>LOWER(E2)</f><v>ann@example.com</v></c></row></sheetData>`}, people[:1]},
		{"entities and text in CDATA", raw{sheet: `<sheetData><row r="1">` + inline("A1", "Name") + inline("B1", "Email") + `</row><row r="2">` + inline("A2", "<![CDATA[Ann]]> Lee") + inline("B2", "ann&#64;example.com") + `</row></sheetData>`}, people[:1]},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, records, err := read(t, write(t, "list.xlsx", string(zipped(t, c.raw.parts()))), Options{})
			if err != nil {
				t.Fatal(err)
			}
			checkPeople(t, records, c.want)
		})
	}
}

// What Excel reads and excelize does not is put right before it sees it.
func TestSheetsPutRight(t *testing.T) {
	cells := `<sheetData><row r="1" spans="1:3">` + inline("A1", "Name") + inline("B1", "Email") + inline("C1", "City") + `</row>
<row r="2">` + inline("C2", "Graz") + `<!-- moved --> ` + inline("A2", "Ann Lee") + inline("B2", "ann@example.com") + `</row><row r="3"/><row r="4">` + inline("A4", "Bob &amp; &#82;ay &gt; s=&quot;&quot;") + inline("B4", "bob@example.com") + inline("C4", "Ulm") + `</row></sheetData>`
	plain := strings.Replace(cells, inline("C2", "Graz")+`<!-- moved --> `+inline("A2", "Ann Lee")+inline("B2", "ann@example.com"), inline("A2", "Ann Lee")+inline("B2", "ann@example.com")+inline("C2", "Graz"), 1)
	want := []string{"Ann Lee", "ann@example.com", "Graz", `Bob & Ray > s=""`, "bob@example.com", "Ulm"}
	for _, c := range []struct {
		name  string
		parts map[string]string
		note  string
	}{
		{"cells out of order", raw{sheet: cells}.parts(), "cells_out_of_order"},
		{"empty styles", raw{sheet: strings.NewReplacer(`<c r="`, `<c s="" r="`, `<row r="4"`, `<row r="4" s=''`).Replace(plain)}.parts(), "empty_styles"},
		{"empty styles behind the place", raw{sheet: strings.ReplaceAll(plain, `t="inlineStr"`, `s = "" t="inlineStr"`)}.parts(), "empty_styles"},
		{"both, with prefixed elements", raw{sheet: strings.NewReplacer("</", "</x:", "<!", "<!", "<c ", `<x:c s="" `, "<", "<x:").Replace(cells)}.parts(), "cells_out_of_order"},
		{"all parts in UTF-16", inWide(raw{sheet: plain}.parts(), unicode.LittleEndian, unicode.UseBOM), ""},
		{"all parts in UTF-16, the other way round", inWide(raw{sheet: plain}.parts(), unicode.BigEndian, unicode.UseBOM), ""},
		{"all parts in UTF-16 without a mark of byte order", inWide(raw{sheet: plain}.parts(), unicode.LittleEndian, unicode.IgnoreBOM), ""},
		{"UTF-16 and cells out of order", inWide(raw{sheet: cells}.parts(), unicode.LittleEndian, unicode.UseBOM), "cells_out_of_order"},
		{"shared strings in UTF-16", inWide(raw{shared: `<si><t>Ann Lee</t></si>`, sheet: strings.Replace(plain, inline("A2", "Ann Lee"), `<c r="A2" t="s"><v>0</v></c>`, 1)}.parts(), unicode.BigEndian, unicode.UseBOM), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			info, records, err := read(t, write(t, "list.xlsx", string(zipped(t, c.parts))), Options{})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, r := range records {
				got = append(got, r.Cells...)
			}
			if !slices.Equal(got, want) {
				t.Errorf("got %q\nwant %q", got, want)
			}
			if said := slices.ContainsFunc(info.Notes, func(n file.Note) bool { return n.Code == c.note }); said != (c.note != "") {
				t.Errorf("notes %v", info.Notes)
			}
		})
	}
}

// inWide writes the parts of a workbook in UTF-16.
func inWide(parts map[string]string, end unicode.Endianness, mark unicode.BOMPolicy) map[string]string {
	for name, part := range parts {
		text, err := unicode.UTF16(end, mark).NewEncoder().String(strings.Replace(part, "UTF-8", "UTF-16", 1))
		if err != nil {
			panic(err)
		}
		parts[name] = text
	}
	return parts
}

// A sheet of many rows is put right as it streams by.
func TestLongSheetPutRight(t *testing.T) {
	var b strings.Builder
	b.WriteString("<sheetData><row>" + inline("A1", "Name") + inline("B1", "Email") + "</row>")
	for n := 2; n <= 5000; n++ {
		fmt.Fprintf(&b, `<row r="%d">%s%s</row>`, n, inline(fmt.Sprint("B", n), fmt.Sprintf("p%d@example.com", n)), inline(fmt.Sprint("A", n), fmt.Sprint("Ann Lee ", n)))
	}
	b.WriteString("</sheetData>")
	_, records, err := read(t, write(t, "list.xlsx", string(zipped(t, raw{sheet: b.String()}.parts()))), Options{})
	if err != nil || len(records) != 4999 {
		t.Fatalf("%v, %d rows", err, len(records))
	}
	for i, r := range records {
		if r.Line != i+2 || r.Name != fmt.Sprint("Ann Lee ", i+2) || r.Email.Address != fmt.Sprintf("p%d@example.com", i+2) {
			t.Fatalf("row %d is %+v", i+2, r)
		}
	}
}

func TestBrokenWorkbooks(t *testing.T) {
	good := raw{sheet: twoPeople}
	sheet := func(s string) []byte { return zipped(t, raw{sheet: s}.parts()) }
	shared := func(strings, sheet string) []byte { return zipped(t, raw{shared: strings, sheet: sheet}.parts()) }
	part := func(name, content string) []byte {
		p := good.parts()
		p[name] = content
		return zipped(t, p)
	}
	for _, c := range []struct {
		name string
		data []byte
		want file.Class
		line int
	}{
		{"a sheet that breaks off", part("xl/worksheets/sheet1.xml", strings.Split(good.parts()["xl/worksheets/sheet1.xml"], `<c r="B3"`)[0]), file.Truncated, 3},
		{"a sheet without its last tag", part("xl/worksheets/sheet1.xml", strings.TrimSuffix(good.parts()["xl/worksheets/sheet1.xml"], "</worksheet>")), file.Truncated, 3},
		{"a control character in a cell", sheet(strings.Replace(twoPeople, "Ann", "A\x01nn", 1)), file.Corrupt, 2},
		{"an unknown entity", sheet(strings.Replace(twoPeople, "Ann", "&xx;", 1)), file.Corrupt, 2},
		{"tags that do not match", sheet(strings.Replace(twoPeople, "Bob Ray</t></is>", "Bob Ray</is></t>", 1)), file.Corrupt, 3},
		{"a shared string that is not there", shared(`<si><t>Name</t></si>`, strings.Replace(twoPeople, inline("B3", "bob@example.com"), `<c r="B3" t="s"><v>7</v></c>`, 1)), file.Corrupt, 3},
		{"a cell type that is not there", sheet(strings.Replace(twoPeople, `<c r="B3" t="inlineStr">`, `<c r="B3" t="zzz">`, 1)), file.Corrupt, 3},
		{"two cells in one place", sheet(strings.Replace(twoPeople, inline("A3", "Bob Ray"), inline("B3", "Bob Ray"), 1)), file.Corrupt, 3},
		{"a cell of another row", sheet(strings.Replace(twoPeople, inline("B3", "bob@example.com"), inline("B2", "bob@example.com"), 1)), file.Corrupt, 3},
		{"rows out of order", sheet(strings.Replace(twoPeople, `<row r="3">`, `<row r="1">`, 1)), file.Corrupt, 2},
		{"a document type", part("xl/worksheets/sheet1.xml", `<!DOCTYPE x [<!ENTITY a "b">]>`+good.parts()["xl/worksheets/sheet1.xml"]), file.Corrupt, 0},
		{"a sheet in UTF-16 that breaks off", part("xl/worksheets/sheet1.xml", "\xff\xfe<\x00w\x00"), file.Truncated, 0},
		{"a sheet in another encoding", part("xl/worksheets/sheet1.xml", strings.Replace(good.parts()["xl/worksheets/sheet1.xml"], "UTF-8", "ISO-8859-1", 1)), file.Unsupported, 0},
		{"a sheet padded with blanks", sheet(strings.Repeat(" ", 9<<20) + twoPeople), file.Bomb, 0},
		{"a cell of half a million elements", sheet(strings.Replace(twoPeople, "<t>Bob Ray</t>", strings.Repeat("<r><t>x</t></r>", 300_000), 1)), file.TooLarge, 3},
		{"a cell of two megabytes", sheet(strings.Replace(twoPeople, "Bob Ray", strings.Repeat("x", 2<<20), 1)), file.TooLarge, 3},
		{"a row of seventy megabytes", sheet(strings.Replace(twoPeople, inline("B3", "bob@example.com"), strings.Repeat(`<c t="inlineStr"><is><t>`+strings.Repeat("x", 1<<20)+`</t></is></c>`, 70), 1)), file.TooLarge, 3},
		{"a beginning that is no XML", sheet(`<sheetPr a=b/>` + twoPeople), file.Corrupt, 1},
		{"a shared text of many pieces", shared("<si>"+strings.Repeat("<r><t>xxxxxxxx</t></r>", 200_000)+"</si>", twoPeople), file.TooLarge, 0},
		{"hyperlinks over many cells, again and again", zipped(t, raw{sheet: twoPeople + "<hyperlinks>" + strings.Repeat(`<hyperlink ref="B2:B9999" r:id="rId1"/>`, 20_000) + "</hyperlinks>",
			more: map[string]string{"xl/worksheets/_rels/sheet1.xml.rels": `<Relationships><Relationship Id="rId1" Type="x/hyperlink" Target="https://example.com/" TargetMode="External"/></Relationships>`}}.parts()), file.TooLarge, 0},
		{"two million rows", sheet(`<sheetData>` + strings.Repeat(`<row/>`, 1_100_000) + `</sheetData>`), file.TooLarge, 0},
		{"a picture of 65 MB beside the sheet", part("xl/media/image1.png", strings.Repeat("\x00", 65<<20)), file.Bomb, 0},
		{"a column beyond the last", sheet(strings.Replace(twoPeople, `r="B3"`, `r="XFE3"`, 1)), file.TooLarge, 3},
		{"no rows", sheet(`<sheetData/>`), file.Empty, 0},
		{"no workbook", part("_rels/.rels", `<Relationships/>`), file.Corrupt, 0},
		{"a binary workbook", zipped(t, map[string]string{"xl/workbook.bin": "x", "_rels/.rels": "x"}), file.Unsupported, 0},
		{"an OpenDocument spreadsheet", zipped(t, map[string]string{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "x"}), file.Unsupported, 0},
		{"a Numbers document", zipped(t, map[string]string{"Index/Document.iwa": "x"}), file.Unsupported, 0},
		{"some archive", zipped(t, map[string]string{"list.csv": "x"}), file.NotSpreadsheet, 0},
		{"an old workbook", append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), inUTF16("....Workbook")...), file.LegacyXLS, 0},
		{"a workbook with a password", append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), inUTF16("....EncryptedPackage")...), file.Encrypted, 0},
		{"a web page", []byte("<!DOCTYPE html><html><table><tr><td>Email</td></tr></table></html>"), file.NotSpreadsheet, 0},
		{"a PDF", []byte("%PDF-1.7 ..."), file.NotSpreadsheet, 0},
		{"nothing", nil, file.Empty, 0},
		{"blanks", []byte(" \r\n \n"), file.Empty, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := read(t, write(t, "list.xlsx", string(c.data)), Options{})
			fe, _ := err.(*file.Error)
			if fe == nil || fe.Class != c.want || (c.line > 0 && fe.Line != c.line) {
				t.Fatalf("got %v (%s), want class %s in line %d", err, classOf(err), c.want, c.line)
			}
			if fe.Path == "" || fe.Msg == "" || fe.Hint == "" {
				t.Errorf("says too little: %+v", fe)
			}
		})
	}
}

// A workbook cut anywhere is an error, and so is one with a byte changed
// inside a part that is used, unless the change does not matter.
func TestTruncatedXLSX(t *testing.T) {
	data := zipped(t, raw{sheet: twoPeople, shared: `<si><t>Name</t></si>`}.parts())
	for n := 0; n < len(data); n += 7 {
		if _, records, err := read(t, write(t, "list.xlsx", string(data[:n])), Options{}); err == nil {
			t.Errorf("cut at %d of %d: %d records and no error", n, len(data), len(records))
		}
	}
	_, want, err := read(t, write(t, "list.xlsx", string(data)), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for n := 0; n < len(data); n += 3 {
		broken := bytes.Clone(data)
		broken[n] ^= 0x41
		_, records, err := read(t, write(t, "list.xlsx", string(broken)), Options{})
		if err != nil {
			continue
		}
		for i := range records {
			if i >= len(want) || !slices.Equal(records[i].Cells, want[i].Cells) {
				t.Errorf("byte %d changed: row %v and no error", n, records[i].Cells)
			}
		}
		if len(records) != len(want) {
			t.Errorf("byte %d changed: %d records and no error", n, len(records))
		}
	}
}

// A part whose directory entry lies about its size is refused.
func TestLyingSizes(t *testing.T) {
	data := zipped(t, raw{sheet: twoPeople}.parts())
	at := bytes.LastIndex(data, []byte("xl/worksheets/sheet1.xml")) - 46
	for _, size := range []uint32{10, 1 << 20} {
		lie := bytes.Clone(data)
		binary.LittleEndian.PutUint32(lie[at+24:], size)
		_, records, err := read(t, write(t, "list.xlsx", string(lie)), Options{})
		if err == nil {
			t.Errorf("size %d: %d records and no error", size, len(records))
		} else if strings.Contains(err.Error(), "it ") {
			t.Errorf("size %d: is said to be damaged twice: %v", size, err)
		}
	}
}

func TestValuesOfSheets(t *testing.T) {
	path := book(t, [][]any{
		{"Email", "Number", "Big", "Zeros", "Date", "Time", "Flag", "Share", "Text", "Small"},
		{"ann@example.com", 123456789012, 6.8123456789012e18, 123, 45000.5, 0.75, true, 0.125, "00123", 0.1},
	}, func(f *excelize.File) {
		for ref, format := range map[string]string{"D2": "00000", "E2": "yyyy-mm-dd hh:mm", "F2": "hh:mm:ss"} {
			style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
			if err != nil {
				t.Fatal(err)
			}
			_ = f.SetCellStyle("Sheet1", ref, ref, style)
		}
	})
	l, err := Open(path, Options{TempDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for row, err := range l.Rows(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		want := []string{"ann@example.com", "123456789012", "6812345678901200000", "00123", "2023-03-15T12:00:00",
			"18:00:00", "TRUE", "0.125", "00123", "0.1"}
		if !slices.Equal(row.Cells, want) {
			t.Errorf("got %q\nwant %q", row.Cells, want)
		}
		if row.Marks[2] != record.LongNumber || row.Marks[4] != record.DateCell {
			t.Errorf("marks %v", row.Marks)
		}
	}
}

func TestChoiceOfSheets(t *testing.T) {
	path := book(t, [][]any{{"Export Summary"}, {"Exported", 2}}, func(f *excelize.File) {
		for _, s := range []string{"Old", "May", "June"} {
			if _, err := f.NewSheet(s); err != nil {
				t.Fatal(err)
			}
			_ = f.SetSheetRow(s, "A1", &[]any{"Name", "Email"})
			_ = f.SetSheetRow(s, "A2", &[]any{s + " Lee", strings.ToLower(s) + "@example.com"})
		}
		_ = f.SetSheetVisible("Old", false)
		_ = f.SetRowVisible("May", 2, false)
	})
	for _, c := range []struct {
		sheet string
		want  []string
	}{
		{"", []string{"May Lee <may@example.com> 2"}},
		{"june", []string{"June Lee <june@example.com> 2"}},
		{"Old", []string{"Old Lee <old@example.com> 2"}},
		{"*", []string{"May Lee <may@example.com> 2", "June Lee <june@example.com> 2"}},
	} {
		info, records, err := read(t, path, Options{Sheet: c.sheet})
		if err != nil {
			t.Fatal(err)
		}
		checkPeople(t, records, c.want)
		if len(info.Notes) == 0 {
			t.Error("no note says which sheets were not read")
		}
	}
	if _, _, err := read(t, path, Options{Sheet: "August"}); classOf(err) != file.BadMapping {
		t.Errorf("a sheet that is not there: %v", err)
	}
}

func TestLinksOfSheets(t *testing.T) {
	sheet := `<sheetData><row r="1">` + inline("A1", "Name") + inline("B1", "Email") + inline("C1", "Instagram") + inline("D1", "TikTok") + `</row><row r="2">` + inline("A2", "Ann Lee") + inline("B2", "write to Ann") + inline("C2", "Ann's page") + `<c r="D2" t="str"><f>HYPERLINK("https://www.tiktok.com/@ann.lee","Ann")</f><v>Ann</v></c></row></sheetData><hyperlinks><hyperlink ref="B2" r:id="rId1"/><hyperlink ref="C2:C9" r:id="rId2"/></hyperlinks>`
	data := zipped(t, raw{sheet: sheet, more: map[string]string{"xl/worksheets/_rels/sheet1.xml.rels": `<Relationships><Relationship Id="rId1" Type="x/hyperlink" Target="mailto:ann%40example.com?subject=Hi" TargetMode="External"/><Relationship Id="rId2" Type="x/hyperlink" Target="https://www.instagram.com/ann.lee/?hl=de" TargetMode="External"/></Relationships>`}}.parts())
	_, records, err := read(t, write(t, "list.xlsx", string(data)), Options{})
	if err != nil {
		t.Fatal(err)
	}
	checkPeople(t, records, []string{"Ann Lee <ann@example.com> 2"})
	if p := records[0].Profiles; len(p) != 2 || p[0].Network != "instagram" || p[0].Value != "ann.lee" || p[1].Network != "tiktok" {
		t.Errorf("profiles %+v, problems %v", p, records[0].Problems)
	}
}

func TestFormulaWithoutResult(t *testing.T) {
	sheet := strings.Replace(twoPeople, inline("B3", "bob@example.com"), `<c r="B3"><f>LOWER(C3)</f></c>`, 1)
	info, records, err := read(t, write(t, "list.xlsx", string(zipped(t, raw{sheet: sheet}.parts()))), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(records) != 2 || records[1].Usable() || records[1].Problems[0].Code != "no_stored_result" {
		t.Errorf("records %+v", records)
	}
	if !strings.Contains(fmt.Sprint(info.Notes), "formulas_without_result") {
		t.Errorf("notes %v", info.Notes)
	}
}

func TestNothingIsLeftBehind(t *testing.T) {
	temp := t.TempDir()
	path := book(t, [][]any{{"Name", "Email"}, {"Ann Lee", "ann@example.com"}}, nil)
	for _, p := range []string{path, write(t, "broken.xlsx", string(zipped(t, raw{sheet: "<sheetData>"}.parts())))} {
		l, err := Open(p, Options{TempDir: temp})
		if err == nil {
			for range l.Rows(context.Background()) {
				break
			}
			if err := l.Close(); err != nil {
				t.Error(err)
			}
		}
		if left, _ := filepath.Glob(filepath.Join(temp, "*")); len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
	}
	if _, err := os.Stat(temp); err != nil {
		t.Error(err)
	}
}

// twoHeaders is a workbook with people on two sheets, each under its own
// header, and sheets beside them that hold none.
func twoHeaders(t testing.TB) string {
	return book(t, [][]any{{"Read me"}, {"who knows what"}}, func(f *excelize.File) {
		sheets := map[string][][]any{
			"Kampagne": {{"Vorname", "Nachname", "E-Mail", "Insta"}, {"Ann", "Lee", "ann@example.com", "@ann.lee"}},
			"Talentos": {{"Lista 2026"}, {"Nombre", "Correo", "Ciudad"}, {"Bea Sol", "bea@example.com", "Lugo"}, {"Leo Mar", "leo@", "Vigo"}, {"TOTAL", 2, nil}},
			"Reach":    {{"Month", "Instagram", "TikTok"}, {"May", 12000000, 900}, {"June", 13000000, 800}},
			"Later":    {{"Name", "Email"}},
		}
		for _, sheet := range []string{"Later", "Reach", "Kampagne", "Talentos"} {
			rows := sheets[sheet]
			if _, err := f.NewSheet(sheet); err != nil {
				t.Fatal(err)
			}
			for i, row := range rows {
				_ = f.SetSheetRow(sheet, fmt.Sprintf("A%d", i+1), &row)
			}
		}
	})
}

func TestSheetsOfOtherHeaders(t *testing.T) {
	path := twoHeaders(t)
	info, records, err := read(t, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	checkPeople(t, records, []string{"Ann Lee <ann@example.com> 2"})
	if want := []record.UnreadSheet{{Name: "Talentos", Rows: 2}}; !slices.Equal(info.Unread, want) {
		t.Errorf("unread %+v, want %+v", info.Unread, want)
	}
	info, records, err = read(t, path, Options{Sheet: "Kampagne"})
	if err != nil || len(records) != 1 || len(info.Unread) > 0 {
		t.Errorf("the sheet was named, and yet: %v, %d rows, %+v", err, len(records), info.Unread)
	}
}

func TestEverySheetByItsOwnHeader(t *testing.T) {
	path := twoHeaders(t)
	lists, err := OpenAll(path, Options{Sheet: "*", TempDir: t.TempDir(), Map: map[string]string{"Ciudad": "", "Insta": "instagram"}})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][]string{}
	for _, l := range lists {
		info := l.Info()
		if len(info.Unread) > 0 {
			t.Errorf("%s: %+v unread", info.Sheet, info.Unread)
		}
		for row, err := range l.Rows(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			if row.Sheet != info.Sheet {
				t.Errorf("a row of %q on the list of %q", row.Sheet, info.Sheet)
			}
			r := l.Parse(row)
			got[info.Sheet] = append(got[info.Sheet], fmt.Sprintf("%s %v", r.Name, r.Attributes))
		}
	}
	for sheet, want := range map[string][]string{"Kampagne": {"Ann Lee []"}, "Talentos": {"Bea Sol []", "Leo Mar []"}} {
		if !slices.Equal(got[sheet], want) {
			t.Errorf("%s: %q, want %q", sheet, got[sheet], want)
		}
	}
	temp := lists[0].temp
	for _, l := range lists {
		if _, err := os.Stat(temp); err != nil {
			t.Errorf("freed before the last list was closed: %v", err)
		}
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	}
	if _, err := os.Stat(temp); err == nil {
		t.Error("the private folder is still there")
	}
	if _, err := OpenAll(path, Options{Sheet: "*", TempDir: t.TempDir(), Map: map[string]string{"Stadt": ""}}); classOf(err) != file.BadMapping {
		t.Errorf("--map names a column of no sheet: %v", err)
	}
}

func TestSamplesShowWhereProfilesAre(t *testing.T) {
	rows := [][]any{{"Name", "Email", "Instagram"}, {"Ann", "ann@example.com", "open profile"}}
	path := book(t, rows, func(f *excelize.File) {
		for cell, target := range map[string]string{"A2": "https://example.com/ann", "C2": "https://www.instagram.com/ann.lee/"} {
			if err := f.SetCellHyperLink("Sheet1", cell, target, "External"); err != nil {
				t.Fatal(err)
			}
		}
	})
	all, err := Inspect(path, Options{TempDir: t.TempDir()}, "", false)
	if err != nil {
		t.Fatal(err)
	}
	for column, want := range map[string]string{"Name": "Ann", "Email": "ann@example.com", "Instagram": "https://www.instagram.com/ann.lee/"} {
		if got := all[0].Samples[column]; len(got) != 1 || got[0] != want {
			t.Errorf("%s shows %q, want %q", column, got, want)
		}
	}
}

// A brand that is merged over several rows is that of each of them; whom a row is
// about, what they may do and whether they are blocked is said on it alone.
func TestMergedDown(t *testing.T) {
	f := excelize.NewFile()
	for at, row := range [][]any{
		{"Brand", "Name", "Email", "Status", "Source"},
		{"Outdoor", "Ann Lee", "ann@example.com", "blocked", "Fair"},
		{nil, "Bob Ray", "bob@example.com", "active", nil},
		{nil, nil, "cyd@example.com", nil, "Mail"},
		{"Kitchen", "Di Fox", "di@example.com", nil, nil},
		{nil, "Ed Orr", "ed@example.com", nil, nil},
	} {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", at+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	for _, r := range [][2]string{{"A2", "A4"}, {"B3", "B4"}, {"D3", "D4"}, {"E2", "E3"}} {
		if err := f.MergeCell("Sheet1", r[0], r[1]); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "list.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	info, records, err := read(t, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range records {
		got = append(got, show(r))
	}
	want := []string{
		"name=Ann Lee email=ann@example.com brands=Outdoor status=blocked [Source]=Fair",
		"name=Bob Ray email=bob@example.com brands=Outdoor status=active [Source]=Fair",
		"email=cyd@example.com brands=Outdoor [Source]=Mail",
		"name=Di Fox email=di@example.com brands=Kitchen",
		"name=Ed Orr email=ed@example.com",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if len(info.Notes) != 1 || info.Notes[0].Code != "merged_cells" || !strings.HasSuffix(info.Notes[0].Message, "counts for every row that its cell spans") {
		t.Errorf("notes %+v", info.Notes)
	}
}
