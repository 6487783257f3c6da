package claim

import (
	"context"
	"errors"
	"slices"
	"time"

	"muster/provision"
	"muster/provision/change"
	"muster/provision/claim/password"
	"muster/provision/link"
)

// Service answers whoever holds a link. Its methods may be called by many at
// once; all of its exported fields are needed.
type Service struct {
	Store  provision.ClaimStore
	Keys   func() *link.Keyring // as it is now
	Hasher *password.Hasher
	Now    func() time.Time
	NewID  func() string // UUID v7
	// Audiences are the base URLs whose links open. The first is that of links
	// which are issued here.
	Audiences []string
	// Fault is told why somebody was mailed nothing who asked for it, where that
	// is not their doing: they have been answered by then. Many may call it at
	// once.
	Fault func(error)

	counting beside // openings
	mailing  beside
}

// Wait returns once everything is written that was begun. It is to be called
// before the store is closed, when nobody calls another method any more.
func (s *Service) Wait() {
	s.counting.wait()
	s.mailing.wait()
}

// Open shows the holder of a token what to do next, and counts that they
// looked; nothing else changes. *Refusal where the link does not open.
func (s *Service) Open(ctx context.Context, token string) (View, error) {
	c, err := s.opened(ctx, token)
	if err != nil {
		return View{}, err
	}
	if c.Offer == nil {
		s.count(ctx, c.Link.ID)
	}
	return viewOf(c), nil
}

// How long a page waits until its opening is counted, and how many may still be
// to be counted. The number is a statistic: a database that is busy writing is
// no reason to keep anybody waiting.
const (
	countWithin    = 500 * time.Millisecond
	uncountedAtAll = 64
)

// count counts that somebody looked at the page of a link.
func (s *Service) count(ctx context.Context, link string) {
	at := s.Now()
	counted := make(chan struct{})
	begun := s.counting.begin(uncountedAtAll, func() {
		defer close(counted)
		_ = s.Store.CountOpening(context.WithoutCancel(ctx), link, at) // the page matters more
	})
	if !begun {
		return
	}
	late := time.NewTimer(countWithin)
	defer late.Stop()
	select {
	case <-counted:
	case <-late.C:
	case <-ctx.Done():
	}
}

// opened finds whoever a token is for, if their link opens. *Refusal where it
// does not.
func (s *Service) opened(ctx context.Context, token string) (provision.Claimant, error) {
	c, err := s.genuine(ctx, token)
	if err != nil {
		return c, err
	}
	if standing := standing(c, s.Now()); standing != provision.StandingOpen {
		return c, &Refusal{Standing: standing, View: viewOf(c).told()}
	}
	return c, nil
}

// genuine finds whoever a token is for, however their link stands. A *Refusal
// that is Unknown where the token is none of ours.
func (s *Service) genuine(ctx context.Context, token string) (provision.Claimant, error) {
	said, err := link.Parse(token)
	ring := s.Keys()
	if err != nil || !ring.Opens(said.KeyID) {
		return provision.Claimant{}, &Refusal{Standing: Unknown}
	}
	find := s.Store.Claimant
	if said.Purpose == provision.Consent {
		find = s.Store.Offered
	}
	c, err := find(ctx, said.ID)
	if err != nil && !errors.Is(err, provision.ErrNotFound) {
		return provision.Claimant{}, err
	}
	forged := ring.Verify(token, link.Of(c.Link)) // also of no row at all: that takes as long
	if forged != nil || !slices.Contains(s.Audiences, c.Link.Audience) {
		return provision.Claimant{}, &Refusal{Standing: Unknown}
	}
	return c, nil
}

// source is what the audit calls everything that people do behind their links.
const source = "claim page"

// A person is whom something happens to, as they were read.
type person struct {
	organization provision.Organization
	account      string
	version      int64
	epoch        int64  // of their links
	email        string // Value of their address
	acts         bool   // they are known to do it themselves: they hold a genuine link

	invitedBy      string   // id of whoever mails name, "" for themselves
	administrators []string // ids of those whom a new one is told to
}

func holder(c provision.Claimant) person {
	return person{
		organization: c.Organization,
		account:      c.Link.Account,
		version:      c.Version,
		epoch:        c.Link.AccountEpoch,
		email:        c.Link.AccountEmail.Value,
		acts:         true,
	}
}

// write carries out what happens to somebody, in one transaction. ErrMoved
// where they are not as they were read any more.
func (s *Service) write(ctx context.Context, p person, a change.Action, changes ...change.Change) error {
	by := provision.Author{Organization: p.organization.ID, Source: source, At: s.Now()}
	if p.acts {
		by.Account = p.account
	}
	step := change.On(p.account, p.version, a, changes...)
	terms := change.LinkTerms{
		BaseURL:        s.Audiences[0],
		Life:           mailedLife,
		InvitedBy:      p.invitedBy,
		Administrators: p.administrators,
		Awaited:        true,
	}
	carrier := change.NewCarrier(p.organization, link.Maker(s.Keys()), s.NewID, terms)
	b := change.NewBatch(by, 1)
	if _, err := carrier.Carry(&b, step, step.Seen(p.epoch, p.email)); err != nil {
		return err
	}
	return s.Store.InTx(ctx, func(tx provision.Tx) error { return tx.Apply(ctx, b) })
}
