//go:build unix

package main

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"muster/provision/mail/mailtest"
	"muster/provision/store/storetest"
)

// A muster mail send that is killed at any moment: everybody has the mail, the same
// one if it came twice, and nobody has it three times. Whoever has none is said to
// have been in doubt.
func TestChaosMail(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { chaosMail(t, func() string { return "" }) })
	t.Run("postgres", func(t *testing.T) { chaosMail(t, func() string { return storetest.Postgres(t) }) })
}

func chaosMail(t *testing.T, database func() string) {
	const people = 60
	want := max(2, disturbances()/6)
	kills, twice, unsure := 0, 0, 0
	for kills < want && !t.Failed() {
		p := newPlace(t, database())
		p.write("people.csv", peopleList("person", people))
		p.runs(0, "import", "people.csv", "--yes", "--invite", "mail", "--out", "report")
		server := mailtest.Start(t, mailtest.Settings{Text: func(int) error {
			time.Sleep(rand.N(10 * time.Millisecond))
			return nil
		}})
		for range 4 {
			c := p.mailing(server)
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
			timer := time.AfterFunc(50*time.Millisecond+rand.N(300*time.Millisecond), func() { _ = c.Process.Kill() })
			_ = c.Wait()
			timer.Stop()
			if c.ProcessState.ExitCode() >= 0 {
				break
			}
			kills++
			p.leasesLapse()
		}
		out, err := p.mailing(server).CombinedOutput()
		if err != nil && !strings.Contains(string(out), "nobody knows") {
			t.Errorf("the last start: %v\n%s", err, out)
		}
		two, none := p.checkMails(server, people)
		twice += two
		unsure += none
	}
	chaos.add("%-40s %5d kills; %d mails came twice, %d may not have come and are said", t.Name(), kills, twice, unsure)
	t.Logf("%d kills, %d mails came twice, %d may not have come", kills, twice, unsure)
}

// checkMails looks for the mails of people.
func (p place) checkMails(server *mailtest.Server, people int) (twice, unsure int) {
	p.t.Helper()
	sent := map[string][]string{}
	for _, m := range server.Mails() {
		sent[m.To] = append(sent[m.To], letterOf(p.t, m.Text))
	}
	states := map[string]string{}
	for _, line := range p.likeness() {
		if strings.HasPrefix(line, "outbox: ") {
			states[cutBetween(line, "account_id=<", ">")] = cutBetween(line, "state=", " ")
		}
	}
	for i := range people {
		to := fmt.Sprintf("person%d@example.com", i)
		copies := sent[to]
		switch {
		case len(copies) > 2 || len(copies) == 2 && copies[0] != copies[1]:
			p.t.Errorf("%s was mailed %d times: %q", to, len(copies), slices.Compact(copies))
		case len(copies) == 2:
			twice++
		case len(copies) == 0 && states[to] != "unknown":
			p.t.Errorf("%s was not mailed, and the mail is %s", to, states[to])
		case len(copies) == 0:
			unsure++
		case states[to] != "accepted" && states[to] != "unknown":
			p.t.Errorf("%s was mailed, and the mail is %s", to, states[to])
		}
	}
	return twice, unsure
}

func cutBetween(text, before, after string) string {
	_, rest, _ := strings.Cut(text, before)
	between, _, _ := strings.Cut(rest, after)
	return between
}

// leasesLapse lets mails that were taken for sending be due again.
func (p place) leasesLapse() {
	p.t.Helper()
	driver, name := "postgres", p.db.URL
	if p.db.Embedded {
		driver, name = "sqlite", "file:"+name+"?_pragma=busy_timeout(20000)"
	}
	db, err := sql.Open(driver, name)
	if err != nil {
		p.t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`UPDATE outbox SET next_at = created_at WHERE state = 'leased'`); err != nil {
		p.t.Fatal(err)
	}
}
