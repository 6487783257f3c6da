package importer

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"muster/importer/file"
	"muster/importer/record"
)

// write puts a list into a file of the test's own folder.
func write(t testing.TB, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// book writes rows as the first sheet of a workbook.
func book(t testing.TB, rows [][]any, change func(*excelize.File)) string {
	t.Helper()
	f := excelize.NewFile()
	for i, row := range rows {
		cell, _ := excelize.CoordinatesToCellName(1, i+1)
		if err := f.SetSheetRow("Sheet1", cell, &row); err != nil {
			t.Fatal(err)
		}
	}
	if change != nil {
		change(f)
	}
	path := filepath.Join(t.TempDir(), "list.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

// read opens the lists of a file and reads all of them; the Info is that of
// the first.
func read(t testing.TB, path string, o Options) (Info, []record.Record, error) {
	t.Helper()
	o.TempDir = t.TempDir()
	lists, err := OpenAll(path, o)
	if err != nil {
		return Info{}, nil, err
	}
	var records []record.Record
	for _, l := range lists {
		defer l.Close()
		for row, err := range l.Rows(context.Background()) {
			if err != nil {
				return lists[0].Info(), records, err
			}
			records = append(records, l.Parse(row))
		}
	}
	return lists[0].Info(), records, nil
}

func classOf(err error) file.Class {
	var fe *file.Error
	if errors.As(err, &fe) {
		return fe.Class
	}
	return ""
}

func TestReadCSV(t *testing.T) {
	for _, c := range []struct {
		name, content string
		o             Options
		want          []string // name <email> line
	}{
		{"commas", "Name,Email\nAnn Lee,ann@example.com\nBob Ray,bob@example.com\n", Options{}, []string{"Ann Lee <ann@example.com> 2", "Bob Ray <bob@example.com> 3"}},
		{"semicolons and a BOM", "\xef\xbb\xbfVorname;Nachname;E-Mail\r\nAnn;Lee;ann@example.com\r\n", Options{}, []string{"Ann Lee <ann@example.com> 2"}},
		{"tabs", "Full name\te_mail\tCity\nAnn Lee\tann@example.com\tParis\n", Options{}, []string{"Ann Lee <ann@example.com> 2"}},
		{"a quoted cell over two lines moves the lines below", "Name,Note,Email\nAnn Lee,\"likes\ntea\",ann@example.com\nBob Ray,,bob@example.com\n", Options{}, []string{"Ann Lee <ann@example.com> 2", "Bob Ray <bob@example.com> 4"}},
		{"a header that --map explains", "Wer,Wohin\nAnn Lee,ann@example.com\n", Options{Map: map[string]string{"Wer": "name", "Wohin": "email"}}, []string{"Ann Lee <ann@example.com> 2"}},
		{"only some rows", "Name,Email\nAnn Lee,ann@example.com\nBob Ray,bob@example.com\nCat Moe,cat@example.com\n", Options{First: 2, Last: 2}, []string{"Bob Ray <bob@example.com> 3"}},
		{"totals of something, and counts", "Name,Email,Followers,Fee\nAnn Lee,ann@example.com,12k,100\nTotal Outdoor,,1.2M,\"€ 3,840\"\nØ per influencer,,\"1,4 Mio.\",€ 120\nCount: 1,,,\nSuma Rao,,12k,50\nTotal Andrews,tot@example.com,12k,50\n", Options{}, []string{"Ann Lee <ann@example.com> 2", "Suma Rao <> 6", "Total Andrews <tot@example.com> 7"}},
		{"titles above the header and a total below", "Creators 2026,,\n,,\nName,Email,Fee\nAnn Lee,ann@example.com,100\nBob Ray,bob@example.com,50\nTotal,,150\n", Options{}, []string{"Ann Lee <ann@example.com> 4", "Bob Ray <bob@example.com> 5"}},
		{"no header", "Ann Lee,ann@example.com\nBob Ray,bob@example.com\n", Options{}, []string{"Ann Lee <ann@example.com> 1", "Bob Ray <bob@example.com> 2"}},
		{"pasted addresses", "ann@example.com; Bob Ray <bob@example.com>\n\"Moe, Cat\" <cat@example.com>\n", Options{}, []string{" <ann@example.com> 1", "Bob Ray <bob@example.com> 1", "Cat Moe <cat@example.com> 2"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, records, err := read(t, write(t, "list.csv", c.content), c.o)
			if err != nil {
				t.Fatal(err)
			}
			checkPeople(t, records, c.want)
		})
	}
}

func checkPeople(t *testing.T, records []record.Record, want []string) {
	t.Helper()
	var got []string
	for _, r := range records {
		got = append(got, strings.TrimRight(r.Name+" <"+r.Email.Address+"> "+itoa(r.Line), " "))
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}

func TestReadXLSX(t *testing.T) {
	path := book(t, [][]any{{"Name", "Email", "Instagram", "ID number", "Since"}, {"Ann Lee", "ann@example.com", "@ann.lee", 123456789012, 45000}, {}, {"Bob Ray", "bob@example.com"}}, func(f *excelize.File) {
		style, _ := f.NewStyle(&excelize.Style{NumFmt: 14})
		_ = f.SetCellStyle("Sheet1", "E2", "E2", style)
		_ = f.SetCellHyperLink("Sheet1", "C4", "https://www.instagram.com/bob.ray/", "External")
		_ = f.SetCellStr("Sheet1", "C4", "Bob on Instagram")
	})
	info, records, err := read(t, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	checkPeople(t, records, []string{"Ann Lee <ann@example.com> 2", "Bob Ray <bob@example.com> 4"})
	if got := records[0].Attributes; len(got) != 2 || got[0].Value != "123456789012" || got[1].Value != "2023-03-15" {
		t.Errorf("attributes %v", got)
	}
	if got := records[1].Profiles; len(got) != 1 || got[0].Value != "bob.ray" {
		t.Errorf("profiles %v, problems %v", got, records[1].Problems)
	}
	if info.Sheet != "Sheet1" || info.HeaderLine != 1 {
		t.Errorf("info %+v", info)
	}
}

func TestReadingStops(t *testing.T) {
	rows := [][]any{{"Name", "Email"}}
	var b strings.Builder
	b.WriteString("Name,Email\n")
	for i := range 20_000 {
		b.WriteString("Ann " + itoa(i) + ",ann" + itoa(i) + "@example.com\n")
		rows = append(rows, []any{"Ann " + itoa(i), "ann" + itoa(i) + "@example.com"})
	}
	for format, path := range map[string]string{"CSV": write(t, "list.csv", b.String()), "XLSX": book(t, rows, nil)} {
		t.Run(format, func(t *testing.T) { testReadingStops(t, path) })
	}
}

func testReadingStops(t *testing.T, path string) {
	before := runtime.NumGoroutine()
	l, err := Open(path, Options{TempDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for most := range 20 { // some stop in the first piece of a sheet, some behind it
		n := 0
		for range l.Rows(context.Background()) {
			if n++; n > most*most {
				break
			}
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	n, last := 0, error(nil)
	for _, err := range l.Rows(ctx) {
		if n++; n == 10 {
			cancel()
		}
		last = err
	}
	if !errors.Is(last, context.Canceled) || n > 2000 {
		t.Errorf("after %d rows: %v", n, last)
	}
	for deadline := time.Now().Add(5 * time.Second); runtime.NumGoroutine() > before; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%d goroutines, %d before", runtime.NumGoroutine(), before)
		}
	}
}

func TestLimitsAreErrors(t *testing.T) {
	list := write(t, "list.csv", "Name,Email,Note\nAnn Lee,ann@example.com,"+strings.Repeat("x", 200)+"\nBob Ray,bob@example.com,\n")
	for _, limits := range []file.Limits{{CSVBytes: 100}, {CSVRows: 2}, {Columns: 2}, {CellBytes: 100}} {
		if _, _, err := read(t, list, Options{Limits: limits}); classOf(err) != file.TooLarge {
			t.Errorf("%+v: %v", limits, err)
		}
	}
	if _, _, err := read(t, filepath.Join(t.TempDir(), "none.csv"), Options{}); classOf(err) != file.NotFound {
		t.Errorf("no file: %v", err)
	}
}

func TestNotesSayTheirPlaceOnce(t *testing.T) {
	for _, c := range []struct {
		note file.Note
		want string
	}{
		{file.Note{Line: 4, Message: "the header has two rows, which were joined"}, "line 4: the header has two rows, which were joined"},
		{file.Note{Line: 8, Message: "line 8: a row of totals was left out"}, "line 8: a row of totals was left out"},
		{file.Note{Message: "blank rows were left out"}, "blank rows were left out"},
	} {
		if got := c.note.Text(); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}
