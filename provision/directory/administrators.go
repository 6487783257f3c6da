package directory

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/record"
	"muster/provision"
)

// administratorEmails are the addresses of an organization file, each once.
func administratorEmails(addresses []string) ([]identity.Email, error) {
	var emails []identity.Email
	seen := map[string]bool{}
	for _, address := range slices.Sorted(slices.Values(addresses)) {
		e, _, err := identity.ParseEmail(address)
		if err != nil {
			return nil, fmt.Errorf("administrator %q: %w", address, err)
		}
		if !seen[e.Value] {
			emails = append(emails, e)
		}
		seen[e.Value] = true
	}
	return emails, nil
}

// saveAdministrators makes people administrators of every brand of an
// organization, and returns words that say of whom that is new.
func saveAdministrators(
	ctx context.Context, tx provision.Tx, o provision.Organization, emails []identity.Email, by provision.Author, newID func() string,
) ([]string, error) {
	keys := make([]identity.Key, len(emails))
	for i, e := range emails {
		keys[i] = e.Key()
	}
	found, err := tx.Resolve(ctx, keys)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(found))
	for i, f := range found {
		ids[i] = f.Account
	}
	holdings, err := tx.Holdings(ctx, ids)
	if err != nil {
		return nil, err
	}
	a := appointment{organization: o, newID: newID, batch: provision.Batch{By: by}}
	for _, e := range emails {
		a.appoint(e, holderOf(e.Key(), found, holdings))
	}
	return a.words, tx.Apply(ctx, a.batch)
}

// holderOf is the account that owns a key, the zero Holding for none.
func holderOf(k identity.Key, found []provision.Found, holdings []provision.Holding) provision.Holding {
	i := slices.IndexFunc(found, func(f provision.Found) bool { return f.Key == k })
	if i < 0 {
		return provision.Holding{}
	}
	if i = slices.IndexFunc(holdings, func(h provision.Holding) bool { return h.Account == found[i].Account }); i < 0 {
		return provision.Holding{}
	}
	return holdings[i]
}

// An appointment collects what makes people administrators.
type appointment struct {
	organization provision.Organization
	newID        func() string
	batch        provision.Batch
	words        []string
}

func (a *appointment) say(format string, args ...any) {
	a.words = append(a.words, fmt.Sprintf(format, args...))
}

// appoint gives the owner of an address what an administrator of every brand
// lacks: the account itself, where h is the zero Holding.
func (a *appointment) appoint(e identity.Email, h provision.Holding) {
	before := len(a.words)
	account := h.Account
	if account == "" {
		account = a.newID()
		a.create(account, e)
	}
	for _, brand := range a.organization.Brands {
		row := provision.MembershipRow{Account: account, Brand: brand.ID, Kind: string(record.Staff), Role: provision.AdministratorRole}
		switch role, member := h.Roles[brand.ID]; {
		case !member:
			a.say("%s is administrator of brand %q", e.Address, brand.Slug)
			a.batch.Memberships = append(a.batch.Memberships, row)
		case role != provision.AdministratorRole:
			a.say("%s raised from %s to administrator of brand %q", e.Address, role, brand.Slug)
			a.batch.Raises = append(a.batch.Raises, row)
		}
	}
	if before == len(a.words) {
		return
	}
	if h.Account != "" {
		a.batch.Bumps = append(a.batch.Bumps, provision.Bump{Account: account, Version: h.Version})
	}
	detail, _ := json.Marshal(map[string]any{"changes": a.words[before:]}) // strings always marshal
	a.batch.Audit = append(a.batch.Audit, provision.AuditRow{
		ID: a.newID(), Account: account, Action: provision.MadeAdministrator, Detail: detail,
	})
}

func (a *appointment) create(account string, e identity.Email) {
	a.say("account of administrator %s added", e.Address)
	a.batch.Accounts = append(a.batch.Accounts, provision.AccountRow{
		ID: account, NewAccount: dedupe.NewAccount{Email: e}, Status: dedupe.Created, Owner: a.organization.ID,
	})
	a.batch.Keys = append(a.batch.Keys, provision.KeyRow{Key: e.Key(), Account: account})
	if e.Folds() {
		a.batch.Hints = append(a.batch.Hints, provision.KeyRow{Key: e.MailboxKey(), Account: account})
	}
}
