package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/sourcegraph/conc"
	"golang.org/x/sys/unix"

	"muster/cmd/muster/exit"
)

// A terminal is a pseudo-terminal that programs are started on.
type terminal struct {
	t       *testing.T
	control *os.File // what a person types and sees
	device  string
}

func newTerminal(t *testing.T, width, height uint16) terminal {
	t.Helper()
	control, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("no pseudo-terminals here: %v", err)
	}
	t.Cleanup(func() { _ = control.Close() })
	fd := int(control.Fd())
	number, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err := errors.Join(err, unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0),
		unix.IoctlSetWinsize(fd, unix.TIOCSWINSZ, &unix.Winsize{Col: width, Row: height})); err != nil {
		t.Fatal(err)
	}
	return terminal{t, control, fmt.Sprintf("/dev/pts/%d", number)}
}

// run starts muster on the terminal, types, and returns what a person sees and
// the exit code.
func (m terminal) run(typed string, env []string, args ...string) (shown string, code int) {
	m.t.Helper()
	device, err := os.OpenFile(m.device, os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		m.t.Fatal(err)
	}
	path, err := program(filepath.Join(m.t.TempDir(), "bin"))
	if err != nil {
		m.t.Fatal(err)
	}
	c := exec.Command(path, args...)
	c.Stdin, c.Stdout, c.Stderr = device, device, device
	c.Env = append(os.Environ(), append([]string{"TERM=xterm", "NO_COLOR="}, env...)...)
	c.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := c.Start(); err != nil {
		m.t.Fatal(err)
	}
	_ = device.Close()
	var seen bytes.Buffer
	var reading conc.WaitGroup
	reading.Go(func() { _, _ = io.Copy(&seen, m.control) }) // ends with an error when the program does
	if _, err := io.WriteString(m.control, typed); err != nil {
		m.t.Fatal(err)
	}
	var exit *exec.ExitError
	if err := c.Wait(); errors.As(err, &exit) {
		code = exit.ExitCode()
	} else if err != nil {
		m.t.Fatal(err)
	}
	reading.Wait()
	return strings.ReplaceAll(seen.String(), "\r\n", "\n"), code
}

// What is shown fits the terminal, breaks no word, and has colour there alone
// where nobody minds.
func TestOnATerminal(t *testing.T) {
	t.Chdir(t.TempDir())
	writeSample(t)
	for _, c := range []struct {
		name    string
		env     []string
		colours bool
	}{
		{"a terminal", nil, true},
		{"NO_COLOR", []string{"NO_COLOR=1"}, false},
		{"a dumb terminal", []string{"TERM=dumb"}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			shown, code := newTerminal(t, 80, 24).run("no\n", c.env, "import", "people.csv", "--out", "a-folder-of-reports")
			if code != exit.Interrupt || !strings.Contains(shown, "Do this? Type yes to go on: ") {
				t.Fatalf("code %d\n%s", code, shown)
			}
			if got := strings.Contains(shown, "\x1b[31mRejected\x1b[0m"); got != c.colours {
				t.Errorf("in colour: %v\n%q", got, shown)
			}
			fits(t, shown, 80)
		})
	}
	for _, args := range [][]string{{"runs"}, {"import", "nosuch.csv"}, {"plan", "people.csv", "--map", "Notes=nothing-that-there-is"}, {"import", "--help"},
		{"help", "exit-codes"}, {"help", "flags"}, {"inspect", "people.csv"}} {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			shown, _ := newTerminal(t, 80, 24).run("", nil, args...)
			fits(t, shown, 80)
		})
	}
}

// Links are shown on a terminal alone, and then stand nowhere else.
func TestLinksOnATerminal(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("people.csv", []byte("Name,Email\nAnn Example,ann@example.com\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	m := newTerminal(t, 80, 24)
	m.run("", nil, "import", "people.csv", "--yes", "--out", "first")
	issued, err := os.ReadFile("first/links.csv")
	token := regexp.MustCompile("mst1_[A-Za-z0-9_-]+").FindString(string(issued))
	if err != nil || token == "" {
		t.Fatal("no link was issued", err)
	}
	shown, code := newTerminal(t, 80, 24).run("", nil, "links", "show", "ann@example.com", "-o", "-")
	if code != exit.OK || !strings.Contains(shown, token) {
		t.Errorf("code %d\n%s", code, shown)
	}
	left, err := filepath.Glob("muster-runs/*/links.*")
	if err != nil || len(left) > 0 {
		t.Error("the links are left in", left, err)
	}
	shown, _ = newTerminal(t, 80, 24).run("", nil, "links", "list")
	fits(t, shown, 80)
	shown, code = newTerminal(t, 80, 24).run("no\n", nil, "links", "reissue", "ann@example.com")
	if code != exit.Interrupt || !strings.Contains(escapes.ReplaceAllString(shown, ""), "1 live link will stop working (Ann Example): in links.csv since ") {
		t.Errorf("code %d\n%s", code, shown)
	}
}

// writeSample writes a list of which some rows are new, held and rejected.
func writeSample(t *testing.T) {
	t.Helper()
	const list = `Name,Email,Instagram,Notes about this person and what was agreed
Ann Example,ann@example.com,ann.sample,
Ben Okafor,talent@agency.example.org,ben.sample,speaks three languages
Cy Dane,talent@agency.example.org,cy.sample,
Dee Placeholder-Longname-Example,dee@,dee.sample,
,nobody@example.com,,
`
	if err := os.WriteFile("people.csv", []byte(list), 0o600); err != nil {
		t.Fatal(err)
	}
}

// escapes are what bars and colours are made of.
var escapes = regexp.MustCompile("\x1b\\[[0-9;?]*[a-zA-Z]")

// fits fails where a line is wider than the terminal.
func fits(t *testing.T, shown string, width int) {
	t.Helper()
	for line := range strings.SplitSeq(escapes.ReplaceAllString(shown, ""), "\n") {
		line = line[strings.LastIndexByte(line, '\r')+1:]
		if n := text.StringWidthWithoutEscSequences(line); n > width {
			t.Errorf("%d characters: %s", n, line)
		}
	}
}
