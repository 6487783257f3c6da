package claim_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sourcegraph/conc"

	"muster/importer/identity"
	"muster/provision"
	"muster/provision/store/storetest"
)

// Whoever looks at a page does not wait for somebody who writes.
func TestPageOpensWhileTheDatabaseIsWritten(t *testing.T) {
	url := storetest.SQLite(t)
	w := newWorld(t, url, provision.Organization{})
	account, token := w.person(t, "ana@example.com")
	end := writes(t, url)
	for range 3 {
		if _, err := w.Open(t.Context(), token); err != nil {
			t.Error(err)
		}
	}
	end()
	w.Service.Wait()
	if n := w.Link(w.Live(account)).Openings; n != 3 {
		t.Errorf("%d openings are counted in the end: somebody waited in vain", n)
	}
}

// writes lets somebody else write to a database until what it returns is called.
func writes(t *testing.T, url string) (end func()) {
	t.Helper()
	other := storetest.Open(t, url)
	begun, ended := make(chan struct{}), make(chan struct{})
	var writer conc.WaitGroup
	writer.Go(func() {
		err := other.InTx(context.Background(), func(provision.Tx) error {
			close(begun)
			<-ended
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
	<-begun
	return func() {
		close(ended)
		writer.Wait()
	}
}

// Whoever asks for a mail is answered while it cannot be written yet, so that
// nobody learns from the time of the answer that there is somebody to mail to.
// It is written later, even where whoever asked has gone.
func TestWhoAsksForAMailDoesNotWaitForIt(t *testing.T) {
	url := storetest.SQLite(t)
	w := newWorld(t, url, helpful)
	_, token := w.person(t, "ana@example.com")
	_, expired := w.person(t, "ben@example.com")
	w.later(25 * time.Hour)
	end := writes(t, url)
	ctx, gone := context.WithCancel(t.Context())
	w.Renew(ctx, token)
	w.Forgot(ctx, "lakeside", "ben@example.com")
	gone()
	mailed(t, w, map[string]int{})
	end()
	w.done(t)
	mailed(t, w, map[string]int{"invite": 2})
	if _, err := w.Open(t.Context(), expired); err == nil {
		t.Error("the link that expired still opens")
	}
}

// A database that nobody can write to is not overrun by who ask for mails.
func TestMailsThatAreAskedForAreBounded(t *testing.T) {
	const asked = 100
	w := newWorld(t, storetest.SQLite(t), helpful)
	stuck := &stuckStore{ClaimStore: w.Town.Store, let: make(chan struct{})}
	w.store.ClaimStore = stuck
	atOnce(asked, func(int) { w.Forgot(t.Context(), "lakeside", "nobody@example.com") })
	close(stuck.let)
	w.Service.Wait()
	begun := int(stuck.asked.Load())
	if begun == 0 || begun == asked || len(w.faults) != asked-begun {
		t.Errorf("of %d, %d are worked at, and of %d it is told that nothing is done", asked, begun, len(w.faults))
	}
}

// stuckStore keeps whoever asks waiting until it lets them.
type stuckStore struct {
	provision.ClaimStore
	asked atomic.Int64
	let   chan struct{}
}

func (s *stuckStore) Asker(ctx context.Context, o string, key identity.Key, since time.Time) (provision.Asker, error) {
	s.asked.Add(1)
	<-s.let
	return s.ClaimStore.Asker(ctx, o, key, since)
}
