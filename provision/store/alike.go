package store

import (
	"context"
	"fmt"

	"muster/importer/identity"
	"muster/provision"
)

// alikeSQL reads what two to five accounts of an organization have in common:
// more than five share it because it is an agency's, or a page's.
const alikeSQL = `WITH own AS (
	SELECT DISTINCT m.account_id FROM memberships AS m JOIN brands AS b ON b.id = m.brand_id
	WHERE b.organization_id = CAST($1 AS {uuid})
), said AS (
	SELECT h.space AS network, '' AS kind, h.value, h.account_id FROM account_hint AS h
		WHERE h.account_id IN (SELECT o.account_id FROM own AS o)
	UNION SELECT p.network, p.kind, p.value, p.account_id FROM profiles AS p
		WHERE NOT p.shared AND p.account_id IN (SELECT o.account_id FROM own AS o)
	UNION SELECT 'name', '', a.name, a.id FROM accounts AS a
		WHERE CAST($2 AS bigint) = 1 AND a.name <> '' AND a.id IN (SELECT o.account_id FROM own AS o)
) SELECT s.network, s.kind, s.value, CAST(s.account_id AS text) AS account FROM said AS s
	WHERE (s.network, s.kind, s.value) IN (
		SELECT g.network, g.kind, g.value FROM said AS g GROUP BY g.network, g.kind, g.value HAVING count(*) BETWEEN 2 AND 5)
	ORDER BY s.network, s.kind, s.value, s.account_id`

// Alike reads what several accounts of an organization have in common.
func (d directory) Alike(ctx context.Context, organization string, names bool) ([]provision.KeyRow, error) {
	var all []struct {
		Network string `db:"network"`
		Kind    string `db:"kind"`
		Value   string `db:"value"`
		Account string `db:"account"`
	}
	if err := d.all(ctx, &all, alikeSQL, organization, bit(names)); err != nil {
		return nil, fmt.Errorf("reading who is alike: %w", err)
	}
	rows := make([]provision.KeyRow, len(all))
	for i, a := range all {
		key := identity.Key{Space: a.Network, Value: a.Value}
		if a.Kind != "" {
			key = identity.Profile{Network: a.Network, Kind: a.Kind, Value: a.Value}.Key()
		}
		rows[i] = provision.KeyRow{Key: key, Account: a.Account}
	}
	return rows, nil
}
