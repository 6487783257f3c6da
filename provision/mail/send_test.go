package mail_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/link"
	"muster/provision/mail"
	"muster/provision/mail/letter"
	"muster/provision/mail/mailtest"
	"muster/provision/mail/relay"
	"muster/provision/store/storetest"
)

// world is a town whose people are mailed.
type world struct {
	*storetest.Town
	Engine *provision.Engine
	mail.Settings
	told []string
	mu   sync.Mutex
}

// templates are loaded once: that tries all of them.
var templates = sync.OnceValues(func() (*letter.Templates, error) { return letter.Load("") })

// newWorld is a world in a SQLite file, with a mail server.
func newWorld(t *testing.T, faults mailtest.Settings) (*world, *mailtest.Server) {
	t.Helper()
	return worldAt(t, filepath.Join(t.TempDir(), "muster.db"), faults)
}

func worldAt(t *testing.T, url string, faults mailtest.Settings) (*world, *mailtest.Server) {
	t.Helper()
	server := mailtest.Start(t, faults)
	all, err := templates()
	if err != nil {
		t.Fatal(err)
	}
	w := &world{Town: storetest.NewTown(t, url, provision.Organization{DashboardURL: "https://dashboard.example.com"})}
	w.Engine = &provision.Engine{
		Store: w.Town.Store,
		Links: link.Maker(w.Ring),
		NewID: func() string { return uuid.Must(uuid.NewV7()).String() },
		Now:   func() time.Time { return w.Town.Now },
		Tell: func(e provision.Event) {
			w.mu.Lock()
			defer w.mu.Unlock()
			switch e.(type) {
			case provision.Notice, provision.Warning:
				w.told = append(w.told, fmt.Sprint(e))
			}
		},
	}
	w.Settings = mail.Settings{
		Server:    relay.Server{Host: server.Host, Port: server.Port, Security: relay.Loopback, Patience: 5 * time.Second},
		From:      netmail.Address{Name: "Lakeside", Address: "hello@lakeside.example.com"},
		Templates: all,
		Tags:      w.Ring,
		BaseURLs:  []string{storetest.BaseURL},
		Rates:     mail.Rates{PerSecond: 1000, DomainPerMinute: 60000},
	}
	return w, server
}

// invites creates somebody with a link that waits to be mailed.
func (w *world) invites(address string, more ...change.Change) string {
	w.Helper()
	account := w.Create(address, "Ana Kim", more...)
	w.do(account, change.IssueLink{Mail: true}, change.SendMail{Template: provision.InviteMail, About: true, Brand: "lake"})
	return account
}

func (w *world) do(account string, changes ...change.Change) {
	w.Helper()
	if err := w.Change(account, changes...); err != nil {
		w.Fatal(err)
	}
}

// sends sends what is due.
func (w *world) sends() mail.Sent {
	w.Helper()
	sent, err := mail.Send(w.Context(), w.Engine, w.Organization, w.Settings)
	if err != nil {
		w.Fatal(err)
	}
	return sent
}

// states counts the mails by state.
func (w *world) states() map[string]int {
	w.Helper()
	all, err := w.Town.Store.MailCounts(w.Context(), w.Organization.ID)
	if err != nil {
		w.Fatal(err)
	}
	counts := map[string]int{}
	for _, c := range all {
		counts[string(c.State)] += c.Mails
	}
	return counts
}

// later lets time pass.
func (w *world) later(d time.Duration) { w.Town.Now = w.Town.Now.Add(d) }

// same compares.
func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: -want +got:\n%s", what, diff)
	}
}

// text is the plain text of a mail, and its header.
func text(t *testing.T, m mailtest.Caught) (string, netmail.Header) {
	t.Helper()
	read, err := netmail.ReadMessage(bytes.NewReader(m.Text))
	if err != nil {
		t.Fatal(err)
	}
	_, parameters, err := mime.ParseMediaType(read.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	part, err := multipart.NewReader(read.Body, parameters["boundary"]).NextRawPart()
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(quotedprintable.NewReader(part))
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(plain), "\r\n", "\n"), read.Header
}

