package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"

	"muster/dedupe"
	"muster/provision"
)

const (
	decidedColumns = `SELECT d.digest, d.record, d.person, d.choice, COALESCE(CAST(d.account_id AS text), '') AS account, d.evidence,
		COALESCE(a.address, '') AS decider, d.decided_at, COALESCE(CAST(d.run_id AS text), '') AS run, d.row_no, d.note
		FROM {rows} AS r CROSS JOIN decisions AS d LEFT JOIN accounts AS a ON a.id = d.decided_by
		WHERE d.organization_id = CAST($2 AS {uuid})`

	decidedSQL       = decidedColumns + ` AND d.digest = r.value->>0 ORDER BY d.digest, d.record`
	decidedPeopleSQL = decidedColumns + ` AND d.person = r.value->>0 ORDER BY d.decided_at, d.digest, d.record`
)

// Decided finds what was decided by the digests of records.
func (d directory) Decided(
	ctx context.Context, organization string, digests []string,
) ([]provision.DecisionRow, error) {
	return d.decided(ctx, decidedSQL, organization, digests)
}

// DecidedPeople finds what was decided about people by the first of their keys,
// whatever they said then, the latest last.
func (d directory) DecidedPeople(
	ctx context.Context, organization string, people []string,
) ([]provision.DecisionRow, error) {
	return d.decided(ctx, decidedPeopleSQL, organization, people)
}

func (q session) decided(
	ctx context.Context, text, organization string, names []string,
) ([]provision.DecisionRow, error) {
	if len(names) == 0 {
		return nil, nil
	}
	var r rows
	for _, n := range unique(names) {
		r.add(n)
	}
	param, err := r.param()
	if err != nil {
		return nil, err
	}
	var all []struct {
		Digest   string        `db:"digest"`
		Record   string        `db:"record"`
		Person   string        `db:"person"`
		Choice   dedupe.Choice `db:"choice"`
		Account  string        `db:"account"`
		Evidence document      `db:"evidence"`
		Decider  string        `db:"decider"`
		At       moment        `db:"decided_at"`
		Run      string        `db:"run"`
		Row      int           `db:"row_no"`
		Note     string        `db:"note"`
	}
	if err := q.all(ctx, &all, text, param, organization); err != nil {
		return nil, fmt.Errorf("reading decisions: %w", err)
	}
	decisions := make([]provision.DecisionRow, len(all))
	for i, d := range all {
		decisions[i] = provision.DecisionRow{
			Run:     d.Run,
			Decider: d.Decider,
			At:      d.At.Time,
			Memory: dedupe.Memory{
				Digest:  d.Digest,
				Record:  d.Record,
				Person:  d.Person,
				Row:     d.Row,
				Choice:  d.Choice,
				Account: d.Account,
				Note:    d.Note,
			},
		}
		if err := d.Evidence.into(&decisions[i].Seen); err != nil {
			return nil, fmt.Errorf("reading decisions: %w", err)
		}
	}
	return decisions, nil
}

// newDecisions remembers decisions; one about the same record takes the place of
// the former.
func newDecisions(b provision.Batch) step {
	s := &statement{
		what: "decisions",
		all:  true,
		more: []any{b.By.Organization, orNil(b.By.Account), stamp(b.By.At), orNil(b.By.Run)},
		text: `INSERT INTO decisions (organization_id, digest, record, person, choice, account_id, evidence,
				decided_by, decided_at, run_id, row_no, note)
			SELECT CAST($2 AS {uuid}), r.value->>0, r.value->>1, r.value->>2, r.value->>3, CAST(r.value->>4 AS {uuid}),
				CAST(r.value->>5 AS {json}), CAST($3 AS {uuid}), CAST($4 AS {ts}), CAST($5 AS {uuid}),
				CAST(r.value->>6 AS bigint), r.value->>7 FROM {rows} AS r
			WHERE true ON CONFLICT (organization_id, digest, record) DO UPDATE SET person = excluded.person,
				choice = excluded.choice, account_id = excluded.account_id, evidence = excluded.evidence,
				decided_by = excluded.decided_by, decided_at = excluded.decided_at, run_id = excluded.run_id,
				row_no = excluded.row_no, note = excluded.note`,
	}
	for _, d := range sorted(b.Decisions, byRecord) {
		var evidence json.RawMessage
		if len(d.Seen) > 0 {
			evidence, _ = json.Marshal(d.Seen) // strings always marshal
		}
		s.rows.add(d.Digest, d.Record, d.Person, string(d.Choice), orNil(d.Account), evidence, d.Row, d.Note)
	}
	return s
}

func byRecord(x, y provision.DecisionRow) int {
	return cmp.Or(cmp.Compare(x.Digest, y.Digest), cmp.Compare(x.Record, y.Record))
}
