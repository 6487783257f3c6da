package claim_test

import (
	"errors"
	"testing"
	"time"

	"github.com/lib/pq"

	"muster/dedupe"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/claim"
	"muster/provision/store/storetest"
)

// offering is an organization whose brand pond offers people a dashboard.
var offering = provision.Organization{
	MemberURL: "https://app.example.com", DashboardURL: "https://desk.example.com", Products: []string{"reports"},
	Roles:  []provision.Role{{Name: "manager", Rank: 50, Dashboard: true}},
	Brands: []provision.Brand{{Slug: "pond", Name: "Pond", Campaigns: []provision.Campaign{{Slug: "spring", Name: "Spring"}}}},
}

// pond is what is offered there.
func pond() change.Offer {
	return change.Offer{Offer: dedupe.Offer{
		Membership: dedupe.Membership{Brand: "pond", Kind: record.Staff, Role: "manager"},
		Campaigns:  []string{"pond/spring", "pond/gone"},
		Products:   []string{"reports", "gone"},
	}}
}

// asked is somebody who has registered and was offered the brand pond.
func (w *world) asked(t *testing.T) (account, token string) {
	t.Helper()
	account, invite := w.person(t, "ana@example.com")
	redeem(t, w, invite)
	w.do(t, account, pond())
	return account, w.question(t, account)
}

// question is the token by which the offer of an account is answered.
func (w *world) question(t *testing.T, account string) string {
	t.Helper()
	offers, err := w.Town.Store.Offers(t.Context(), []string{w.Account(account).Offers[0].Link})
	if err != nil || len(offers) != 1 {
		t.Fatalf("%d offers: %v", len(offers), err)
	}
	return w.Token(offers[0].LinkRow)
}

func brands(a dedupe.Account) (all []string) {
	for _, m := range a.Memberships {
		all = append(all, m.Brand)
	}
	return all
}

func TestWhoAcceptsIsAMember(t *testing.T) {
	each(t, offering, func(t *testing.T, w *world) {
		account, token := w.asked(t)
		v, err := w.Open(t.Context(), token)
		if err != nil || v.Step != claim.ConsentStep || v.Brand != "Pond" || v.MaskedAddress != "a…@e….com" || v.SelfService {
			t.Fatalf("%+v %v", v, err)
		}
		if got := brands(w.Account(account)); len(got) != 1 {
			t.Fatalf("by looking a member of %q", got)
		}
		done, err := w.Answer(t.Context(), token, true)
		if err != nil || done.DashboardURL != "https://desk.example.com" || done.MemberURL != "https://app.example.com" {
			t.Fatalf("%+v %v", done, err)
		}
		a := w.Account(account)
		if got, _ := a.In("pond"); got.Role != "manager" || len(a.Campaigns) != 1 || len(a.Products) != 1 {
			t.Errorf("%+v, %q, %q", got, a.Campaigns, a.Products)
		}
		wantActions(t, w, account, change.AcceptAction)
		mailed(t, w, map[string]int{"dashboard": 1})
		for _, accepts := range []bool{true, false} {
			_, err = w.Answer(t.Context(), token, accepts)
			refused(t, err, provision.StandingUsed)
		}
	})
}

func TestWhoDeclinesIsNone(t *testing.T) {
	each(t, offering, func(t *testing.T, w *world) {
		account, token := w.asked(t)
		done, err := w.Answer(t.Context(), token, false)
		if err != nil || done.DashboardURL != "" || done.MemberURL != "" {
			t.Fatalf("%+v %v", done, err)
		}
		_, err = w.Answer(t.Context(), token, true)
		refused(t, err, provision.StandingDeclined)
		if got := brands(w.Account(account)); len(got) != 1 {
			t.Errorf("a member of %q", got)
		}
		wantActions(t, w, account, change.DeclineAction)
	})
}

// A link that asks sets no password, and one for a password answers nothing.
func TestLinksAreGoodForOneThing(t *testing.T) {
	only(t, offering, func(t *testing.T, w *world) {
		account, token := w.asked(t)
		_, err := w.Redeem(t.Context(), token, claim.Passwords{First: quince, Again: quince})
		refused(t, err, claim.Unknown)
		_, err = w.Begin(t.Context(), token, claim.Profile{Name: "Mallory"})
		refused(t, err, claim.Unknown)
		w.renew(t, token)
		mailed(t, w, map[string]int{})
		_, reset := w.Issue(account, change.IssueLink{Reset: true})
		_, err = w.Answer(t.Context(), reset, true)
		refused(t, err, claim.Unknown)
		_, err = w.Answer(t.Context(), forged(token), true)
		refused(t, err, claim.Unknown)
	})
}