func TestAnInvitationIsSentOnceAndInvites(t *testing.T) {
	w, server := newWorld(t, mailtest.Settings{})
	account := w.invites("Ana@Example.com")
	w.later(48 * time.Hour) // the life of the link has not begun
	same(t, "sent", w.sends(), mail.Sent{Accepted: 1})
	same(t, "sent again", w.sends(), mail.Sent{})
	mails := server.Mails()
	if len(mails) != 1 || mails[0].To != "Ana@example.com" || mails[0].From != "hello@lakeside.example.com" {
		t.Fatalf("%d mails: %+v", len(mails), mails)
	}
	l := w.Link(w.Live(account))
	said, header := text(t, mails[0])
	if !strings.Contains(said, "\n\n"+storetest.BaseURL+"/c/"+w.Token(l)+"\n\n") {
		t.Errorf("no link alone on a line in\n%s", said)
	}
	same(t, "the link ends", l.ExpiresAt, w.Town.Now.Add(24*time.Hour).Truncate(time.Second))
	same(t, "nobody else has seen it", l.RevealedAt.IsZero(), true)
	same(t, "status", w.Account(account).Status, dedupe.Invited)
	same(t, "states", w.states(), map[string]int{"accepted": 1})
	if id := header.Get("Message-Id"); !strings.HasSuffix(id, "@lakeside.example.com>") {
		t.Errorf("Message-ID %s", id)
	}
	entries, err := w.Town.Store.Audit(t.Context(), w.Organization.ID, account)
	if err != nil {
		t.Fatal(err)
	}
	if last := entries[len(entries)-1]; last.Action != string(change.MailAction) || last.Source != "mail send" ||
		strings.Contains(string(last.Detail), "xample.com") {
		t.Errorf("the audit says %+v", last)
	}
}

// once is a fault that happens to the first mail alone.
func once(fault error) func(int) error {
	return func(n int) error {
		if n == 0 {
			return fault
		}
		return nil
	}
}

func TestWhatBecomesOfAMailThatIsNotAccepted(t *testing.T) {
	busy := mailtest.Says(450, [3]int{4, 2, 1}, "mailbox is busy")
	nobody := mailtest.Says(550, [3]int{5, 1, 1}, "no such user")
	full := mailtest.Says(552, [3]int{5, 2, 2}, "mailbox is full")
	for _, tt := range []struct {
		name   string
		fault  error
		first  mail.Sent
		state  string
		after  time.Duration // when it is due again
		second mail.Sent
		copies int // that the server has in the end
		marked int // addresses that no mail reaches
	}{
		{name: "it is deferred, and sent later", fault: busy, first: mail.Sent{Deferred: 1}, state: "deferred",
			after: 2 * time.Minute, second: mail.Sent{Accepted: 1}, copies: 1},
		{name: "there is nobody, and nothing is sent there any more", fault: nobody, first: mail.Sent{Refused: 1}, state: "dead",
			after: 24 * time.Hour, marked: 1},
		{name: "the mailbox is full, which may change", fault: full, first: mail.Sent{Refused: 1}, state: "dead",
			after: 24 * time.Hour},
		{name: "the answer is lost, and it is sent once more", fault: mailtest.ErrCut, first: mail.Sent{Unknown: 1}, state: "unknown",
			after: mail.Lease, second: mail.Sent{Accepted: 1}, copies: 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w, server := newWorld(t, mailtest.Settings{Text: once(tt.fault)})
			account := w.invites("ana@example.com")
			same(t, "first", w.sends(), tt.first)
			same(t, "states", w.states(), map[string]int{tt.state: 1})
			same(t, "status", w.Account(account).Status, dedupe.Created)
			same(t, "at once", w.sends(), mail.Sent{})
			w.later(tt.after)
			same(t, "second", w.sends(), tt.second)
			w.later(100 * time.Hour)
			same(t, "third", w.sends(), mail.Sent{})
			mails := server.Mails()
			same(t, "copies", len(mails), tt.copies)
			if tt.copies == 2 && !bytes.Equal(mails[0].Text, mails[1].Text) {
				t.Errorf("the copies differ:\n%s\n%s", mails[0].Text, mails[1].Text)
			}
			people, err := w.Town.Store.Undeliverable(t.Context(), w.Organization.ID)
			if err != nil || len(people) != tt.marked {
				t.Errorf("whom no mail reaches: %v %v", people, err)
			}
		})
	}
}

