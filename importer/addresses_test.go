package importer

import (
	"strings"
	"testing"
)

// What people paste: addresses, and what they write around them.
func TestPastedAddresses(t *testing.T) {
	for _, c := range []struct{ name, list, want, left string }{
		{"one a line", "ann@example.com\nbob@example.com\n", "ann bob", ""},
		{"with names, as a mail program copies them", "Ann Lee <ann@example.com>; Bob Moor <bob@example.com>;\n", "ann bob", ""},
		{"surname first", "Lee, Ann <ann@example.com>; Moor, Bob <bob@example.com>", "ann bob", ""},
		{"surname first, with commas between", "Lee, Ann <ann@example.com>, Moor, Bob <bob@example.com>", "ann bob", ""},
		{"a greeting and a signature", "Hi Bea,\n\nplease invite these people:\nann@example.com\nbob@example.com\ncyd@example.com\n\nThanks and best wishes\nDora\n", "ann bob cyd", `line 1 "Hi Bea,", line 3 "please invite these people:", line 8 "Thanks and best wishes", line 9 "Dora"`},
		{"headings between", "Berlin\nann@example.com\nbob@example.com\nWien\ncyd@example.com\n", "ann bob cyd", `line 1 "Berlin", line 4 "Wien"`},
		{"a slip is a row of its own", "ann@example.com\nbob(at)example.com\ncyd@example.com\ndan@example,com\neva@example.com\nfay@example.com\n", "ann ! cyd ! eva fay", ""},
		{"a word among addresses", "ann@example.com, nobody, cyd@example.com\n", "ann ! cyd", ""},
		{"a line that says more among many", "ann@example.com\nbob@example.com\ncyd@example.com\nHi, dan@example.com\n", "ann bob cyd ! dan", ""},
		{"a misspelled provider", "ann@example.com\nbob@gmial.com\n", "ann !", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			info, records, err := read(t, write(t, "list.txt", c.list), Options{})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, r := range records {
				name, _, _ := strings.Cut(r.Email.Address, "@")
				if !r.Usable() {
					name = "!"
				}
				got = append(got, name)
			}
			if all := strings.Join(got, " "); all != c.want {
				t.Errorf("got %s, want %s", all, c.want)
			}
			left := ""
			for _, n := range info.Notes {
				if n.Code == "lines_without_address" {
					left = strings.TrimPrefix(n.Message, "lines without an address were left out: ")
				}
			}
			if left != c.left {
				t.Errorf("left out %s, want %s", left, c.left)
			}
		})
	}
}

// What is no list of addresses is read as what it is.
func TestTablesAreNoPastedAddresses(t *testing.T) {
	for _, c := range []struct {
		name, list string
		o          Options
	}{
		{"one column with a header", "E-Mail\nann@example.com\nbob@example.com\n", Options{}},
		{"two columns without one", "Ann,ann@example.com\nBob,bob@example.com\n", Options{}},
		{"a column that is told", "Wer\nann@example.com\nbob@example.com\n", Options{Map: map[string]string{"Wer": "email"}}},
		{"a letter", "Hi Bea,\nhow are you?\nI am fine,\nand so is everybody else here.\nBut the weather is bad.\nIt rains.\nIt snows.\nI write soon again\nto you\nann@example.com\n", Options{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			info, _, _ := read(t, write(t, "list.csv", c.list), c.o)
			for _, n := range info.Notes {
				if n.Code == "address_list" {
					t.Errorf("taken for a list of addresses: %v", info.Notes)
				}
			}
		})
	}
}