func TestOffersThatDoNotOpen(t *testing.T) {
	for name, tt := range map[string]struct {
		happens func(*testing.T, *world, string)
		want    provision.Standing
	}{
		"nobody answers for a month": {func(_ *testing.T, w *world, _ string) { w.later(31 * 24 * time.Hour) }, provision.StandingExpired},
		"a block":                    {func(t *testing.T, w *world, a string) { w.do(t, a, change.Block{}) }, provision.StandingBlocked},
		"a block that was lifted": {func(t *testing.T, w *world, a string) {
			w.later(time.Minute)
			w.do(t, a, change.Block{})
			w.do(t, a, change.Unblock{Roles: true})
		}, provision.StandingRevoked},
		"another address": {func(t *testing.T, w *world, a string) {
			w.do(t, a, change.Readdress{To: address(t, "new@example.com")})
		}, provision.StandingMoved},
		"it is withdrawn": {func(t *testing.T, w *world, a string) {
			w.do(t, a, change.Withdraw{Offer: pond().Offer})
		}, provision.StandingRevoked},
		"another password is none of its business": {func(t *testing.T, w *world, a string) {
			w.do(t, a, change.SetPassword{Hash: "x"})
		}, provision.StandingOpen},
	} {
		t.Run(name, func(t *testing.T) {
			only(t, offering, func(t *testing.T, w *world) {
				account, token := w.asked(t)
				tt.happens(t, w, account)
				_, err := w.Answer(t.Context(), token, true)
				if tt.want == provision.StandingOpen {
					if err != nil {
						t.Error(err)
					}
					return
				}
				refused(t, err, tt.want)
				if got := brands(w.Account(account)); len(got) != 1 {
					t.Errorf("a member of %q", got)
				}
			})
		})
	}
}

// Somebody who becomes an administrator by saying yes is told of to the others,
// as invited by whoever asked them.
func TestAdministratorsLearnWhoAccepted(t *testing.T) {
	each(t, offering, func(t *testing.T, w *world) {
		boss := w.Create("boss@example.com", "Ada Lovibond", change.SetRole{Brand: "lake", From: "member", To: "administrator"})
		account, invite := w.person(t, "ana@example.com")
		redeem(t, w, invite)
		offer := pond()
		offer.Role = provision.AdministratorRole
		w.do(t, account, offer)
		if _, err := w.SQL.Exec("UPDATE membership_offers SET granted_by = $1", boss); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Answer(t.Context(), w.question(t, account), true); err != nil {
			t.Fatal(err)
		}
		mailed(t, w, map[string]int{"dashboard": 1, "administrator-added": 1})
		var by int
		err := w.SQL.QueryRow("SELECT count(*) FROM outbox WHERE invited_by = $1", boss).Scan(&by)
		if err != nil || by != 2 {
			t.Errorf("%d mails name whoever asked: %v", by, err)
		}
	})
}

// The role of the page lets nobody in, unless it was granted that.
func TestRoleOfThePageAcceptsOnlyIfGranted(t *testing.T) {
	url := storetest.Postgres(t)
	w := newWorld(t, url, offering)
	account, token := w.asked(t)
	w.store.ClaimStore = storetest.Open(t, asThePage(t, url))
	if _, err := w.Open(t.Context(), token); err != nil {
		t.Fatal(err)
	}
	_, err := w.Answer(t.Context(), token, true)
	if denied, is := errors.AsType[*pq.Error](err); !is || denied.Code != "42501" || len(w.Account(account).Memberships) != 1 {
		t.Fatalf("%v", err)
	}
	storetest.Granted(t, url, "muster_serve", sample(t, "role-serve-consent.sql"))
	if _, err = w.Answer(t.Context(), token, true); err != nil {
		t.Fatal(err)
	}
	account = w.Create("ben@example.com", "Ben")
	w.do(t, account, pond())
	w.store.ClaimStore = storetest.Open(t, asThePage(t, url))
	if _, err = w.Answer(t.Context(), w.question(t, account), false); err != nil {
		t.Errorf("declining needs no more than the page has: %v", err)
	}
}
