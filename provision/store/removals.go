package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"

	"muster/importer/reason"
	"muster/provision"
)

const missedSQL = `SELECT CAST(m.account_id AS text) FROM {rows} AS r CROSS JOIN run_removals AS m
	WHERE m.run_id = CAST($2 AS {uuid}) AND m.account_id = CAST(r.value->>0 AS {uuid}) ORDER BY m.account_id`

// Missed returns those of the accounts that stand among the missing of a run.
func (t tx) Missed(ctx context.Context, run string, accounts []string) ([]string, error) {
	var missed []string
	if err := t.ofAccounts(ctx, &missed, missedSQL, run, accounts); err != nil {
		return nil, fmt.Errorf("reading who was missing: %w", err)
	}
	return missed, nil
}

// RecordRemovals writes who is missing; a number that is taken is ErrMoved.
func (t tx) RecordRemovals(ctx context.Context, run string, of []provision.Removal) error {
	record := &insertion{
		what:   "who is missing",
		into:   removalsTable,
		shared: []any{run},
		fill: func(r *rows) {
			for _, m := range sorted(of, func(x, y provision.Removal) int { return cmp.Compare(x.N, y.N) }) {
				r.add(m.N, m.Account, string(m.Outcome), string(m.Reason), m.Detail)
			}
		},
	}
	return record.write(ctx, t)
}

// Removals reads up to limit people who were missing, after one of them.
func (s *Store) Removals(ctx context.Context, run string, after, limit int) ([]provision.Removal, error) {
	var all []struct {
		N       int               `db:"n"`
		Account string            `db:"account"`
		Outcome provision.Outcome `db:"outcome"`
		Reason  reason.Code       `db:"reason"`
		Detail  document          `db:"detail"`
	}
	err := s.reading().all(ctx, &all, `SELECT n, CAST(account_id AS text) AS account, outcome, reason, detail FROM run_removals
		WHERE run_id = CAST($1 AS {uuid}) AND n > $2 ORDER BY n LIMIT $3`, run, after, limit)
	if err != nil {
		return nil, fmt.Errorf("reading who was missing: %w", err)
	}
	removals := make([]provision.Removal, len(all))
	for i, m := range all {
		removals[i] = provision.Removal{N: m.N, Account: m.Account, Outcome: m.Outcome, Reason: m.Reason, Detail: json.RawMessage(m.Detail)}
	}
	return removals, nil
}
