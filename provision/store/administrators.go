package store

import (
	"context"
	"errors"
	"fmt"

	"muster/provision"
)

// Nobody leaves an organization without an administrator: an account that may
// edit it, and is not blocked. Every batch is looked at, whoever applies it:
//
//  1. before it is written, which administrators it may take rights from;
//  2. once it is written, whether their organizations still have one.
//
// From 2 to the end of the transaction nobody else counts, so that of two who
// take each other's rights at once one is refused.

// administers says that the role r of the membership m in the brand b makes an
// administrator of its account.
const administers = `m.role <> 'member' AND b.archived_at IS NULL AND (CAST(r.capabilities AS text) LIKE '%"organization:edit"%'
	OR CAST(r.capabilities AS text) LIKE '%"*"%')
	AND NOT EXISTS (SELECT 1 FROM blocks AS x WHERE x.account_id = m.account_id AND x.lifted_at IS NULL
		AND x.organization_id IN (b.organization_id, CAST($2 AS {uuid})))`

const (
	endangeredSQL = `SELECT DISTINCT b.organization_id AS organization, m.account_id AS account
		FROM {rows} AS w CROSS JOIN memberships AS m JOIN brands AS b ON b.id = m.brand_id
		JOIN roles AS r ON r.organization_id = b.organization_id AND r.name = m.role
		WHERE m.account_id = CAST(w.value->>0 AS {uuid}) AND ` + administers + ` ORDER BY 1, 2`

	// countingSQL lets nobody else count until the end of the transaction.
	countingSQL = `SELECT a.id FROM organizations AS a WHERE a.id = CAST($1 AS {uuid}) {lock}`

	administeredSQL = `SELECT o.slug, EXISTS (SELECT 1 FROM roles AS r
		JOIN brands AS b ON b.organization_id = r.organization_id
		JOIN memberships AS m ON m.brand_id = b.id AND m.role = r.name
		WHERE r.organization_id = o.id AND ` + administers + `) AS administered
		FROM organizations AS o WHERE o.id = CAST($1 AS {uuid})`
)

// endangered are the administrators whom a batch may take rights from.
type endangered struct {
	Organization string `db:"organization"` // id
	Account      string `db:"account"`
}

// endangers reads whom a batch endangers, sorted by organization.
func (t tx) endangers(ctx context.Context, b provision.Batch) ([]endangered, error) {
	var weakened rows
	for _, account := range unique(b.Weakened()) {
		weakened.add(account)
	}
	if weakened.n == 0 {
		return nil, nil
	}
	param, err := weakened.param()
	if err != nil {
		return nil, err
	}
	var all []endangered
	if err := t.all(ctx, &all, endangeredSQL, param, everywhere); err != nil {
		return nil, fmt.Errorf("reading whose rights end: %w", err)
	}
	return all, nil
}

// spared makes sure that the organizations of administrators who were in danger
// still have one.
func (t tx) spared(ctx context.Context, all []endangered) error {
	for i := 0; i < len(all); {
		organization := all[i].Organization
		var accounts []string
		for ; i < len(all) && all[i].Organization == organization; i++ {
			accounts = append(accounts, all[i].Account)
		}
		err := t.Administered(ctx, organization)
		var last *provision.LastAdministratorError
		if errors.As(err, &last) {
			last.Accounts = accounts
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Administered makes sure that an organization has an administrator; otherwise
// it is a *provision.LastAdministratorError. Nobody else counts meanwhile, and
// until the transaction ends.
func (t tx) Administered(ctx context.Context, organization string) error {
	var locked string
	if err := t.one(ctx, &locked, countingSQL, organization); err != nil {
		return fmt.Errorf("counting administrators: %w", err)
	}
	var found struct {
		Slug         string `db:"slug"`
		Administered bool   `db:"administered"`
	}
	if err := t.one(ctx, &found, administeredSQL, organization, everywhere); err != nil {
		return fmt.Errorf("counting administrators: %w", err)
	}
	if !found.Administered {
		return &provision.LastAdministratorError{Organization: found.Slug}
	}
	return nil
}
