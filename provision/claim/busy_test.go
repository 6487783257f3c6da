package claim_test

import (
	"context"
	"testing"

	"github.com/sourcegraph/conc"

	"muster/provision"
	"muster/provision/store/storetest"
)

// Whoever looks at a page does not wait for somebody who writes.
func TestPageOpensWhileTheDatabaseIsWritten(t *testing.T) {
	url := storetest.SQLite(t)
	w := newWorld(t, url, provision.Organization{})
	account, token := w.person(t, "ana@example.com")
	other := storetest.Open(t, url)
	begun, opened := make(chan struct{}), make(chan struct{})
	var writer conc.WaitGroup
	writer.Go(func() {
		err := other.InTx(context.Background(), func(provision.Tx) error {
			close(begun)
			<-opened
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
	<-begun
	for range 3 {
		if _, err := w.Open(t.Context(), token); err != nil {
			t.Error(err)
		}
	}
	close(opened)
	writer.Wait()
	w.Service.Wait()
	if n := w.Link(w.Live(account)).Openings; n != 3 {
		t.Errorf("%d openings are counted in the end: somebody waited in vain", n)
	}
}
