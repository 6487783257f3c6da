package claim_test

import (
	"errors"
	"testing"

	"muster/dedupe"
	"muster/provision"
	"muster/provision/claim"
	"muster/provision/store/storetest"
)

// A database that fails at any one call leaves an account as it was, with a
// link that still opens; or it did everything, and only the answer got lost.
func TestAFailingDatabaseLeavesNothingHalfDone(t *testing.T) {
	only(t, asking, func(t *testing.T, w *world) {
		for n := 1; ; n++ {
			account, token := w.person(t, "p"+w.NewID()[24:]+"@example.com")
			failing := storetest.Failing(w.Town.Store, n)
			w.store.ClaimStore = failing
			done := claimAll(t, w, token)
			w.store.ClaimStore = w.Town.Store
			own := w.Credentials(account)
			live := w.count(t, account, liveLinks)
			half := own.Registered != (own.Password != "") || own.Registered != (live == 0) || done && !own.Registered ||
				own.Registered != (w.Account(account).Status == dedupe.Registered)
			if half {
				t.Fatalf("call %d, %s failed: %+v, %d live links, done: %v", n, failing.Failed(), own, live, done)
			}
			switch lost := own.Registered && !done; {
			case lost:
				tried(t, w, token, provision.StandingUsed)
			case !done && !claimAll(t, w, token):
				t.Fatalf("call %d, %s failed, and nothing can be done since", n, failing.Failed())
			}
			if failing.Failed() == "" { // all of them have failed
				if n < 10 {
					t.Errorf("only %d calls", n)
				}
				return
			}
		}
	})
}

// claimAll goes through both steps, as far as that is possible.
func claimAll(t *testing.T, w *world, token string) bool {
	t.Helper()
	if _, err := w.Open(t.Context(), token); err != nil {
		return broken(t, err)
	}
	if _, err := w.Begin(t.Context(), token, claim.Profile{Agreed: "2", Answers: map[string]string{"size": "M"}}); err != nil {
		return broken(t, err)
	}
	if _, err := w.Redeem(t.Context(), token, claim.Passwords{First: quince, Again: quince}); err != nil {
		return broken(t, err)
	}
	return true
}

// broken fails the test for an error that nobody made on purpose.
func broken(t *testing.T, err error) bool {
	t.Helper()
	if !errors.Is(err, storetest.ErrBroken) {
		t.Fatal(err)
	}
	return false
}
