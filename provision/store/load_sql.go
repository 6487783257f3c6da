package store

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/provision"
)

// lateRows are what LoadAccounts writes beyond a batch, after it.
type lateRows struct {
	accounts []accountUpdate
	connects []provision.ProfileRow
	blocks   []block
}

// An accountUpdate fills fields of an account; zero fields stay.
type accountUpdate struct {
	id     string
	status dedupe.Status
	email  identity.Email
	name   string
}

type block struct{ account, organization string }

const (
	peopleSQL = `SELECT a.id, a.version, a.status, a.email, a.name, COALESCE(CAST(l.organization_id AS text), '') AS link
		FROM {rows} AS r CROSS JOIN accounts AS a LEFT JOIN links AS l ON l.account_id = a.id AND l.state = 'live'
		WHERE a.id = CAST(r.value->>0 AS {uuid})`

	pinsSQL = `SELECT p.account_id, p.network, p.kind, p.value, p.connected
		FROM {rows} AS r CROSS JOIN profiles AS p WHERE p.account_id = CAST(r.value->>0 AS {uuid})`

	brandsOfSQL = `SELECT m.account_id, m.brand_id AS other
		FROM {rows} AS r CROSS JOIN memberships AS m WHERE m.account_id = CAST(r.value->>0 AS {uuid})`

	blocksOfSQL = `SELECT x.account_id, x.organization_id AS other
		FROM {rows} AS r CROSS JOIN blocks AS x WHERE x.account_id = CAST(r.value->>0 AS {uuid})`
)

// revocations end the live links of accounts; each row has the account and why.
func revocations(at time.Time) step {
	return step{what: "revoked links", all: true, more: []any{stamp(at)}, text: `UPDATE links SET state = 'revoked',
		end_reason = r.value->>1, ended_at = CAST($2 AS {ts}) FROM {rows} AS r
		WHERE links.account_id = CAST(r.value->>0 AS {uuid}) AND links.state = 'live'`}
}

