package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"

	"muster/provision"
)

const auditSQL = `SELECT a.at, COALESCE(CAST(a.run_id AS text), '') AS run, COALESCE(a.row_no, 0) AS row_no,
	COALESCE(o.address, '') AS operator, a.source, a.action, a.detail
	FROM audit AS a LEFT JOIN accounts AS o ON o.id = a.operator_id
	WHERE a.account_id = CAST($1 AS {uuid}) AND a.organization_id = CAST($2 AS {uuid}) ORDER BY a.at, a.id`

// Audit lists what an organization did to an account, the earliest first.
func (s *Store) Audit(ctx context.Context, organization, account string) ([]provision.AuditEntry, error) {
	var all []struct {
		At       moment   `db:"at"`
		Run      string   `db:"run"`
		Row      int      `db:"row_no"`
		Operator string   `db:"operator"`
		Source   string   `db:"source"`
		Action   string   `db:"action"`
		Detail   document `db:"detail"`
	}
	if err := s.reading().all(ctx, &all, auditSQL, account, organization); err != nil {
		return nil, fmt.Errorf("reading the audit: %w", err)
	}
	entries := make([]provision.AuditEntry, len(all))
	for i, a := range all {
		entries[i] = provision.AuditEntry{
			At:       a.At.Time,
			Run:      a.Run,
			Row:      a.Row,
			Operator: a.Operator,
			Source:   a.Source,
			Action:   a.Action,
			Detail:   json.RawMessage(a.Detail),
		}
	}
	return entries, nil
}

func newAudit(b provision.Batch) step {
	shared := append([]any{orNil(b.By.Organization)}, granted(b.By)...)
	return &insertion{
		what:   "audit",
		into:   auditTable,
		shared: shared,
		fill: func(r *rows) {
			for _, a := range sorted(b.Audit, byID) {
				r.add(a.ID, a.Row, orNil(a.Account), a.Action, a.Detail)
			}
		},
	}
}

func byID(x, y provision.AuditRow) int { return cmp.Compare(x.ID, y.ID) }

// newPrivate keeps apart what the audit must not have.
func newPrivate(b provision.Batch) step {
	return &insertion{
		what:   "what undoing needs",
		into:   privateTable,
		shared: []any{orNil(b.By.Run)},
		fill: func(r *rows) {
			for _, a := range sorted(b.Audit, byID) {
				if len(a.Private) > 0 {
					r.add(a.ID, orNil(a.Account), a.Private)
				}
			}
		},
	}
}
