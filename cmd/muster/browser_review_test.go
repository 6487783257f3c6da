//go:build browser

package main

import (
	"bufio"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"muster/provision/claim/page/pagetest"
)

// lookalikes are accounts that the rows of the list below look like.
const (
	lookalikes = `email,name,declared_profiles,organization
ana@example.org,Ana Souza,https://www.instagram.com/ana.sample/,default
ben@example.org,Ben Berg,https://www.instagram.com/ben.sample/,default
`
	lookingAlike = `Name,Email,Instagram
Ana Lima,ana@example.com,ana.sample
Ben Okafor,ben@example.com,ben.sample
`
)

// The program as it is: held rows are decided in a browser, at the address that
// the program prints, and when it is done the program ends and the address is dead.
func TestBrowserReviewsByTheProgramItself(t *testing.T) {
	browser := pagetest.Start(t)
	s := &site{t: t, dir: t.TempDir()}
	if _, err := program(filepath.Join(s.dir, "bin")); err != nil {
		t.Fatal(err)
	}
	s.write("directory.csv", lookalikes)
	s.write("people.csv", lookingAlike)
	s.muster("directory", "load", "directory.csv")
	held := exec.Command(filepath.Join(s.dir, "bin", "muster"), "import", "people.csv", "--yes", "--out", "report")
	held.Dir = s.dir
	if out, _ := held.CombinedOutput(); held.ProcessState.ExitCode() != 3 {
		t.Fatalf("the import ended with %d:\n%s", held.ProcessState.ExitCode(), out)
	}

	reviewing := exec.Command(filepath.Join(s.dir, "bin", "muster"), "review", "last", "--browser", "--out", "decided")
	reviewing.Dir = s.dir
	said, err := reviewing.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var told strings.Builder
	reviewing.Stderr = &told
	if err := reviewing.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(said)
	address := addressIn(t, lines)

	tab := browser.Open(t)
	tab.Go(address)
	for _, step := range []struct{ press, title string }{
		{"a.main", "Row 1 of 2"},
		{"button[value=create]", "Row 2 of 2"},
		{"form[action$=undo] button", "Row 1 of 2"},
		{"button[value='claim A']", "Row 2 of 2"},
		{"button[value=create]", "Apply what was decided"},
		{"button.main", "What will happen"},
		{"button[value=yes]", "Done"},
	} {
		tab.Follow(step.press)
		if got := tab.Title(); got != step.title {
			t.Fatalf("%s leads to %q, not to %q", step.press, got, step.title)
		}
	}
	says(t, tab, "2 people are in")
	tab.Follow("button.main")
	says(t, tab, "The review is closed")

	for lines.Scan() { // what it says at its end
	}
	ended := make(chan error, 1)
	go func() { ended <- reviewing.Wait() }()
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("the program ended with %v: %s", err, told.String())
		}
	case <-time.After(30 * time.Second):
		t.Error("the program goes on although its review is over")
		_ = reviewing.Process.Kill()
	}
	base, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	if answers(base.Host) {
		t.Error("somebody answers at the address yet")
	}
	rows, err := os.ReadFile(filepath.Join(s.dir, "decided", "rows.jsonl"))
	if err != nil || strings.Count(string(rows), `"outcome":"claimed"`) != 1 || strings.Count(string(rows), `"outcome":"created"`) != 1 {
		t.Errorf("what was decided came to %s, %v", rows, err)
	}
	for _, asked := range tab.Requests() {
		if !strings.HasPrefix(asked, "http://"+base.Host+"/") {
			t.Errorf("the browser asked for %s", asked)
		}
	}
}

// addressIn waits for the address that a review prints.
func addressIn(t *testing.T, lines *bufio.Scanner) string {
	t.Helper()
	printed := regexp.MustCompile(`http://127\.0\.0\.1:[0-9]+/open/[a-z0-9]+`)
	for lines.Scan() {
		if address := printed.FindString(lines.Text()); address != "" {
			return address
		}
	}
	t.Fatal("the review printed no address")
	return ""
}
