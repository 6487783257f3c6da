package importer

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"muster/importer/file"
)

func FuzzOpenCSV(f *testing.F) {
	f.Add([]byte("Name,Email\nAnn Lee,ann@example.com\n"))
	f.Add([]byte("\xff\xfeN\x00a\x00m\x00e\x00"))
	f.Add([]byte("sep=;\r\nName;E-Mail\r\nAnn;ann@example.com"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if bytes.HasPrefix(data, []byte("PK")) {
			return
		}
		_, _, err := read(t, write(t, "list.csv", string(data)), Options{})
		var told *file.Error
		if err != nil && (!errors.As(err, &told) || told.Path == "" || told.Class == "" || told.Msg == "") {
			t.Errorf("nothing to tell anybody: %v", err)
		}
	})
}

func TestEncodings(t *testing.T) {
	german := "Vorname;Nachname;E-Mail\nZoë;Müller-Groß;zoe@example.com\nJürgen;Öztürk;j@example.com\n"
	polish := "Imię;Nazwisko;E-mail\nŁukasz;Wiśniewski;l@example.com\nMałgorzata;Dąbrowska;m@example.com\nPaweł;Wójcik;p@example.com\n"
	russian := "Имя;Фамилия;Email\nАнна;Иванова;anna@example.com\nПётр;Смирнов;petr@example.com\n"
	japaneseText := "名前,Email\nさくらはなこ,sakura@example.com\nたなかたろう,tanaka@example.com\n"
	chinese := "姓名,Email\n王小明,wang@example.com\n李四,li@example.com\n张伟,zhang@example.com\n"
	enc := func(s string, e interface {
		String(string) (string, error)
	}) string {
		out, err := e.String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	le, be := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	for _, c := range []struct{ name, text, bytes, want string }{
		{"UTF-8", german, german, "utf-8"},
		{"UTF-8 with BOM", german, "\xef\xbb\xbf" + german, "utf-8"},
		{"UTF-16 little endian without BOM", german, enc(german, le.NewEncoder()), "utf-16le"},
		{"UTF-16 big endian with BOM", german, enc(german, be.NewEncoder()), "utf-16be"},
		{"Windows-1252", german, enc(german, charmap.Windows1252.NewEncoder()), "windows-1252"},
		{"Mac with CR line ends", german, strings.ReplaceAll(enc(german, charmap.Macintosh.NewEncoder()), "\n", "\r"), "macintosh"},
		{"Windows-1250", polish, enc(polish, charmap.Windows1250.NewEncoder()), "windows-1250"},
		{"Windows-1251", russian, enc(russian, charmap.Windows1251.NewEncoder()), "windows-1251"},
		{"Shift-JIS", japaneseText, enc(japaneseText, japanese.ShiftJIS.NewEncoder()), "shift_jis"},
		{"GBK", chinese, enc(chinese, simplifiedchinese.GBK.NewEncoder()), "gbk"},
		{"one line of Windows-1252 in UTF-8", german, strings.Replace(strings.Repeat(german, 3), "Jürgen", "J\xfcrgen", 1), "utf-8, some lines windows-1252"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l, err := Open(write(t, "list.csv", c.bytes), Options{TempDir: t.TempDir(), Map: nil})
			if err != nil {
				t.Fatal(err)
			}
			defer l.Close()
			if got := l.Info().Encoding; got != c.want {
				t.Errorf("encoding %s, want %s", got, c.want)
			}
			plain := csv.NewReader(strings.NewReader(c.text))
			plain.Comma = rune(l.Info().Delimiter[0])
			want, err := plain.ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			n := 0
			for row, err := range l.Rows(context.Background()) {
				if err != nil {
					t.Fatal(err)
				}
				if n++; n < len(want) && !slices.Equal(row.Cells, want[n]) {
					t.Errorf("row %d is %q, want %q", n, row.Cells, want[n])
				}
			}
		})
	}
}

func TestDialects(t *testing.T) {
	for _, c := range []struct{ name, text, delim string }{
		{"semicolons with commas inside", "Name;Email;Note\nLee, Ann;ann@example.com;likes a, b, c\nRay, Bob;bob@example.com;x, y\n", ";"},
		{"commas with semicolons inside", "Name,Email,Tags\nAnn Lee,ann@example.com,a;b;c;d\nBob Ray,bob@example.com,a;b\n", ","},
		{"tabs", "Name\tEmail\nLee, Ann\tann@example.com\n", "tab"},
		{"pipes", "Name|Email\nAnn Lee|ann@example.com\n", "|"},
		{"a sep line", "sep=;\r\nName;Email\r\nAnn Lee;ann@example.com\r\n", ";"},
		{"one column", "Email\nann@example.com\nbob@example.com\n", ""},
		{"one column of links with commas in a few", "Instagram\nhttps://www.instagram.com/ann.lee/\nhttps://www.instagram.com/bob.ray/\n", ""},
		{"single quotes", "'Name','Email'\n'Lee, Ann','ann@example.com'\n'Ray, Bob','bob@example.com'\n", ","},
		{"a title line with commas above semicolons", "Creators, spring, 2026\nName;Email;Instagram\nAnn Lee;ann@example.com;ann.lee\nBob Ray;bob@example.com;bob.ray\n", ";"},
	} {
		t.Run(c.name, func(t *testing.T) {
			info, recs, err := read(t, write(t, "list.csv", c.text), Options{})
			if err != nil {
				t.Fatal(err)
			}
			if info.Delimiter != c.delim {
				t.Errorf("delimiter %q, want %q", info.Delimiter, c.delim)
			}
			for _, r := range recs {
				if !r.Usable() {
					t.Errorf("line %d: %v", r.Line, r.Problems)
				}
			}
		})
	}
}