func TestNothingIsSentWhereNoMailReaches(t *testing.T) {
	w, server := newWorld(t, mailtest.Settings{To: func(int, string) error {
		return mailtest.Says(550, [3]int{5, 1, 1}, "no such user")
	}})
	account := w.invites("ana@example.com")
	same(t, "first", w.sends(), mail.Sent{Refused: 1})
	asked := server.Connections()
	w.do(account, change.IssueLink{Again: true, Mail: true}, change.SendMail{Template: provision.InviteMail, About: true})
	same(t, "second", w.sends(), mail.Sent{Refused: 1})
	same(t, "connections", server.Connections(), asked)
}

func TestAnAnswerThatIsLostTwiceIsNotAskedForAgain(t *testing.T) {
	w, server := newWorld(t, mailtest.Settings{Text: func(int) error { return mailtest.ErrCut }})
	w.invites("ana@example.com")
	for range 4 {
		w.sends()
		w.later(mail.Lease + time.Minute)
	}
	same(t, "copies", len(server.Mails()), 2)
	same(t, "states", w.states(), map[string]int{"unknown": 1})
}

func TestADoubtfulMailCanBeHeld(t *testing.T) {
	w, server := newWorld(t, mailtest.Settings{Text: once(mailtest.ErrCut)})
	w.HoldDoubtful = true
	w.invites("ana@example.com")
	w.sends()
	w.later(mail.Lease)
	same(t, "second", w.sends(), mail.Sent{})
	same(t, "copies", len(server.Mails()), 1)
}

// gone is a store whose process ends before it can keep what a server accepted.
type gone struct{ provision.Store }

var errGone = errors.New("the process is gone")

func (gone) InTx(context.Context, func(provision.Tx) error) error { return errGone }

func TestAKillBeforeTheCommitCostsOneDuplicateAtMost(t *testing.T) {
	w, server := newWorld(t, mailtest.Settings{})
	w.invites("ana@example.com")
	w.invites("ben@example.com")
	kill := func() {
		t.Helper()
		killed := *w.Engine
		killed.Store = gone{w.Town.Store}
		if _, err := mail.Send(t.Context(), &killed, w.Organization, w.Settings); !errors.Is(err, errGone) {
			t.Fatal(err)
		}
	}
	kill()
	same(t, "sent while the lease holds", w.sends(), mail.Sent{Accepted: 1})
	w.later(mail.Lease)
	same(t, "sent after the lease", w.sends(), mail.Sent{Accepted: 1})
	w.later(100 * time.Hour)
	same(t, "sent later", w.sends(), mail.Sent{})
	copies := map[string][]string{}
	for _, m := range server.Mails() {
		_, header := text(t, m)
		copies[m.To] = append(copies[m.To], header.Get("Message-Id"))
	}
	all := []int{len(copies["ana@example.com"]), len(copies["ben@example.com"])}
	slices.Sort(all)
	same(t, "copies", all, []int{1, 2})
	for to, ids := range copies {
		if len(slices.Compact(ids)) != 1 {
			t.Errorf("the copies for %s have different ids: %v", to, ids)
		}
	}
}

func TestTwoSendersAtOnceSendEachMailOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		w, server := worldAt(t, url, mailtest.Settings{})
		const people = 24
		for i := range people {
			w.invites(fmt.Sprintf("person%d@example.com", i))
		}
		w.Connections = 2
		var both sync.WaitGroup
		for range 2 {
			both.Go(func() {
				if _, err := mail.Send(t.Context(), w.Engine, w.Organization, w.Settings); err != nil {
					t.Error(err)
				}
			})
		}
		both.Wait()
		to := map[string]int{}
		for _, m := range server.Mails() {
			to[m.To]++
		}
		same(t, "people", len(to), people)
		same(t, "mails", len(server.Mails()), people)
		same(t, "states", w.states(), map[string]int{"accepted": people})
	})
}

