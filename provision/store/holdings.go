package store

import (
	"context"
	"fmt"

	"muster/dedupe"
	"muster/provision"
)

const (
	peopleSQL = `SELECT a.id, a.version, a.status, a.email, a.name,
		COALESCE(CAST(a.owner_id AS text), '') AS owner, COALESCE(CAST(l.organization_id AS text), '') AS link
		FROM {rows} AS r CROSS JOIN accounts AS a LEFT JOIN links AS l ON l.account_id = a.id AND l.state = 'live'
		WHERE a.id = CAST(r.value->>0 AS {uuid})`

	pinsSQL = `SELECT p.account_id, p.network, p.kind, p.value, p.connected
		FROM {rows} AS r CROSS JOIN profiles AS p WHERE p.account_id = CAST(r.value->>0 AS {uuid})`

	rolesOfSQL = `SELECT m.account_id, m.brand_id AS other, m.role
		FROM {rows} AS r CROSS JOIN memberships AS m WHERE m.account_id = CAST(r.value->>0 AS {uuid})`

	blocksOfSQL = `SELECT x.account_id, x.organization_id AS other
		FROM {rows} AS r CROSS JOIN blocks AS x WHERE x.account_id = CAST(r.value->>0 AS {uuid})`
)

// Holdings reads what accounts hold, in whatever organization: four
// statements, however many accounts. An id that does not exist is left out.
func (t tx) Holdings(ctx context.Context, ids []string) ([]provision.Holding, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var r rows
	for _, id := range unique(ids) {
		r.add(id)
	}
	param, err := r.param()
	if err != nil {
		return nil, err
	}
	h := holdings{q: t.session, ids: param, at: map[string]int{}}
	for _, read := range []func(context.Context) error{h.readPeople, h.readPins, h.readRoles, h.readBlocks} {
		if err := read(ctx); err != nil {
			return nil, fmt.Errorf("reading what accounts hold: %w", err)
		}
	}
	return h.all, nil
}

// holdings puts together what accounts hold from the statements above. The
// accounts come first, so that one written to meanwhile has an older version
// than what is read of it, and is refused.
type holdings struct {
	q   session
	ids string // as {rows}
	all []provision.Holding
	at  map[string]int // account → its place in all
}

func (h *holdings) readPeople(ctx context.Context) error {
	var all []struct {
		ID      string        `db:"id"`
		Version int64         `db:"version"`
		Status  dedupe.Status `db:"status"`
		Email   string        `db:"email"`
		Name    string        `db:"name"`
		Owner   string        `db:"owner"`
		Link    string        `db:"link"`
	}
	if err := h.q.all(ctx, &all, peopleSQL, h.ids); err != nil {
		return err
	}
	h.all = make([]provision.Holding, len(all))
	for i, a := range all {
		h.at[a.ID] = i
		h.all[i] = provision.Holding{
			Account:  a.ID,
			Version:  a.Version,
			Status:   a.Status,
			Email:    a.Email,
			Name:     a.Name,
			Owner:    a.Owner,
			Link:     a.Link,
			Profiles: map[provision.Pin]bool{},
			Roles:    map[string]string{},
		}
	}
	return nil
}

func (h *holdings) readPins(ctx context.Context) error {
	var all []struct {
		Account   string `db:"account_id"`
		Network   string `db:"network"`
		Kind      string `db:"kind"`
		Value     string `db:"value"`
		Connected bool   `db:"connected"`
	}
	if err := h.q.all(ctx, &all, pinsSQL, h.ids); err != nil {
		return err
	}
	for _, p := range all {
		if i, ok := h.at[p.Account]; ok {
			h.all[i].Profiles[provision.Pin{Network: p.Network, Kind: p.Kind, Value: p.Value}] = p.Connected
		}
	}
	return nil
}

func (h *holdings) readRoles(ctx context.Context) error {
	var all []struct {
		Account string `db:"account_id"`
		Brand   string `db:"other"`
		Role    string `db:"role"`
	}
	if err := h.q.all(ctx, &all, rolesOfSQL, h.ids); err != nil {
		return err
	}
	for _, m := range all {
		if i, ok := h.at[m.Account]; ok {
			h.all[i].Roles[m.Brand] = m.Role
		}
	}
	return nil
}

func (h *holdings) readBlocks(ctx context.Context) error {
	var all []struct {
		Account      string `db:"account_id"`
		Organization string `db:"other"`
	}
	if err := h.q.all(ctx, &all, blocksOfSQL, h.ids); err != nil {
		return err
	}
	for _, b := range all {
		if i, ok := h.at[b.Account]; ok {
			h.all[i].Blocks = append(h.all[i].Blocks, b.Organization)
		}
	}
	return nil
}
