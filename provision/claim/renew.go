package claim

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/provision"
	"muster/provision/change"
)

// What somebody may have mailed who asks for it.
const (
	mailedLife = 24 * time.Hour   // of a link, from when its mail is made
	mailPause  = 10 * time.Minute // between two mails to one account
	mailsADay  = 3
)

// Asking takes as long as this, whatever is done about it: the time of the
// answer does not tell who has an account. The work is done beside that, so
// much at once and no longer than it may take.
const (
	pace         = 500 * time.Millisecond
	mailsAtOnce  = 32
	mailPatience = 8 * time.Second
)

var errTooManyMails = errors.New("nothing is mailed to somebody who asked: too many do at once")

// Renew mails a link to whoever a token was for, where the organization allows
// that: the one that is live, else a new one. Whoever asks is to be told the
// same whatever comes of it; s.Fault is told what goes wrong.
func (s *Service) Renew(ctx context.Context, token string) {
	s.evenly(ctx, func(ctx context.Context) error {
		c, err := s.genuine(ctx, token)
		var refused *Refusal
		if errors.As(err, &refused) {
			return nil
		}
		if err != nil {
			return err
		}
		if c.Offer != nil {
			return nil
		}
		return s.mail(ctx, c.Organization.Slug, identity.Key{Space: dedupe.AccountSpace, Value: c.Link.Account})
	})
}

// Forgot mails a link to the account of an address, by which they set a new
// password, or their first: where the organization (its slug) allows that and
// has invited them. Whoever asks is to be told the same whatever comes of it;
// s.Fault is told what goes wrong.
func (s *Service) Forgot(ctx context.Context, organization, address string) {
	s.evenly(ctx, func(ctx context.Context) error {
		email, _, err := identity.ParseEmail(address)
		if err != nil {
			return nil // nobody has such an address
		}
		return s.mail(ctx, organization, email.Key())
	})
}

// evenly does something beside the answer, which comes at the same time whether
// there is anything to do, it fails, or takes long.
func (s *Service) evenly(ctx context.Context, do func(context.Context) error) {
	even := time.NewTimer(pace)
	defer even.Stop()
	begun := s.mailing.begin(mailsAtOnce, func() {
		working, cancel := context.WithTimeout(context.WithoutCancel(ctx), mailPatience)
		defer cancel()
		if err := do(working); err != nil {
			s.Fault(fmt.Errorf("mailing a link to somebody who asked: %w", err))
		}
	})
	if !begun {
		s.Fault(errTooManyMails)
	}
	select {
	case <-even.C:
	case <-ctx.Done():
	}
}

// mail queues a mail with a link for the account that a key leads to, if it may
// have one.
func (s *Service) mail(ctx context.Context, organization string, key identity.Key) error {
	return provision.Retry(func() error {
		now := s.Now()
		a, err := s.Store.Asker(ctx, organization, key, now.Add(-24*time.Hour))
		if errors.Is(err, provision.ErrNotFound) {
			return nil
		}
		if err != nil || !mayHave(a, now) {
			return err
		}
		changes := s.sends(a, now)
		if len(changes) == 0 {
			return nil
		}
		p := person{organization: a.Organization, account: a.Account, version: a.Version, epoch: a.Epoch, email: a.Email}
		return s.write(ctx, p, change.AskAction, changes...)
	})
}

// mayHave reports whether somebody may be mailed a link now. Nobody is invited by
// asking whom an operator gave no invite, or took it back from; whoever has
// registered may always ask for a new password.
func mayHave(a provision.Asker, now time.Time) bool {
	o := a.Organization
	elsewhere := a.Live.ID != "" && a.Live.Organization != o.ID && a.Live.Standing(now).Lives()
	uninvited := a.Last.ID == "" && a.Status == dedupe.Created || a.Last.Withdrawn() && a.Status != dedupe.Registered
	soon := func(mailed time.Time) bool { return now.Sub(mailed) < mailPause }
	return o.SelfService() && o.IsActive() && o.SignIn != provision.SingleSignOn && !a.Blocked && a.Email != "" &&
		!uninvited && !elsewhere && len(a.Mailed) < mailsADay && !slices.ContainsFunc(a.Mailed, soon)
}

// sends is what somebody is mailed: their live link once more, a new one where
// they have none that opens. A link that opens stays, whoever asks: where too
// little of its life is left for a mail, nothing is done until it has expired.
func (s *Service) sends(a provision.Asker, now time.Time) change.Changes {
	reset := a.Status == dedupe.Registered
	template := provision.InviteMail
	if reset {
		template = provision.ResetMail
	}
	l := a.Live
	opens := l.ID != "" && l.Standing(now).Lives() && s.Keys().Opens(l.KeyID) && slices.Contains(s.Audiences, l.Audience)
	switch {
	case opens && l.WorthMailing(now):
		return change.Changes{change.SendMail{Template: template, Link: l.ID, About: true, Reference: s.NewID()}}
	case opens:
		return nil
	}
	return change.Changes{
		change.IssueLink{Again: l.ID != "", Reset: reset, Mail: true},
		change.SendMail{Template: template, About: true},
	}
}
