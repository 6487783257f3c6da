package claim_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"muster/dedupe"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/claim"
	"muster/provision/store/storetest"
)

// meddling does something once, before the first transaction.
type meddling struct {
	provision.ClaimStore
	meddle func()
}

func (m *meddling) InTx(ctx context.Context, f func(provision.Tx) error) error {
	if meddle := m.meddle; meddle != nil {
		m.meddle = nil
		meddle()
	}
	return m.ClaimStore.InTx(ctx, f)
}

func TestALinkThatIsLookedUpWhileItsPersonTypesProvesNothing(t *testing.T) {
	only(t, provision.Organization{}, func(t *testing.T, w *world) {
		account := w.Create("ana@example.com", "Ana Kim")
		l, token := w.Issue(account, change.IssueLink{Mail: true})
		w.store.ClaimStore = &meddling{w.Town.Store, func() { w.Show(l.ID, true) }}
		redeem(t, w, token)
		if own := w.Credentials(account); !own.Registered || own.Verified {
			t.Errorf("%+v", own)
		}
	})
}

// What somebody writes to the database while a password is hashed, who raises
// no version: the link is as dead as if it had been there before.
func TestWhatIsWrittenWhileAPasswordIsHashed(t *testing.T) {
	cases := map[string]struct {
		reset bool
		write string // $1 is the account
		want  provision.Standing
	}{
		"another address": {
			write: `UPDATE accounts SET address = 'new.' || address, email = 'new.' || email WHERE id = $1`,
			want:  provision.StandingMoved,
		},
		"they registered elsewhere": {
			write: `UPDATE accounts SET status = 'registered', password = 'x' WHERE id = $1`,
			want:  provision.StandingRegistered,
		},
		"they are not registered any more": {
			reset: true,
			write: `UPDATE accounts SET status = 'created' WHERE id = $1`,
			want:  provision.StandingRevoked,
		},
		"another password": {
			reset: true,
			write: `UPDATE accounts SET password = 'x', password_at = '2099-01-01T00:00:00.000000Z' WHERE id = $1`,
			want:  provision.StandingRevoked,
		},
		"a block": {
			write: `INSERT INTO blocks (account_id, organization_id, source, blocked_at)
				SELECT id, owner_id, 'support desk', created_at FROM accounts WHERE id = $1`,
			want: provision.StandingBlocked,
		},
		"a block everywhere": {
			write: `INSERT INTO blocks (account_id, organization_id, source, blocked_at)
				SELECT id, '00000000-0000-0000-0000-000000000000', 'support desk', created_at FROM accounts WHERE id = $1`,
			want: provision.StandingBlocked,
		},
		"a block that was lifted again": {
			write: `INSERT INTO blocks (account_id, organization_id, source, blocked_at, lifted_at) SELECT id, owner_id,
				'support desk', '2099-01-01T00:00:00.000000Z', '2099-01-01T00:00:01.000000Z' FROM accounts WHERE id = $1`,
			want: provision.StandingRevoked,
		},
		"a later epoch of links": {
			write: `UPDATE accounts SET link_epoch = link_epoch + 1 WHERE id = $1`,
			want:  provision.StandingRevoked,
		},
		"an organization that is not active": {
			write: `UPDATE organizations SET active = false WHERE id = (SELECT owner_id FROM accounts WHERE id = $1)`,
			want:  provision.StandingInactive,
		},
		"single sign-on": {
			write: `UPDATE organizations SET sign_in = 'sso' WHERE id = (SELECT owner_id FROM accounts WHERE id = $1)`,
			want:  provision.StandingSignOn,
		},
	}
	each(t, provision.Organization{}, func(t *testing.T, w *world) {
		as := w.Organization
		for name, tt := range cases {
			t.Run(name, func(t *testing.T) {
				defer w.Save(as)
				account := w.Create("p"+w.NewID()[24:]+"@example.com", "Ana Kim")
				if tt.reset {
					w.do(t, account, change.SetStatus{To: dedupe.Registered})
				}
				l, token := w.Issue(account, change.IssueLink{Reset: tt.reset})
				var before storetest.Credentials
				w.store.ClaimStore = &meddling{w.Town.Store, func() {
					w.write(t, tt.write, account)
					before = w.Credentials(account)
				}}
				_, err := w.Redeem(t.Context(), token, claim.Passwords{First: quince, Again: quince})
				refused(t, err, tt.want)
				if after := w.Credentials(account); after != before {
					t.Errorf("%+v, before %+v", after, before)
				}
				if got := w.Link(l.ID).State; got != provision.LiveState {
					t.Errorf("the link is %s", got)
				}
			})
		}
	})
}