// look reads who owns the keys of a chunk, and what has to be known of them.
func (l *loader) look(ctx context.Context, accounts []provision.DirectoryAccount) error {
	var asked []identity.Key
	for _, d := range accounts {
		asked = append(asked, accountKeys(d)...)
	}
	found, err := l.t.resolve(ctx, asked, nil)
	if err != nil || len(found) == 0 {
		return err
	}
	var ids []string
	for _, f := range found {
		l.owner[f.Key] = f.Account
		ids = append(ids, f.Account)
	}
	for _, d := range accounts {
		if d.Before != "" && d.Email.IsZero() {
			ids = append(ids, d.Before)
		}
	}
	var r rows
	for _, id := range unique(ids) {
		r.add(id)
	}
	param, err := r.param()
	if err != nil {
		return err
	}
	for _, read := range []func(context.Context, string) error{l.readPeople, l.readPins, l.readAccess} {
		if err := read(ctx, param); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) readPeople(ctx context.Context, ids string) error {
	var all []struct {
		ID      string        `db:"id"`
		Version int64         `db:"version"`
		Status  dedupe.Status `db:"status"`
		Email   string        `db:"email"`
		Name    string        `db:"name"`
		Link    string        `db:"link"`
	}
	if err := l.t.all(ctx, &all, peopleSQL, ids); err != nil {
		return err
	}
	for _, a := range all {
		l.people[a.ID] = &person{id: a.ID, version: a.Version, status: a.Status, email: a.Email, name: a.Name, link: a.Link,
			profiles: map[pin]bool{}, brands: map[string]bool{}, blockedBy: map[string]bool{}}
	}
	return nil
}

func (l *loader) readPins(ctx context.Context, ids string) error {
	var all []struct {
		Account   string `db:"account_id"`
		Network   string `db:"network"`
		Kind      string `db:"kind"`
		Value     string `db:"value"`
		Connected bool   `db:"connected"`
	}
	if err := l.t.all(ctx, &all, pinsSQL, ids); err != nil {
		return err
	}
	for _, p := range all {
		l.people[p.Account].profiles[pin{p.Network, p.Kind, p.Value}] = p.Connected
	}
	return nil
}

func (l *loader) readAccess(ctx context.Context, ids string) error {
	type row struct {
		Account string `db:"account_id"`
		Other   string `db:"other"`
	}
	var brands, blocks []row
	if err := l.t.all(ctx, &brands, brandsOfSQL, ids); err != nil {
		return err
	}
	for _, b := range brands {
		l.people[b.Account].brands[b.Other] = true
	}
	if err := l.t.all(ctx, &blocks, blocksOfSQL, ids); err != nil {
		return err
	}
	for _, b := range blocks {
		l.people[b.Account].blockedBy[b.Other] = true
	}
	return nil
}

// write sends the chunk: the batch, then what a batch has no field for.
func (l *loader) write(ctx context.Context) error {
	revoked := revocations(l.batch.By.At)
	for _, id := range slices.Sorted(maps.Keys(l.people)) {
		p := l.people[id]
		if p.changed && p.version > 0 {
			l.batch.Bumps = append(l.batch.Bumps, provision.Bump{Account: id, Version: p.version, Epoch: p.revoked != ""})
		}
		if p.revoked != "" {
			revoked.rows.add(id, p.revoked)
		}
	}
	if err := l.t.Apply(ctx, l.batch); err != nil {
		return err
	}
	for _, s := range []step{l.updates(), l.connects(), l.blocks(), revoked} {
		if err := l.t.write(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// updates fills accounts, several rows of one account joined.
func (l *loader) updates() step {
	s := step{what: "account fields", all: true, text: `UPDATE accounts SET
		status = COALESCE(r.value->>1, accounts.status), address = COALESCE(r.value->>2, accounts.address),
		email = COALESCE(r.value->>3, accounts.email), mailbox = COALESCE(r.value->>4, accounts.mailbox),
		email_role = COALESCE(CAST(r.value->>5 AS boolean), accounts.email_role),
		name = COALESCE(r.value->>6, accounts.name)
		FROM {rows} AS r WHERE accounts.id = CAST(r.value->>0 AS {uuid})`}
	updates := sortedStable(l.late.accounts, func(x, y accountUpdate) int { return cmp.Compare(x.id, y.id) })
	for i := 0; i < len(updates); {
		u := updates[i]
		for ; i < len(updates) && updates[i].id == u.id; i++ {
			u.status = cmp.Or(updates[i].status, u.status)
			u.email = cmp.Or(updates[i].email, u.email)
			u.name = cmp.Or(updates[i].name, u.name)
		}
		var role any
		if u.email.Value != "" {
			role = u.email.Role
		}
		s.rows.add(u.id, orNil(string(u.status)), orNil(u.email.Address), orNil(u.email.Value), orNil(u.email.Mailbox), role, orNil(u.name))
	}
	return s
}

func (l *loader) connects() step {
	s := step{what: "connected profiles", all: true, text: `UPDATE profiles SET connected = true FROM {rows} AS r
		WHERE profiles.account_id = CAST(r.value->>0 AS {uuid}) AND profiles.network = r.value->>1
		AND profiles.kind = r.value->>2 AND profiles.value = r.value->>3`}
	for _, p := range oneProfile(l.late.connects) {
		s.rows.add(p.Account, p.Network, p.Kind, p.Value)
	}
	return s
}

func (l *loader) blocks() step {
	return step{what: "blocks", into: blocksTable, more: granted(l.batch.By), fill: func(r *rows) {
		for _, b := range sorted(l.late.blocks, func(x, y block) int {
			return cmp.Or(cmp.Compare(x.account, y.account), cmp.Compare(x.organization, y.organization))
		}) {
			r.add(b.account, b.organization)
		}
	}}
}
