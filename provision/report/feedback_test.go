package report

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"muster/importer"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
)

// readBack reads the cells of a list as an import does.
func readBack(t interface{ Fatal(...any) }, path, temp string) [][]string {
	l, err := importer.Open(path, importer.Options{TempDir: temp})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	var rows [][]string
	for row, err := range l.Rows(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row.Cells)
	}
	return rows
}

// Whatever a cell holds, what we write comes back through the reader as it was.
func TestGuardedCellsSurviveTheReader(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "list.csv")
	rapid.Check(t, func(t *rapid.T) {
		note := rapid.Custom(func(t *rapid.T) string {
			// The reader takes NULs out and reads every line end as LF.
			return strings.NewReplacer("\x00", "", "\r", "\n").Replace(cells().Draw(t, "cell"))
		})
		notes := rapid.SliceOfN(note, 1, 5).Draw(t, "notes")
		var out bytes.Buffer
		w := newCSV(&out)
		w.exact = true // as files of rejected rows are
		w.header(nil, "Name", "Email", "Note")
		for _, n := range notes {
			w.row("Ann Lee", "ann@example.com", n)
		}
		if err := w.flush(); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		rows := readBack(t, path, dir)
		if len(rows) != len(notes) {
			t.Fatalf("%d rows came back of %d", len(rows), len(notes))
		}
		for i, want := range notes {
			if got := rows[i][2]; got != want {
				t.Fatalf("%q came back as %q", want, got)
			}
		}
	})
}

// asRead is what a list says: its records but for where they stand, and how it
// is shaped.
type asRead struct {
	info    importer.Info   // of the first list
	infos   []importer.Info // of every list of the file
	records []record.Record
}

func readList(t *testing.T, path string, o importer.Options) asRead {
	t.Helper()
	o.TempDir = t.TempDir()
	lists, err := importer.OpenAll(path, o)
	if err != nil {
		t.Fatal(err)
	}
	var r asRead
	for _, l := range lists {
		defer l.Close()
		for row, err := range l.Rows(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			r.records = append(r.records, l.Parse(row))
		}
		r.infos = append(r.infos, l.Info())
	}
	r.info = r.infos[0]
	return r
}

// rejectAll writes a report in which every row is rejected, and returns the
// file of rejected rows.
func rejectAll(t *testing.T, r asRead) string {
	t.Helper()
	file := r.info.Path
	s := provision.Summary{Rows: len(r.records)}
	for _, info := range r.infos {
		s.Lists = append(s.Lists, provision.ListInfo{File: file, Sheet: info.Sheet, Format: string(info.Format),
			Encoding: info.Encoding, Delimiter: info.Delimiter, Columns: info.FeedBack, Labels: info.Labels})
	}
	var lines []provision.Line
	for i, rec := range r.records {
		rec.Row = i + 1
		lines = append(lines, provision.Line{Record: rec, Outcome: provision.Rejected, Reason: reason.EmailMalformed, Problems: rec.Problems})
	}
	dir := filepath.Join(t.TempDir(), "run")
	if _, err := Write(t.Context(), dir, seq(lines), s, Options{}); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, rejectedFiles(s.Lists)[0])
}

// placeless takes off a record what feeding it back changes: where it stands,
// what was odd about how its cells were stored or garbled, and the columns of
// muster. Cells beyond the header keep their name.
func placeless(r record.Record, columns []string) record.Record {
	r.Place, r.Problems, r.Row = record.Place{}, nil, 0
	var own []string
	for i, cell := range r.Cells[:min(len(r.Cells), len(columns))] {
		if !importer.Ours(columns[i]) {
			own = append(own, cell)
		}
	}
	r.Cells = own
	return r
}

// checkFedBack rejects every row of a list, reads the file of rejected rows,
// and wants the same people to come out; then once more.
func checkFedBack(t *testing.T, path string, o importer.Options) {
	t.Helper()
	first := readList(t, path, o)
	o.First, o.Last = 0, 0
	for range 2 {
		again := readList(t, rejectAll(t, first), o)
		for _, u := range again.info.Unknown {
			if !slices.Contains(first.info.Unknown, u) && !strings.HasPrefix(u.Header, "column ") {
				t.Errorf("column %q is new", u.Header)
			}
		}
		if again.info.Delimiter != first.info.Delimiter && first.info.Delimiter != "" {
			t.Errorf("delimiter %q, was %q", again.info.Delimiter, first.info.Delimiter)
		}
		if len(again.records) != len(first.records) {
			t.Fatalf("%d rows, were %d", len(again.records), len(first.records))
		}
		header := append([]string{importer.ErrorColumn, importer.FromColumn}, first.info.FeedBack...)
		for i := range first.records {
			want, got := placeless(first.records[i], first.info.FeedBack), placeless(again.records[i], header)
			if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("row %d came back changed:\n%s", i+1, diff)
			}
		}
	}
}

