package claim_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/claim"
	"muster/provision/claim/password"
	"muster/provision/link"
	"muster/provision/store/storetest"
)

// quince is a password that is good enough.
const quince = "gravel otter lantern quince"

// world is a town with its service, whose clock is the town's.
type world struct {
	*storetest.Town
	*claim.Service
	store *counted

	mu     sync.Mutex
	faults []error // that the service told
}

func (w *world) fault(err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.faults = append(w.faults, err)
}

// counted counts how often a link is looked up.
type counted struct {
	provision.ClaimStore
	lookups atomic.Int64
}

func (c *counted) Claimant(ctx context.Context, link string) (provision.Claimant, error) {
	c.lookups.Add(1)
	return c.ClaimStore.Claimant(ctx, link)
}

func newWorld(t testing.TB, url string, o provision.Organization) *world {
	t.Helper()
	w := &world{Town: storetest.NewTown(t, url, o)}
	w.store = &counted{ClaimStore: w.Town.Store}
	w.Service = service(t, w.store, w.Ring, func() time.Time { return w.Town.Now })
	w.Service.Fault = w.fault
	t.Cleanup(w.Service.Wait)
	return w
}

// service hashes quickly: no test here is about what a hash takes.
func service(t testing.TB, s provision.ClaimStore, ring *link.Keyring, now func() time.Time) *claim.Service {
	t.Helper()
	hasher, err := password.NewHasher(password.Cost{Memory: 64, Passes: 1, Threads: 1}, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	return &claim.Service{
		Store:     s,
		Keys:      func() *link.Keyring { return ring },
		Hasher:    hasher,
		Now:       now,
		NewID:     func() string { return uuid.Must(uuid.NewV7()).String() },
		Audiences: []string{storetest.BaseURL},
	}
}

// each runs a test in a world on each engine.
func each(t *testing.T, o provision.Organization, test func(t *testing.T, w *world)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, url string) { test(t, newWorld(t, url, o)) })
}

// person is somebody with a link that was handed over.
func (w *world) person(t *testing.T, address string) (account, token string) {
	t.Helper()
	account = w.Create(address, "Ana Kim")
	_, token = w.Issue(account, change.IssueLink{})
	return account, token
}

// do makes changes that have to succeed.
func (w *world) do(t *testing.T, account string, changes ...change.Change) {
	t.Helper()
	if err := w.Change(account, changes...); err != nil {
		t.Fatal(err)
	}
}

// refused fails the test unless err is a refusal that says why.
func refused(t *testing.T, err error, want provision.Standing) claim.View {
	t.Helper()
	var r *claim.Refusal
	if !errors.As(err, &r) || r.Standing != want {
		t.Fatalf("got %v, want a link that does not open: %s", err, want)
	}
	if want == claim.Unknown && r.View.Organization != "" {
		t.Errorf("somebody without a genuine link is told %+v", r.View)
	}
	return r.View
}

func redeem(t *testing.T, w *world, token string) claim.Done {
	t.Helper()
	done, err := w.Redeem(t.Context(), token, claim.Passwords{First: quince, Again: quince})
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func status(t *testing.T, w *world, account string, want dedupe.Status) {
	t.Helper()
	if got := w.Account(account).Status; got != want {
		t.Errorf("the account is %s, want %s", got, want)
	}
}

func address(t *testing.T, text string) identity.Email {
	t.Helper()
	e, _, err := identity.ParseEmail(text)
	if err != nil {
		t.Fatal(err)
	}
	return e
}
