package claim_test

import (
	"errors"
	"flag"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sourcegraph/conc"

	"muster/dedupe"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/claim"
	"muster/provision/claim/password"
)

// The rounds of the races: a few here, thousands in make bench.
var (
	redemptions = flag.Int("redemptions", 10, "rounds of 32 redemptions of one link")
	reissues    = flag.Int("reissues", 3, "rounds of 64 reissues of one account's link")
	encounters  = flag.Int("encounters", 6, "rounds of a redemption against each thing that ends a link")
	within      = flag.Duration("within", time.Hour, "begin no round after that")
)

// rounds plays rounds of a race, and says how many, now and then and at the
// end. Each round tells how many got what all of them wanted.
func rounds(t *testing.T, what string, n int, round func() int) {
	t.Helper()
	began := time.Now()
	got := 0
	for i := 1; i <= n; i++ {
		got += round()
		if late := time.Since(began) > *within; late || i == n || i%500 == 0 {
			t.Logf("%s: %d rounds of %d, %d won, in %s", what, i, n, got, time.Since(began).Round(time.Second))
			if late {
				return
			}
		}
	}
}

// atOnce calls f so many times, as nearly at once as can be.
func atOnce(times int, f func(i int)) {
	start := make(chan struct{})
	var all conc.WaitGroup
	for i := range times {
		all.Go(func() {
			<-start
			f(i)
		})
	}
	close(start)
	all.Wait()
}

// count is how many rows of an account a statement counts; $1 is the account.
func (w *world) count(t *testing.T, account, text string) (n int) {
	t.Helper()
	if err := w.SQL.QueryRow(text, account).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

const liveLinks = `SELECT count(*) FROM links WHERE account_id = $1 AND state = 'live'`

func TestOneOfManyRedemptionsWins(t *testing.T) {
	each(t, provision.Organization{}, func(t *testing.T, w *world) {
		rounds(t, "32 redemptions of one link", *redemptions, func() int { return raceForOneLink(t, w) })
	})
}

// raceForOneLink lets 32 people who hold one link choose a password each.
func raceForOneLink(t *testing.T, w *world) int {
	t.Helper()
	account, token := w.person(t, "p"+w.NewID()[24:]+"@example.com")
	var won [32]bool
	atOnce(len(won), func(i int) {
		typed := fmt.Sprintf("%s %d", quince, i)
		_, err := w.Redeem(t.Context(), token, claim.Passwords{First: typed, Again: typed})
		var r *claim.Refusal
		switch won[i] = err == nil; {
		case err == nil:
		case !errors.As(err, &r) || r.Standing != provision.StandingUsed:
			t.Errorf("a loser is told: %v", err)
		}
	})
	own := w.Credentials(account)
	winners := 0
	for i := range won {
		if won[i] {
			winners++
			if fits, err := password.Verify(own.Password, fmt.Sprintf("%s %d", quince, i)); err != nil || !fits {
				t.Errorf("the password is not the winner's: %v", err)
			}
		}
	}
	audited := w.count(t, account, `SELECT count(*) FROM audit WHERE account_id = $1 AND action = 'link redeemed'`)
	live := w.count(t, account, liveLinks)
	if winners != 1 || own.SessionEpoch != 1 || audited != 1 || live != 0 {
		t.Fatalf("%d winners, session epoch %d, %d audited, %d live links", winners, own.SessionEpoch, audited, live)
	}
	return winners
}

func TestManyReissuesLeaveOneLink(t *testing.T) {
	each(t, provision.Organization{}, func(t *testing.T, w *world) {
		rounds(t, "64 reissues of one link", *reissues, func() int { return raceToReissue(t, w) })
	})
}

// raceToReissue lets 64 operators reissue one link, as often as a run tries.
func raceToReissue(t *testing.T, w *world) int {
	t.Helper()
	account, _ := w.person(t, "p"+w.NewID()[24:]+"@example.com")
	var issued atomic.Int64
	atOnce(64, func(int) {
		switch err := provision.Retry(func() error { return w.Change(account, change.IssueLink{Again: true}) }); {
		case err == nil:
			issued.Add(1)
		case !errors.Is(err, provision.ErrMoved):
			t.Error(err)
		}
	})
	n := int(issued.Load())
	live := w.count(t, account, liveLinks)
	all := w.count(t, account, `SELECT count(*) FROM links WHERE account_id = $1`)
	l := w.Link(w.Live(account))
	if n == 0 || live != 1 || all != n+1 || l.Epoch != l.AccountEpoch || int(l.AccountEpoch) != n+1 {
		t.Fatalf("%d issued, %d live of %d, epoch %d of %d", n, live, all, l.Epoch, l.AccountEpoch)
	}
	return n
}

// What ends a link races with its redemption. Either the redemption is first,
// and stands; or the link is dead, and nothing of it is written.
func TestRedemptionsAgainstWhatEndsLinks(t *testing.T) {
	anybody := func(provision.Holding) bool { return true }
	for name, tt := range map[string]struct {
		may  func(provision.Holding) bool
		ends change.Change
		why  provision.Standing
	}{
		"a block":         {anybody, change.Block{EndsLink: true}, provision.StandingBlocked},
		"another address": {anybody, change.Readdress{To: address(t, "new@example.com")}, provision.StandingMoved},
		"a reissue": {
			func(h provision.Holding) bool { return h.Status != dedupe.Registered }, change.IssueLink{Again: true},
			provision.StandingSuperseded,
		},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, provision.Organization{}, func(t *testing.T, w *world) {
				for range *encounters {
					account, token := w.person(t, "p"+w.NewID()[24:]+"@example.com")
					w.encounter(t, account, token, tt.why, func() error { return w.ChangeIf(account, tt.may, tt.ends) })
				}
			})
		})
	}
	t.Run("single sign-on", func(t *testing.T) {
		each(t, provision.Organization{}, func(t *testing.T, w *world) {
			for range *encounters {
				w.encounterSingleSignOn(t)
			}
		})
	})
}

