package claim

import (
	"context"
	"errors"
	"slices"
	"time"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/provision"
	"muster/provision/change"
)

// What somebody may have mailed who asks for it.
const (
	mailedLife   = 24 * time.Hour   // of a link, from when its mail is made
	mailPause    = 10 * time.Minute // between two mails to one account
	mailsADay    = 3
	tooLateToUse = 30 * time.Minute // a link that ends sooner is not mailed any more
)

// pace is how long asking takes at least, so that the time of the answer does
// not tell who has an account.
const pace = 500 * time.Millisecond

// Renew mails a link to whoever a token was for, where the organization allows
// that: the one that is live, else a new one. Whoever asks is to be told the
// same whatever comes of it; an error is for the log.
func (s *Service) Renew(ctx context.Context, token string) error {
	return evenly(ctx, func() error {
		c, err := s.genuine(ctx, token)
		var refused *Refusal
		if errors.As(err, &refused) {
			return nil
		}
		if err != nil {
			return err
		}
		return s.mail(ctx, c.Organization.Slug, identity.Key{Space: dedupe.AccountSpace, Value: c.Link.Account})
	})
}

// Forgot mails a link to the account of an address, by which they set a new
// password, or their first: where the organization (its slug) allows that and
// knows them. Whoever asks is to be told the same whatever comes of it; an
// error is for the log.
func (s *Service) Forgot(ctx context.Context, organization, address string) error {
	return evenly(ctx, func() error {
		email, _, err := identity.ParseEmail(address)
		if err != nil {
			return nil // nobody has such an address
		}
		return s.mail(ctx, organization, email.Key())
	})
}

// evenly does something that takes no less time where there is nothing to do.
func evenly(ctx context.Context, do func() error) error {
	even := time.NewTimer(pace)
	defer even.Stop()
	err := do()
	select {
	case <-even.C:
	case <-ctx.Done():
	}
	return err
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
		if err != nil || !s.mayHave(a, now) {
			return err
		}
		p := person{organization: a.Organization, account: a.Account, version: a.Version, epoch: a.Epoch, email: a.Email}
		return s.write(ctx, p, change.AskAction, s.mailing(a, now)...)
	})
}

// mayHave reports whether somebody may be mailed a link now.
func (s *Service) mayHave(a provision.Asker, now time.Time) bool {
	o := a.Organization
	elsewhere := a.Live.ID != "" && a.Live.Organization != o.ID && a.Live.Standing(now).Lives()
	soon := func(mailed time.Time) bool { return now.Sub(mailed) < mailPause }
	return o.SelfService() && o.IsActive() && o.SignIn != provision.SingleSignOn && !a.Blocked && a.Email != "" &&
		!elsewhere && len(a.Mailed) < mailsADay && !slices.ContainsFunc(a.Mailed, soon)
}

// mailing mails somebody their live link once more; where there is none, or it
// is of no use, a new one.
func (s *Service) mailing(a provision.Asker, now time.Time) change.Changes {
	reset := a.Status == dedupe.Registered
	template := provision.InviteMail
	if reset {
		template = provision.ResetMail
	}
	l := a.Live
	good := l.ID != "" && l.Standing(now.Add(tooLateToUse)).Lives() && s.Keys().Opens(l.KeyID) && slices.Contains(s.Audiences, l.Audience)
	if good {
		return change.Changes{change.SendMail{Template: template, Link: l.ID, About: true, Reference: s.NewID()}}
	}
	return change.Changes{
		change.IssueLink{Again: l.ID != "", Reset: reset, Mail: true},
		change.SendMail{Template: template, About: true},
	}
}