func TestWhatNoLongerHoldsIsNotSent(t *testing.T) {
	for name, what := range map[string]func(w *world, account string){
		"its person was blocked":        func(w *world, account string) { w.do(account, change.Block{EndsLink: true}) },
		"its link was revoked":          func(w *world, account string) { w.do(account, change.EndLink{Why: provision.EndByHand}) },
		"its person has registered":     func(w *world, account string) { w.do(account, change.SetStatus{To: dedupe.Registered}) },
		"its link was handed over anew": func(w *world, account string) { w.do(account, change.IssueLink{Again: true}) },
	} {
		t.Run(name, func(t *testing.T) {
			w, server := newWorld(t, mailtest.Settings{})
			what(w, w.invites("ana@example.com"))
			w.sends()
			same(t, "mails", len(server.Mails()), 0)
			same(t, "states", w.states(), map[string]int{"cancelled": 1})
		})
	}
}

// Whoever is erased, or joined with another account, while their mail goes out
// ends nothing: what is left is not mailed again.
func TestAPersonWhoIsGoneMeanwhile(t *testing.T) {
	for name, gone := range map[string]func(w *world, ana, bo string){
		"erased": func(w *world, ana, _ string) { w.do(ana, change.Erase{Whole: true}) },
		"joined with another account": func(w *world, ana, bo string) {
			w.do(bo, change.Merge{Account: ana, Version: w.Account(ana).Version})
		},
	} {
		t.Run(name, func(t *testing.T) {
			var w *world
			var ana, bo string
			w, server := newWorld(t, mailtest.Settings{Text: func(n int) error {
				if n == 0 {
					gone(w, ana, bo)
				}
				return nil
			}})
			bo = w.Create("bo@example.com", "Bo")
			ana = w.invites("ana@example.com")
			same(t, "sent", w.sends().Accepted, 1)
			w.later(time.Hour)
			same(t, "sent later", w.sends(), mail.Sent{})
			same(t, "mails", len(server.Mails()), 1)
		})
	}
}

// Whoever took the page over may write links and queue mail: none of them leads
// elsewhere from our sender.
func TestALinkThatLeadsElsewhereIsNotMailed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		w, server := worldAt(t, url, mailtest.Settings{})
		account := w.invites("ana@example.com")
		if _, err := w.SQL.Exec(`UPDATE links SET audience = 'https://elsewhere.example.net' WHERE account_id = $1`, account); err != nil {
			t.Fatal(err)
		}
		same(t, "sent", w.sends(), mail.Sent{Cancelled: 1})
		same(t, "mails", len(server.Mails()), 0)
		same(t, "states", w.states(), map[string]int{"cancelled": 1})
		if len(w.told) != 1 || !strings.Contains(w.told[0], "https://elsewhere.example.net") {
			t.Errorf("told %q", w.told)
		}
	})
}

func TestALinkThatIsNearlyOverIsReplaced(t *testing.T) {
	w, server := newWorld(t, mailtest.Settings{To: func(n int, _ string) error {
		if n == 0 {
			return mailtest.Says(450, [3]int{4, 2, 1}, "mailbox is busy")
		}
		return nil
	}})
	account := w.invites("ana@example.com")
	same(t, "first", w.sends(), mail.Sent{Deferred: 1})
	former := w.Link(w.Live(account))
	w.later(24*time.Hour - 30*time.Minute + 2*time.Second)
	same(t, "later", w.sends(), mail.Sent{Renewed: 1, Accepted: 1})
	l := w.Link(w.Live(account))
	same(t, "the former link", w.Link(former.ID).Standing(w.Town.Now), provision.StandingSuperseded)
	said, _ := text(t, server.Mails()[0])
	if !strings.Contains(said, w.Token(l)) {
		t.Errorf("the new link is not in\n%s", said)
	}
	same(t, "the link ends", l.ExpiresAt, w.Town.Now.Add(24*time.Hour).Truncate(time.Second))
	same(t, "states", w.states(), map[string]int{"accepted": 1, "cancelled": 1})
}

