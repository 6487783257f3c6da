package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"

	"muster/provision"
)

const auditSQL = `SELECT CAST(a.id AS text) AS id, a.at, COALESCE(CAST(a.run_id AS text), '') AS run,
	COALESCE(a.row_no, 0) AS row_no, COALESCE(CAST(a.operator_id AS text), '') AS operator_id,
	COALESCE(o.address, '') AS operator, COALESCE(CAST(a.account_id AS text), '') AS account, a.source, a.action, a.detail
	FROM audit AS a LEFT JOIN accounts AS o ON o.id = a.operator_id WHERE a.organization_id = CAST($1 AS {uuid})`

// ofAccount is what was done to an account, and to those that became part of it.
const ofAccount = ` AND (a.account_id = CAST($%[1]d AS {uuid})
	OR a.account_id IN (SELECT j.merged_id FROM account_merges AS j WHERE j.account_id = CAST($%[1]d AS {uuid})))`

var auditOfSQL = auditSQL + fmt.Sprintf(ofAccount, 2) + ` ORDER BY a.at, a.id`

type auditRow struct {
	ID         string   `db:"id"`
	At         moment   `db:"at"`
	Run        string   `db:"run"`
	Row        int      `db:"row_no"`
	OperatorID string   `db:"operator_id"`
	Operator   string   `db:"operator"`
	Account    string   `db:"account"`
	Source     string   `db:"source"`
	Action     string   `db:"action"`
	Detail     document `db:"detail"`
}

// Audit lists what an organization did to an account, the earliest first.
func (s *Store) Audit(ctx context.Context, organization, account string) ([]provision.AuditEntry, error) {
	return s.audit(ctx, auditOfSQL, organization, account)
}

// AuditPage reads the entries that a query asks for.
func (s *Store) AuditPage(ctx context.Context, q provision.AuditQuery) ([]provision.AuditEntry, error) {
	text := auditSQL
	args := []any{q.Organization}
	add := func(condition string, value any, given bool) {
		if given {
			args = append(args, value)
			text += fmt.Sprintf(condition, len(args))
		}
	}
	after, order := ` AND a.id < CAST($%d AS {uuid})`, ` ORDER BY a.id DESC`
	if q.Earliest {
		after, order = ` AND a.id > CAST($%d AS {uuid})`, ` ORDER BY a.id`
	}
	add(ofAccount, q.Account, q.Account != "")
	add(` AND a.run_id = CAST($%d AS {uuid})`, q.Run, q.Run != "")
	add(` AND a.operator_id = CAST($%d AS {uuid})`, q.Operator, q.Operator != "")
	add(` AND a.action = $%d`, q.Action, q.Action != "")
	add(` AND a.at >= CAST($%d AS {ts})`, stamp(q.Since), !q.Since.IsZero())
	add(` AND a.at < CAST($%d AS {ts})`, stamp(q.Until), !q.Until.IsZero())
	add(after, q.After, q.After != "")
	text += order
	add(` LIMIT $%d`, q.Limit, q.Limit > 0)
	return s.audit(ctx, text, args...)
}

func (s *Store) audit(ctx context.Context, text string, args ...any) ([]provision.AuditEntry, error) {
	var all []auditRow
	if err := s.reading().all(ctx, &all, text, args...); err != nil {
		return nil, fmt.Errorf("reading the audit: %w", err)
	}
	entries := make([]provision.AuditEntry, len(all))
	for i, a := range all {
		entries[i] = a.entry()
	}
	return entries, nil
}

func (a auditRow) entry() provision.AuditEntry {
	return provision.AuditEntry{
		ID:         a.ID,
		At:         a.At.Time,
		Run:        a.Run,
		Row:        a.Row,
		OperatorID: a.OperatorID,
		Operator:   a.Operator,
		Account:    a.Account,
		Source:     a.Source,
		Action:     a.Action,
		Detail:     json.RawMessage(a.Detail),
	}
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
