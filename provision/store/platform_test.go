package store_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"muster/provision"
	"muster/provision/change"
	"muster/provision/store/storetest"
)

// TestAPlatformBlocksAsDocumented runs the statements of ARCHITECTURE.md.
func TestAPlatformBlocksAsDocumented(t *testing.T) {
	page, err := os.ReadFile("../../ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	text := regexp.MustCompile(`(?m)^    UPDATE accounts SET version(.*\n)+?\n`).FindString(string(page))
	if strings.Count(text, ";") != 3 {
		t.Fatalf("not the statements of a block:\n%s", text)
	}
	storetest.Each(t, func(t *testing.T, url string) {
		w := storetest.NewTown(t, url, provision.Organization{})
		for name, by := range map[string]string{"the organization": w.Organization.ID, "everybody": everywhere} {
			account := w.Create("p"+uuid.NewString()[24:]+"@example.com", "Ana Kim")
			before, _ := w.Issue(account, change.IssueLink{})
			at := w.Now.Add(time.Minute).Format("2006-01-02T15:04:05.000000Z")
			values := strings.NewReplacer("$account", "'"+account+"'", "$organization", "'"+by+"'", "$now", "'"+at+"'")
			version := w.Account(account).Version
			for range 2 { // somebody presses the button twice
				for statement := range strings.SplitAfterSeq(strings.TrimSpace(values.Replace(text)), ";\n") {
					if _, err := w.SQL.Exec(statement); err != nil {
						t.Fatalf("%v\n%s", err, statement)
					}
				}
			}
			l := w.Link(before.ID)
			if l.State != "revoked" || l.EndReason != "blocked" || !l.AccountBlocked || l.AccountEpoch != before.Epoch+1 {
				t.Errorf("blocked by %s: %+v", name, l)
			}
			if a := w.Account(account); !a.Blocked || a.Version != version+2 {
				t.Errorf("blocked by %s: %+v", name, a)
			}
		}
	})
}
