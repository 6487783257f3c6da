package claim_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/dedupe"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/claim"
	"muster/provision/claim/password"
)

// asking is an organization that asks people for all that it can.
var asking = provision.Organization{
	MemberURL:    "https://app.example.com",
	DashboardURL: "https://desk.example.com",
	Roles:        []provision.Role{{Name: "manager", Rank: 50, Dashboard: true}},
	Page: provision.Page{
		Language: "de",
		Terms:    &provision.Agreement{URL: "https://example.com/terms", Version: "2"},
		SignUpFields: []provision.SignUpField{
			{Name: "size", Kind: provision.ChoiceField, Choices: []string{"S", "M"}, Required: true},
			{Name: "birthday", Kind: provision.DateField},
			{Name: "city"},
		},
	},
}

func TestLookingAtALinkChangesNothing(t *testing.T) {
	only(t, provision.Organization{}, func(t *testing.T, w *world) {
		account, token := w.person(t, "ana@example.com")
		before := w.Account(account)
		for range 3 {
			v, err := w.Open(t.Context(), token)
			if err != nil {
				t.Fatal(err)
			}
			w.Service.Wait()
			if v.MaskedAddress != "a…@e….com" || v.Organization != "Lakeside Creators" || v.Brand != "Lake" ||
				v.Name != "Ana Kim" || v.NeedsName || v.Step != claim.PasswordStep || v.MinLength != password.Minimum {
				t.Errorf("%+v", v)
			}
		}
		if diff := cmp.Diff(before, w.Account(account)); diff != "" {
			t.Errorf("-before +after:\n%s", diff)
		}
		if l := w.Link(before.Link.ID); l.Openings != 3 || l.OpenedAt.IsZero() || l.State != provision.LiveState {
			t.Errorf("%d openings, %s", l.Openings, l.State)
		}
	})
}

func TestWholeClaim(t *testing.T) {
	each(t, asking, func(t *testing.T, w *world) {
		account := w.Create("ana@example.com", "", change.SetRole{Brand: "lake", From: "member", To: "manager"})
		l, token := w.Issue(account, change.IssueLink{Mail: true})
		v, err := w.Open(t.Context(), token)
		if err != nil || v.Step != claim.ProfileStep || !v.NeedsName || v.Terms == nil || len(v.Fields) != 3 ||
			v.OrganizationLanguage != "de" || !v.ExpiresAt.Equal(l.ExpiresAt) {
			t.Fatalf("%+v %v", v, err)
		}
		v, err = w.Begin(t.Context(), token, claim.Profile{
			Name: " Ana Kim ", Agreed: "2", Answers: map[string]string{"size": "M", "birthday": "1990-12-31", "other": "x"},
		})
		if err != nil || v.Step != claim.PasswordStep || v.Name != "Ana Kim" || v.Terms != nil {
			t.Fatalf("%+v %v", v, err)
		}
		if diff := cmp.Diff(map[string]string{"size": "M", "birthday": "1990-12-31"}, v.Answers); diff != "" {
			t.Errorf("answers, -want +got:\n%s", diff)
		}
		status(t, w, account, dedupe.Registering)
		done := redeem(t, w, token)
		if done.Name != "Ana Kim" || done.MemberURL != "https://app.example.com" || done.DashboardURL != "https://desk.example.com" ||
			done.NoCampaign {
			t.Errorf("%+v", done)
		}
		status(t, w, account, dedupe.Registered)
		if w.Account(account).OwnedHere {
			t.Error("the account is not its person's own")
		}
		own := w.Credentials(account)
		if fits, err := password.Verify(own.Password, quince); err != nil || !fits {
			t.Errorf("the password does not fit: %v", err)
		}
		if own.SessionEpoch != 1 || !own.Verified || !own.Registered {
			t.Errorf("%+v", own)
		}
		if l := w.Link(l.ID); l.State != provision.RedeemedState || l.AccountEpoch != l.Epoch+1 {
			t.Errorf("%s, epoch %d of %d", l.State, l.Epoch, l.AccountEpoch)
		}
		wantActions(t, w, account, change.BeginAction, change.RedeemAction)
	})
}

