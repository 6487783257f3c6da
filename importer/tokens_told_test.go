package importer

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"muster/importer/record"
)

// Whoever reads a file of links for its tokens is told of them; the rows hold none.
func TestTokensAreTold(t *testing.T) {
	one := "mst1_" + strings.Repeat("a", 78)
	two := "mst1_" + strings.Repeat("b", 78)
	path := filepath.Join(t.TempDir(), "links.csv")
	text := "line,name,email,link,expires_at\n" +
		"2,Ann Example,ann@example.com,https://claim.example.com/c/" + one + ",\n" +
		"3,Ben Example,ben@example.com,,\n" +
		"4,Cyd Example,cyd@example.com,https://claim.example.com/c/" + two + ",\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(path, Options{}); err == nil {
		t.Error("a file of links is a list")
	}
	told := map[int]string{}
	l, err := Open(path, Options{Tokens: func(at record.Place, token string) { told[at.Line] = token }})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	rows := 0
	for row, err := range l.Rows(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		rows++
		if r := l.Parse(row); strings.Contains(strings.Join(r.Cells, " "), "mst1_") || r.Email.Address == "" {
			t.Errorf("%+v", r)
		}
	}
	if rows != 3 || len(told) != 2 || told[2] != one || told[4] != two {
		t.Errorf("%d rows, told %v", rows, told)
	}
}
