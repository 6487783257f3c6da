package claim_test

import (
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sourcegraph/conc"

	"muster/provision"
	"muster/provision/change"
	"muster/provision/claim"
	"muster/provision/claim/password"
	"muster/provision/link"
	"muster/provision/store/storetest"
)

// only runs a test in a world on the embedded database: nothing in it depends
// on the engine.
func only(t *testing.T, o provision.Organization, test func(t *testing.T, w *world)) {
	t.Helper()
	test(t, newWorld(t, storetest.SQLite(t), o))
}

// tried fails the test unless nothing at all can be done with a token.
func tried(t *testing.T, w *world, token string, want provision.Standing) {
	t.Helper()
	_, err := w.Open(t.Context(), token)
	refused(t, err, want)
	_, err = w.Begin(t.Context(), token, claim.Profile{Name: "Mallory"})
	refused(t, err, want)
	_, err = w.Redeem(t.Context(), token, claim.Passwords{First: quince, Again: quince})
	refused(t, err, want)
}

func TestSecondClickFindsTheLinkUsed(t *testing.T) {
	each(t, provision.Organization{}, func(t *testing.T, w *world) {
		account, token := w.person(t, "ana@example.com")
		redeem(t, w, token)
		before := w.Credentials(account)
		tried(t, w, token, provision.StandingUsed)
		if w.Credentials(account) != before {
			t.Error("the password is another one")
		}
	})
}

func TestForwardedLinkIsDeadAfterAReissue(t *testing.T) {
	only(t, provision.Organization{}, func(t *testing.T, w *world) {
		account, forwarded := w.person(t, "ana@example.com")
		_, latest := w.Issue(account, change.IssueLink{Again: true})
		tried(t, w, forwarded, provision.StandingSuperseded)
		redeem(t, w, latest)
		tried(t, w, forwarded, provision.StandingRegistered)
	})
}

func TestLinkIsDeadAfterABlock(t *testing.T) {
	only(t, provision.Organization{}, func(t *testing.T, w *world) {
		account, token := w.person(t, "ana@example.com")
		w.do(t, account, change.Block{EndsLink: true})
		tried(t, w, token, provision.StandingBlocked)
		w.do(t, account, change.Unblock{Roles: true})
		tried(t, w, token, provision.StandingRevoked)
	})
}

// Whoever may write to the table of links alone cannot make one open that does
// not: what the token says is computed from the row.
func TestStolenDatabaseWithoutTheKeys(t *testing.T) {
	const victims = `(SELECT id FROM accounts WHERE email = 'victim@example.com')`
	for name, tt := range map[string]struct {
		write string // what the thief writes to the row of their own link, $1
		want  provision.Standing
	}{
		"a link that leads to another account":   {`UPDATE links SET account_id = ` + victims + ` WHERE id = $1`, claim.Unknown},
		"a link to another account's address":    {`UPDATE links SET account_id = ` + victims + `, email = 'victim@example.com', epoch = 0 WHERE id = $1`, claim.Unknown},
		"a link that ends later":                 {`UPDATE links SET expires_at = '2099-01-01T00:00:00.000000Z' WHERE id = $1`, claim.Unknown},
		"an invite that became a reset":          {`UPDATE links SET purpose = 2 WHERE id = $1`, claim.Unknown},
		"a link of another site":                 {`UPDATE links SET audience = 'https://elsewhere.example.com' WHERE id = $1`, claim.Unknown},
		"a link under another key":               {`UPDATE links SET kid = '00000000' WHERE id = $1`, claim.Unknown},
		"a superseded link that is live again":   {`UPDATE links SET state = 'live', ended_at = NULL WHERE id = $1`, provision.StandingRevoked},
		"a superseded link of the account's age": {`UPDATE links SET state = 'live', ended_at = NULL, epoch = epoch + 1 WHERE id = $1`, claim.Unknown},
	} {
		t.Run(name, func(t *testing.T) {
			only(t, provision.Organization{}, func(t *testing.T, w *world) {
				victim := w.Create("victim@example.com", "Vic Tim")
				account, token := w.person(t, "mallory@example.com")
				id := w.Live(account)
				if tt.want == provision.StandingRevoked || name == "a superseded link of the account's age" {
					w.do(t, account, change.EndLink{Why: provision.EndByHand})
				}
				if r, err := w.SQL.Exec(tt.write, id); err != nil {
					t.Fatal(err)
				} else if n, _ := r.RowsAffected(); n != 1 {
					t.Fatalf("%d rows were written", n)
				}
				tried(t, w, token, tt.want)
				for _, a := range []string{victim, account} {
					if own := w.Credentials(a); own.Password != "" {
						t.Error("a password was set")
					}
				}
			})
		})
	}
	t.Run("a token made with another key", func(t *testing.T) {
		only(t, provision.Organization{}, func(t *testing.T, w *world) {
			account, _ := w.person(t, "ana@example.com")
			l := w.Link(w.Live(account))
			thief := storetest.NewTown(t, storetest.SQLite(t), provision.Organization{})
			l.KeyID = thief.Ring.Active()
			tried(t, w, thief.Token(l), claim.Unknown)
			if n := w.store.lookups.Load(); n != 0 {
				t.Errorf("%d links were looked up for a key that is none of ours", n)
			}
		})
	})
}

