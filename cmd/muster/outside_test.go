package main

import (
	"bytes"
	"encoding/csv"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// heart is a heartbeat that keeps the ends of the paths it was asked for.
func heart(t *testing.T) (url string, beats func() []string) {
	var mu sync.Mutex
	var paths []string
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		paths = append(paths, r.URL.Path)
	}))
	t.Cleanup(server.Close)
	return server.URL, func() []string {
		mu.Lock()
		defer mu.Unlock()
		return slices.Clone(paths)
	}
}

// inFolder goes to an empty folder that has a list.
func inFolder(t *testing.T) {
	t.Helper()
	t.Chdir(t.TempDir())
	if err := os.WriteFile("people.csv", []byte("Name,Email\nAnn Example,ann@example.com\n"), 0o600); err != nil {
		t.Fatal(err)
	}
}

// breaksDown is a stream that is a fault of the program to write to.
type breaksDown struct{}

func (breaksDown) Write([]byte) (int, error) { panic("broken down") }

func TestACrashIsToldAndStillCrashes(t *testing.T) {
	inFolder(t)
	url, beats := heart(t)
	args := strings.Fields("import people.csv --yes --metrics-file muster.prom --heartbeat-url " + url)
	crashed := func() (p any) {
		defer func() { p = recover() }()
		runProgram(t.Context(), args, strings.NewReader(""), breaksDown{}, &bytes.Buffer{})
		return nil
	}()
	if crashed != "broken down" {
		t.Errorf("it went on: %v", crashed)
	}
	if told := beats(); !slices.Equal(told, []string{"/start", "/2"}) {
		t.Errorf("%q", told)
	}
	text, _ := os.ReadFile("muster.prom")
	if !strings.Contains(string(text), `muster_last_run_exit_code{command="import",source="import"} 2`) ||
		strings.Contains(string(text), "last_success") {
		t.Errorf("%s", text)
	}
}

// Who is at a terminal sees that a flag is wrong: nobody else is bothered.
func TestASlipAtATerminalBothersNobody(t *testing.T) {
	inFolder(t)
	url, beats := heart(t)
	for _, there := range []bool{true, false} {
		a := newApp(strings.NewReader(""), &bytes.Buffer{}, &bytes.Buffer{})
		a.asks = there
		if code := a.run(t.Context(), strings.Fields("import people.csv --yes --verbos --heartbeat-url "+url)); code != 2 {
			t.Errorf("code %d", code)
		}
		want := []string{}
		if !there {
			want = []string{"/2"}
		}
		if told := slices.DeleteFunc(beats(), func(path string) bool { return path == "/start" }); !slices.Equal(told, want) {
			t.Errorf("%v: %q", there, told)
		}
	}
}

// Logs are kept where lists are not: the log of an import names nobody of it,
// and holds none of the links.
func TestTheLogNamesNobody(t *testing.T) {
	fixtures, err := filepath.Abs(filepath.Join("..", "..", "fixtures"))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	var log bytes.Buffer
	args := []string{"import", filepath.Join(fixtures, "creators.csv"), "--directory", filepath.Join(fixtures, "directory.csv"),
		"--yes", "--out", "report", "--log-level", "debug"}
	if code := runProgram(t.Context(), args, strings.NewReader(""), &bytes.Buffer{}, &log); code != 3 {
		t.Fatalf("code %d\n%s", code, &log)
	}
	secrets := append(cells(t, filepath.Join(fixtures, "creators.csv"), "Name", "E-mail"),
		cells(t, filepath.Join("report", "links.csv"), "name", "email", "link")...)
	if len(secrets) < 60 || !strings.Contains(log.String(), `"msg":"run finished"`) {
		t.Fatalf("%d names, addresses and links\n%s", len(secrets), &log)
	}
	for _, secret := range secrets {
		if strings.Contains(log.String(), secret) {
			t.Errorf("the log holds %s\n%s", secret, &log)
		}
	}
	if strings.Contains(log.String(), "administrator@") {
		t.Errorf("the log holds an address\n%s", &log)
	}
}

// cells are what a CSV file has in some columns, without blanks.
func cells(t *testing.T, path string, columns ...string) []string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	in := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff"))))
	in.FieldsPerRecord = -1
	rows, err := in.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for i, header := range rows[0] {
		for _, row := range rows[1:] {
			if slices.Contains(columns, header) && i < len(row) && strings.TrimSpace(row[i]) != "" {
				found = append(found, row[i])
			}
		}
	}
	return found
}
