package provision

import (
	"context"
	"errors"
	"fmt"
	"net/mail"

	"muster/importer/failure"
	"muster/importer/identity"
)

// mayInviteFor refuses, with a *ConfigError, an operator who would have mails say
// that somebody else invites, and answers go to them: the address of the inviter
// ("" for the organization) is their own. Whoever may edit the organization names
// anybody of it who may do no more than they, and an address that is nobody's.
func (e *Engine) mayInviteFor(ctx context.Context, a *Authority, inviter string) error {
	named, err := mail.ParseAddress(inviter)
	if err != nil {
		return nil // nobody is named: what is no address was refused with the flag
	}
	email, _, err := identity.ParseEmail(named.Address)
	if err != nil {
		return nil
	}
	own, _, err := identity.ParseEmail(a.Operator.Email)
	if err == nil && own.Key() == email.Key() {
		return nil
	}
	allowed := a.Operator.May(MayEditOrganization)
	if allowed {
		if allowed, err = e.within(ctx, a, email); err != nil {
			return err
		}
	}
	if allowed {
		return nil
	}
	return &ConfigError{
		Msg: fmt.Sprintf("%s (%s) may not invite people in the name of %s", a.Operator.Email, a.Operator.Role.Name,
			email.Address),
		Hint:  "name your own address with --inviter, whatever the name beside it, or leave it out",
		Class: failure.Authority,
	}
}

// within reports whether an address is that of a member of the organization who
// may do no more than the operator, or nobody's.
func (e *Engine) within(ctx context.Context, a *Authority, email identity.Email) (bool, error) {
	o, err := e.Store.Operator(ctx, a.Organization.ID, email)
	if err == nil {
		return o.Role.Beyond(a.Operator.Role) == "", nil
	}
	if !errors.Is(err, ErrNotFound) {
		return false, err
	}
	var found []Found
	err = e.Store.Snapshot(ctx, func(d Directory) (err error) {
		found, err = d.Resolve(ctx, []identity.Key{email.Key()}, nil)
		return err
	})
	return len(found) == 0, err
}