func TestNobodyIsSentTooMuchAtOnce(t *testing.T) {
	w, server := newWorld(t, mailtest.Settings{})
	account := w.invites("ana@example.com")
	other := func(about string) {
		w.do(account, change.SendMail{Template: provision.ClaimedMail, Reference: about, Brand: "lake"})
	}
	other("one")
	same(t, "at first", w.sends(), mail.Sent{Accepted: 1, Postponed: 1})
	w.later(9 * time.Minute)
	same(t, "too soon", w.sends(), mail.Sent{})
	w.later(time.Minute)
	same(t, "ten minutes later", w.sends(), mail.Sent{Accepted: 1})
	other("two")
	w.later(time.Hour)
	same(t, "the third of the day", w.sends(), mail.Sent{Accepted: 1})
	other("three")
	w.later(time.Hour)
	same(t, "the fourth of the day", w.sends(), mail.Sent{Postponed: 1})
	w.do(account, change.SendMail{Template: provision.AdministratorMail, Reference: account})
	same(t, "what cannot wait", w.sends(), mail.Sent{Accepted: 1})
	same(t, "mails", len(server.Mails()), 4)
}

func TestADomainThatAsksForLessIsLeftAlone(t *testing.T) {
	w, server := newWorld(t, mailtest.Settings{To: func(n int, to string) error {
		if strings.HasSuffix(to, "@example.com") {
			return mailtest.Says(421, [3]int{4, 7, 28}, "too many mails from you")
		}
		return nil
	}})
	ctx, end := context.WithCancel(t.Context())
	for i := range 5 {
		w.invites(fmt.Sprintf("person%d@example.com", i))
		w.invites(fmt.Sprintf("person%d@example.org", i))
	}
	w.Engine.Tell = func(provision.Event) {}
	before := w.Engine.Now
	w.Engine.Now = func() time.Time {
		if w.states()["accepted"] == 5 { // all that can be sent was
			end()
		}
		return before()
	}
	_, err := mail.Send(ctx, w.Engine, w.Organization, w.Settings)
	if err != nil && !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	same(t, "mails", len(server.Mails()), 5)
	same(t, "states", w.states(), map[string]int{"accepted": 5, "deferred": 1, "queued": 4})
}

func TestAMailFollowsAnAddressToAnotherDomain(t *testing.T) {
	w, server := newWorld(t, mailtest.Settings{})
	account := w.Create("ana@example.com", "Ana Kim")
	w.do(account, change.SendMail{Template: provision.ClaimedMail, Brand: "lake"})
	email, _, err := identity.ParseEmail("ana@example.org")
	if err != nil {
		t.Fatal(err)
	}
	w.do(account, change.Readdress{To: email})
	w.Only = "example.com"
	same(t, "to where it went", w.sends(), mail.Sent{})
	w.Only = "example.org"
	same(t, "to where it goes", w.sends(), mail.Sent{Accepted: 1})
	same(t, "mails", server.Mails()[0].To, "ana@example.org")
}

func TestTheSameAnswerIsToldOnceAndCounted(t *testing.T) {
	w, _ := newWorld(t, mailtest.Settings{To: func(n int, _ string) error {
		if n < 3 {
			return mailtest.Says(450, [3]int{4, 2, 1}, "mailbox is busy")
		}
		return mailtest.ErrCut
	}})
	for i := range 4 {
		w.invites(fmt.Sprintf("person%d@example.com", i))
	}
	same(t, "sent", w.sends(), mail.Sent{Deferred: 4})
	same(t, "told", w.told, []string{
		"{mail invite to …@example.com: 450 4.2.1 mailbox is busy false}",
		"{mail invite to …@example.com: the connection to the mail server broke off (EOF) false}",
		"{3 times: 450 4.2.1 mailbox is busy false}",
	})
}

