package storetest

import (
	"context"
	"database/sql"
	"fmt"
)

// laws are what no command may leave behind: what breaks each, as a statement for both
// databases that gives one text a row.
var laws = []struct{ broken, text string }{
	{"a key is nobody's", `SELECT k.value FROM account_key AS k WHERE NOT EXISTS (SELECT 1 FROM accounts AS a WHERE a.id = k.account_id)`},
	{"an address leads nowhere", `SELECT a.email FROM accounts AS a WHERE a.email <> ''
		AND NOT EXISTS (SELECT 1 FROM account_key AS k WHERE k.space = 'email' AND k.value = a.email AND k.account_id = a.id)`},
	{"an address is two accounts'", `SELECT a.email FROM accounts AS a WHERE a.email <> '' GROUP BY a.email HAVING count(*) > 1`},
	{"somebody sees a campaign of a brand that they are not in", `SELECT a.address FROM campaign_access AS c
		JOIN campaigns AS p ON p.id = c.campaign_id JOIN accounts AS a ON a.id = c.account_id
		WHERE NOT EXISTS (SELECT 1 FROM memberships AS m WHERE m.account_id = c.account_id AND m.brand_id = p.brand_id)`},
	{"somebody who has registered has an invite link", liveLinks + ` AND l.purpose = 1 AND a.status = 'registered'`},
	{"a link of before is live", liveLinks + ` AND l.epoch <> a.link_epoch`},
	{"a link for another address is live", liveLinks + ` AND l.email <> a.email AND l.email <> a.address`},
	{"somebody who is blocked has a link", liveLinks + ` AND EXISTS (SELECT 1 FROM blocks AS b
		WHERE b.account_id = a.id AND b.organization_id = l.organization_id AND b.lifted_at IS NULL)`},
	{"somebody who is in no brand has an invite link", liveLinks + ` AND l.purpose = 1
		AND NOT EXISTS (SELECT 1 FROM memberships AS m WHERE m.account_id = a.id)`},
	{"a mail waits with a link that is dead", `SELECT a.address FROM outbox AS o JOIN links AS l ON l.id = o.link_id
		JOIN accounts AS a ON a.id = o.account_id WHERE o.state IN ('queued', 'deferred') AND l.state <> 'live'`},
	{"a source gave something to whom it does not know", `SELECT a.address FROM sync_grants AS g JOIN accounts AS a ON a.id = g.account_id
		WHERE NOT EXISTS (SELECT 1 FROM source_people AS s WHERE s.account_id = g.account_id
		AND s.organization_id = g.organization_id AND s.source = g.source)`},
	{"a run is open", `SELECT r.kind FROM runs AS r WHERE r.finished_at IS NULL`},
}

const liveLinks = `SELECT a.address FROM links AS l JOIN accounts AS a ON a.id = l.account_id WHERE l.state = 'live'`

// BrokenLaws says what a database holds that no command may leave behind, while none is
// at work: of which people, and why that must not be.
func BrokenLaws(ctx context.Context, url string) ([]string, error) {
	var all []string
	for _, law := range laws {
		err := query(ctx, url, law.text, func(r *sql.Rows) error {
			var what string
			err := r.Scan(&what)
			all = append(all, law.broken+": "+what)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", law.broken, err)
		}
	}
	return all, nil
}
