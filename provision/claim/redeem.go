package claim

import (
	"context"
	"errors"

	"golang.org/x/text/unicode/norm"

	"muster/provision"
	"muster/provision/change"
	"muster/provision/claim/password"
)

// Passwords are what somebody typed, twice.
type Passwords struct{ First, Again string }

// Redeem sets the password of whoever a token is for, and uses the link up:
// once, whoever else tries at the same time. An invite makes them registered,
// and their account their own; a reset changes nothing but the password. All
// older links and sessions end.
//
// *FormError where the password is not good enough, or the first step is still
// to be done; then only that they have begun is kept. *Refusal where the link
// does not open. *password.BusyError where too many do so at once.
func (s *Service) Redeem(ctx context.Context, token string, pw Passwords) (Done, error) {
	c, err := s.ready(ctx, token, pw)
	if err != nil {
		return Done{}, err
	}
	hash, err := s.Hasher.Hash(ctx, pw.First)
	if err != nil {
		return Done{}, err
	}
	err = s.write(ctx, holder(c), change.RedeemAction, redemption(c, hash)...)
	if errors.Is(err, provision.ErrMoved) {
		err = provision.Retry(func() error {
			if c, err = s.ready(ctx, token, pw); err != nil {
				return err
			}
			return s.write(ctx, holder(c), change.RedeemAction, redemption(c, hash)...)
		})
	}
	if err != nil {
		return Done{}, err
	}
	return doneOf(c), nil
}

// ready finds whoever a token is for, if their link opens and there is nothing
// left to correct. *FormError where there is.
func (s *Service) ready(ctx context.Context, token string, pw Passwords) (provision.Claimant, error) {
	c, err := s.passwordOnly(ctx, token)
	if err != nil {
		return c, err
	}
	if faults := chosen(c, pw); len(faults) > 0 {
		return c, s.again(ctx, token, faults)
	}
	return c, nil
}

// again says what is to be corrected, once it is kept that somebody has begun.
func (s *Service) again(ctx context.Context, token string, faults []Fault) error {
	return provision.Retry(func() error {
		c, err := s.passwordOnly(ctx, token)
		if err != nil {
			return err
		}
		return s.faulty(ctx, c, faults)
	})
}

// redemption is what using a claimant's link changes.
func redemption(c provision.Claimant, hash string) change.Changes {
	invited := c.Link.Purpose == provision.Invitation
	proves := c.Link.ProvesMailbox()
	changes := change.Changes{
		change.Redeem{Link: c.Link.ID, Unseen: proves},
		change.SetPassword{Hash: hash, Verified: proves, Registers: invited},
	}
	if invited {
		changes = append(changes, change.Moved(c.Link.AccountStatus, provision.SignedUp)...)
	}
	return changes
}

// chosen is what is wrong with the passwords that somebody typed; what is
// missing of the first step comes before.
func chosen(c provision.Claimant, pw Passwords) []Fault {
	v := viewOf(c)
	if _, missing := v.said(Profile{Answers: v.Answers}); len(missing) > 0 {
		return missing
	}
	var refused *password.Refusal
	switch {
	case pw.First == "":
		return []Fault{{Field: FirstField, Code: Missing}}
	case errors.As(rules(c).Check(pw.First), &refused):
		return []Fault{{Field: FirstField, Code: string(refused.Code)}}
	case norm.NFC.String(pw.First) != norm.NFC.String(pw.Again):
		return []Fault{{Field: AgainField, Code: Differs}}
	}
	return nil
}

// rules are those of a claimant's password.
func rules(c provision.Claimant) password.Rules {
	about := []string{
		c.Link.AccountName, c.FirstName, c.LastName, c.Link.AccountEmail.Address, c.Organization.Name, c.Organization.Slug,
	}
	for _, m := range c.Memberships {
		b := brandOf(c.Organization, m.Brand)
		about = append(about, b.Name, b.Slug)
	}
	return password.Rules{SecondFactor: c.Organization.HasSecondFactor(), About: append(about, c.Handles...)}
}
