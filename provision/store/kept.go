package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"muster/provision"
)

const keysOfSQL = `SELECT k.space, k.value, CAST(k.account_id AS text) AS account FROM {rows} AS r CROSS JOIN account_key AS k
	WHERE k.account_id = CAST(r.value->>0 AS {uuid})
	AND (k.space NOT LIKE 'external:%' OR k.space = 'external:' || CAST($2 AS text))
	ORDER BY k.account_id, k.space, k.value`

// Keys reads what leads to accounts.
func (d directory) Keys(ctx context.Context, organization string, accounts []string) ([]provision.KeyRow, error) {
	var all []struct {
		Space   string `db:"space"`
		Value   string `db:"value"`
		Account string `db:"account"`
	}
	if err := d.ofAccounts(ctx, &all, keysOfSQL, organization, accounts); err != nil {
		return nil, fmt.Errorf("reading keys: %w", err)
	}
	keys := make([]provision.KeyRow, len(all))
	for i, k := range all {
		keys[i].Space = k.Space
		keys[i].Value = k.Value
		keys[i].Account = k.Account
	}
	return keys, nil
}

const elsewhereSQL = `SELECT CAST(h.account_id AS text) AS account, count(DISTINCT h.organization_id) AS others FROM (
	SELECT m.account_id, b.organization_id FROM {rows} AS r CROSS JOIN memberships AS m CROSS JOIN brands AS b
		WHERE m.account_id = CAST(r.value->>0 AS {uuid}) AND b.id = m.brand_id
	UNION ALL SELECT f.account_id, b.organization_id FROM {rows} AS r CROSS JOIN membership_offers AS f CROSS JOIN brands AS b
		WHERE f.account_id = CAST(r.value->>0 AS {uuid}) AND f.state = 'live' AND b.id = f.brand_id
	UNION ALL SELECT x.account_id, x.organization_id FROM {rows} AS r CROSS JOIN blocks AS x
		WHERE x.account_id = CAST(r.value->>0 AS {uuid}) AND x.lifted_at IS NULL
	UNION ALL SELECT a.id, a.owner_id FROM {rows} AS r CROSS JOIN accounts AS a
		WHERE a.id = CAST(r.value->>0 AS {uuid}) AND a.owner_id IS NOT NULL
	) AS h WHERE h.organization_id <> CAST($2 AS {uuid}) GROUP BY h.account_id`

// Elsewhere counts who else holds accounts.
func (d directory) Elsewhere(ctx context.Context, organization string, accounts []string) (map[string]int, error) {
	var all []struct {
		Account string `db:"account"`
		Others  int    `db:"others"`
	}
	if err := d.ofAccounts(ctx, &all, elsewhereSQL, organization, accounts); err != nil {
		return nil, fmt.Errorf("reading who else holds accounts: %w", err)
	}
	others := make(map[string]int, len(all))
	for _, a := range all {
		others[a.Account] = a.Others
	}
	return others, nil
}

// ofAccounts reads what a statement says of accounts, for an organization.
func (q session) ofAccounts(
	ctx context.Context, dest any, text, organization string, accounts []string, more ...any,
) error {
	if len(accounts) == 0 {
		return nil
	}
	var r rows
	for _, id := range unique(accounts) {
		r.add(id)
	}
	param, err := r.param()
	if err != nil {
		return err
	}
	return q.all(ctx, dest, text, append([]any{param, organization}, more...)...)
}

// Kept reads everything that is kept of an account, table by table.
func (d directory) Kept(ctx context.Context, organization, account string, own bool) ([]provision.Kept, error) {
	var all []provision.Kept
	for _, p := range slices.Backward(personals) {
		rows, err := p.read(ctx, d.session, organization, account, own)
		if err != nil {
			return nil, fmt.Errorf("reading what %s keeps: %w", p.table, err)
		}
		if len(rows) > 0 {
			all = append(all, provision.Kept{Table: p.table, Rows: rows})
		}
	}
	return all, d.bounced(ctx, account, own, &all)
}

// read reads the rows that a table has of an account.
func (p personal) read(ctx context.Context, q session, organization, account string, own bool) ([]map[string]any, error) {
	here := `CAST($2 AS text) <> ''`
	switch {
	case p.here == "" && !own:
		return nil, nil
	case p.table == "account_key" && own:
		here = `(t.space NOT LIKE 'external:%' OR ` + p.here + `)`
	case p.here != "":
		here = p.here
	}
	return q.maps(ctx, p.hidden, `SELECT t.*`+p.names+` FROM `+p.table+` AS t`+p.tables+
		` WHERE t.`+p.account+` = CAST($1 AS {uuid}) AND `+here, account, organization)
}

// bounced adds the addresses of the account that mail came back from.
func (d directory) bounced(ctx context.Context, account string, own bool, all *[]provision.Kept) error {
	if !own {
		return nil
	}
	rows, err := d.maps(ctx, nil, `SELECT t.* FROM undeliverable AS t WHERE t.email IN (
		SELECT k.value FROM account_key AS k WHERE k.space = 'email' AND k.account_id = CAST($1 AS {uuid}))`, account)
	if len(rows) > 0 {
		*all = append(*all, provision.Kept{Table: "undeliverable", Rows: rows})
	}
	return err
}

// maps reads rows whatever columns they have, but for those that are hidden.
func (q session) maps(ctx context.Context, hidden []string, text string, args ...any) ([]map[string]any, error) {
	found, err := sqlx.QueryerContext(q.x).QueryxContext(ctx, q.s.d.sql(text), args...)
	if err != nil {
		return nil, q.s.faultOf(ctx, text, err)
	}
	defer found.Close()
	types, err := found.ColumnTypes()
	if err != nil {
		return nil, err
	}
	var all []map[string]any
	for found.Next() {
		row := map[string]any{}
		if err := found.MapScan(row); err != nil {
			return nil, err
		}
		for _, c := range types {
			column := c.Name()
			value := row[column]
			if value == nil || slices.Contains(hidden, column) {
				delete(row, column)
				continue
			}
			row[column] = shown(value, c.DatabaseTypeName())
		}
		all = append(all, row)
	}
	return all, q.s.faultOf(ctx, text, found.Err())
}

// shown is a value as JSON shows it: what is JSON already stays that.
func shown(value any, kind string) any {
	text := ""
	switch v := value.(type) {
	case int64:
		if strings.EqualFold(kind, "boolean") { // SQLite has none
			return v != 0
		}
		return v
	case []byte:
		text = string(v)
	case string:
		text = v
	case time.Time:
		return v.UTC()
	default:
		return value
	}
	if len(text) > 0 && (text[0] == '{' || text[0] == '[') && json.Valid([]byte(text)) {
		return json.RawMessage(text)
	}
	return text
}
