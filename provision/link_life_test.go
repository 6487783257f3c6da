package provision

import (
	"testing"
	"time"

	"muster/dedupe"
	"muster/importer/identity"
)

func TestHowALinkStands(t *testing.T) {
	at := time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
	link := func(change func(*LinkRow)) LinkRow {
		l := LinkRow{
			Purpose:       Invitation,
			State:         LiveState,
			Epoch:         3,
			AccountEpoch:  3,
			AccountStatus: dedupe.Invited,
			Email:         "ann@example.com",
			AccountEmail:  identity.Email{Value: "ann@example.com"},
			GeneratedAt:   at.Add(-time.Hour),
			ExpiresAt:     at.Add(time.Hour),
			SignIn:        PasswordSignIn,
			Active:        true,
		}
		change(&l)
		return l
	}
	ended := func(s LinkState) func(*LinkRow) {
		return func(l *LinkRow) {
			l.State = s
			l.AccountEpoch++
		}
	}
	for name, tt := range map[string]struct {
		link LinkRow
		want Standing
	}{
		"a live link opens":                   {link(func(*LinkRow) {}), StandingOpen},
		"one that nobody has seen has no end": {link(func(l *LinkRow) { l.GeneratedAt, l.ExpiresAt = time.Time{}, time.Time{} }), StandingOpen},
		"it opens until the moment it ends":   {link(func(l *LinkRow) { l.ExpiresAt = at.Add(1) }), StandingOpen},
		"at that moment it has expired":       {link(func(l *LinkRow) { l.ExpiresAt = at }), StandingExpired},
		"it does not open before its time":    {link(func(l *LinkRow) { l.NotBefore = at.Add(1) }), StandingNotYet},
		"it opens at its time":                {link(func(l *LinkRow) { l.NotBefore = at }), StandingOpen},
		"a used one":                          {link(ended(RedeemedState)), StandingUsed},
		"a used one of somebody who is registered by it": {link(func(l *LinkRow) {
			ended(RedeemedState)(l)
			l.AccountStatus = dedupe.Registered
		}), StandingUsed},
		"a superseded one": {link(ended(SupersededState)), StandingSuperseded},
		"a revoked one":    {link(ended(RevokedState)), StandingRevoked},
		"a state that was put back does not bring a link back": {link(func(l *LinkRow) { l.AccountEpoch++ }), StandingRevoked},
		"somebody who registered needs no invite":              {link(func(l *LinkRow) { l.AccountStatus = dedupe.Registered }), StandingRegistered},
		"but may have a reset": {link(func(l *LinkRow) {
			l.AccountStatus = dedupe.Registered
			l.Purpose = Reset
		}), StandingOpen},
		"somebody without a password has none to forget": {link(func(l *LinkRow) { l.Purpose = Reset }), StandingRevoked},
		"a password that was set by other means since":   {link(func(l *LinkRow) { l.AccountPasswordAt = l.CreatedAt.Add(1) }), StandingRevoked},
		"a blocked person, whatever else is true": {link(func(l *LinkRow) {
			ended(RevokedState)(l)
			l.AccountBlocked = true
			l.SignIn = SingleSignOn
		}), StandingBlocked},
		"of before a block that was lifted":     {link(func(l *LinkRow) { l.AccountBlockedAt = l.CreatedAt.Add(1) }), StandingRevoked},
		"issued when a block was lifted":        {link(func(l *LinkRow) { l.AccountBlockedAt = l.CreatedAt }), StandingOpen},
		"under single sign-on":                  {link(func(l *LinkRow) { l.SignIn = SingleSignOn }), StandingSignOn},
		"for an address of before":              {link(func(l *LinkRow) { l.AccountEmail.Value = "new@example.com" }), StandingMoved},
		"of an organization that is not active": {link(func(l *LinkRow) { l.Active = false }), StandingInactive},
	} {
		t.Run(name, func(t *testing.T) {
			got := tt.link.Standing(at)
			if got != tt.want {
				t.Errorf("it is %s, want %s", got, tt.want)
			}
			if lives := got == StandingOpen || got == StandingNotYet; got.Lives() != lives {
				t.Errorf("%s lives: %v", got, got.Lives())
			}
		})
	}
}

func TestTheLifeOfALinkBeginsWhenItOpens(t *testing.T) {
	shown := time.Date(2026, 12, 1, 9, 0, 0, 500, time.UTC)
	l := LinkRow{Lifetime: time.Hour}
	if got, want := l.EndsAt(shown), shown.Truncate(time.Second).Add(time.Hour); !got.Equal(want) {
		t.Errorf("it ends %s, want %s", got, want)
	}
	l.NotBefore = shown.Add(48 * time.Hour)
	if got, want := l.EndsAt(shown), l.NotBefore.Truncate(time.Second).Add(time.Hour); !got.Equal(want) {
		t.Errorf("one that opens later ends %s, want %s", got, want)
	}
}

func TestWhetherALinkIsWorthMailing(t *testing.T) {
	at := time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
	for name, tt := range map[string]struct {
		purpose    int
		life, left time.Duration
		want       bool
	}{
		"half an hour is enough":         {Invitation, 24 * time.Hour, 30 * time.Minute, true},
		"less is not":                    {Invitation, 24 * time.Hour, 30*time.Minute - 1, false},
		"of a short life, half of it is": {Invitation, 20 * time.Minute, 10 * time.Minute, true},
		"and less is not":                {Invitation, 20 * time.Minute, 10*time.Minute - 1, false},
		"who forgot their password is waiting for the mail": {Reset, time.Hour, 5 * time.Minute, true},
		"but not for less than that":                        {Reset, time.Hour, 5*time.Minute - 1, false},
	} {
		t.Run(name, func(t *testing.T) {
			l := LinkRow{Purpose: tt.purpose, Lifetime: tt.life, GeneratedAt: at.Add(tt.left - tt.life), ExpiresAt: at.Add(tt.left)}
			if got := l.WorthMailing(at); got != tt.want {
				t.Errorf("got %v", got)
			}
		})
	}
	if unseen := (LinkRow{Lifetime: time.Minute}); !unseen.WorthMailing(at) {
		t.Error("a link that nobody has seen has all of its life")
	}
}
