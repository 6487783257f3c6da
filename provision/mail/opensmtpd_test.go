package mail_test

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"muster/provision/mail"
	"muster/provision/mail/mailtest"
	"muster/provision/mail/relay"
)

// openSMTPD starts a mail server as Debian has it, which passes all mail on to
// another one, and returns where it listens. It needs root: that is how it is
// made.
func openSMTPD(t *testing.T, next *mailtest.Server) relay.Server {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("NOT TESTED: OpenSMTPD runs as root alone, and this is somebody else")
	}
	if c, err := net.Dial("unix", "/var/run/smtpd.sock"); err == nil {
		c.Close()
		t.Skip("NOT TESTED: another OpenSMTPD is at work here, and there can be one alone")
	}
	program, err := exec.LookPath("/usr/sbin/smtpd")
	if err != nil && os.Getenv("CI") != "" {
		t.Fatalf("this test needs OpenSMTPD: %v", err)
	}
	if err != nil {
		t.Skip("NOT TESTED: there is no OpenSMTPD here (apt-get install opensmtpd)")
	}
	port := freePort(t)
	configuration := filepath.Join(t.TempDir(), "smtpd.conf")
	text := fmt.Sprintf("listen on 127.0.0.1 port %d hostname mail.example.com\n"+
		"action next relay host smtp://%s:%d\nmatch from any for any action next\n", port, next.Host, next.Port)
	if err := os.WriteFile(configuration, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	server := exec.Command(program, "-d", "-f", configuration)
	var said bytes.Buffer
	server.Stdout, server.Stderr = &said, &said
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Signal(syscall.SIGTERM)
		_ = server.Wait()
		t.Logf("the server said:\n%s", said.String())
	})
	address := fmt.Sprintf("127.0.0.1:%d", port)
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		if c, err := net.Dial("tcp", address); err == nil {
			c.Close()
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("OpenSMTPD does not listen on %s", address)
		}
	}
	return relay.Server{Host: "127.0.0.1", Port: port, Security: relay.Loopback, Patience: 20 * time.Second}
}

// A mail that passes through a real server, and comes back from there.
func TestThroughAServerOfDebianAndBack(t *testing.T) {
	w, next := newWorld(t, mailtest.Settings{To: func(_ int, to string) error {
		if to == "nobody@example.com" {
			return mailtest.Says(550, [3]int{5, 1, 1}, "no such user")
		}
		return nil
	}})
	w.Server = openSMTPD(t, next)
	w.BounceDomain = "bounces.example.com"
	w.invites("ana@example.com")
	w.invites("nobody@example.com")
	w.sends()
	same(t, "states", w.states(), map[string]int{"accepted": 2})
	var arrived, back *mailtest.Caught
	deadline := time.Now().Add(30 * time.Second)
	for ; (arrived == nil || back == nil) && time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		for _, m := range next.Mails() {
			switch {
			case m.To == "ana@example.com":
				arrived = &m
			case strings.HasSuffix(m.To, "@bounces.example.com"):
				back = &m
			}
		}
	}
	if arrived == nil || back == nil {
		t.Fatalf("not everything came through: %d mails", len(next.Mails()))
	}
	if said, _ := text(t, *arrived); !strings.Contains(said, "/c/mst1_") {
		t.Errorf("no link in\n%s", said)
	}
	b, err := mail.TakeBack(t.Context(), w.Engine, w.Ring, strings.NewReader(string(back.Text)))
	if err != nil || !b.Hard() {
		t.Fatalf("%+v %v\n%s", b, err, back.Text)
	}
	people, err := w.Town.Store.Undeliverable(t.Context(), w.Organization.ID)
	if err != nil || len(people) != 1 || people[0].Address != "nobody@example.com" {
		t.Errorf("whom no mail reaches: %v %v", people, err)
	}
}

// freePort is one that nobody listens on.
func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}
