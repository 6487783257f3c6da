package provision_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/provision"
	"muster/provision/directory"
)

func TestAnExportThatContradictsItself(t *testing.T) {
	const header = "email,name,status,external_id,connected_profiles,organization\n"
	for _, tt := range []struct {
		name, rows string
		want       []string // line and reason of what is left out
		added      int
	}{
		{"one external id with two emails", `ana@example.com,Ana,,7,,
bob@example.com,Bob,blocked,7,,
cem@example.com,Cem,,8,,`, []string{"2 export_two_emails", "3 export_two_emails"}, 1},
		{"one connected profile with two emails", `ana@example.com,Ana,,,https://www.instagram.com/ana.sample/,
bob@example.com,Bob,,,https://instagram.com/Ana.Sample,`, []string{"2 export_two_emails", "3 export_two_emails"}, 0},
		{"one email with two external ids", `ana@example.com,Ana,,7,,
ANA@example.com,Ana,blocked,8,,`, []string{"2 export_two_ids", "3 export_two_ids"}, 0},
		{"one connected profile with two external ids", `,Ana,,7,https://www.instagram.com/ana.sample/,
,Ana,,8,https://www.instagram.com/ana.sample/,`, []string{"2 export_two_ids", "3 export_two_ids"}, 0},
		{"a row that has the disputed id alone is concerned too", `ana@example.com,Ana,,7,,
bob@example.com,Bob,,7,,
,Ana,blocked,7,,`, []string{"2 export_two_emails", "3 export_two_emails", "4 export_two_emails"}, 0},
		{"the same person in two rows", `ana@example.com,Ana,,7,,
ana@example.com,Ana,,7,https://www.instagram.com/ana.sample/,
,Ana,,7,,`, nil, 1},
		{"one id in two organizations is two people", `ana@example.com,Ana,,7,,
bob@example.com,Bob,,7,,elsewhere`, nil, 2},
		{"one person has an id in each of two organizations", `ana@example.com,Ana,,7,,
ana@example.com,Ana,,8,,elsewhere`, nil, 1},
		{"a website that two people share", `ana@example.com,Ana,,,https://agency.example.com/,
bob@example.com,Bob,,,https://agency.example.com/,`, nil, 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t)
			path := b.file("directory.csv", header+tt.rows+"\n")
			load, err := directory.Load(t.Context(), b.Engine, path, provision.Terms{Organization: "default"})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, r := range load.Rejected {
				got = append(got, fmt.Sprint(r.Line, " ", r.Reason))
				if !strings.Contains(r.Why, "in line 2") || !strings.Contains(r.Why, "in line 3") {
					t.Errorf("line %d: %s", r.Line, r.Why)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" || load.Added != tt.added {
				t.Errorf("%d added, want %d; -want +got:\n%s", load.Added, tt.added, diff)
			}
		})
	}
}
