package store

import (
	"cmp"
	"time"

	"muster/provision"
)

// ended revokes the live links of accounts.
func ended(b provision.Batch) step {
	s := &statement{
		what: "revoked links",
		all:  true,
		more: []any{stamp(b.By.At)},
		text: `UPDATE links SET state = 'revoked',
			end_reason = r.value->>1, ended_at = CAST($2 AS {ts}) FROM {rows} AS r
			WHERE links.account_id = CAST(r.value->>0 AS {uuid}) AND links.state = 'live'`,
	}
	for _, e := range sorted(b.Ends, func(x, y provision.EndRow) int { return cmp.Compare(x.Account, y.Account) }) {
		s.rows.add(e.Account, e.Why)
	}
	return s
}

// revoked ends the live links that organizations gave to whom they block.
func revoked(b provision.Batch) step {
	s := &statement{
		what: "revoked links of blocked people",
		more: []any{stamp(b.By.At), everywhere},
		text: `UPDATE links
			SET state = 'revoked', end_reason = 'blocked', ended_at = CAST($2 AS {ts}) FROM {rows} AS r
			WHERE links.account_id = CAST(r.value->>0 AS {uuid})
			AND CAST(r.value->>1 AS {uuid}) IN (links.organization_id, CAST($3 AS {uuid})) AND links.state = 'live'`,
	}
	s.rows.addBlocks(b.Blocks)
	return s
}

// signedOut ends the sessions of whom organizations block.
func signedOut(b provision.Batch) step {
	s := &statement{
		what: "sessions of blocked people",
		text: `UPDATE accounts SET session_epoch = session_epoch + 1 FROM {rows} AS r
			WHERE accounts.id = CAST(r.value->>0 AS {uuid})`,
	}
	s.rows.addBlocks(b.Blocks)
	return s
}

// outdated raises the epoch of the links of whom organizations block, where
// they gave them one that is live, whatever was known of it when the block was
// planned. One of a former epoch is dead already.
func outdated(b provision.Batch) step {
	s := &statement{
		what: "epochs of blocked people",
		more: []any{everywhere},
		text: `UPDATE accounts SET link_epoch = link_epoch + 1 FROM {rows} AS r
			WHERE accounts.id = CAST(r.value->>0 AS {uuid}) AND EXISTS (SELECT 1 FROM links AS l
				WHERE l.account_id = accounts.id AND CAST(r.value->>1 AS {uuid}) IN (l.organization_id, CAST($2 AS {uuid}))
				AND l.state = 'live' AND l.epoch = accounts.link_epoch)`,
	}
	s.rows.addBlocks(b.Blocks)
	return s
}

// supersedeSQL ends the live links of accounts.
const supersedeSQL = `UPDATE links SET state = 'superseded',
	ended_at = CAST($2 AS {ts}) FROM {rows} AS r
	WHERE links.account_id = CAST(r.value->>0 AS {uuid}) AND links.state = 'live'`

// superseded ends the live links of accounts that get a new one. Accounts of
// this very batch have none.
func superseded(b provision.Batch) step {
	s := &statement{
		what: "superseded links",
		more: []any{stamp(b.By.At)},
		text: supersedeSQL,
	}
	made := madeHere(b)
	for _, l := range sorted(b.Links, byLink) {
		if !made[l.Account] {
			s.rows.add(l.Account)
		}
	}
	return s
}

func newLinks(b provision.Batch) step {
	return &insertion{
		what: "links",
		into: linksTable,
		fill: func(r *rows) {
			for _, l := range sorted(b.Links, byLink) {
				r.add(l.ID, l.Account, l.Organization, l.Purpose, l.KeyID, l.Audience, l.Email, l.Epoch,
					stamp(l.EndsAt(l.CreatedAt)), string(l.State), orNil(l.Run), stamp(l.CreatedAt),
					int64(l.Lifetime/time.Second), string(cmp.Or(l.Channel, provision.ByReport)), stampOrNil(l.NotBefore),
					l.Workday)
			}
		},
	}
}

func byLink(x, y provision.LinkRow) int {
	return cmp.Or(cmp.Compare(x.Account, y.Account), cmp.Compare(x.ID, y.ID))
}

// redeemed uses links up. One that is not live any more, has not begun or is
// over refuses the batch, and so does one whose account, organization or blocks
// are not as a link needs them that opens: what LinkRow.Standing asks is asked
// here again, because whoever forgets to raise the account's version, or writes
// to the organization alone, may have come since. The step has locked the
// account and raised its epoch; the status is still the former one.
//
// The organization is not locked, which the role of the page may not do: what
// was committed before this statement is seen. Whatever comes after could as
// well have come after the password.
func redeemed(b provision.Batch) step {
	s := &statement{
		what: "redeemed links",
		all:  true,
		more: []any{stamp(b.By.At), everywhere},
		text: `UPDATE links SET state = 'redeemed', ended_at = CAST($2 AS {ts})
			FROM {rows} AS r CROSS JOIN accounts AS a CROSS JOIN organizations AS o
			WHERE links.id = r.value->>0 AND links.account_id = CAST(r.value->>1 AS {uuid}) AND links.state = 'live'
			AND links.generated_at IS NOT NULL AND links.expires_at > CAST($2 AS {ts})
			AND (links.not_before IS NULL OR links.not_before <= CAST($2 AS {ts}))
			AND NOT (CAST(r.value->>2 AS boolean) AND (links.channel <> 'mail' OR links.revealed_at IS NOT NULL))
			AND a.id = links.account_id AND a.link_epoch = links.epoch + 1 AND a.email = links.email
			AND (a.status = 'registered') = (links.purpose = 2)
			AND (a.password_at IS NULL OR a.password_at <= links.created_at)
			AND o.id = links.organization_id AND o.active AND o.sign_in <> 'sso'
			AND NOT EXISTS (SELECT 1 FROM blocks AS x WHERE x.account_id = links.account_id
				AND x.organization_id IN (links.organization_id, CAST($3 AS {uuid}))
				AND (x.lifted_at IS NULL OR x.lifted_at > links.created_at OR x.blocked_at > links.created_at))`,
	}
	for _, l := range sorted(b.Redeems, func(x, y provision.RedeemRow) int { return cmp.Compare(x.Link, y.Link) }) {
		s.rows.add(l.Link, l.Account, l.Unseen)
	}
	return s
}

// handed marks live links as handed over to their people.
func handed(b provision.Batch) step {
	s := &statement{
		what: "links handed over",
		all:  true,
		more: []any{stamp(b.By.At)},
		text: `UPDATE links SET handed_over_at = COALESCE(handed_over_at, CAST($2 AS {ts})) FROM {rows} AS r
			WHERE links.id = r.value->>0 AND links.account_id = CAST(r.value->>1 AS {uuid}) AND links.state = 'live'`,
	}
	for _, l := range sorted(b.Handed, func(x, y provision.HandedRow) int { return cmp.Compare(x.Link, y.Link) }) {
		s.rows.add(l.Link, l.Account)
	}
	return s
}
