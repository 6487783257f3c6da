package provision_test

import (
	netmail "net/mail"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/provision"
	"muster/provision/accounts"
	"muster/provision/change"
	"muster/provision/claim"
	"muster/provision/claim/password"
	"muster/provision/directory"
	"muster/provision/link"
	"muster/provision/mail"
	"muster/provision/mail/letter"
	"muster/provision/mail/mailtest"
	"muster/provision/mail/relay"
	"muster/provision/pick"
	"muster/provision/store/storetest"
)

// lives is a town, and one person in it who has a link.
type lives struct {
	*storetest.Town
	account, address string
	link             provision.LinkRow
	token            string
}

// newLife is somebody new of a status, with a link that is live if one can be.
func newLife(t *testing.T, w *storetest.Town, status dedupe.Status) *lives {
	t.Helper()
	l := &lives{Town: w, address: "p" + uuid.NewString()[24:] + "@example.com"}
	l.account = w.Create(l.address, "Ana Kim")
	l.link, l.token = w.Issue(l.account, change.IssueLink{Mail: true})
	if status != dedupe.Created {
		l.do(t, change.SetStatus{From: dedupe.Created, To: status})
	}
	return l
}

func (l *lives) do(t *testing.T, changes ...change.Change) {
	t.Helper()
	if len(changes) == 0 {
		return
	}
	if err := l.Change(l.account, changes...); err != nil {
		t.Fatal(err)
	}
}

// judged does to the person what a verb says, and says why.
func (l *lives) judged(t *testing.T, verb pick.Verb) string {
	t.Helper()
	policy := dedupe.Policy{Organization: l.Organization.ID, OperatorRank: 100, VisibleBrands: []string{"lake"}, Now: l.Now}
	j := verb.Judge(pick.Person{Account: l.Account(l.account)}, policy)
	l.do(t, j.Changes...)
	return string(j.Outcome) + " " + string(j.Reason)
}

// The writers of statuses, each as it really writes. That links are handed over is
// tried with the other verbs of links.
var writers = map[string]func(*testing.T, *lives){
	"a mail is accepted": func(t *testing.T, l *lives) {
		l.do(t, change.SendMail{Template: provision.InviteMail, Link: l.link.ID, About: true})
		sendAll(t, l.Town)
	},
	"the first step is sent": func(t *testing.T, l *lives) {
		_, _ = serviceOf(t, l.Town).Begin(t.Context(), l.token, claim.Profile{})
	},
	"a password is set": func(t *testing.T, l *lives) {
		const quince = "gravel otter lantern quince"
		_, _ = serviceOf(t, l.Town).Redeem(t.Context(), l.token, claim.Passwords{First: quince, Again: quince})
	},
	"an export says created":     exported(dedupe.Created),
	"an export says invited":     exported(dedupe.Invited),
	"an export says registering": exported(dedupe.Registering),
	"an export says registered":  exported(dedupe.Registered), // which is how a first single sign-on is reported
	"a block":                    func(t *testing.T, l *lives) { l.do(t, change.Block{}) },
	"a block and its end":        func(t *testing.T, l *lives) { l.do(t, change.Block{}); l.do(t, change.Unblock{Roles: true}) },
}

// TestStatusesThroughTheirWriters is the table of what happens to whom: what an
// account of each status is afterwards, created, invited, registering and
// registered in this order.
func TestStatusesThroughTheirWriters(t *testing.T) {
	const c, i, b, r = dedupe.Created, dedupe.Invited, dedupe.Registering, dedupe.Registered
	order := []dedupe.Status{c, i, b, r}
	table := map[string][]dedupe.Status{
		"a mail is accepted":         {i, i, b, r},
		"the first step is sent":     {b, b, b, r},
		"a password is set":          {r, r, r, r},
		"an export says created":     {c, i, b, r},
		"an export says invited":     {i, i, b, r},
		"an export says registering": {b, b, b, r},
		"an export says registered":  {r, r, r, r},
		"a block":                    {c, i, b, r},
		"a block and its end":        {c, i, b, r},
	}
	if len(table) != len(writers) {
		t.Fatalf("%d writers, %d of them in the table", len(writers), len(table))
	}
	asks := provision.Page{SignUpFields: []provision.SignUpField{{Name: "size", Kind: provision.TextField}}}
	w := storetest.NewTown(t, filepath.Join(t.TempDir(), "muster.db"), provision.Organization{Page: asks})
	for name, write := range writers {
		for n, from := range order {
			l := newLife(t, w, from)
			write(t, l)
			if got := l.Account(l.account).Status; got != table[name][n] {
				t.Errorf("%s of somebody who is %s: %s, want %s", name, from, got, table[name][n])
			}
		}
	}
}

