package store

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"muster/importer/reason"
	"muster/provision"
)

// Fence proves that the lease is still l's and holds it until the transaction
// ends, as the dialect says.
func (t tx) Fence(ctx context.Context, l provision.Lease) error {
	var token int64
	err := t.one(ctx, &token, t.s.d.fence, l.Name, l.Token)
	if errors.Is(err, provision.ErrNotFound) {
		return fmt.Errorf("lease %s: %w", l.Name, provision.ErrFenced)
	}
	return err
}

const recordedSQL = `SELECT l.row_no FROM {rows} AS r CROSS JOIN run_rows AS l
	WHERE l.run_id = CAST($2 AS {uuid}) AND l.row_no = CAST(r.value->>0 AS bigint) ORDER BY l.row_no`

// Recorded returns those of the rows that the ledger of a run has already.
func (t tx) Recorded(ctx context.Context, run string, numbers []int) ([]int, error) {
	if len(numbers) == 0 {
		return nil, nil
	}
	var r rows
	for _, n := range sorted(numbers, cmp.Compare[int]) {
		r.add(n)
	}
	param, err := r.param()
	if err != nil {
		return nil, err
	}
	var recorded []int
	err = t.all(ctx, &recorded, recordedSQL, param, run)
	if err != nil {
		return nil, fmt.Errorf("reading the ledger: %w", err)
	}
	return recorded, nil
}

// Record writes rows of the ledger; a row that is there is ErrMoved.
func (t tx) Record(ctx context.Context, run string, of []provision.LedgerRow) error {
	details := make([]json.RawMessage, len(of))
	ledger := sorted(of, func(x, y provision.LedgerRow) int { return cmp.Compare(x.Row, y.Row) })
	for i, l := range ledger {
		if l.Detail == nil {
			continue
		}
		var err error
		if details[i], err = json.Marshal(l.Detail); err != nil {
			return err
		}
	}
	return t.write(ctx, step{what: "the ledger", into: ledgerTable, more: []any{run}, fill: func(r *rows) {
		for i, l := range ledger {
			var into any
			if l.Into != 0 {
				into = l.Into
			}
			r.add(l.Row, string(l.Outcome), string(l.Reason), orNil(l.Account), into, orNil(l.Link), details[i])
		}
	}})
}

// Ledger reads up to limit rows of a run after one of them, in row order.
func (s *Store) Ledger(ctx context.Context, run string, after, limit int) ([]provision.LedgerRow, error) {
	var all []struct {
		Row     int               `db:"row_no"`
		Outcome provision.Outcome `db:"outcome"`
		Reason  reason.Code       `db:"reason"`
		Account string            `db:"account"`
		Into    int               `db:"into_row"`
		Link    string            `db:"link"`
		Detail  document          `db:"detail"`
	}
	err := s.reading().all(ctx, &all, `SELECT row_no, outcome, reason, COALESCE(CAST(account_id AS text), '') AS account,
		COALESCE(into_row, 0) AS into_row, COALESCE(link_id, '') AS link, detail
		FROM run_rows WHERE run_id = CAST($1 AS {uuid}) AND row_no > $2 ORDER BY row_no LIMIT $3`, run, after, limit)
	if err != nil {
		return nil, fmt.Errorf("reading the ledger: %w", err)
	}
	ledger := make([]provision.LedgerRow, len(all))
	for i, l := range all {
		ledger[i] = provision.LedgerRow{Row: l.Row, Outcome: l.Outcome, Reason: l.Reason, Account: l.Account, Into: l.Into, Link: l.Link}
		if len(l.Detail) == 0 {
			continue
		}
		ledger[i].Detail = new(provision.Detail)
		if err := l.Detail.into(ledger[i].Detail); err != nil {
			return nil, fmt.Errorf("reading the ledger: row %d: %w", l.Row, err)
		}
	}
	return ledger, nil
}
