package importer

import (
	"context"
	"slices"
	"testing"

	"muster/importer/record"
)

// BenchmarkParse makes a record of a row of twelve cells.
func BenchmarkParse(b *testing.B) {
	l, err := Open(benchCSV(b, 1000), Options{TempDir: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	var rows []record.Row
	for row, err := range l.Rows(context.Background()) {
		if err != nil {
			b.Fatal(err)
		}
		row.Cells = slices.Clone(row.Cells)
		rows = append(rows, row)
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if r := l.Parse(rows[i%len(rows)]); r.Email.IsZero() {
			b.Fatal(r)
		}
	}
}