// TestBlocksThroughTheirWriters is the table of what is said to whoever sets or
// lifts a block, by what block there is.
func TestBlocksThroughTheirWriters(t *testing.T) {
	w := storetest.NewTown(t, filepath.Join(t.TempDir(), "muster.db"), provision.Organization{})
	for name, tt := range map[string]struct {
		before                                 change.Changes
		block, blockAll, activate, activateAll string
	}{
		"no block": {nil, "updated blocked_now", "updated blocked_now", "unchanged not_blocked", "unchanged not_blocked"},
		"a block here": {change.Changes{change.Block{}}, "unchanged already_blocked", "updated blocked_now",
			"updated activated", "unchanged not_blocked"},
		"a block everywhere": {change.Changes{change.Block{Everywhere: true}}, "unchanged already_blocked",
			"unchanged already_blocked", "rejected blocked_everywhere", "updated activated"},
	} {
		for _, one := range []struct {
			verb pick.Verb
			want string
		}{
			{accounts.Block{}, tt.block},
			{accounts.Block{Everywhere: true}, tt.blockAll},
			{accounts.Activate{}, tt.activate},
			{accounts.Activate{Everywhere: true}, tt.activateAll},
		} {
			l := newLife(t, w, dedupe.Invited)
			l.do(t, tt.before...)
			if got := l.judged(t, one.verb); got != one.want {
				t.Errorf("%s, %s %v: %s, want %s", name, one.verb.Kind(), one.verb, got, one.want)
			}
			if got := l.Account(l.account).Status; got != dedupe.Invited {
				t.Errorf("%s, %s: %s", name, one.verb.Kind(), got)
			}
		}
	}
}

func exported(status dedupe.Status) func(*testing.T, *lives) {
	return func(t *testing.T, l *lives) {
		email, _, err := identity.ParseEmail(l.address)
		if err != nil {
			t.Fatal(err)
		}
		newID := func() string { return uuid.Must(uuid.NewV7()).String() }
		by := provision.Author{Organization: l.Organization.ID, Source: "export", At: l.Now}
		row := directory.Account{ID: newID(), Email: email, Status: status, Organization: l.Organization.ID}
		loader := directory.NewLoader([]provision.Organization{l.Organization}, by, newID)
		if _, err := loader.Load(t.Context(), l.Store, []directory.Account{row}); err != nil {
			t.Fatal(err)
		}
	}
}

func serviceOf(t *testing.T, w *storetest.Town) *claim.Service {
	t.Helper()
	hasher, err := password.NewHasher(password.Cost{Memory: 64, Passes: 1, Threads: 1}, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	s := &claim.Service{
		Store:     w.Store,
		Keys:      func() *link.Keyring { return w.Ring },
		Hasher:    hasher,
		Now:       func() time.Time { return w.Now },
		NewID:     uuid.NewString,
		Audiences: []string{storetest.BaseURL},
	}
	t.Cleanup(s.Wait)
	return s
}

func sendAll(t *testing.T, w *storetest.Town) {
	t.Helper()
	server := mailtest.Start(t, mailtest.Settings{})
	all, err := letter.Load("")
	if err != nil {
		t.Fatal(err)
	}
	e := &provision.Engine{
		Store: w.Store,
		Links: link.Maker(w.Ring),
		NewID: uuid.NewString,
		Now:   func() time.Time { return w.Now },
		Tell:  func(provision.Event) {},
	}
	_, err = mail.Send(t.Context(), e, w.Organization, mail.Settings{
		Server:    relay.Server{Host: server.Host, Port: server.Port, Security: relay.Loopback, Patience: 5 * time.Second},
		From:      netmail.Address{Address: "hello@lakeside.example.com"},
		Templates: all,
		Tags:      w.Ring,
		BaseURLs:  []string{storetest.BaseURL},
		Rates:     mail.Rates{PerSecond: 1000, DomainPerMinute: 60000},
	})
	if err != nil {
		t.Fatal(err)
	}
}
