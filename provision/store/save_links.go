package store

import (
	"context"
	"encoding/json"
	"slices"

	"muster/importer/reason"
	"muster/provision"
)

// liveSQL reads the live links of an organization.
const liveSQL = `SELECT l.account_id, a.version FROM links AS l JOIN accounts AS a ON a.id = l.account_id
	WHERE l.organization_id = CAST($1 AS {uuid}) AND l.state = 'live' ORDER BY l.account_id`

// endedAtOnce is how many links are revoked by one statement.
const endedAtOnce = 2000

// endLinks revokes the live links of an organization that goes over to single
// sign-on: nobody sets a password there any more. Links of other organizations
// to the same people stay.
func (v *saver) endLinks(ctx context.Context) error {
	if !v.signsOn {
		return nil
	}
	var live []liveLink
	if err := v.t.all(ctx, &live, liveSQL, v.now.ID); err != nil {
		return err
	}
	for some := range slices.Chunk(live, endedAtOnce) {
		if err := v.revoke(ctx, some); err != nil {
			return err
		}
	}
	switch n := len(live); n {
	case 0:
	case 1:
		v.say("1 live link revoked: its person signs in by single sign-on now")
	default:
		v.say("%d live links revoked: their people sign in by single sign-on now", n)
	}
	return nil
}

type liveLink struct {
	Account string `db:"account_id"`
	Version int64  `db:"version"`
}

func (v *saver) revoke(ctx context.Context, live []liveLink) error {
	detail, err := json.Marshal(provision.AuditDetail{Reason: reason.SingleSignOn})
	if err != nil {
		return err
	}
	batch := provision.Batch{By: v.by}
	batch.By.Organization = v.now.ID
	for _, l := range live {
		id, err := newID()
		if err != nil {
			return err
		}
		batch.Bumps = append(batch.Bumps, provision.Bump{Account: l.Account, Version: l.Version, Epoch: true})
		batch.Audit = append(batch.Audit, provision.AuditRow{ID: id, Account: l.Account, Action: "link revoked", Detail: detail})
		batch.Ends = append(batch.Ends, provision.EndRow{Account: l.Account, Why: string(reason.SingleSignOn)})
	}
	return v.t.Apply(ctx, batch)
}
