package store

import (
	"cmp"
	"strings"

	"muster/provision"
)

// mergeSteps join accounts. What both have is settled first, then all of the
// one moves that the other has not got, and the rest goes with the account.
var mergeSteps = func() []func(provision.Batch) step {
	all := []func(provision.Batch) step{
		unlinked, unoffered, unmailed, betterMemberships, anyBlock, anyConnection, fuller, passedOn,
	}
	for _, p := range personals {
		if p.table != "accounts" && p.table != "audit" {
			all = append(all, p.moved, p.doubled)
		}
	}
	return append(all, gone)
}()

const (
	goneOnes = `SELECT CAST(r.value->>0 AS {uuid}) FROM {rows} AS r`
	bothOnes = goneOnes + ` UNION ALL SELECT CAST(r.value->>1 AS {uuid}) FROM {rows} AS r`
	// newHome is where a row t moves to.
	newHome = `(SELECT CAST(r.value->>1 AS {uuid}) FROM {rows} AS r WHERE CAST(r.value->>0 AS {uuid}) = `
)

// merging is a statement about the accounts that a batch joins.
func merging(b provision.Batch, what, text string, more ...any) *statement {
	s := &statement{what: what, text: text, more: more}
	for _, m := range sorted(b.Merged, func(x, y provision.MergeRow) int { return cmp.Compare(x.Gone, y.Gone) }) {
		s.rows.add(m.Gone, m.Into)
	}
	return s
}

func unlinked(b provision.Batch) step {
	return merging(b, "links of joined accounts", `UPDATE links SET state = 'revoked', end_reason = 'merged',
		ended_at = CAST($2 AS {ts}) WHERE state = 'live' AND account_id IN (`+bothOnes+`)`, stamp(b.By.At))
}

func unoffered(b provision.Batch) step {
	return merging(b, "offers of joined accounts", `UPDATE membership_offers SET state = 'revoked', end_reason = 'merged',
		ended_at = CAST($2 AS {ts}) WHERE state = 'live' AND account_id IN (`+goneOnes+`)`, stamp(b.By.At))
}

func unmailed(b provision.Batch) step {
	return merging(b, "mail of joined accounts", `UPDATE outbox SET state = 'cancelled', ended_at = CAST($2 AS {ts})
		WHERE state IN ('queued', 'deferred') AND link_id IS NOT NULL AND account_id IN (`+bothOnes+`)
		OR state IN ('queued', 'deferred', 'leased', 'unknown') AND account_id IN (`+goneOnes+`)`, stamp(b.By.At))
}

// betterMemberships gives whoever stays the higher role where both are members,
// and what the other's membership kept and theirs did not.
func betterMemberships(b provision.Batch) step {
	rank := func(of string) string {
		return `(SELECT k.rank FROM roles AS k CROSS JOIN brands AS n WHERE n.id = x.brand_id
			AND k.organization_id = n.organization_id AND k.name = ` + of + `)`
	}
	return merging(b, "memberships of joined accounts", `UPDATE memberships SET
			role = CASE WHEN `+rank("x.role")+` > `+rank("memberships.role")+` THEN x.role ELSE memberships.role END,
			attributes = COALESCE(memberships.attributes, x.attributes),
			permissions = COALESCE(memberships.permissions, x.permissions)
		FROM {rows} AS r CROSS JOIN memberships AS x
		WHERE x.account_id = CAST(r.value->>0 AS {uuid}) AND memberships.account_id = CAST(r.value->>1 AS {uuid})
		AND memberships.brand_id = x.brand_id`)
}

// anyBlock keeps a block that either has.
func anyBlock(b provision.Batch) step {
	return merging(b, "blocks of joined accounts", `UPDATE blocks SET lifted_at = NULL, run_id = x.run_id, source = x.source,
			blocked_by = x.blocked_by, blocked_at = x.blocked_at, why = x.why
		FROM {rows} AS r CROSS JOIN blocks AS x
		WHERE x.account_id = CAST(r.value->>0 AS {uuid}) AND blocks.account_id = CAST(r.value->>1 AS {uuid})
		AND blocks.organization_id = x.organization_id AND blocks.lifted_at IS NOT NULL AND x.lifted_at IS NULL`)
}

// anyConnection keeps a profile connected that either has connected.
func anyConnection(b provision.Batch) step {
	return merging(b, "profiles of joined accounts", `UPDATE profiles SET connected = true
		FROM {rows} AS r CROSS JOIN profiles AS x
		WHERE x.account_id = CAST(r.value->>0 AS {uuid}) AND profiles.account_id = CAST(r.value->>1 AS {uuid})
		AND profiles.network = x.network AND profiles.kind = x.kind AND profiles.value = x.value AND x.connected`)
}

// fuller fills what the account that stays does not say, its address too.
func fuller(b provision.Batch) step {
	var set []string
	for _, column := range []string{"name", "first_name", "last_name", "contact_email", "language", "time_zone", "picture"} {
		set = append(set, column+` = CASE WHEN accounts.`+column+` = '' THEN x.`+column+` ELSE accounts.`+column+` END`)
	}
	for _, column := range []string{"address", "email", "mailbox", "email_role"} {
		set = append(set, column+` = CASE WHEN accounts.email = '' THEN x.`+column+` ELSE accounts.`+column+` END`)
	}
	return merging(b, "details of joined accounts", `UPDATE accounts SET `+strings.Join(set, ", ")+`,
			updated_at = CAST($2 AS {ts})
		FROM {rows} AS r CROSS JOIN accounts AS x
		WHERE x.id = CAST(r.value->>0 AS {uuid}) AND accounts.id = CAST(r.value->>1 AS {uuid})`, stamp(b.By.At))
}

// passedOn keeps where the account that goes leads.
func passedOn(b provision.Batch) step {
	s := merging(b, "joined accounts", `INSERT INTO account_merges
			(merged_id, account_id, organization_id, run_id, source, merged_by, merged_at)
		SELECT CAST(r.value->>0 AS {uuid}), CAST(r.value->>1 AS {uuid}), CAST($2 AS {uuid}), CAST($3 AS {uuid}), $4,
			CAST($5 AS {uuid}), CAST($6 AS {ts}) FROM {rows} AS r WHERE true`,
		append([]any{b.By.Organization}, granted(b.By)...)...)
	s.all = true
	return s
}

// moved gives the rows of a table to the account that stays, where that has not
// got the same.
func (p personal) moved(b provision.Batch) step {
	text := `UPDATE ` + p.table + ` AS t SET ` + p.account + ` = ` + newHome + `t.` + p.account + `)
		WHERE t.` + p.account + ` IN (` + goneOnes + `)`
	if p.once != nil {
		same := []string{`o.` + p.account + ` = ` + newHome + `t.` + p.account + `)`}
		for _, column := range p.once {
			same = append(same, `o.`+column+` = t.`+column)
		}
		text += ` AND NOT EXISTS (SELECT 1 FROM ` + p.table + ` AS o WHERE ` + strings.Join(same, " AND ") + `)`
	}
	return merging(b, p.table+" of joined accounts", text)
}

// doubled takes away what both had.
func (p personal) doubled(b provision.Batch) step {
	if p.once == nil {
		return &statement{}
	}
	return merging(b, p.table+" that both had", `DELETE FROM `+p.table+` WHERE `+p.account+` IN (`+goneOnes+`)`)
}

// gone removes the accounts that were joined with others.
func gone(b provision.Batch) step {
	s := merging(b, "accounts that are gone", `DELETE FROM accounts WHERE id IN (`+goneOnes+`)`)
	s.all = true
	return s
}
