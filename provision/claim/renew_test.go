package claim_test

import (
	"maps"
	"testing"
	"time"

	"muster/dedupe"
	"muster/provision"
	"muster/provision/change"
)

// helpful lets people ask for links.
var helpful = provision.Organization{Page: provision.Page{SelfServiceLinks: new(true)}}

// mailed fails the test unless these mails wait, by template.
func mailed(t *testing.T, w *world, want map[string]int) {
	t.Helper()
	counts, err := w.Town.Store.MailCounts(t.Context(), w.Organization.ID)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for _, c := range counts {
		if c.State == provision.MailQueued {
			got[c.Template] = c.Mails
		}
	}
	if !maps.Equal(got, want) {
		t.Errorf("%v are queued, want %v", got, want)
	}
}

func (w *world) renew(t *testing.T, token string) {
	t.Helper()
	w.Renew(t.Context(), token)
	w.done(t)
}

func (w *world) forgot(t *testing.T, organization, address string) {
	t.Helper()
	w.Forgot(t.Context(), organization, address)
	w.done(t)
}

// done returns once everything is done that was asked for. It fails the test
// where something went wrong.
func (w *world) done(t *testing.T) {
	t.Helper()
	w.Service.Wait()
	if len(w.faults) > 0 {
		t.Fatal(w.faults)
	}
}

func (w *world) later(d time.Duration) { w.Town.Now = w.Town.Now.Add(d) }

func TestNewLinkForOneThatExpired(t *testing.T) {
	each(t, helpful, func(t *testing.T, w *world) {
		account, token := w.person(t, "ana@example.com")
		w.later(25 * time.Hour)
		w.renew(t, token)
		mailed(t, w, map[string]int{"invite": 1})
		l := w.Link(w.Live(account))
		if l.Channel != provision.ByMail || l.Purpose != provision.Invitation || !l.GeneratedAt.IsZero() || l.Lifetime != 24*time.Hour {
			t.Errorf("%+v", l)
		}
		_, err := w.Open(t.Context(), token)
		refused(t, err, provision.StandingSuperseded)
		redeem(t, w, w.Token(w.Show(l.ID, false)))
		if !w.Credentials(account).Verified {
			t.Error("a mailed link that nobody else saw proves the mailbox")
		}
		mailed(t, w, map[string]int{})
	})
}

func TestALinkThatIsLiveIsMailedAgain(t *testing.T) {
	only(t, helpful, func(t *testing.T, w *world) {
		account, token := w.person(t, "ana@example.com")
		w.forgot(t, "lakeside", " Ana@example.com ")
		mailed(t, w, map[string]int{"invite": 1})
		if live := w.Live(account); w.Token(w.Link(live)) != token {
			t.Error("the link is another one")
		}
		first, err := w.Town.Store.DueMails(t.Context(), provision.MailSelection{Organization: w.Organization.ID}, w.Town.Now.Add(-time.Hour), 1)
		if err != nil || len(first) != 1 {
			t.Errorf("it does not go before mails that wait: %v %v", first, err)
		}
		w.later(mailPause)
		w.forgot(t, "lakeside", "ana@example.com")
		mailed(t, w, map[string]int{"invite": 2})
		redeem(t, w, token)
		mailed(t, w, map[string]int{})
	})
}

func TestWhoeverForgotTheirPasswordIsMailedAReset(t *testing.T) {
	each(t, helpful, func(t *testing.T, w *world) {
		account, token := w.person(t, "ana@example.com")
		redeem(t, w, token)
		before := w.Credentials(account)
		w.forgot(t, "lakeside", "ana@example.com")
		mailed(t, w, map[string]int{"reset": 1})
		l := w.Link(w.Live(account))
		if l.Purpose != provision.Reset || l.Channel != provision.ByMail {
			t.Errorf("%+v", l)
		}
		redeem(t, w, w.Token(w.Show(l.ID, false)))
		after := w.Credentials(account)
		if after.Password == before.Password || after.SessionEpoch != before.SessionEpoch+1 {
			t.Errorf("%+v", after)
		}
	})
}

func TestOneMailInTenMinutesAndThreeADay(t *testing.T) {
	only(t, helpful, func(t *testing.T, w *world) {
		w.person(t, "ana@example.com")
		for _, step := range []struct {
			wait time.Duration
			want int
		}{
			{0, 1}, {9 * time.Minute, 1}, {time.Minute, 2}, {time.Hour, 3}, {time.Hour, 3}, {20 * time.Hour, 3}, {3 * time.Hour, 1},
		} {
			w.later(step.wait)
			w.forgot(t, "lakeside", "ana@example.com")
			mailed(t, w, map[string]int{"invite": step.want})
		}
	})
}

