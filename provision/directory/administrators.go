package directory

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
)

// AppointAction is what the audit calls it when an organization file makes
// somebody an administrator.
const AppointAction change.Action = "made administrator"

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

// appoint returns what makes the owner of an address administrator of every
// brand: the account itself where there is none, and h is the zero Holding.
func appoint(e identity.Email, h provision.Holding, brands []provision.Brand) change.Changes {
	var changes change.Changes
	if h.Account == "" {
		changes = append(changes, change.Create{NewAccount: dedupe.NewAccount{Email: e}})
	}
	for _, b := range brands {
		switch role, member := h.Roles[b.ID]; {
		case !member:
			joined := dedupe.Membership{Brand: b.Slug, Kind: record.Staff, Role: provision.AdministratorRole}
			changes = append(changes, change.Join{Membership: joined})
		case role != provision.AdministratorRole:
			changes = append(changes, change.SetRole{Brand: b.Slug, From: role, To: provision.AdministratorRole})
		}
	}
	return changes
}

// appointed says in words for people what appoint changes.
func appointed(e identity.Email, changes change.Changes) []string {
	var words []string
	for _, c := range changes {
		switch c := c.(type) {
		case change.Create:
			words = append(words, fmt.Sprintf("account of administrator %s added", e.Address))
		case change.Join:
			words = append(words, fmt.Sprintf("%s is administrator of brand %q", e.Address, c.Brand))
		case change.SetRole:
			words = append(words, fmt.Sprintf("%s raised from %s to administrator of brand %q", e.Address, c.From, c.Brand))
		}
	}
	return words
}

// appointAll makes the owners of addresses administrators of an organization
// as it stands, within the seats that it has, and returns words that say of whom that is
// new.
func appointAll(
	ctx context.Context, tx provision.Tx, o provision.Organization, seats map[record.Kind]int, emails []identity.Email,
	owners map[identity.Key]provision.Holding, by provision.Author, newID func() string,
) ([]string, error) {
	var words []string
	carrier := linkless(o, newID)
	b := change.NewBatch(by, len(emails))
	for _, e := range emails {
		h := owners[e.Key()]
		changes := appoint(e, h, o.Brands)
		if len(changes) == 0 {
			continue
		}
		s := change.On(h.Account, h.Version, AppointAction, changes...)
		if _, err := carrier.Carry(&b, s, s.Seen(0, "")); err != nil {
			return nil, err
		}
		words = append(words, appointed(e, changes)...)
	}
	err := provision.WithinSeats(ctx, tx, o.ID, seats, []record.Kind{record.Staff}, func() error { return tx.Apply(ctx, b) })
	if full, is := errors.AsType[*provision.PlanLimitError](err); is {
		err = &provision.ConfigError{
			Msg:  fmt.Sprintf("administrators are staff: with those of the file there would be %d more than the plan has seats for (%d)", full.Over, full.Limit),
			Hint: "name fewer administrators, or raise limits.staff of the plan",
		}
	}
	return words, err
}

// owners reads what the owners of addresses hold.
func owners(ctx context.Context, tx provision.Tx, emails []identity.Email) (map[identity.Key]provision.Holding, error) {
	keys := make([]identity.Key, len(emails))
	for i, e := range emails {
		keys[i] = e.Key()
	}
	found, err := tx.Resolve(ctx, keys, nil)
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
	held := make(map[string]provision.Holding, len(holdings))
	for _, h := range holdings {
		held[h.Account] = h
	}
	all := make(map[identity.Key]provision.Holding, len(found))
	for _, f := range found {
		all[f.Key] = held[f.Account]
	}
	return all, nil
}
