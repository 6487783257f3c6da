package main

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"muster/provision/store/storetest"
)

// A command about people who are there is a run like an import: killed again
// and again, it ends like one that was left alone.
func TestKilledCommand(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { killedCommand(t, "") })
	t.Run("postgres", func(t *testing.T) { killedCommand(t, storetest.Postgres(t)) })
}

func killedCommand(t *testing.T, url string) {
	const rows = 2600
	k := newKiller(t, url, rows)
	k.args = append(k.args, "--invite", "none")
	k.finish()
	k.args = []string{"links", "issue", "--all", "--kind", "creator"}
	k.out = "issued"
	k.kill(3)
	owners := k.checkPeople(rows)
	k.checkLinks(func(n int) string { return owners[n] })
}

// checkPeople looks for every person, once, with a link issued now; it returns
// their addresses in the order of the report.
func (k *killer) checkPeople(people int) []string {
	f, err := os.Open(filepath.Join(k.dir, k.out, "rows.jsonl"))
	if err != nil {
		k.t.Fatal(err)
	}
	defer f.Close()
	seen := map[string]bool{}
	var owners []string
	for scan := bufio.NewScanner(f); scan.Scan(); {
		var row struct {
			Line      int
			Outcome   string
			Email     string
			LinkState string `json:"link_state"`
		}
		if err := json.Unmarshal(scan.Bytes(), &row); err != nil {
			k.t.Fatal(err)
		}
		owners = append(owners, row.Email)
		seen[row.Email] = true
		if row.Line != len(owners) || row.Outcome != "updated" || row.LinkState != "issued" {
			k.t.Fatalf("person %d of the report is %+v", len(owners), row)
		}
	}
	if len(owners) != people || len(seen) != people {
		k.t.Fatalf("%d people reported, %d of them once, want %d", len(owners), len(seen), people)
	}
	return owners
}
