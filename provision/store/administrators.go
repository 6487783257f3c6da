package store

import (
	"context"
	"encoding/json"
	"fmt"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/record"
	"muster/provision"
)

// saveAdministrators gives the addresses of the file accounts, where they
// have none, and the role administrator in every brand.
func (v *saver) saveAdministrators(ctx context.Context) error {
	var emails []identity.Email
	var asked []identity.Key
	for _, address := range unique(v.file.Administrators) {
		e, _, err := identity.ParseEmail(address)
		if err != nil {
			return fmt.Errorf("administrator %q: %w", address, err)
		}
		emails, asked = append(emails, e), append(asked, e.Key())
	}
	found, err := v.t.resolve(ctx, asked, nil)
	if err != nil {
		return err
	}
	owner := map[string]provision.Found{}
	var ids []string
	for _, f := range found {
		owner[f.Key.Value] = f
		ids = append(ids, f.Account)
	}
	accounts, err := v.t.accounts(ctx, v.now.ID, ids)
	if err != nil {
		return err
	}
	has := map[string]dedupe.Account{}
	for _, a := range accounts {
		has[a.ID] = a
	}
	b := provision.Batch{By: v.by}
	b.By.Organization = v.now.ID
	seen := map[string]bool{}
	for _, e := range emails {
		if seen[e.Value] {
			continue
		}
		seen[e.Value] = true
		if err := v.administrator(&b, e, has[owner[e.Value].Account]); err != nil {
			return err
		}
	}
	return v.t.Apply(ctx, b)
}

// administrator adds to a batch what one address lacks; a is the zero account
// where it has none.
func (v *saver) administrator(b *provision.Batch, e identity.Email, a dedupe.Account) (err error) {
	before := len(v.changes)
	id := a.ID
	if id == "" {
		if id, err = newID(); err != nil {
			return err
		}
		v.say("account of administrator %s added", e.Address)
		b.Accounts = append(b.Accounts, provision.AccountRow{ID: id, Status: dedupe.Created, Owner: v.now.ID,
			NewAccount: dedupe.NewAccount{Email: e}})
		b.Keys = append(b.Keys, provision.KeyRow{Key: e.Key(), Account: id})
		if k := e.MailboxKey(); e.Folds() {
			b.Hints = append(b.Hints, provision.KeyRow{Key: k, Account: id})
		}
	}
	for _, brand := range v.now.Brands {
		m, member := a.In(brand.Slug)
		row := provision.MembershipRow{Account: id, Brand: brand.ID, Kind: string(record.Staff), Role: provision.AdministratorRole}
		switch {
		case !member:
			v.say("%s is administrator of brand %q", e.Address, brand.Slug)
			b.Memberships = append(b.Memberships, row)
		case m.Role != provision.AdministratorRole:
			v.say("%s raised from %s to administrator of brand %q", e.Address, m.Role, brand.Slug)
			b.Raises = append(b.Raises, row)
		}
	}
	if before == len(v.changes) {
		return nil
	}
	if a.ID != "" {
		b.Bumps = append(b.Bumps, provision.Bump{Account: a.ID, Version: a.Version})
	}
	audit := provision.AuditRow{Account: id, Action: "made administrator"}
	if audit.ID, err = newID(); err != nil {
		return err
	}
	audit.Detail, err = json.Marshal(map[string]any{"changes": v.changes[before:]})
	b.Audit = append(b.Audit, audit)
	return err
}
