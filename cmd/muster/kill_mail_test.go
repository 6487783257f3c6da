package main

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"net/mail"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"

	"muster/provision/mail/mailtest"
	"muster/provision/store/storetest"
)

// A muster mail send that is killed while the server has one mail whose answer
// never came, and half of another, loses neither: the one goes out once more, the
// same with the same link, and everybody else is mailed once.
func TestKilledMail(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { killedMail(t, "") })
	t.Run("postgres", func(t *testing.T) { killedMail(t, storetest.Postgres(t)) })
}

// errGone is what a server makes of a client that is gone.
var errGone = errors.New("the client is gone")

func killedMail(t *testing.T, url string) {
	const people = 5
	k := newKiller(t, url, people)
	k.args = append(k.args, "--invite", "mail")
	k.finish()

	sending := make(chan *os.Process, 1)
	var once sync.Once
	dead := make(chan struct{})
	var halfway sync.WaitGroup
	halfway.Add(2)
	server := mailtest.Start(t, mailtest.Settings{Text: func(n int) error {
		if n > 1 {
			return nil
		}
		halfway.Done()
		halfway.Wait() // both mails are under way
		once.Do(func() {
			if err := (<-sending).Kill(); err != nil {
				t.Error(err)
			}
			close(dead)
		})
		<-dead
		if n == 0 {
			return nil // this one was taken, and nobody learns of it
		}
		return errGone
	}})
	sender := k.mailing(server)
	if err := sender.Start(); err != nil {
		t.Fatal(err)
	}
	sending <- sender.Process
	if err := sender.Wait(); sender.ProcessState.ExitCode() != -1 {
		t.Fatalf("it was not killed: %v", err)
	}
	k.lapse()
	if out, err := k.mailing(server).CombinedOutput(); err != nil || !strings.Contains(string(out), "5 mails were accepted") {
		t.Fatalf("the second start: %v\n%s", err, out)
	}

	sent := map[string][]string{}
	for _, m := range server.Mails() {
		sent[m.To] = append(sent[m.To], letterOf(t, m.Text))
	}
	twice := 0
	for i := range people {
		copies := sent[fmt.Sprintf("person%d@example.com", i)]
		if len(copies) == 2 {
			twice++
		}
		if len(copies) == 0 || len(copies) > 2 || len(slices.Compact(copies)) != 1 {
			t.Errorf("person %d was mailed %d times: %q", i, len(copies), copies)
		}
	}
	if twice != 1 {
		t.Errorf("%d mails were sent twice, want the one whose answer was lost", twice)
	}
}

// mailing sends all mails over two connections.
func (k *killer) mailing(server *mailtest.Server) *exec.Cmd {
	c := exec.Command(k.program, "mail", "send", "--connections", "2", "--rate", "1000", "--domain-rate", "60000",
		"--smtp", fmt.Sprintf("smtp://%s:%d", server.Host, server.Port), "--from", "hello@example.com")
	c.Dir = k.dir
	c.Env = k.env
	return c
}

// lapse lets mails that were taken for sending be due again, as they are a
// quarter of an hour later.
func (k *killer) lapse() {
	k.t.Helper()
	driver, name := "postgres", k.db.URL
	if k.db.Embedded {
		driver = "sqlite"
		name = "file:" + name + "?_pragma=busy_timeout(20000)"
	}
	db, err := sql.Open(driver, name)
	if err != nil {
		k.t.Fatal(err)
	}
	defer db.Close()
	r, err := db.Exec(`UPDATE outbox SET next_at = created_at WHERE state = 'leased'`)
	if err != nil {
		k.t.Fatal(err)
	}
	if n, _ := r.RowsAffected(); n != 2 {
		k.t.Errorf("%d mails were half way, want 2", n)
	}
}

// letterOf is the id of a mail and its text, with the link that is in it.
func letterOf(t *testing.T, text []byte) string {
	t.Helper()
	m, err := mail.ReadMessage(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := plainText(text)
	if err != nil || !strings.Contains(string(plain), "mst1_") {
		t.Fatalf("a mail without a link: %v\n%s", err, plain)
	}
	return m.Header.Get("Message-ID") + "\n" + string(plain)
}
