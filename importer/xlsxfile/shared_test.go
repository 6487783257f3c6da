package xlsxfile

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// Plain strings are kept as long as there is room, the others go to excelize
// under numbers of their own.
func TestSharedStringsAreKeptWherePlain(t *testing.T) {
	for name, c := range map[string]struct {
		most int
		want []string // the text, or # and what excelize gets
	}{
		"room for all":  {1000, []string{"Ann", " Bea ", "", "#<t>a_x0041_b</t>", "#<r><t>Cla</t></r>", "Dan"}},
		"room for some": {8, []string{"Ann", " Bea ", "", "#<t>a_x0041_b</t>", "#<r><t>Cla</t></r>", "#<t>Dan</t>"}},
		"room for none": {0, []string{"#<t>Ann</t>", `#<t xml:space="preserve"> Bea </t>`, "", "#<t>a_x0041_b</t>", "#<r><t>Cla</t></r>", "#<t>Dan</t>"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := &sharedScan{most: c.most}
			var others, got []string
			for _, body := range []string{"<t>Ann</t>", `<t xml:space="preserve"> Bea </t>`, "<t></t>", "<t>a_x0041_b</t>", "<r><t>Cla</t></r>", "<t>Dan</t>"} {
				if err := s.begin(); err != nil {
					t.Fatal(err)
				}
				s.end([]byte(body), func(b []byte) { others = append(others, string(b)) })
			}
			for i := range s.n {
				if plain, number, ok := s.text(i); ok {
					got = append(got, string(plain))
				} else {
					got = append(got, "#"+others[number])
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q\nwant %q", got, c.want)
			}
		})
	}
}

// Texts fill one stretch of memory after the other; none is cut.
func TestManySharedStrings(t *testing.T) {
	var part bytes.Buffer
	part.WriteString("<sst>")
	for i := range 5000 {
		part.WriteString("<si><t>" + strings.Repeat("x", i%200) + "</t></si>")
	}
	part.WriteString("</sst>")
	s, err := scanShared(&part, 1<<20, func(body []byte) { t.Errorf("%s is not kept", body) })
	if err != nil || s.n != 5000 || len(s.chunks) < 5 {
		t.Fatal(err)
	}
	for i := range s.n {
		if text, _, ok := s.text(i); !ok || len(text) != i%200 || s.filled(i) != (len(text) > 0) {
			t.Fatalf("string %d is %q", i, text)
		}
	}
}

// Long texts are excelize's, and so many of them that it keeps them in a file,
// from which several pieces are read at once.
func TestLongSharedStringsSideBySide(t *testing.T) {
	if testing.Short() {
		t.Skip("17 MB of texts")
	}
	const rows, long = 20_000, 850
	var sheet, part strings.Builder
	sheet.WriteString("<worksheet><sheetData>")
	part.WriteString(`<sst>`)
	for i := range rows {
		fmt.Fprintf(&sheet, `<row><c t="s"><v>%d</v></c></row>`, i)
		fmt.Fprintf(&part, `<si><t>%*d</t></si>`, long, i)
	}
	sheet.WriteString("</sheetData></worksheet>")
	part.WriteString("</sst>")
	all := valuesOf(t, packed(t, sheet.String(), part.String()))
	if len(all) != rows {
		t.Fatalf("%d rows", len(all))
	}
	for num, values := range all {
		if want := fmt.Sprintf("%*d", long, num-1); len(values) != 1 || values[0] != want {
			t.Fatalf("row %d is %q", num, values)
		}
	}
}
