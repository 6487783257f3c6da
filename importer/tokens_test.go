package importer

import (
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"muster/importer/file"
)

const inviteLink = "https://app.example.com/c/mst1_AQE0WnXGAAECAwQFBgcICQoLDA0OD3Db2ICHNL_L4aScL-chxD9ozxbq0IvhU7N2QCFhqloPa8iuvw"

func TestFilesOfLinksAreNoLists(t *testing.T) {
	row := "2,Ann Lee,ann@example.com," + inviteLink + ",2030-01-01T00:00:00Z"
	for name, c := range map[string]struct {
		header string
		want   file.Class
	}{
		"as it was written":                     {"line,name,email,link,expires_at", file.Forbidden},
		"with more columns":                     {"line,name,email,link,expires_at,file,sheet", file.Forbidden},
		"as a spreadsheet program may write it": {"Line,Name,Email,Link ,Expires_at", file.Forbidden},
		"another list with such columns":        {"no,name,email,link,expires_at", ""},
	} {
		t.Run(name, func(t *testing.T) {
			list := write(t, "links.csv", c.header+"\n"+row+"\n")
			if _, _, err := read(t, list, Options{}); classOf(err) != c.want {
				t.Errorf("got %v, want %q", err, c.want)
			}
			all, _ := Inspect(list, Options{}, "grid", true)
			if told := fmt.Sprint(all); strings.Contains(told, "mst1_AQ") || c.want != "" && !strings.Contains(told, "forbidden") {
				t.Errorf("is shown as %s", told)
			}
		})
	}
}

func TestTokensAreMaskedWhereverTheyStand(t *testing.T) {
	const left, masked = "secrets_left_out", "invite_links_masked"
	for name, c := range map[string]struct{ list, code string }{
		"a column of them":                {"Name,Email,Note\nAnn,ann@example.com," + inviteLink + "\nBob,bob@example.com,\n", left},
		"a column of links":               {"Name,Email,Links\nAnn,ann@example.com," + inviteLink + "\n", left},
		"a list without header":           {"Ann Lee,ann@example.com," + inviteLink + "\nBob Ray,bob@example.com," + inviteLink + "\n", left},
		"in words":                        {"Name,Email,Note\nAnn,ann@example.com,x\nBob,bob@example.com,y\nCy,cy@example.com,sent her " + inviteLink + " in May\n", masked},
		"in the cell of an address":       {"Name,Email\nAnn,ann@example.com\nBob,bob@example.com\nCy,ann@" + inviteLink + "\n", masked},
		"to the right of the last header": {"Name,Email\nAnn,ann@example.com\nBob,bob@example.com\nCy,cy@example.com," + inviteLink + "\n", masked},
		"beside pasted addresses":         {"ann@example.com\nbob@example.com\n" + inviteLink + "\ncy@example.com\n", "lines_without_address"},
		"a handle that begins like one":   {"Name,Email,Instagram\nAnn,ann@example.com,mst1_ann\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			info, records, err := read(t, write(t, "list.csv", c.list), Options{})
			if err != nil {
				t.Fatal(err)
			}
			if kept := fmt.Sprintf("%+v %+v", info, records); strings.Contains(kept, "mst1_AQ") {
				t.Errorf("the token is kept: %s", kept)
			}
			codes := ""
			for _, n := range info.Notes {
				codes += n.Code + " "
			}
			if c.code != "" && !strings.Contains(codes, c.code) || c.code == "" && (strings.Contains(codes, masked) || len(records[0].Profiles) != 1) {
				t.Errorf("notes %s, want %q; %s", codes, c.code, show(records[0]))
			}
		})
	}
}

func TestTokensBehindHyperlinksAreMasked(t *testing.T) {
	path := book(t, [][]any{{"Name", "Email", "Note"}, {"Ann", "ann@example.com", "her link"}}, func(f *excelize.File) {
		if err := f.SetCellHyperLink("Sheet1", "C2", inviteLink, "External"); err != nil {
			t.Fatal(err)
		}
	})
	info, records, err := read(t, path, Options{})
	if kept := fmt.Sprintf("%+v %+v", info, records); err != nil || strings.Contains(kept, "mst1_AQ") || !strings.Contains(kept, "invite_links_masked") {
		t.Errorf("%v: %s", err, kept)
	}
}
