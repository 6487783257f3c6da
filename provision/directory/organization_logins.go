package directory

import (
	"context"
	"fmt"
	"slices"

	"muster/importer/identity"
	"muster/provision"
)

// logins lets in the logins of the database that a file lists, as members of
// the organization as it stands, and ends those that it does not. A file that
// lists none keeps those there are. Whoever changes them has to be able to do
// what anybody can: without any, a login may act as anybody.
func (s *saving) logins(ctx context.Context, now, o provision.Organization) ([]OrganizationChange, error) {
	if s.file.Logins == nil {
		return nil, nil
	}
	have, err := s.tx.Logins(ctx, o.ID)
	if err != nil {
		return nil, err
	}
	wanted, err := s.members(ctx, o)
	if err != nil {
		return nil, err
	}
	rows, changes := compareLogins(have, wanted)
	if s.editor != nil && len(changes) > 0 {
		if err := mayAll(*s.editor, now, "change as whom logins of the database act"); err != nil {
			return nil, err
		}
	}
	rows.ID, rows.At = o.ID, s.by.At
	return changes, s.tx.SaveOrganization(ctx, rows)
}

// members finds the accounts that the logins of the file act as.
func (s *saving) members(ctx context.Context, o provision.Organization) ([]provision.Login, error) {
	emails := make([]identity.Email, len(s.file.Logins))
	for i, l := range s.file.Logins {
		var err error
		if emails[i], _, err = identity.ParseEmail(l.As); err != nil {
			return nil, fmt.Errorf("login %q: %w", l.Login, err)
		}
	}
	owners, err := owners(ctx, s.tx, emails)
	if err != nil {
		return nil, err
	}
	wanted := slices.Clone(s.file.Logins)
	for i, e := range emails {
		h := owners[e.Key()]
		if !slices.ContainsFunc(o.Brands, func(b provision.Brand) bool { return h.Roles[b.ID] != "" }) {
			return nil, &provision.ConfigError{
				Msg:  fmt.Sprintf("login %q cannot act as %s, who is nobody in organization %q", wanted[i].Login, e.Address, o.Slug),
				Hint: "name a member under as, or list them under administrators, too",
			}
		}
		wanted[i].Account = h.Account
	}
	return wanted, nil
}

// compareLogins says which logins are let in, and which end.
func compareLogins(now, wanted []provision.Login) (rows provision.OrganizationRows, changes []OrganizationChange) {
	has := func(all []provision.Login, l provision.Login) bool {
		return slices.ContainsFunc(all, func(x provision.Login) bool { return x.Login == l.Login && x.Account == l.Account })
	}
	for _, l := range wanted {
		if !has(now, l) {
			rows.Logins = append(rows.Logins, l)
			changes = append(changes, OrganizationChange{Op: AddLogin, Name: l.Login, To: l.Account, who: l.As})
		}
	}
	for _, l := range now {
		if !has(wanted, l) {
			rows.Ended = append(rows.Ended, l)
			changes = append(changes, OrganizationChange{Op: EndLogin, Name: l.Login, From: l.Account, who: l.As})
		}
	}
	return rows, changes
}
