package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"muster/provision"
)

const sourcePersonColumns = `SELECT CAST(p.account_id AS text) AS account, p.absences, COALESCE(CAST(p.absent_run AS text), '') AS run`

const (
	// sourcePeopleSQL probes once for each row, as resolveSQL does: a join reads all people
	// of the source, where the planner takes those for few.
	sourcePeopleSQL = `WITH asked AS MATERIALIZED (SELECT r.value->>0 AS account,
		(SELECT p.absences` + ofSource + `) AS absences, (SELECT p.absent_run` + ofSource + `) AS run FROM {rows} AS r)
		SELECT account, absences, COALESCE(CAST(run AS text), '') AS run FROM asked WHERE absences IS NOT NULL ORDER BY account`

	ofSource = ` FROM source_people AS p WHERE p.account_id = CAST(r.value->>0 AS {uuid})
		AND p.organization_id = CAST($2 AS {uuid}) AND p.source = $3`

	sourceGrantsSQL = `SELECT CAST(g.account_id AS text) AS account, g.source, g.what, g.target, g.former, g.given
		FROM {rows} AS r CROSS JOIN sync_grants AS g
		WHERE g.account_id = CAST(r.value->>0 AS {uuid}) AND g.organization_id = CAST($2 AS {uuid})
		ORDER BY g.account_id, g.source, g.what, g.target`

	importedSQL = `SELECT CAST(m.account_id AS text) AS account, 'membership' AS what, CAST(m.brand_id AS text) AS target
		FROM {rows} AS r CROSS JOIN memberships AS m CROSS JOIN brands AS b
		WHERE m.account_id = CAST(r.value->>0 AS {uuid}) AND b.id = m.brand_id AND b.organization_id = CAST($2 AS {uuid})
		AND m.source IN ('import', 'apply', 'review')
		UNION ALL SELECT CAST(g.account_id AS text), 'campaign', CAST(g.campaign_id AS text)
		FROM {rows} AS r CROSS JOIN campaign_access AS g CROSS JOIN campaigns AS c CROSS JOIN brands AS b
		WHERE g.account_id = CAST(r.value->>0 AS {uuid}) AND c.id = g.campaign_id AND b.id = c.brand_id
		AND b.organization_id = CAST($2 AS {uuid}) AND g.source IN ('import', 'apply', 'review')
		UNION ALL SELECT CAST(g.account_id AS text), 'product', g.product
		FROM {rows} AS r CROSS JOIN product_access AS g
		WHERE g.account_id = CAST(r.value->>0 AS {uuid}) AND g.organization_id = CAST($2 AS {uuid})
		AND g.source IN ('import', 'apply', 'review')`
)

// sourcePerson reads sourcePersonColumns.
type sourcePerson struct {
	Account  string `db:"account"`
	Absences int    `db:"absences"`
	Run      string `db:"run"`
}

func sourcePeopleOf(all []sourcePerson) []provision.SourcePerson {
	people := make([]provision.SourcePerson, len(all))
	for i, p := range all {
		people[i] = provision.SourcePerson(p)
	}
	return people
}

// SourcePeople reads which of some accounts a source has named.
func (d directory) SourcePeople(
	ctx context.Context, organization, source string, accounts []string,
) ([]provision.SourcePerson, error) {
	var all []sourcePerson
	if err := d.ofAccounts(ctx, &all, sourcePeopleSQL, organization, accounts, source); err != nil {
		return nil, fmt.Errorf("reading the people of source %s: %w", source, err)
	}
	return sourcePeopleOf(all), nil
}

// SourcePage reads the next people of a source after an account.
func (d directory) SourcePage(
	ctx context.Context, organization, source, after string, limit int,
) ([]provision.SourcePerson, error) {
	var all []sourcePerson
	err := d.all(ctx, &all, sourcePersonColumns+` FROM source_people AS p
		WHERE p.organization_id = CAST($1 AS {uuid}) AND p.source = $2 AND p.account_id > CAST($3 AS {uuid})
		ORDER BY p.account_id LIMIT $4`, organization, source, cmp.Or(after, everywhere), limit)
	if err != nil {
		return nil, fmt.Errorf("reading the people of source %s: %w", source, err)
	}
	return sourcePeopleOf(all), nil
}

// SourceGrants reads what sources gave accounts.
func (d directory) SourceGrants(ctx context.Context, organization string, accounts []string) ([]provision.SourceGrant, error) {
	var all []struct {
		Account string              `db:"account"`
		Source  string              `db:"source"`
		What    provision.GrantKind `db:"what"`
		Target  string              `db:"target"`
		Former  string              `db:"former"`
		Given   string              `db:"given"`
	}
	if err := d.ofAccounts(ctx, &all, sourceGrantsSQL, organization, accounts); err != nil {
		return nil, fmt.Errorf("reading what sources gave: %w", err)
	}
	grants := make([]provision.SourceGrant, len(all))
	for i, g := range all {
		grants[i] = provision.SourceGrant(g)
	}
	return grants, nil
}

// Imported reads what imports gave accounts.
func (d directory) Imported(ctx context.Context, organization string, accounts []string) ([]provision.SourceGrant, error) {
	var all []struct {
		Account string              `db:"account"`
		What    provision.GrantKind `db:"what"`
		Target  string              `db:"target"`
	}
	if err := d.ofAccounts(ctx, &all, importedSQL, organization, accounts); err != nil {
		return nil, fmt.Errorf("reading what imports gave: %w", err)
	}
	grants := make([]provision.SourceGrant, len(all))
	for i, g := range all {
		grants[i] = provision.SourceGrant{Account: g.Account, What: g.What, Target: g.Target}
	}
	slices.SortFunc(grants, bySource)
	return grants, nil
}