func TestQuotesOfBothKinds(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"doubled double ones inside single ones": {"'Name','Email','Note'\n'Lee, Ann','ann@example.com','says,\"\"hi\"\", often'\n'Ray, Bob','bob@example.com','x,\"\"y\"\"'\n", `Lee, Ann|ann@example.com|says,""hi"", often`},
		"double ones inside single ones":         {"'Name';'Email';'Note'\n'Lee; Ann';'ann@example.com';'so;\"hi\"'\n'Ray; Bob';'bob@example.com';'x'\n", `Lee; Ann|ann@example.com|so;"hi"`},
		"single ones inside double ones":         {"\"Name\",\"Email\",\"Note\"\n\"Lee, Ann\",\"ann@example.com\",\"she,'Ann','Lee', and,'so', on\"\n\"Ray, Bob\",\"bob@example.com\",\"x\"\n", "Lee, Ann|ann@example.com|she,'Ann','Lee', and,'so', on"},
		"single ones around cells and in them":   {"Name,Email,Note\n'Ann','ann@example.com','o''clock'\n'Bob','bob@example.com','\"\"'\n", "Ann|ann@example.com|o'clock"},
	} {
		t.Run(name, func(t *testing.T) {
			_, records, err := read(t, write(t, "list.csv", c.text), Options{})
			if err != nil || len(records) != 2 || strings.Join(records[0].Cells, "|") != c.want {
				t.Errorf("got %v, %v; want %s", records, err, c.want)
			}
		})
	}
}

// A list that lost its end gives an error or whole rows, never part of one.
func TestTruncatedCSV(t *testing.T) {
	text := "Name,Email,Instagram,Note\nAnn Lee,ann@example.com,ann.lee,\"likes tea,\nand cake\"\nBob Ray,bob@example.com,bob.ray,none\nCat Moe,cat@example.com,cat.moe,\"a \"\"b\"\" c\"\nDan Poe,dan@example.com,dan.poe,Zoë\n"
	whole := map[string]bool{}
	_, all, err := read(t, write(t, "list.csv", text), Options{})
	if err != nil || len(all) != 4 {
		t.Fatal(len(all), err)
	}
	for _, r := range all {
		whole[strings.Join(r.Cells[:3], "|")] = true
	}
	for n := strings.Index(text, "Cat"); n < len(text); n++ {
		_, records, err := read(t, write(t, "list.csv", text[:n]), Options{})
		if err != nil {
			continue
		}
		for _, r := range records {
			if !whole[strings.Join(r.Cells[:3], "|")] {
				t.Errorf("cut at %d: row %q", n, r.Cells)
			}
		}
	}
}

// A few bytes that are no UTF-8 do not make another encoding of the rest.
func TestUTF8ButForAFewLines(t *testing.T) {
	for name, c := range map[string]struct{ lines, want []string }{
		"as many lines as not":           {[]string{"Zoë", "Bj\xf6rk", "J\xfcrgen"}, []string{"Zoë", "Björk", "Jürgen"}},
		"letters that Cyrillic has, too": {[]string{"José Núñez", "\xd1o\xf1o", "Pe\xf1a", "Iñaki"}, []string{"José Núñez", "Ñoño", "Peña", "Iñaki"}},
		"Polish":                         {[]string{"Łukasz Dąbrowski", "Jos\xe9", "Michał Żak"}, []string{"Łukasz Dąbrowski", "José", "Michał Żak"}},
		"Cyrillic":                       {[]string{"Анна Иванова", "Пётр", "Jos\xe9"}, []string{"Анна Иванова", "Пётр", "José"}},
		"Japanese":                       {[]string{"山田太郎", "Ren\xe9e", "花子"}, []string{"山田太郎", "Renée", "花子"}},
		"nothing but a dash":             {[]string{"Ann — Lee", "Ren\xe9e"}, []string{"Ann — Lee", "Renée"}},
		"both on one line":               {[]string{"Zoë Bj\xf6rk", "Ömer"}, []string{"Zoë Björk", "Ömer"}},
	} {
		t.Run(name, func(t *testing.T) {
			var text strings.Builder
			text.WriteString("Name,Email\n")
			bad := map[int]bool{}
			for i, line := range c.lines {
				fmt.Fprintf(&text, "%s,p%d@example.com\n", line, i)
				if !utf8.ValidString(line) {
					bad[i+2] = true
				}
			}
			info, records, err := read(t, write(t, "list.csv", text.String()), Options{})
			if err != nil {
				t.Fatal(err)
			}
			for i, r := range records {
				if r.Name != c.want[i] {
					t.Errorf("%q, want %q (%s)", r.Name, c.want[i], info.Encoding)
				}
			}
			for _, n := range info.Notes {
				if n.Code == "line_not_utf8" && !bad[n.Line] {
					t.Errorf("line %d is said to be no UTF-8", n.Line)
				}
				if n.Code == "line_not_utf8" {
					delete(bad, n.Line)
				}
			}
			if len(bad) > 0 {
				t.Errorf("nothing is said of lines %v", bad)
			}
		})
	}
}

// Of very many lines in another encoding the first are named.
func TestManyLinesNotUTF8(t *testing.T) {
	text := "Name,Email\n" + strings.Repeat("Zoë,z@example.com\n", 50) + strings.Repeat("Bj\xf6rk,b@example.com\n", 60)
	info, _, err := read(t, write(t, "list.csv", text), Options{})
	named, more := 0, 0
	for _, n := range info.Notes {
		if n.Code == "line_not_utf8" {
			named, more = named+1, more+n.Count
		}
	}
	const first = 20
	if err != nil || named != first+1 || more != 40 {
		t.Errorf("%v: %d notes, of %d lines more", err, named, more)
	}
}
