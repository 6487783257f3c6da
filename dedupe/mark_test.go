package dedupe

import (
	"testing"

	"muster/importer/identity"
	"muster/importer/record"
)

func TestRowMarkNamesThePersonOfARow(t *testing.T) {
	email, _, _ := identity.ParseEmail("ann@example.com")
	same := []record.Record{
		{Row: 1, Name: "Ann Kim", Email: email, Cells: []string{"a"}},
		{Row: 9, Name: "Anne Kim", Email: email, ExternalID: "4711", Cells: []string{"b"}},
	}
	if a, b := RowMark(same[0]), RowMark(same[1]); a != b || len(a) != markLength {
		t.Errorf("one address has the marks %s and %s", a, b)
	}
	for name, pair := range map[string][2]record.Record{
		"two external ids":                 {{Name: "Ann Kim", ExternalID: "1"}, {Name: "Ann Kim", ExternalID: "2"}},
		"two names":                        {{Name: "Ann Kim"}, {Name: "Ben Kim"}},
		"rows that know nothing of anyone": {{Cells: []string{"", "x"}}, {Cells: []string{"", "y"}}},
	} {
		if RowMark(pair[0]) == RowMark(pair[1]) {
			t.Errorf("%s have one mark", name)
		}
	}
	if RowMark(record.Record{Name: "Ann Kim", Cells: []string{"1"}}) != RowMark(record.Record{Name: "ann  KIM", Cells: []string{"2"}}) {
		t.Error("one name has two marks")
	}
	p := Person{Records: same}
	if marks := p.Marks([]int{9, 1}); marks[0] != RowMark(same[1]) || marks[1] != RowMark(same[0]) {
		t.Errorf("marks %v", marks)
	}
}