// Whoever has the keys alone has no link to make a token of.
func TestStolenKeysWithoutTheDatabase(t *testing.T) {
	only(t, provision.Organization{}, func(t *testing.T, w *world) {
		account, _ := w.person(t, "ana@example.com")
		l := w.Link(w.Live(account)) // all is known of it but its id
		id, _, err := link.Maker(w.Ring).NewLink()
		if err != nil {
			t.Fatal(err)
		}
		l.ID = id
		tried(t, w, w.Token(l), claim.Unknown)
	})
}

func TestLinkOfAnotherSite(t *testing.T) {
	only(t, provision.Organization{}, func(t *testing.T, w *world) {
		_, token := w.person(t, "ana@example.com")
		w.Audiences = []string{"https://new.example.com"}
		tried(t, w, token, claim.Unknown)
		w.Audiences = append(w.Audiences, storetest.BaseURL)
		redeem(t, w, token)
	})
}

func TestTextsThatAreNoTokenAreNotLookedUp(t *testing.T) {
	only(t, provision.Organization{}, func(t *testing.T, w *world) {
		_, token := w.person(t, "ana@example.com")
		for _, text := range []string{"", "x", token[:len(token)-1], token + "A", "mst2_" + token[5:], " " + token, token[:5] + "!" + token[6:]} {
			tried(t, w, text, claim.Unknown)
		}
		if n := w.store.lookups.Load(); n != 0 {
			t.Errorf("%d links were looked up", n)
		}
	})
}

// forged is another token of the same link.
func forged(token string) string {
	text := []byte(token)
	text[len(text)-20] ^= 1
	return string(text)
}

// Two hundred forged tokens at once: there is nothing here that could hash.
func TestForgedTokensCostNoHash(t *testing.T) {
	only(t, provision.Organization{}, func(t *testing.T, w *world) {
		account, token := w.person(t, "ana@example.com")
		w.Hasher = nil
		var all conc.WaitGroup
		for range 200 {
			all.Go(func() {
				_, err := w.Redeem(t.Context(), forged(token), claim.Passwords{First: quince, Again: quince})
				var r *claim.Refusal
				if !errors.As(err, &r) || r.Standing != claim.Unknown {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if own := w.Credentials(account); own.Password != "" {
			t.Error("a password was set")
		}
	})
}

// A hundred people at once either have a password, or are told to come back;
// whoever comes back has one in the end.
func TestAHundredAtOnceAreRedeemedOrSentAway(t *testing.T) {
	only(t, provision.Organization{}, func(t *testing.T, w *world) {
		hasher, err := password.NewHasher(password.Cost{Memory: 8 << 10, Passes: 1, Threads: 1}, 1<<30)
		if err != nil {
			t.Fatal(err)
		}
		w.Hasher = hasher
		var tokens [100]string
		for i := range tokens {
			_, tokens[i] = w.person(t, "p"+w.NewID()[24:]+"@example.com")
		}
		var done, busy atomic.Int64
		var all conc.WaitGroup
		for _, token := range tokens {
			all.Go(func() {
				for range 20 {
					_, err := w.Redeem(t.Context(), token, claim.Passwords{First: quince, Again: quince})
					switch {
					case err == nil:
						done.Add(1)
						return
					case !errors.Is(err, password.ErrBusy):
						t.Error(err)
						return
					}
					busy.Add(1)
					time.Sleep(100 * time.Millisecond)
				}
			})
		}
		all.Wait()
		if done.Load() != 100 {
			t.Errorf("%d have a password, after %d were sent away", done.Load(), busy.Load())
		}
	})
}