func TestAMailIsCountedOnceByWhatBecameOfItInTheEnd(t *testing.T) {
	w, _ := newWorld(t, mailtest.Settings{To: func(n int, _ string) error {
		if n < 2 {
			return mailtest.Says(450, [3]int{4, 2, 1}, "mailbox is busy")
		}
		return nil
	}})
	w.invites("ana@example.com")
	w.invites("ben@example.com")
	var done []int
	w.Engine.Tell = func(e provision.Event) {
		if p, is := e.(provision.Progress); is {
			done = append(done, p.Done)
		}
	}
	w.Engine.Now = func() time.Time { w.later(2 * time.Minute); return w.Town.Now }
	same(t, "sent", w.sends(), mail.Sent{Accepted: 2})
	same(t, "done", done, []int{1, 2, 2, 2})
}

func TestAServerThatCannotBeReachedCostsNothing(t *testing.T) {
	w, server := newWorld(t, mailtest.Settings{})
	w.invites("ana@example.com")
	working := w.Server
	w.Server.Security = relay.StartTLS
	var trouble *relay.Error
	if _, err := mail.Send(t.Context(), w.Engine, w.Organization, w.Settings); !errors.As(err, &trouble) || trouble.What != relay.NotSecured {
		t.Fatal(err)
	}
	same(t, "states", w.states(), map[string]int{"queued": 1})
	w.Server = working
	same(t, "at once", w.sends(), mail.Sent{Accepted: 1})
	same(t, "mails", len(server.Mails()), 1)
}

func TestAServerThatRefusesEverythingIsNotFedAllMails(t *testing.T) {
	w, _ := newWorld(t, mailtest.Settings{Text: func(int) error { return mailtest.Says(554, [3]int{5, 3, 0}, "no mail from you") }})
	for i := range 15 {
		w.invites(fmt.Sprintf("person%d@example.com", i))
	}
	if _, err := mail.Send(t.Context(), w.Engine, w.Organization, w.Settings); !errors.Is(err, mail.ErrRefusing) {
		t.Fatal(err)
	}
	same(t, "states", w.states(), map[string]int{"dead": 10, "queued": 5})
}

func TestALimitAndADomain(t *testing.T) {
	w, server := newWorld(t, mailtest.Settings{})
	for i := range 3 {
		w.invites(fmt.Sprintf("person%d@example.com", i))
		w.invites(fmt.Sprintf("person%d@example.org", i))
	}
	w.Only, w.Limit = "example.org", 2
	same(t, "sent", w.sends(), mail.Sent{Accepted: 2})
	for _, m := range server.Mails() {
		if !strings.HasSuffix(m.To, "@example.org") {
			t.Errorf("a mail to %s", m.To)
		}
	}
}

func TestARehearsalChangesNothingAndShowsNoLink(t *testing.T) {
	w, server := newWorld(t, mailtest.Settings{})
	account := w.invites("ana@example.com")
	w.invites("ben@example.com")
	taken, err := mail.Rehearse(t.Context(), w.Engine, w.Organization, w.Settings, netmail.Address{Address: "ada@example.com"})
	if err != nil || taken != 2 {
		t.Fatal(taken, err)
	}
	for _, m := range server.Mails() {
		said, _ := text(t, m)
		if m.To != "ada@example.com" || strings.Contains(string(m.Text), "ana@example.com") || strings.Contains(said, "mst1_") ||
			!strings.Contains(said, mail.NoLink) {
			t.Errorf("to %s:\n%s", m.To, said)
		}
	}
	same(t, "the link was not shown", w.Link(w.Live(account)).GeneratedAt.IsZero(), true)
	same(t, "states", w.states(), map[string]int{"queued": 2})
}

