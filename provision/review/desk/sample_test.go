package desk

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/review"
	"muster/provision/words"
)

// heldPeople are n held people, of four sorts, one after the other.
func heldPeople(n int) provision.HeldReview {
	held := provision.HeldReview{Source: "run", Binding: provision.Binding{
		Operator: "rita@example.com", Lists: []provision.ListInfo{{File: "lists/creators.csv", Rows: n}},
	}}
	row := 0
	for i := range n {
		p := provision.HeldPerson{Number: i + 1, Digest: fmt.Sprint("digest ", i)}
		switch i % 4 {
		case 0:
			looksLike(&p, &row)
		case 1:
			conflict(&p, &row)
		case 2:
			shared(&p, &row)
		default:
			hostile(&p, &row)
		}
		held.People = append(held.People, p)
	}
	return held
}

func heldRow(row *int, name, address, handle string, choices ...dedupe.Resolution) provision.HeldRow {
	*row++
	email, _, err := identity.ParseEmail(address)
	if err != nil {
		panic(err)
	}
	r := provision.HeldRow{Record: record.Record{
		Row: *row, Place: record.Place{File: "lists/creators.csv", Line: *row + 1}, Name: name, Email: email, Kind: record.Creator,
		Profiles:   []identity.Profile{instagram(handle)},
		Attributes: []record.Attribute{{Column: "Tier", Value: "Gold"}, {Column: "Followers", Value: "12400"}},
	}}
	for _, c := range choices {
		r.Choices = append(r.Choices, c)
		option := string(c.Choice)
		switch c.Choice {
		case dedupe.ChooseClaim:
			option = "claim " + c.Note
		case dedupe.ChooseSame:
			option = fmt.Sprint("same as row ", c.Row)
		}
		r.Options = append(r.Options, option)
	}
	return r
}

func instagram(handle string) identity.Profile {
	return identity.Profile{Network: "instagram", Kind: "handle", Value: handle, Display: handle,
		URL: "https://www.instagram.com/" + handle + "/"}
}

func candidate(letter, name, email string, masked bool, evidence ...dedupe.Evidence) provision.HeldCandidate {
	c := provision.HeldCandidate{Letter: letter, Candidate: dedupe.Candidate{
		Account: "account-" + letter, Name: name, Email: email, Masked: masked, Evidence: evidence,
	}, Status: dedupe.Registered}
	if !masked {
		c.Profiles = []dedupe.AccountProfile{{Profile: instagram("ana.sample"), Connected: true}}
		c.Memberships = []dedupe.Membership{{Brand: "outdoor", Kind: record.Creator}}
	}
	return c
}

var (
	claimA = dedupe.Resolution{Choice: dedupe.ChooseClaim, Account: "account-A", Note: "A"}
	claimB = dedupe.Resolution{Choice: dedupe.ChooseClaim, Account: "account-B", Note: "B"}
	create = dedupe.Resolution{Choice: dedupe.ChooseCreate}
	skip   = dedupe.Resolution{Choice: dedupe.ChooseSkip}
)

func shares(row int, space, value string, s dedupe.Strength) dedupe.Evidence {
	return dedupe.Evidence{Key: identity.Key{Space: space, Value: value}, Row: row, Strength: s}
}

func looksLike(p *provision.HeldPerson, row *int) {
	p.Reason = reason.LooksLike
	p.Rows = []provision.HeldRow{heldRow(row, "Ana Lima", "ana@example.com", "ana.sample", claimA, create, skip)}
	p.Candidates = []provision.HeldCandidate{
		candidate("A", "Ana Souza", "old@example.com", false, shares(*row, "instagram", "ana.sample", dedupe.Weak)),
	}
}

func conflict(p *provision.HeldPerson, row *int) {
	p.Reason = reason.AccountsConflict
	p.Rows = []provision.HeldRow{heldRow(row, "Henri Exemple", "henri@example.com", "henri.sample", claimA, claimB, skip)}
	p.Candidates = []provision.HeldCandidate{
		candidate("A", "must never be seen", "hidden@example.org", true, shares(*row, "instagram", "henri.sample", dedupe.Strong)),
		candidate("B", "Henri Exemple", "henri@example.com", false, shares(*row, "email", "henri@example.com", dedupe.Strong)),
	}
}