func TestEveryListOfTheCorpusCanBeFedBack(t *testing.T) {
	lists, err := filepath.Glob("../../importer/testdata/lists/*")
	if err != nil || len(lists) == 0 {
		t.Fatal(lists, err)
	}
	lists = append(lists, "../../fixtures/creators.csv", "../../fixtures/creators.xlsx", "../../fixtures/staff.csv", "../../fixtures/clients.csv", "../../fixtures/emails.txt")
	for _, path := range lists {
		all, err := importer.Inspect(path, importer.Options{TempDir: t.TempDir()}, "", false)
		if strings.HasSuffix(path, ".golden") || err != nil || all[0].Rows == 0 {
			continue
		}
		t.Run(filepath.Base(path), func(t *testing.T) { checkFedBack(t, path, importer.Options{}) })
	}
}

func TestRejectedRowsCanBeFedBack(t *testing.T) {
	for name, c := range map[string]struct {
		content string
		o       importer.Options
	}{
		"formulas and apostrophes":  {"Name,Email,Phone,Note,+1\nAnn,ann@,+49 30 1,'=x,1\nBob,bob@,-1,''=x,@b\nCem,cem@,@,\"\t=1\",'tis\n", importer.Options{}},
		"headers that are formulas": {"Name;Email;=SUM(A1);'+x;-\nAnn;ann@;1;2;3\nBob;bob@;1;2;3\n", importer.Options{}},
		"duplicate headers":         {"Name,Email,Email,Note,Note,\nAnn,ann@,x@example.com,a,b,c\nBob,bob@,,a,b,\n", importer.Options{}},
		"titles above the header":   {"Creators 2026,,\n,,\nName,Email,City\nAnn,ann@,Rome\nBob,bob@,Oslo\n", importer.Options{}},
		"two header rows":           {"Person,,Instagram,\nName,Email,Handle,Followers\nAnn,ann@,@ann,12\nBob,bob@,@bob,13\n", importer.Options{}},
		"no header":                 {"Ann Lee,ann@example.com,Rome\nBob Ray,bob@example.com,Oslo\nDee Fox,dee@example.com,Graz\nEli Roe,eli@example.com,\nCem Sun,cem@example,Bern\n", importer.Options{}},
		"no header, told":           {"Ann Lee,ann@example.com,ann.lee\nBob Ray,bob@example.com,bob.ray\n", importer.Options{Map: map[string]string{"column 3": "instagram"}}},
		"windows-1252":              {"Name;E-Mail\nZo\xeb;zoe@\nBj\xf6rk;bjork@\n", importer.Options{}},
		"windows-1252, told":        {"Name;E-Mail\nZo\xeb;zoe@\nBj\xf6rk;bjork@\n", importer.Options{Encoding: "windows-1252"}},
		"utf-16, told, plain":       {wide("Name\tEmail\nAnn\tann@\nBob\tbob@\n"), importer.Options{Encoding: "utf-16"}},
		"pipes":                     {"Name|Email|Links\nAnn|ann@|@ann\nBob|bob@|a,b;c\n", importer.Options{}},
		"sep line":                  {"sep=;\r\nName;Email\r\nAnn;ann@\r\nBob;bob@\r\n", importer.Options{}},
		"pasted addresses":          {"ann@example.com; Bob Ray <bob@example.com>\n\"Moe, Cat\" <cat@example.com>\n", importer.Options{}},
		"one column":                {"Email\nann@\nbob@\n", importer.Options{}},
		"a column told":             {"Wer,Wo\nann,ann@example.com\nbob,bob@example.com\n", importer.Options{Map: map[string]string{"Wo": "email", "Wer": ""}}},
		"cells over lines":          {"Name,Email,Note\nAnn,ann@,\"one\ntwo\"\nBob,bob@,\"a \"\"b\"\"\"\n", importer.Options{}},
		"label rows":                {"Talent,Email,City\nAnn,,Rome\nBob,,Oslo\n", importer.Options{}},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "list.csv")
			if err := os.WriteFile(path, []byte(c.content), 0o600); err != nil {
				t.Fatal(err)
			}
			checkFedBack(t, path, c.o)
		})
	}
}

func wide(s string) string {
	text, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(s)
	if err != nil {
		panic(err)
	}
	return text
}
