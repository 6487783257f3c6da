package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// promtool runs Prometheus' own program, which says what Prometheus would.
func promtool(t *testing.T, stdin []byte, args ...string) {
	t.Helper()
	path, err := exec.LookPath("promtool")
	switch {
	case err != nil && os.Getenv("CI") != "":
		t.Fatal("there is no promtool: make test installs Debian's package prometheus")
	case err != nil:
		t.Skip("NOT TESTED against Prometheus: there is no promtool")
	}
	c := exec.Command(path, args...)
	c.Stdin = bytes.NewReader(stdin)
	said, err := c.CombinedOutput()
	if err != nil || bytes.Contains(said, []byte("FAILED")) || len(args) > 1 && args[1] == "metrics" && len(said) > 0 {
		t.Errorf("promtool %s: %v\n%s", strings.Join(args, " "), err, said)
	}
}

func TestPrometheusTakesTheAlerts(t *testing.T) {
	folder := filepath.Join("..", "..", "fixtures", "deploy", "monitoring")
	promtool(t, nil, "check", "rules", filepath.Join(folder, "alerts.yaml"))
	promtool(t, nil, "test", "rules", filepath.Join(folder, "alerts_test.yaml"))
}

// What a run leaves is what Prometheus reads, and what the alerts ask for.
func TestPrometheusTakesTheMetrics(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("people.csv", []byte("Name,Email\nAnn Example,ann@example.com\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range []string{
		"import people.csv --yes --quiet --metrics-file muster.prom",
		"import people.csv --yes --quiet --metrics-file muster.prom --brand nosuch",
		"mail send --smtp smtp://127.0.0.1:1 --from ada@example.com --metrics-file muster.prom",
	} {
		runProgram(t.Context(), strings.Fields(args), strings.NewReader(""), &bytes.Buffer{}, &bytes.Buffer{})
	}
	text, err := os.ReadFile("muster.prom")
	if err != nil {
		t.Fatal(err)
	}
	for _, asked := range []string{
		"muster_last_run_timestamp_seconds", "muster_last_success_timestamp_seconds", "muster_last_run_exit_code",
		"muster_held_rows", `muster_mails_waiting{command="mail send",source="mail send"} 0`,
		`muster_last_run_exit_code{command="import",source="import"} 14`, "muster_build_info",
	} {
		if !strings.Contains(string(text), asked) {
			t.Errorf("there is no %s in\n%s", asked, text)
		}
	}
	promtool(t, text, "check", "metrics")
}