// write writes to the database past the store.
func (w *world) write(t *testing.T, text string, values ...any) {
	t.Helper()
	r, err := w.SQL.Exec(text, values...)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := r.RowsAffected(); n != 1 {
		t.Fatalf("%d rows were written: %v", n, err)
	}
}

func TestTermsThatAreNewWhileAPasswordIsHashed(t *testing.T) {
	o := provision.Organization{Page: provision.Page{Terms: &provision.Agreement{URL: "https://example.com/terms", Version: "2"}}}
	each(t, o, func(t *testing.T, w *world) {
		account, token := w.person(t, "ana@example.com")
		if _, err := w.Begin(t.Context(), token, claim.Profile{Agreed: "2"}); err != nil {
			t.Fatal(err)
		}
		w.store.ClaimStore = &meddling{w.Town.Store, func() {
			newer := w.Organization
			newer.Terms = &provision.Agreement{URL: "https://example.com/terms", Version: "3"}
			w.Save(newer)
			w.write(t, `UPDATE accounts SET version = version + 1 WHERE id = $1`, account)
		}}
		_, err := w.Redeem(t.Context(), token, claim.Passwords{First: quince, Again: quince})
		var form *claim.FormError
		if !errors.As(err, &form) || !slices.Equal(form.Faults, []claim.Fault{{Field: "terms", Code: "terms"}}) {
			t.Fatal(err)
		}
		if own := w.Credentials(account); own.Password != "" {
			t.Error("a password was set")
		}
	})
}

// A link of before a block stays dead when that is lifted, even where whoever
// blocked its person ended nothing.
func TestALiftedBlockRevivesNoLink(t *testing.T) {
	each(t, provision.Organization{}, func(t *testing.T, w *world) {
		for _, by := range []string{w.Organization.ID, "00000000-0000-0000-0000-000000000000"} {
			account, token := w.person(t, "p"+w.NewID()[24:]+"@example.com")
			at := w.Town.Now.Add(time.Minute)
			w.write(t, `INSERT INTO blocks (account_id, organization_id, source, blocked_at) VALUES ($1, $2, 'support desk', $3)`,
				account, by, at.Format("2006-01-02T15:04:05.000000Z"))
			tried(t, w, token, provision.StandingBlocked)
			w.write(t, `UPDATE blocks SET lifted_at = $2 WHERE account_id = $1`,
				account, at.Add(time.Minute).Format("2006-01-02T15:04:05.000000Z"))
			tried(t, w, token, provision.StandingRevoked)
			w.later(2 * time.Minute)
			_, latest := w.Issue(account, change.IssueLink{Again: true})
			redeem(t, w, latest)
		}
	})
}

// A block ends the link that is there when it comes, not the one that was
// there when it was planned.
func TestABlockEndsALinkThatNobodyKnewOf(t *testing.T) {
	each(t, provision.Organization{}, func(t *testing.T, w *world) {
		account, token := w.person(t, "ana@example.com")
		before := w.Link(w.Live(account))
		w.do(t, account, change.Block{})
		tried(t, w, token, provision.StandingBlocked)
		l := w.Link(before.ID)
		if l.State != provision.RevokedState || l.AccountEpoch != before.AccountEpoch+1 {
			t.Errorf("the link is %s, the epoch %d after %d", l.State, l.AccountEpoch, before.AccountEpoch)
		}
		w.do(t, account, change.Unblock{Roles: true})
		w.do(t, account, change.Block{})
		if again := w.Link(before.ID).AccountEpoch; again != l.AccountEpoch {
			t.Errorf("a block that ends no link raised the epoch from %d to %d", l.AccountEpoch, again)
		}
	})
}
