package importer

import (
	"archive/zip"
	"bufio"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gocarina/gocsv"
	"github.com/sourcegraph/conc"
	"github.com/xuri/excelize/v2"
)

// The yardstick of reading: the same file through gocsv's fastest bare entry
// point, and through a bare loop over excelize's rows.

const benchCSVRows = 200_000

// Workbooks of the second size are too large for excelize to keep in memory.
var benchXLSXRows = []int{20_000, 100_000}

func benchRow(i int) []string {
	return []string{fmt.Sprint(100000 + i), fmt.Sprintf("Ann%d", i), "Lee-Example", fmt.Sprintf("ann.lee.%d@example.com", i),
		fmt.Sprintf("https://www.instagram.com/ann.lee.%d/", i), fmt.Sprintf("@annlee%d", i), "Germany", "Berlin", fmt.Sprint(i * 7 % 100000), fmt.Sprint(i % 13), "2026-03-15", "met at the spring event, likes tea"}
}

var benchHeader = []string{"Creator ID", "First name", "Last name", "Email", "Instagram", "TikTok", "Country",
	"City", "Followers", "Posts", "Since", "Note"}

func benchCSV(b *testing.B, rows int) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "list.csv")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	w := csv.NewWriter(bufio.NewWriter(f))
	_ = w.Write(benchHeader)
	for i := range rows {
		_ = w.Write(benchRow(i))
	}
	w.Flush()
	if w.Error() != nil {
		b.Fatal(w.Error())
	}
	return path
}

// benchXLSX writes a workbook as excelize does: with shared strings, or inline
// ones, as its streams write them.
func benchXLSX(b *testing.B, rows int, inline bool) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "list.xlsx")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	z := zip.NewWriter(f)
	parts := raw{shared: "-"}.parts()
	parts["xl/_rels/workbook.xml.rels"] = strings.Replace(parts["xl/_rels/workbook.xml.rels"], "texts.xml", "sharedStrings.xml", 1)
	delete(parts, "xl/texts.xml")
	head, tail, _ := strings.Cut(parts["xl/worksheets/sheet1.xml"], "</worksheet>")
	delete(parts, "xl/worksheets/sheet1.xml")
	part := func(name string) *bufio.Writer {
		w, err := z.Create(name)
		if err != nil {
			b.Fatal(err)
		}
		return bufio.NewWriter(w)
	}
	for name, text := range parts {
		w := part(name)
		_, _ = w.WriteString(text)
		_ = w.Flush()
	}
	sheet := part("xl/worksheets/sheet1.xml")
	_, _ = sheet.WriteString(head + "<sheetData>")
	texts := benchSheet(sheet, rows, inline)
	_, _ = sheet.WriteString("</sheetData></worksheet>" + tail)
	_ = sheet.Flush()
	shared := part("xl/sharedStrings.xml")
	fmt.Fprintf(shared, `%s<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="%d" uniqueCount="%d">`, xmlHead, rows*len(benchHeader), len(texts))
	for _, t := range texts {
		fmt.Fprintf(shared, `<si><t>%s</t></si>`, t)
	}
	_, _ = shared.WriteString("</sst>")
	_ = shared.Flush()
	if err := z.Close(); err != nil {
		b.Fatal(err)
	}
	return path
}

// benchSheet writes the rows of a sheet and returns the strings that they share.
func benchSheet(to io.Writer, rows int, inline bool) (texts []string) {
	numbers := map[string]int{}
	for n := range rows + 1 {
		cells := benchHeader
		if n > 0 {
			cells = benchRow(n - 1)
		}
		fmt.Fprintf(to, `<row r="%d">`, n+1)
		for i, c := range cells {
			if inline {
				fmt.Fprintf(to, `<c r="%c%d" t="inlineStr"><is><t>%s</t></is></c>`, 'A'+i, n+1, c)
				continue
			}
			if _, known := numbers[c]; !known {
				numbers[c], texts = len(texts), append(texts, c)
			}
			fmt.Fprintf(to, `<c r="%c%d" t="s"><v>%d</v></c>`, 'A'+i, n+1, numbers[c])
		}
		fmt.Fprint(to, "</row>")
	}
	return texts
}

