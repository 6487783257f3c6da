package csvfile

import (
	"encoding/csv"
	"io"
	"slices"
	"strings"
	"testing"

	"muster/importer/file"
)

// records reads all of a text under a dialect, without the line numbers.
func records(text string, d dialect, usual int) ([][]string, error) {
	r := newReader(strings.NewReader(text), d, usual, file.Limits{CellBytes: 4096})
	var out [][]string
	for {
		rec, err := r.next()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return out, err
		}
		if len(rec) == 2 && rec[1] == "" {
			continue
		}
		out = append(out, slices.Clone(rec[1:]))
	}
}

var commas = dialect{delim: ',', quote: '"'}

func TestCSVReaderAgreesWithEncodingCSV(t *testing.T) {
	for _, text := range wellFormed {
		agree(t, text)
	}
}

var wellFormed = []string{
	"a,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\n1,2", "\"a\",\"b\"\n\"1\",\"2\"", "a,\"b\nc\",d\n1,2,3\n", "a,\"b\"\"c\",d\n", "a,\"\",b\n,,\n", "\"a,b\",c\n", "\n\na,b\n\n1,2\n", "a\n\"\"\nb\n",
	"ä,ö\n\"ü\r\nß\",é\n", "\"a\"\"\",b\n", "\"\"\"a\",b\n",
}

// agree compares with encoding/csv where that reads the text at all.
func agree(t *testing.T, text string) {
	t.Helper()
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord = -1
	want, err := r.ReadAll()
	if err != nil || strings.ContainsAny(text, "\x00") {
		return
	}
	for _, rec := range want {
		if len(rec) == 1 && rec[0] == "" {
			return // a quoted blank line: blank for us
		}
	}
	got, err := records(text, commas, 0)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	for _, rec := range got {
		for i := range rec { // encoding/csv makes CRLF in quotes to LF
			rec[i] = strings.ReplaceAll(rec[i], "\r\n", "\n")
		}
	}
	if !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("%q\n got %q\nwant %q", text, got, want)
	}
}

func FuzzCSVReader(f *testing.F) {
	for _, text := range wellFormed {
		f.Add(text)
	}
	f.Add("a,b,c\n1,\"2,3\n4,5,6\n7,\"8\",9\n")
	f.Add("a;b\n'x';\"y\n")
	f.Fuzz(func(t *testing.T, text string) {
		agree(t, text)
		for _, d := range []dialect{commas, {delim: ';', quote: '"', escape: true}, {quote: '"'}, {delim: ',', quote: '\'', space: true}, {delim: '\t'}} {
			got, err := records(text, d, 3)
			if err == nil && len(got) == 0 && !file.Blank(strings.NewReplacer(`"`, "", "'", "").Replace(text)) {
				t.Errorf("%q under %+v: no records and no error", text, d)
			}
		}
	})
}

func TestQuotesInTheWild(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       [][]string
		broken     int // line the error names, 0 = none
	}{
		{"a quote inside a cell is a character", "a,b,c\nx,5\" nails,y\n", [][]string{{"a", "b", "c"}, {"x", `5" nails`, "y"}}, 0},
		{"a nickname in quotes is kept", "a,b,c\nx,Ann \"Annie\" Lee,y\n", [][]string{{"a", "b", "c"}, {"x", `Ann "Annie" Lee`, "y"}}, 0},
		{"a quote not doubled inside quotes is a character", "a,b,c\nx,\"says \"hi\" a lot\",y\n", [][]string{{"a", "b", "c"}, {"x", `says "hi" a lot`, "y"}}, 0},
		{"an opening quote that swallows whole records is a slip", "a,b,c\n1,2,\"3\n4,5,6\n7,8,\"9\"\n", [][]string{{"a", "b", "c"}, {"1", "2", "3"}, {"4", "5", "6"}, {"7", "8", "9"}}, 0},
		{"a note over two lines is one cell", "a,b,c\n1,2,\"x\ny\"\n", [][]string{{"a", "b", "c"}, {"1", "2", "x\ny"}}, 0},
		{"a note with commas over two lines is one cell", "a,b,c\n1,2,\"x, y\nz, u, v\"\n4,5,6\n", [][]string{{"a", "b", "c"}, {"1", "2", "x, y\nz, u, v"}, {"4", "5", "6"}}, 0},
		{"a quote that never closes, over whole records, is a slip", "a,b,c\n1,\"2,3\n4,5,6\n", [][]string{{"a", "b", "c"}, {"1", "2", "3"}, {"4", "5", "6"}}, 0},
		{"a quote that never closes, over lines of other widths, is an error", "a,b,c\n1,\"2,3\n4,5\n", nil, 2},
		{"a cell in quotes that the file ends in is an error", "a,b,c\n1,2,3\n4,\"5,6", nil, 3},
		{"a quote closed by the next cell in quotes is a slip", "a,b,c,d\n1,\"3,BH-31,\"x,y\"\n", [][]string{{"a", "b", "c", "d"}, {"1", "3", "BH-31", "x,y"}}, 0},
		{"two quotes too many, far from each other", "a,b,c\n1,\"2,3\n4,5,6\n7,8,9\n1,2,\"3\n4,\"5,5\",6\n", [][]string{{"a", "b", "c"}, {"1", "2", "3"}, {"4", "5", "6"}, {"7", "8", "9"}, {"1", "2", "3"}, {"4", "5,5", "6"}}, 0},
		{"two quotes too many in rows that follow one another", "a,b,c\n1,\"2,3\n4,\"5,6\n7,8,9\n", [][]string{{"a", "b", "c"}, {"1", "2", "3"}, {"4", "5", "6"}, {"7", "8", "9"}}, 0},
		{"a name in quotes on a short row is a name", "a,b,c,d\n1,\"Lee, Ann\",2\n3,4,5,6\n", [][]string{{"a", "b", "c", "d"}, {"1", "Lee, Ann", "2"}, {"3", "4", "5", "6"}}, 0},
		{"a name in quotes before an address", "a,b,c\nx,\"Ann Lee\" <ann@example.com>,y\nz,\"Ray, Bob\" <bob@example.com>,w\n", [][]string{{"a", "b", "c"}, {"x", "Ann Lee <ann@example.com>", "y"}, {"z", "Ray, Bob <bob@example.com>", "w"}}, 0},
		{"a quote inside a note over two lines", "a,b,c\nx,y,\"says \"hi\" and\nleaves\"\nu,v,w\n", [][]string{{"a", "b", "c"}, {"x", "y", "says \"hi\" and\nleaves"}, {"u", "v", "w"}}, 0},
		{"blanks around quotes", "a,b,c\n\"1\" ,2,3\n", [][]string{{"a", "b", "c"}, {"1", "2", "3"}}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := records(c.text, commas, 1+strings.Count(strings.SplitN(c.text, "\n", 2)[0], ","))
			if c.broken > 0 {
				fe, _ := err.(*file.Error)
				if fe == nil || fe.Line != c.broken {
					t.Errorf("error %v, want one in line %d", err, c.broken)
				}
				return
			}
			if err != nil || !slices.EqualFunc(got, c.want, slices.Equal) {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
}
