package store

import (
	"context"
	"maps"
	"slices"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/provision"
)

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

// write sends the chunk.
func (l *loader) write(ctx context.Context) error {
	for _, id := range slices.Sorted(maps.Keys(l.people)) {
		p := l.people[id]
		if p.changed && p.version > 0 {
			l.batch.Bumps = append(l.batch.Bumps, provision.Bump{Account: id, Version: p.version, Epoch: p.revoked != ""})
		}
		if p.revoked != "" && p.revoked != "blocked" {
			l.batch.Ends = append(l.batch.Ends, provision.EndRow{Account: id, Why: p.revoked})
		}
	}
	return l.t.Apply(ctx, l.batch)
}