func shared(p *provision.HeldPerson, row *int) {
	p.Reason = reason.SharedAddress
	p.Rows = []provision.HeldRow{
		heldRow(row, "Ben Okafor", "talent@agency.example.org", "ben.sample", create, skip),
		heldRow(row, "Cy Dane", "talent@agency.example.org", "cy.sample", create, dedupe.Resolution{Choice: dedupe.ChooseSame, Row: *row}, skip),
	}
	p.Rows[1].Way = []dedupe.Tie{{Row: *row, Other: *row - 1, Key: identity.Key{Space: "email", Value: "talent@agency.example.org"}}}
}

// hostile is a row that tries to be more than text.
func hostile(p *provision.HeldPerson, row *int) {
	p.Reason = reason.LooksLike
	p.Rows = []provision.HeldRow{heldRow(row, `<script>alert(1)</script> "quoted" of a name that is a good deal longer than most`,
		"anybody.with.a.very.long.address@subdomain.of.a.long.domain.example.com", "hostile", claimA, create, skip)}
	p.Candidates = []provision.HeldCandidate{
		candidate("A", `</style><img src=x onerror=alert(2)>`, "x@example.com", false, shares(*row, "instagram", "hostile", dedupe.Weak)),
	}
}

// world is a desk with a person before it, and what it had applied.
type world struct {
	t       *testing.T
	desk    *Desk
	base    string
	address string // that is printed
	client  *http.Client
	closed  chan Close
	stop    context.CancelFunc

	mu      sync.Mutex
	applied []review.Answers
	refuse  error // what the next attempt to apply comes to, nil for success
}

// open serves a desk over so many held people. Nobody has opened it yet.
func open(t *testing.T, n int) *world {
	t.Helper()
	return openIn(t, n, words.In{})
}

// openIn is open in a language.
func openIn(t *testing.T, n int, in words.In) *world {
	t.Helper()
	w := &world{t: t, closed: make(chan Close, 1)}
	path := filepath.Join(t.TempDir(), "answers.json")
	again := func(context.Context) (*review.Sitting, error) { return review.Sit(heldPeople(n), path, in) }
	s, err := again(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	d, err := New(Options{Sitting: s, Apply: w.apply, Again: again, Idle: time.Hour, Now: time.Now,
		Fault: func(err error) { t.Log(err) }})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(d)
	t.Cleanup(server.Close)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	w.desk, w.base = d, server.URL
	w.client = &http.Client{Jar: jar}
	w.address = d.Address(server.Listener.Addr().String())
	ctx, stop := context.WithCancel(t.Context())
	w.stop = stop
	waited := make(chan struct{})
	go func() {
		defer close(waited)
		c, _ := d.Wait(ctx)
		w.closed <- c
	}()
	t.Cleanup(func() { stop(); <-waited })
	return w
}

func (w *world) apply(_ context.Context, answers review.Answers, confirm Confirm) (provision.Summary, error) {
	w.mu.Lock()
	refuse := w.refuse
	w.mu.Unlock()
	if refuse != nil {
		return provision.Summary{}, refuse
	}
	p := provision.NewPlanSummary(nil)
	p.Rows, p.People = len(answers.All), len(answers.All)
	p.Outcomes[provision.Created] = p.Rows
	p.SideEffects.LinksIssued = p.Rows
	if yes, err := confirm(p); !yes || err != nil {
		return provision.Summary{}, errors.Join(err, provision.ErrDeclined)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.applied = append(w.applied, answers)
	return provision.Summary{Run: "0198c0de-0000-7000-8000-000000000001", Command: provision.ReviewKind, Rows: p.Rows, Report: "muster-runs/0198c0de",
		Outcomes: map[provision.Outcome]int{provision.Created: p.Rows}}, nil
}