// encounterSingleSignOn lets the organization switch to single sign-on while
// somebody redeems, and back after that.
func (w *world) encounterSingleSignOn(t *testing.T) {
	t.Helper()
	account, token := w.person(t, "p"+w.NewID()[24:]+"@example.com")
	o := w.Organization
	elsewhere := o
	elsewhere.SignIn = provision.SingleSignOn
	w.encounter(t, account, token, provision.StandingSignOn, func() error {
		w.Save(elsewhere)
		return nil
	})
	o.SignIn = provision.PasswordSignIn
	w.Save(o)
}

// encounter lets somebody redeem a link while something ends it.
func (w *world) encounter(t *testing.T, account, token string, why provision.Standing, end func() error) {
	t.Helper()
	var redeemed, ended error
	atOnce(2, func(i int) {
		if i == 0 {
			_, redeemed = w.Redeem(t.Context(), token, claim.Passwords{First: quince, Again: quince})
			return
		}
		ended = provision.Retry(end)
	})
	if ended != nil {
		t.Fatal(ended)
	}
	own := w.Credentials(account)
	first := w.count(t, account, `SELECT count(*) FROM links WHERE account_id = $1 AND state = 'redeemed'`)
	if redeemed != nil {
		refused(t, redeemed, why)
		if own.Password != "" || own.Registered || first != 0 {
			t.Fatalf("a dead link was redeemed: %+v, %d links", own, first)
		}
		return
	}
	sessions := int64(1)
	if why == provision.StandingBlocked { // which ends those of the password
		sessions++
	}
	if own.Password == "" || !own.Registered || own.SessionEpoch != sessions || first != 1 {
		t.Fatalf("a redemption was lost: %+v, %d links", own, first)
	}
	if live := w.count(t, account, liveLinks); live != 0 {
		t.Fatalf("%d links are live beside the redeemed one", live)
	}
}
