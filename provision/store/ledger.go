package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"

	"muster/importer/reason"
	"muster/provision"
)

// recordedSQL probes the ledger once for each row, as resolveSQL does: a join reads all
// that the run has written, where the planner takes that for next to nothing.
const recordedSQL = `WITH asked AS MATERIALIZED (SELECT (
	SELECT l.row_no FROM run_rows AS l WHERE l.run_id = CAST($2 AS {uuid}) AND l.row_no = CAST(r.value->>0 AS bigint)
) AS row_no FROM {rows} AS r) SELECT row_no FROM asked WHERE row_no IS NOT NULL ORDER BY row_no`

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
	record := &insertion{
		what:   "the ledger",
		into:   ledgerTable,
		shared: []any{run},
		fill: func(r *rows) {
			for i, l := range ledger {
				var into any
				if l.Into != 0 {
					into = l.Into
				}
				r.add(l.Row, string(l.Outcome), string(l.Reason), orNil(l.Account), into, orNil(l.Link), details[i],
					orNil(l.Person), orNil(l.Differs))
			}
		},
	}
	if len(ledger) > 0 {
		if err := namesRun(run).write(ctx, t); err != nil {
			return err
		}
	}
	return record.write(ctx, t)
}

// ledgerRangeSQL reads the rows that follow one directly. A range of numbers is
// as quick whatever the planner believes of a ledger that has just been written;
// with a limit alone it may sort all that is left of it for each page.
const (
	ledgerRangeSQL = `SELECT ` + ledgerColumns + ` FROM run_rows AS l
		WHERE l.run_id = CAST($1 AS {uuid}) AND l.row_no > $2 AND l.row_no <= $3 ORDER BY l.row_no`
	ledgerNextSQL = `SELECT ` + ledgerColumns + ` FROM run_rows AS l
		WHERE l.run_id = CAST($1 AS {uuid}) AND l.row_no > $2 ORDER BY l.row_no LIMIT $3`
)

// Ledger reads up to limit rows of a run after one of them, in row order. Where
// numbers are missing among those that follow, it looks beyond them.
func (s *Store) Ledger(ctx context.Context, run string, after, limit int) ([]provision.LedgerRow, error) {
	all := make([]ledgerRow, 0, limit)
	err := s.reading().all(ctx, &all, ledgerRangeSQL, run, after, after+limit)
	if missing := limit - len(all); err == nil && missing > 0 {
		var beyond []ledgerRow
		err = s.reading().all(ctx, &beyond, ledgerNextSQL, run, after+limit, missing)
		all = append(all, beyond...)
	}
	if err != nil {
		return nil, fmt.Errorf("reading the ledger: %w", err)
	}
	ledger := make([]provision.LedgerRow, len(all))
	for i, l := range all {
		if ledger[i], err = l.row(); err != nil {
			return nil, err
		}
	}
	return ledger, nil
}

const accountRowsSQL = `SELECT l.run_id, ` + ledgerColumns + ` FROM run_rows AS l JOIN runs AS u ON u.id = l.run_id
	WHERE l.account_id = CAST($1 AS {uuid}) AND u.organization_id = CAST($2 AS {uuid})
	ORDER BY u.started_at DESC, l.run_id DESC, l.row_no LIMIT $3`

// AccountRows reads the rows of an organization's runs that led to an account,
// those of the newest run first.
func (s *Store) AccountRows(ctx context.Context, organization, account string, limit int) ([]provision.RunRow, error) {
	var all []struct {
		Run string `db:"run_id"`
		ledgerRow
	}
	if err := s.reading().all(ctx, &all, accountRowsSQL, account, organization, limit); err != nil {
		return nil, fmt.Errorf("reading the ledger: %w", err)
	}
	found := make([]provision.RunRow, len(all))
	for i, l := range all {
		row, err := l.row()
		if err != nil {
			return nil, err
		}
		found[i] = provision.RunRow{Run: l.Run, LedgerRow: row}
	}
	return found, nil
}

const ledgerColumns = `l.row_no, l.outcome, l.reason, COALESCE(CAST(l.account_id AS text), '') AS account,
	COALESCE(l.into_row, 0) AS into_row, COALESCE(l.link_id, '') AS link, l.detail,
	COALESCE(l.person, '') AS person, COALESCE(l.differs, '') AS differs`

// ledgerRow reads ledgerColumns.
type ledgerRow struct {
	Row     int               `db:"row_no"`
	Outcome provision.Outcome `db:"outcome"`
	Reason  reason.Code       `db:"reason"`
	Account string            `db:"account"`
	Into    int               `db:"into_row"`
	Link    string            `db:"link"`
	Detail  document          `db:"detail"`
	Person  string            `db:"person"`
	Differs string            `db:"differs"`
}

func (l ledgerRow) row() (provision.LedgerRow, error) {
	row := provision.LedgerRow{
		Row:     l.Row,
		Outcome: l.Outcome,
		Reason:  l.Reason,
		Account: l.Account,
		Into:    l.Into,
		Link:    l.Link,
		Person:  l.Person,
		Differs: l.Differs,
	}
	if len(l.Detail) == 0 {
		return row, nil
	}
	row.Detail = new(provision.Detail)
	if err := l.Detail.into(row.Detail); err != nil {
		return row, fmt.Errorf("reading the ledger: row %d: %w", l.Row, err)
	}
	return row, nil
}
