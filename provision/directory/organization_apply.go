package directory

import (
	"context"
	"fmt"
	"slices"

	"muster/provision"
	"muster/provision/run"
)

// ApplySettings say on whose authority an organization file is applied, and who
// agrees to it.
type ApplySettings struct {
	Operator string // address, "" for the only administrator
	Prune    bool   // what the file lacks is put away
	// Confirm is shown what the file would change, and says whether to go on.
	Confirm func(OrganizationChanges) (bool, error)
}

// ApplyOrganization makes an organization what a file says: it shows what that
// changes, and does that or nothing. It needs somebody who may edit the
// organization, where anybody may. Going over to single sign-on ends its live
// links, and pruning puts away what nobody uses: no run is under way meanwhile.
func ApplyOrganization(
	ctx context.Context, e *provision.Engine, file provision.Organization, settings ApplySettings,
) (OrganizationChanges, error) {
	s := saving{file: file, by: provision.Author{Source: "org apply", At: e.Now()}, newID: e.NewID, links: e.Links}
	if err := s.authorize(ctx, e, settings.Operator); err != nil {
		return OrganizationChanges{}, err
	}
	s.rehearses = true
	s.prunes = settings.Prune
	wanted, err := s.in(ctx, e.Store)
	if err != nil || len(wanted.Changes) == 0 {
		return wanted, err
	}
	if err := staysIn(ctx, e, file); err != nil {
		return wanted, err
	}
	if agreed, err := settings.Confirm(wanted); err != nil || !agreed {
		return wanted, declined(err)
	}
	s.rehearses, s.agreed = false, wanted.Changes
	if file.SignIn != provision.SingleSignOn && !settings.Prune {
		return s.in(ctx, e.Store)
	}
	work, h, err := run.Keep(ctx, e, provision.Lease{Name: provision.LeaseName(file.Slug)})
	if err != nil {
		return OrganizationChanges{}, err
	}
	defer run.Release(ctx, e, h)
	return s.in(work, h.Fencing(e.Store))
}

// staysIn refuses logins among which the one is not that applies the file: it
// could not even take that back.
func staysIn(ctx context.Context, e *provision.Engine, file provision.Organization) error {
	if len(file.Logins) == 0 {
		return nil
	}
	login, err := e.Store.Login(ctx)
	if err != nil || login == "" || slices.ContainsFunc(file.Logins, func(l provision.Login) bool { return l.Login == login }) {
		return err
	}
	return &provision.ConfigError{
		Msg:  fmt.Sprintf("the database login %q, which applies this, would be let in no more, and could not take it back", login),
		Hint: fmt.Sprintf("add it to the logins of the file: {login: %s, as: EMAIL}", login),
	}
}

func declined(err error) error {
	if err == nil {
		err = provision.ErrDeclined
	}
	return err
}

// authorize finds on whose authority an organization is changed: nobody's where
// there is no such organization, or nobody who may edit it. Whoever administers
// every brand will administer the new ones.
func (s *saving) authorize(ctx context.Context, e *provision.Engine, operator string) error {
	all, err := e.Store.Organizations(ctx)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(o provision.Organization) bool { return o.Slug == s.file.Slug })
	if i < 0 {
		return nil
	}
	edited, err := e.Edited(ctx, all[i])
	if err != nil || !edited {
		return err
	}
	editor, err := e.Operator(ctx, all[i], operator)
	if err != nil {
		return err
	}
	s.editor, s.by.Account = &editor, editor.Account
	if err := editor.Needs(provision.MayEditOrganization, "change the organization"); err != nil {
		return err
	}
	administrators, err := administratorsOf(ctx, e, all[i])
	s.file.Administrators = append(slices.Clone(s.file.Administrators), administrators...)
	return err
}
