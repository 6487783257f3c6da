package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"muster/cmd/muster/exit"
	"muster/dedupe"
	"muster/provision"
	"muster/provision/directory"
	"muster/provision/link"
	"muster/provision/store/storetest"
)

// exported is a file in the shape of another program's export, and the people
// it must give, one line each: name, address, profiles and external id.
type exported struct {
	file, kind string
	people     []string
}

// exports reads fixtures/exports/people.csv.
func exports(t *testing.T, folder string) (all []exported) {
	t.Helper()
	f, err := os.Open(filepath.Join(folder, "people.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows[1:] {
		if n := len(all); n == 0 || all[n-1].file != r[0] {
			all = append(all, exported{file: r[0], kind: r[1]})
		}
		links := strings.Fields(r[4])
		slices.Sort(links)
		e := &all[len(all)-1]
		e.people = append(e.people, strings.Join([]string{r[2], r[3], strings.Join(links, " "), r[5]}, " | "))
	}
	return all
}

// Files in the shape of real exports give exactly the people that are on them:
// nobody is granted anything, and no secret is kept.
func TestExports(t *testing.T) {
	folder, err := filepath.Abs("../../fixtures/exports")
	if err != nil {
		t.Fatal(err)
	}
	storetest.Each(t, func(t *testing.T, url string) {
		dir := t.TempDir()
		t.Chdir(dir)
		if _, err := link.CreateKeyring("muster.key"); err != nil {
			t.Fatal(err)
		}
		s := storetest.Open(t, url)
		e := provision.Engine{Store: s, Now: time.Now, NewID: uuid.NewString}
		if _, err := directory.FirstUse(t.Context(), &e, "", ""); err != nil {
			t.Fatal(err)
		}
		known := exports(t, folder)
		for _, x := range known {
			t.Run(x.file, func(t *testing.T) {
				out := filepath.Join("out", x.file)
				said := importExport(t, url, filepath.Join(folder, x.file), x.kind, out)
				got := createdPeople(t, s, out)
				slices.Sort(x.people)
				if !slices.Equal(got, x.people) {
					t.Errorf("got\n  %s\nwant\n  %s\n%s", strings.Join(got, "\n  "), strings.Join(x.people, "\n  "), said)
				}
			})
		}
		noSecrets(t, dir)
		files, err := filepath.Glob(filepath.Join(folder, "*.csv"))
		if err != nil || len(files) != len(known)+1 {
			t.Errorf("%d files, of which people.csv names %d: %v", len(files)-1, len(known), err)
		}
	})
}

// importExport imports a list; rows that are rejected or held are no failure
// here.
func importExport(t *testing.T, url, list, kind, out string) string {
	t.Helper()
	var stdout, messages bytes.Buffer
	args := []string{"import", list, "--db", url, "--kind", kind, "--yes", "--out", out}
	if code := runProgram(t.Context(), args, strings.NewReader(""), &stdout, &messages); code != exit.OK && code != exit.Partial {
		t.Fatalf("exit code %d\n%s", code, &messages)
	}
	return messages.String()
}

// createdPeople describes the accounts that a run created, as people.csv does.
func createdPeople(t *testing.T, s provision.Store, out string) (people []string) {
	t.Helper()
	rows, err := os.ReadFile(filepath.Join(out, "rows.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for line := range bytes.Lines(rows) {
		var row struct {
			Outcome   provision.Outcome
			AccountID string `json:"account_id"`
		}
		if err := json.Unmarshal(line, &row); err != nil {
			t.Fatal(err)
		}
		if row.Outcome == provision.Created {
			ids[row.AccountID] = true
		}
	}
	err = s.Snapshot(context.Background(), func(d provision.Directory) error {
		people = nil
		accounts, err := d.Accounts(context.Background(), provision.FirstUseID, slices.Collect(maps.Keys(ids)), time.Now())
		for _, a := range accounts {
			people = append(people, described(t, a))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(people)
	return people
}

// described is an account as people.csv has it. Whatever it may do beyond what
// everybody may is an error.
func described(t *testing.T, a dedupe.Account) string {
	t.Helper()
	var links []string
	for _, p := range a.Profiles {
		links = append(links, cmp.Or(p.Profile.URL, p.Profile.Display))
	}
	slices.Sort(links)
	granted := slices.ContainsFunc(a.Memberships, func(m dedupe.Membership) bool { return m.Role != provision.MemberRole })
	if granted || a.Blocked || len(a.Campaigns)+len(a.Products) > 0 || len(a.Memberships) != 1 {
		t.Errorf("%s was granted something, or blocked: %+v", a.Email.Address, a)
	}
	return strings.Join([]string{a.Name, a.Email.Address, strings.Join(links, " "), strings.Join(a.ExternalIDs, " ")},
		" | ")
}

// noSecrets looks through everything that the imports left behind. Every secret
// of the fixtures has "S3cret" in it.
func noSecrets(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if bytes.Contains(text, []byte("S3cret")) {
			t.Errorf("%s holds a secret", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