// wantActions fails the test unless the audit ends with these actions, which
// the person took themselves.
func wantActions(t *testing.T, w *world, account string, want ...change.Action) {
	t.Helper()
	entries, err := w.Town.Store.Audit(t.Context(), w.Organization.ID, account)
	if err != nil {
		t.Fatal(err)
	}
	var got []change.Action
	for _, e := range entries[len(entries)-len(want):] {
		got = append(got, change.Action(e.Action))
		if e.Source != "claim page" || e.Operator != "ana@example.com" {
			t.Errorf("%s by %q, %q", e.Action, e.Operator, e.Source)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("the audit ends with %q, want %q", got, want)
	}
}

func TestProfilesThatAreToBeCorrected(t *testing.T) {
	good := func(p claim.Profile) claim.Profile {
		if p.Name == "" {
			p.Name = "Ana Kim"
		}
		if p.Agreed == "" {
			p.Agreed = "2"
		}
		if p.Answers == nil {
			p.Answers = map[string]string{"size": "M"}
		}
		return p
	}
	long := make([]byte, claim.MaxAnswer+1)
	for i := range long {
		long[i] = 'x'
	}
	only(t, asking, func(t *testing.T, w *world) {
		account := w.Create("ana@example.com", "")
		_, token := w.Issue(account, change.IssueLink{})
		for name, tt := range map[string]struct {
			profile claim.Profile
			want    []claim.Fault
		}{
			"nothing is filled in": {claim.Profile{}, []claim.Fault{{"name", "missing"}, {"answer.size", "missing"}, {"terms", "terms"}}},
			"a name of blanks":     {good(claim.Profile{Name: " \t "}), []claim.Fault{{"name", "missing"}}},
			"a name with a line break": {
				good(claim.Profile{Name: "Ana\nKim"}), []claim.Fault{{"name", "unfit"}},
			},
			"a name that is written backwards": {
				good(claim.Profile{Name: "Ana \u202emiK"}), []claim.Fault{{"name", "unfit"}},
			},
			"a name with a NUL":        {good(claim.Profile{Name: "Ana\x00"}), []claim.Fault{{"name", "unfit"}}},
			"a name that is no text":   {good(claim.Profile{Name: "Ana \xff"}), []claim.Fault{{"name", "unfit"}}},
			"a name without end":       {good(claim.Profile{Name: string(long)}), []claim.Fault{{"name", "too_long"}}},
			"terms of before":          {good(claim.Profile{Agreed: "1"}), []claim.Fault{{"terms", "terms"}}},
			"something else to choose": {good(claim.Profile{Answers: map[string]string{"size": "XXL"}}), []claim.Fault{{"answer.size", "choice"}}},
			"a day that there is not":  {good(claim.Profile{Answers: map[string]string{"size": "S", "birthday": "1990-02-31"}}), []claim.Fault{{"answer.birthday", "date"}}},
			"an answer without end":    {good(claim.Profile{Answers: map[string]string{"size": "S", "city": string(long)}}), []claim.Fault{{"answer.city", "too_long"}}},
			"an answer on two lines":   {good(claim.Profile{Answers: map[string]string{"size": "S", "city": "a\r\nb"}}), []claim.Fault{{"answer.city", "unfit"}}},
		} {
			t.Run(name, func(t *testing.T) {
				_, err := w.Begin(t.Context(), token, tt.profile)
				var form *claim.FormError
				if !errors.As(err, &form) {
					t.Fatal(err)
				}
				if diff := cmp.Diff(tt.want, form.Faults); diff != "" || form.View.Step != claim.ProfileStep {
					t.Errorf("step %d, -want +got:\n%s", form.View.Step, diff)
				}
			})
		}
		status(t, w, account, dedupe.Registering)
		if v, err := w.Open(t.Context(), token); err != nil || len(v.Answers) != 0 || v.Name != "" {
			t.Errorf("something was kept: %+v %v", v, err)
		}
		if _, err := w.Begin(t.Context(), token, good(claim.Profile{})); err != nil {
			t.Error(err)
		}
	})
}

func TestPasswordsThatAreToBeCorrected(t *testing.T) {
	only(t, provision.Organization{}, func(t *testing.T, w *world) {
		account, token := w.person(t, "ana.kim@example.com")
		for name, tt := range map[string]struct {
			typed claim.Passwords
			want  claim.Fault
		}{
			"nothing":                 {claim.Passwords{}, claim.Fault{Field: "password", Code: "missing"}},
			"a short one":             {claim.Passwords{First: "otter", Again: "otter"}, claim.Fault{Field: "password", Code: "too_short"}},
			"a common one":            {claim.Passwords{First: "passwordpassword", Again: "passwordpassword"}, claim.Fault{Field: "password", Code: "common"}},
			"the organization's name": {claim.Passwords{First: "lakesidecreators1", Again: "lakesidecreators1"}, claim.Fault{Field: "password", Code: "personal"}},
			"their own address":       {claim.Passwords{First: "ana.kim@example.com", Again: "ana.kim@example.com"}, claim.Fault{Field: "password", Code: "personal"}},
			"only once":               {claim.Passwords{First: quince}, claim.Fault{Field: "again", Code: "differs"}},
			"another one again":       {claim.Passwords{First: quince, Again: quince + "s"}, claim.Fault{Field: "again", Code: "differs"}},
		} {
			t.Run(name, func(t *testing.T) {
				_, err := w.Redeem(t.Context(), token, tt.typed)
				var form *claim.FormError
				if !errors.As(err, &form) || !slices.Equal(form.Faults, []claim.Fault{tt.want}) || form.View.Step != claim.PasswordStep {
					t.Errorf("%v, want %v", err, tt.want)
				}
			})
		}
		status(t, w, account, dedupe.Registering)
		if own := w.Credentials(account); own.Password != "" || own.SessionEpoch != 0 {
			t.Errorf("a refused password was kept: %+v", own)
		}
		redeem(t, w, token)
	})
}

func TestPasswordBeforeTheProfile(t *testing.T) {
	only(t, asking, func(t *testing.T, w *world) {
		account := w.Create("ana@example.com", "Ana Kim")
		_, token := w.Issue(account, change.IssueLink{})
		_, err := w.Redeem(t.Context(), token, claim.Passwords{First: quince, Again: quince})
		var form *claim.FormError
		if !errors.As(err, &form) || form.View.Step != claim.ProfileStep ||
			!slices.Equal(form.Faults, []claim.Fault{{Field: "answer.size", Code: "missing"}, {Field: "terms", Code: "terms"}}) {
			t.Fatal(err)
		}
		if own := w.Credentials(account); own.Password != "" {
			t.Error("the password was kept")
		}
	})
}

func TestWhatMayBeLeftOutIsAskedOnce(t *testing.T) {
	o := provision.Organization{Page: provision.Page{SignUpFields: []provision.SignUpField{{Name: "city"}}}}
	only(t, o, func(t *testing.T, w *world) {
		_, token := w.person(t, "ana@example.com")
		if v, err := w.Open(t.Context(), token); err != nil || v.Step != claim.ProfileStep {
			t.Fatalf("%+v %v", v, err)
		}
		if _, err := w.Redeem(t.Context(), token, claim.Passwords{First: "otter", Again: "otter"}); err == nil {
			t.Error("a password that was typed into the first step was not looked at")
		}
		if v, err := w.Begin(t.Context(), token, claim.Profile{}); err != nil || v.Step != claim.PasswordStep {
			t.Fatalf("%+v %v", v, err)
		}
		redeem(t, w, token)
	})
}

func TestResetSetsThePasswordAlone(t *testing.T) {
	each(t, asking, func(t *testing.T, w *world) {
		account := w.Create("ana@example.com", "Ana Kim", change.SetStatus{To: dedupe.Registered})
		_, token := w.Issue(account, change.IssueLink{Reset: true})
		v, err := w.Open(t.Context(), token)
		if err != nil || v.Step != claim.PasswordStep || v.Purpose != provision.Reset || v.Terms != nil || v.Fields != nil {
			t.Fatalf("%+v %v", v, err)
		}
		before := w.Account(account)
		redeem(t, w, token)
		after := w.Account(account)
		if after.Status != before.Status || after.OwnedHere != before.OwnedHere {
			t.Errorf("%+v", after)
		}
		own := w.Credentials(account)
		if own.Password == "" || own.SessionEpoch != 1 || own.Verified || own.Registered {
			t.Errorf("%+v", own)
		}
		wantActions(t, w, account, change.RedeemAction)
	})
}

func TestOnlyAMailedLinkProvesTheMailbox(t *testing.T) {
	for name, tt := range map[string]struct {
		mail, revealed, proves bool
	}{
		"by mail, and nobody else saw it":         {mail: true, proves: true},
		"by mail, and an operator looked it up":   {mail: true, revealed: true},
		"handed over":                             {revealed: true},
		"handed over, by whoever had no look yet": {},
	} {
		t.Run(name, func(t *testing.T) {
			only(t, provision.Organization{}, func(t *testing.T, w *world) {
				account := w.Create("ana@example.com", "Ana Kim")
				w.do(t, account, change.IssueLink{Mail: tt.mail})
				token := w.Token(w.Show(w.Live(account), tt.revealed))
				redeem(t, w, token)
				if own := w.Credentials(account); own.Verified != tt.proves {
					t.Errorf("verified: %v", own.Verified)
				}
			})
		})
	}
}

func TestWhereToSignIn(t *testing.T) {
	client := func(brand string) change.Change {
		return change.Join{Membership: dedupe.Membership{Brand: brand, Kind: record.Client, Role: provision.MemberRole}}
	}
	o := provision.Organization{
		MemberURL: "https://app.example.com",
		Brands:    []provision.Brand{{Slug: "hill", Name: "Hill", MemberURL: "https://hill.example.com"}},
	}
	only(t, o, func(t *testing.T, w *world) {
		for name, tt := range map[string]struct {
			changes    change.Changes
			member     string
			noCampaign bool
		}{
			"in the brand without an address of its own": {nil, "https://app.example.com", false},
			"in two brands": {change.Changes{client("hill")}, "https://app.example.com", false},
			"in the brand with an address": {
				change.Changes{client("hill"), change.Leave{Membership: dedupe.Membership{Brand: "lake"}}}, "https://hill.example.com", true,
			},
		} {
			t.Run(name, func(t *testing.T) {
				account := w.Create("p"+w.NewID()[24:]+"@example.com", "Ana Kim")
				if len(tt.changes) > 0 {
					w.do(t, account, tt.changes...)
				}
				_, token := w.Issue(account, change.IssueLink{})
				done := redeem(t, w, token)
				if done.MemberURL != tt.member || done.DashboardURL != "" || done.NoCampaign != tt.noCampaign {
					t.Errorf("%+v", done)
				}
				if tt.noCampaign && done.Contact != "Lakeside Creators" {
					t.Errorf("whom to ask: %q", done.Contact)
				}
			})
		}
	})
}

// Whoever is to be asked is named. The address of somebody without a name is
// theirs, and the holder of a link may be anybody.
func TestWhomToAsk(t *testing.T) {
	each(t, provision.Organization{}, func(t *testing.T, w *world) {
		for name, want := range map[string]string{"Ada Example": "Ada Example", "": "Lakeside Creators"} {
			granter := w.Create("g"+w.NewID()[24:]+"@example.com", name)
			account, token := w.person(t, "p"+w.NewID()[24:]+"@example.com")
			w.write(t, `UPDATE memberships SET kind = 'client', granted_by = $2 WHERE account_id = $1`, account, granter)
			if done := redeem(t, w, token); !done.NoCampaign || done.Contact != want {
				t.Errorf("let in by %q: whom to ask: %q, want %q", name, done.Contact, want)
			}
		}
	})
}

func TestLinksThatDoNotOpen(t *testing.T) {
	each(t, provision.Organization{Page: provision.Page{SelfServiceLinks: new(true)}}, func(t *testing.T, w *world) {
		for name, tt := range map[string]struct {
			happens func(account string)
			want    provision.Standing
		}{
			"after its end":                 {func(string) { w.Town.Now = w.Town.Now.Add(24*time.Hour + time.Second) }, provision.StandingExpired},
			"after another one was issued":  {func(a string) { w.do(t, a, change.IssueLink{Again: true}) }, provision.StandingSuperseded},
			"after its person was blocked":  {func(a string) { w.do(t, a, change.Block{EndsLink: true}) }, provision.StandingBlocked},
			"after a block that was lifted": {func(a string) { w.do(t, a, change.Block{EndsLink: true}); w.do(t, a, change.Unblock{Roles: true}) }, provision.StandingRevoked},
			"after somebody took it back":   {func(a string) { w.do(t, a, change.EndLink{Why: provision.EndByHand}) }, provision.StandingRevoked},
			"after its account moved":       {func(a string) { w.do(t, a, change.Readdress{To: address(t, "new@example.com")}) }, provision.StandingMoved},
			"after its person registered":   {func(a string) { w.do(t, a, change.SetStatus{To: dedupe.Registered}) }, provision.StandingRegistered},
		} {
			t.Run(name, func(t *testing.T) {
				account, token := w.person(t, "p"+w.NewID()[24:]+"@example.com")
				now := w.Town.Now
				defer func() { w.Town.Now = now }()
				tt.happens(account)
				_, err := w.Open(t.Context(), token)
				v := refused(t, err, tt.want)
				offers := name != "after somebody took it back"
				if v.Organization != "Lakeside Creators" || v.SelfService != offers || v.Name != "" || v.MaskedAddress != "" {
					t.Errorf("its holder is told %+v", v)
				}
				_, err = w.Redeem(t.Context(), token, claim.Passwords{First: quince, Again: quince})
				refused(t, err, tt.want)
				_, err = w.Begin(t.Context(), token, claim.Profile{Name: "Mallory"})
				refused(t, err, tt.want)
				if own := w.Credentials(account); own.Password != "" {
					t.Error("a password was set")
				}
			})
		}
	})
}

func TestOrganizationsWhoseLinksDoNotOpen(t *testing.T) {
	inactive := false
	for name, tt := range map[string]struct {
		becomes provision.Organization
		want    provision.Standing
	}{
		"it signs in elsewhere": {provision.Organization{SignIn: provision.SingleSignOn, SSOURL: "https://sso.example.com"}, provision.StandingSignOn},
		"it is not active":      {provision.Organization{Active: &inactive}, provision.StandingInactive},
	} {
		t.Run(name, func(t *testing.T) {
			only(t, provision.Organization{}, func(t *testing.T, w *world) {
				_, token := w.person(t, "ana@example.com")
				o := tt.becomes
				o.Slug, o.Name, o.Brands = w.Organization.Slug, w.Organization.Name, w.Organization.Brands
				w.Save(o)
				_, err := w.Open(t.Context(), token)
				if v := refused(t, err, tt.want); v.SignOnURL != o.SSOURL {
					t.Errorf("%+v", v)
				}
				_, err = w.Redeem(t.Context(), token, claim.Passwords{First: quince, Again: quince})
				refused(t, err, tt.want)
			})
		})
	}
}
