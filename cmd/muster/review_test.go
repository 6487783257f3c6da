package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"muster/cmd/muster/exit"
	"muster/provision/report"
)

const reviewPeople = `Name,Email,Instagram,Tier
Ana Lima,ana@example.com,ana.sample,Gold
Ben Okafor,talent@agency.example.org,ben.sample,
Cy Dane,talent@agency.example.org,cy.sample,
`

const reviewDirectory = `email,name,declared_profiles
old@example.com,Ana Souza,https://www.instagram.com/ana.sample/
`

// heldRun imports a list of which everybody is held, and returns the run.
func heldRun(t *testing.T) string {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{"people.csv": reviewPeople, "directory.csv": reviewDirectory} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	code, stdout, stderr := start(t, "", "import", "people.csv", "--directory", "directory.csv", "--yes", "--out", "first")
	if code != exit.Partial {
		t.Fatalf("code %d\n%s\n%s", code, stdout, stderr)
	}
	return regexp.MustCompile(`run ([0-9a-f]{8})`).FindStringSubmatch(stderr)[1]
}

func TestReviewAsks(t *testing.T) {
	run := heldRun(t)
	code, _, stderr := start(t, "x\n?\n1\nu\n1\nq\n", "review", run)
	for _, want := range []string{"1 of 3", "A  Ana Souza · old@example.com", "shares the Instagram profile ana.sample: not proven", "1  claim A", "type a number from 1", "  claim A: The row is candidate A", "  skip: Leave the row alone", "▸ line 3  Ben Okafor · talent@agency.example.org · ", "Your answers are kept"} {
		if !strings.Contains(stderr, want) {
			t.Errorf("%q is not in\n%s", want, stderr)
		}
	}
	if code != exit.OK {
		t.Errorf("code %d", code)
	}
	if info, err := os.Stat(filepath.Join("first", report.AnswersFile)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the answers: %v %v", info, err)
	}

	// Going on, the first is not asked about again; one row is left for later,
	// which its person does not allow.
	code, _, stderr = start(t, "1\nn\nyes\n", "review", run)
	if !strings.Contains(stderr, "line 3 and line 4 share the email talent@agency.example.org") {
		t.Errorf("how the rows hang together is not in\n%s", stderr)
	}
	if code != exit.Input || !strings.Contains(stderr, "1 row was answered before") || strings.Contains(stderr, "1 of 3") || !strings.Contains(stderr, "review: line 4: another row of the same person") {
		t.Errorf("code %d\n%s", code, stderr)
	}
	code, stdout, stderr := start(t, "2\nno\n", "review", run)
	if code != exit.Interrupt || strings.Contains(stdout, "Created") {
		t.Errorf("declined: code %d\n%s", code, stderr)
	}
	code, stdout, stderr = start(t, "yes\n", "review", run)
	if code != exit.OK || !strings.Contains(stdout, "Claimed") {
		t.Errorf("code %d\n%s\n%s", code, stdout, stderr)
	}
	if _, err := os.Stat(filepath.Join("first", report.AnswersFile)); err == nil {
		t.Error("the answers were applied and are still kept")
	}
	if _, stdout, _ = start(t, "", "review", run); !strings.Contains(stdout, "Nobody is held any more") {
		t.Errorf("afterwards:\n%s", stdout)
	}
}

// From any question one gets to the list of all, and from there to any other.
func TestReviewListsAll(t *testing.T) {
	run := heldRun(t)
	_, _, stderr := start(t, "l\n3\nn\nl\n\n1\nl\n1\nq\n", "review", run)
	for _, want := range []string{
		"    Tier: Gold\n",
		"    1  line 2  Ana Lima · ana@example.com · Instagram ana.sample: not yet\n",
		"    3  line 4  Cy Dane · talent@agency.example.org · Instagram cy.sample: not yet\n",
		"Which one? Its number, or Enter to go on: \n── 3 of 3 ──",
		"    3  line 4  Cy Dane · talent@agency.example.org · Instagram cy.sample: left for later\n",
	} {
		if !strings.Contains(stderr, want) {
			t.Errorf("%q is not in\n%s", want, stderr)
		}
	}
}

func TestReviewApplyAsks(t *testing.T) {
	run := heldRun(t)
	if code, stdout, stderr := start(t, "", "review", "export", run, "-o", "review.json"); code != exit.OK {
		t.Fatalf("%s%s", stdout, stderr)
	}
	text, err := os.ReadFile("review.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("review.json", []byte(strings.Replace(string(text), `"decision": ""`, `"decision": "claim A"`, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		typed string
		code  int
	}{{"no\n", exit.Interrupt}, {"yes\n", exit.OK}, {"", exit.OK}} {
		code, stdout, stderr := start(t, test.typed, "review", "apply", "review.json")
		asked := strings.Contains(stderr, "Do this? Type yes to go on: ")
		if again := strings.Contains(stderr, "applied already"); code != test.code || asked == again {
			t.Errorf("%q: code %d\n%s\n%s", test.typed, code, stdout, stderr)
		}
	}
}