func TestMailsToTheDashboard(t *testing.T) {
	w, server := newWorld(t, mailtest.Settings{})
	account := w.Create("ana@example.com", "Ana Kim")
	w.do(account, change.IssueLink{Mail: true}, change.SendMail{Template: provision.DashboardMail, About: true})
	same(t, "without a password", w.sends(), mail.Sent{Accepted: 1})
	said, _ := text(t, server.Mails()[0])
	if !strings.Contains(said, w.Token(w.Link(w.Live(account)))) || strings.Contains(said, "dashboard.example.com") {
		t.Errorf("no link in\n%s", said)
	}
	other := w.Create("ben@example.com", "Ben Kim", change.SetPassword{Hash: "$argon2id$"}, change.SetStatus{To: dedupe.Registered})
	w.do(other, change.SendMail{Template: provision.DashboardMail})
	same(t, "with a password", w.sends(), mail.Sent{Accepted: 1})
	said, _ = text(t, server.Mails()[1])
	if !strings.Contains(said, "\nhttps://dashboard.example.com\n") || strings.Contains(said, "mst1_") {
		t.Errorf("no dashboard in\n%s", said)
	}
}

func TestAnOrganizationThatIsNotActiveMailsNothing(t *testing.T) {
	w, server := newWorld(t, mailtest.Settings{})
	w.invites("ana@example.com")
	no := false
	w.Organization.Active = &no
	if _, err := mail.Send(t.Context(), w.Engine, w.Organization, w.Settings); err == nil {
		t.Error("it does")
	}
	same(t, "mails", len(server.Mails()), 0)
}

func TestMailThatComesBack(t *testing.T) {
	w, server := newWorld(t, mailtest.Settings{})
	w.BounceDomain = "bounces.example.com"
	account := w.invites("ana@example.com")
	w.sends()
	from := server.Mails()[0].From
	forged := strings.Replace(from, ".", ".0", 1)[:len("b.")+32] + from[len("b.")+32:]
	for _, tt := range []struct {
		name   string
		to     string
		action string
		status string
		want   error
		marked int
		ofMail string
	}{
		{"a report with a tag that is not ours", forged, "failed", "5.1.1", mail.ErrForged, 0, "accepted"},
		{"a server that goes on trying", from, "delayed", "4.4.1", nil, 0, "accepted"},
		{"a note that it was delivered", from, "delivered", "2.0.0", mail.ErrNoReport, 0, "accepted"},
		{"an answer of a person", from, "", "", mail.ErrNoReport, 0, "accepted"},
		{"a mailbox that was full for too long", from, "failed", "5.2.2", nil, 0, "dead"},
		{"an address that there is not", from, "failed", "5.1.1", nil, 1, "dead"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b, err := mail.TakeBack(t.Context(), w.Engine, w.Ring, strings.NewReader(aReport(tt.to, tt.action, tt.status)))
			if !errors.Is(err, tt.want) {
				t.Fatalf("got %v, want %v", err, tt.want)
			}
			if err == nil && (b.Status != tt.status || b.Text != "550 no such user") {
				t.Errorf("%+v", b)
			}
			people, err := w.Town.Store.Undeliverable(t.Context(), w.Organization.ID)
			if err != nil || len(people) != tt.marked {
				t.Errorf("whom no mail reaches: %v %v", people, err)
			}
			same(t, "states", w.states(), map[string]int{tt.ofMail: 1})
		})
	}
	same(t, "the link lives", w.Link(w.Live(account)).Standing(w.Town.Now), provision.StandingOpen)
}

// aReport is what a server says of a mail that it could not deliver; without an
// action it is a person who says it.
func aReport(to, action, status string) string {
	header := "From: MAILER-DAEMON@example.com\r\nTo: <" + to + ">\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n"
	if action == "" {
		return header + "Content-Type: text/plain\r\n\r\nI am not here.\r\n"
	}
	return header + "Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n" +
		"--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n" +
		"--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mail.example.com\r\n\r\n" +
		"Final-Recipient: rfc822; ana@example.com\r\nAction: " + action + "\r\nStatus: " + status + "\r\n" +
		"Diagnostic-Code: smtp; 550 no such\r\n user\r\n\r\n--b--\r\n"
}