// Nobody learns by asking whether somebody has an account: nothing is mailed,
// and the answer is the same.
func TestWhoeverGetsNoLink(t *testing.T) {
	block := func(t *testing.T, w *world, a string) { w.do(t, a, change.Block{EndsLink: true}) }
	ended := func(why string) func(*testing.T, *world, string) {
		return func(t *testing.T, w *world, a string) { w.do(t, a, change.EndLink{Why: why}) }
	}
	for name, tt := range map[string]struct {
		organization provision.Organization
		happens      func(t *testing.T, w *world, account string)
		slug, asks   string
	}{
		"where the organization does not offer it":   {organization: provision.Organization{}},
		"where they sign in elsewhere":               {organization: provision.Organization{SignIn: provision.SingleSignOn, Page: helpful.Page}},
		"where the organization is not active":       {organization: provision.Organization{Active: new(bool), Page: helpful.Page}},
		"somebody who is blocked":                    {organization: helpful, happens: block},
		"somebody whose link was revoked by hand":    {organization: helpful, happens: ended(provision.EndByHand)},
		"somebody whose link was taken back":         {organization: helpful, happens: ended(provision.EndTakenBack)},
		"somebody whom the organization has not":     {organization: helpful, asks: "bob@example.com"},
		"somebody whose address is none":             {organization: helpful, asks: "ana"},
		"of an organization that there is not":       {organization: helpful, slug: "hillside"},
		"somebody whom another organization invited": {organization: helpful, happens: invitedElsewhere},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			only(t, tt.organization, func(t *testing.T, w *world) {
				account, token := w.person(t, "ana@example.com")
				if tt.happens != nil {
					tt.happens(t, w, account)
				}
				asks, slug := "ana@example.com", "lakeside"
				if tt.asks != "" {
					asks = tt.asks
				}
				if tt.slug != "" {
					slug = tt.slug
				}
				before := w.Account(account)
				began := time.Now()
				w.forgot(t, slug, asks)
				if took := time.Since(began); took < 400*time.Millisecond {
					t.Errorf("the answer came after %s: sooner than where there is something to do", took)
				}
				if tt.asks == "" && tt.slug == "" {
					w.renew(t, token)
				}
				mailed(t, w, map[string]int{})
				if after := w.Account(account); after.Version != before.Version {
					t.Error("the account was written to")
				}
			})
		})
	}
	t.Run("whoever holds no genuine link", func(t *testing.T) {
		only(t, helpful, func(t *testing.T, w *world) {
			_, token := w.person(t, "ana@example.com")
			w.renew(t, forged(token))
			w.renew(t, "")
			mailed(t, w, map[string]int{})
		})
	})
}

// invitedElsewhere gives an account a live link of another organization.
func invitedElsewhere(t *testing.T, w *world, account string) {
	here := w.Organization
	w.Save(provision.Organization{Slug: "hillside", Name: "Hillside", Brands: []provision.Brand{{Slug: "hill", Name: "Hill"}}})
	w.do(t, account, change.IssueLink{})
	w.Organization = here
}

func TestSomebodyWhoRegisteredNeedsNoInvite(t *testing.T) {
	only(t, helpful, func(t *testing.T, w *world) {
		account, token := w.person(t, "ana@example.com")
		w.do(t, account, change.SetStatus{To: dedupe.Registered}, change.EndLink{Why: provision.EndRegistered})
		w.renew(t, token)
		mailed(t, w, map[string]int{"reset": 1})
	})
}

// What an operator did not do, or undid, nobody does by asking.
func TestNobodyInvitesThemselves(t *testing.T) {
	only(t, helpful, func(t *testing.T, w *world) {
		account := w.Create("ana@example.com", "Ana Kim")
		w.forgot(t, "lakeside", "ana@example.com")
		mailed(t, w, map[string]int{})
		invitedElsewhere(t, w, account)
		w.later(25 * time.Hour)
		w.forgot(t, "lakeside", "ana@example.com")
		mailed(t, w, map[string]int{})

		_, token := w.Issue(account, change.IssueLink{Again: true})
		w.do(t, account, change.EndLink{Why: provision.EndByHand})
		_, err := w.Open(t.Context(), token)
		if v := refused(t, err, provision.StandingRevoked); v.SelfService {
			t.Error("the page of a link that was revoked by hand offers another one")
		}
		w.forgot(t, "lakeside", "ana@example.com")
		mailed(t, w, map[string]int{})
		w.do(t, account, change.IssueLink{Again: true})
		w.forgot(t, "lakeside", "ana@example.com")
		mailed(t, w, map[string]int{"invite": 1})
	})
}

// What an operator took back was an invite: whoever has registered may still ask
// for a new password.
func TestARevokedInviteKeepsNobodyFromANewPassword(t *testing.T) {
	only(t, helpful, func(t *testing.T, w *world) {
		account, _ := w.person(t, "ana@example.com")
		w.do(t, account, change.EndLink{Why: provision.EndByHand}, change.SetStatus{To: dedupe.Registered})
		w.forgot(t, "lakeside", "ana@example.com")
		mailed(t, w, map[string]int{"reset": 1})
	})
}

// A link that ends for another reason is followed by one that is asked for.
func TestALinkOfAKeyThatIsGoneIsFollowedByAnother(t *testing.T) {
	only(t, helpful, func(t *testing.T, w *world) {
		account, _ := w.person(t, "ana@example.com")
		w.do(t, account, change.EndLink{Why: provision.EndKey})
		w.forgot(t, "lakeside", "ana@example.com")
		mailed(t, w, map[string]int{"invite": 1})
	})
}

// Whoever knows an address cannot end the link of somebody else by asking.
func TestALinkThatOpensIsNotReplacedByAsking(t *testing.T) {
	only(t, helpful, func(t *testing.T, w *world) {
		_, token := w.person(t, "ana@example.com")
		w.later(23*time.Hour + 45*time.Minute)
		w.forgot(t, "lakeside", "ana@example.com")
		mailed(t, w, map[string]int{})
		if _, err := w.Open(t.Context(), token); err != nil {
			t.Error(err)
		}
		w.later(15 * time.Minute)
		w.forgot(t, "lakeside", "ana@example.com")
		mailed(t, w, map[string]int{"invite": 1})
		_, err := w.Open(t.Context(), token)
		refused(t, err, provision.StandingSuperseded)
	})
}