// bareRow keeps every cell, as our own rows do.
type bareRow struct {
	Tag   string `csv:"tag"`
	cells []string
}

func (r *bareRow) UnmarshalCSVWithFields(_, value string) error {
	if r.cells == nil {
		r.cells = make([]string, 0, 12)
	}
	r.cells = append(r.cells, value)
	return nil
}

func bareCSV(b *testing.B, path string) {
	f, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.ReuseRecord = true
	rows := make(chan bareRow, 256)
	var wg conc.WaitGroup
	wg.Go(func() { err = gocsv.UnmarshalDecoderToChan(gocsv.NewSimpleDecoderFromCSVReader(r), rows) })
	n := 0
	for range rows {
		n++
	}
	if wg.Wait(); err != nil || n != benchCSVRows {
		b.Fatal(n, err)
	}
}

func bareXLSX(b *testing.B, path string, want int) {
	f, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	rows, err := f.Rows("List")
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		if _, err := rows.Columns(); err != nil {
			b.Fatal(err)
		}
		n++
	}
	if n != want+1 {
		b.Fatal(n)
	}
}

func BenchmarkCSV(b *testing.B) {
	path := benchCSV(b, benchCSVRows)
	compare(b, benchCSVRows, func(b *testing.B) { bareCSV(b, path) }, func(b *testing.B) { readRows(b, path, benchCSVRows, false) })
	b.Run("records", func(b *testing.B) {
		for range b.N {
			readRows(b, path, benchCSVRows, true)
		}
		perSecond(b, benchCSVRows)
	})
}

func BenchmarkXLSX(b *testing.B) {
	for _, kind := range []string{"shared", "inline"} {
		for _, rows := range benchXLSXRows {
			name := kind
			if rows > 20_000 {
				name += fmt.Sprintf(" %d rows", rows)
			}
			b.Run(name, func(b *testing.B) {
				path := benchXLSX(b, rows, kind == "inline")
				compare(b, rows, func(b *testing.B) { bareXLSX(b, path, rows) }, func(b *testing.B) { readRows(b, path, rows, false) })
			})
		}
	}
}

// compare runs the bare reading and ours alone, and then in turns: "ratio" is
// the best time of the bare one over the best of ours, 1 = as fast; cpu-ratio
// the same in processor time. Taking turns and the best keeps what else runs
// on the machine out of it.
func compare(b *testing.B, rows int, bare, ours func(*testing.B)) {
	for i, run := range []func(*testing.B){bare, ours} {
		b.Run([]string{"bare", "rows"}[i], func(b *testing.B) {
			b.ReportAllocs()
			for range b.N {
				run(b)
			}
			perSecond(b, rows)
		})
	}
	b.Run("ratio", func(b *testing.B) {
		var best, cpu [2]time.Duration
		for range max(b.N, 5*20_000/rows, 2) {
			for i, run := range []func(*testing.B){bare, ours} {
				start, used := time.Now(), cpuTime()
				run(b)
				best[i] = shorter(best[i], time.Since(start))
				cpu[i] = shorter(cpu[i], cpuTime()-used)
			}
		}
		b.ReportMetric(float64(best[0])/float64(best[1]), "ratio")
		b.ReportMetric(float64(cpu[0])/float64(cpu[1]), "cpu-ratio")
		b.ReportMetric(float64(rows)/best[1].Seconds(), "best-rows/s")
	})
}

func shorter(a, b time.Duration) time.Duration {
	if a == 0 || b < a {
		return b
	}
	return a
}

// readRows opens and reads a list, from the first byte to the last row.
func readRows(b *testing.B, path string, want int, parse bool) {
	l, err := Open(path, Options{TempDir: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	n := 0
	for row, err := range l.Rows(context.Background()) {
		if err != nil {
			b.Fatal(err)
		}
		if parse {
			l.Parse(row)
		}
		n++
	}
	if l.Close(); n != want {
		b.Fatal(n)
	}
}

func perSecond(b *testing.B, rows int) {
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
