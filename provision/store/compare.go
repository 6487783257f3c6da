package store

import (
	"context"
	"fmt"
	"strings"

	"muster/importer/reason"
	"muster/provision"
)

// LastRun reads the last run of a list that came to its end; provision.ErrNotFound
// where there is none. One of which nothing held any more tells of nobody, and is none; a
// review tells of a few rows alone.
func (s *Store) LastRun(ctx context.Context, of provision.LastOf) (provision.Run, error) {
	var r runRow
	err := s.reading().one(ctx, &r, `SELECT `+runColumns+` FROM runs
		WHERE organization_id = CAST($1 AS {uuid}) AND list = $2 AND started_at < CAST($3 AS {ts})
			AND finished_at IS NOT NULL AND summary IS NOT NULL AND exit_code <> 12 AND kind <> 'review'
		ORDER BY started_at DESC, id DESC LIMIT 1`, of.Organization, of.List, stamp(of.Before))
	if err != nil {
		return provision.Run{}, fmt.Errorf("reading the last run of a list: %w", err)
	}
	return r.run(), nil
}

// The people of two runs, an earlier one $1 and a later one $2, once each: where
// they stand in both, and what became of them. Grouping needs no look-up a person,
// and no more memory than the database gives a sort.
const comparedPeople = `SELECT account_id,
		min(CASE WHEN run_id = CAST($1 AS {uuid}) THEN row_no END) AS was,
		min(CASE WHEN run_id = CAST($2 AS {uuid}) THEN row_no END) AS now,
		max(CASE WHEN run_id = CAST($2 AS {uuid}) AND outcome IN ('created', 'claimed', 'updated') THEN 1 ELSE 0 END) AS written,
		max(CASE WHEN run_id = CAST($1 AS {uuid}) AND (outcome = 'blocked' OR reason = 'blocked_now') THEN 1 ELSE 0 END) AS was_blocked,
		max(CASE WHEN run_id = CAST($2 AS {uuid}) AND (outcome = 'blocked' OR reason = 'blocked_now') THEN 1 ELSE 0 END) AS now_blocked,
		max(CASE WHEN run_id = CAST($1 AS {uuid}) THEN COALESCE(differs, '') ELSE '' END) AS was_differs,
		max(CASE WHEN run_id = CAST($2 AS {uuid}) THEN COALESCE(differs, '') ELSE '' END) AS now_differs
	FROM run_rows WHERE run_id IN (CAST($1 AS {uuid}), CAST($2 AS {uuid})) AND account_id IS NOT NULL GROUP BY account_id`

// The rows of both that are held or rejected, by whom they tell of: how many there
// are of each reason, and whether there are any whatever the reason.
const comparedRows = `SELECT person, outcome, reason, was, now, was_n, now_n,
		max(now_n) OVER (PARTITION BY person, outcome) AS now_any
	FROM (SELECT person, outcome, reason,
			min(CASE WHEN run_id = CAST($1 AS {uuid}) THEN row_no END) AS was,
			min(CASE WHEN run_id = CAST($2 AS {uuid}) THEN row_no END) AS now,
			sum(CASE WHEN run_id = CAST($1 AS {uuid}) THEN 1 ELSE 0 END) AS was_n,
			sum(CASE WHEN run_id = CAST($2 AS {uuid}) THEN 1 ELSE 0 END) AS now_n
		FROM run_rows WHERE run_id IN (CAST($1 AS {uuid}), CAST($2 AS {uuid})) AND outcome IN ('review', 'rejected')
			AND reason <> 'skipped' AND person IS NOT NULL GROUP BY person, outcome, reason) AS g`

// Who had rows that were held in the earlier run and has none in the later one, by whom
// they tell of: how many rows they had, how many of them are in there, how many somebody
// decided to leave out, and how many they have there whatever became of them.
var comparedHeld = `SELECT * FROM (SELECT person,
			min(CASE WHEN ` + heldThen + ` THEN row_no END) AS was,
			min(CASE WHEN ` + inNow + ` THEN row_no END) AS taken_in,
			min(CASE WHEN ` + leftOutNow + ` THEN row_no END) AS left_out,
			min(CASE WHEN ` + heldThen + ` THEN reason END) AS was_reason,
			min(CASE WHEN ` + inNow + ` THEN reason END) AS in_reason,
			sum(CASE WHEN ` + heldThen + ` THEN 1 ELSE 0 END) AS was_n,
			sum(CASE WHEN ` + inNow + ` THEN 1 ELSE 0 END) AS in_n,
			sum(CASE WHEN ` + leftOutNow + ` THEN 1 ELSE 0 END) AS left_n,
			sum(CASE WHEN run_id = CAST($2 AS {uuid}) THEN 1 ELSE 0 END) AS now_n,
			sum(CASE WHEN run_id = CAST($2 AS {uuid}) AND outcome = 'review' AND reason <> 'skipped' THEN 1 ELSE 0 END) AS held_n
		FROM run_rows WHERE run_id IN (CAST($1 AS {uuid}), CAST($2 AS {uuid})) AND ` + among(`person`, `
			SELECT h.person FROM run_rows AS h WHERE h.run_id = CAST($1 AS {uuid}) AND h.outcome = 'review'
				AND h.reason <> 'skipped' AND h.person IS NOT NULL`) + `
		GROUP BY person) AS g WHERE held_n = 0`

const (
	heldThen   = `run_id = CAST($1 AS {uuid}) AND outcome = 'review' AND reason <> 'skipped'`
	inNow      = `run_id = CAST($2 AS {uuid}) AND outcome IN ('created', 'claimed', 'updated', 'unchanged', 'merged')`
	leftOutNow = `run_id = CAST($2 AS {uuid}) AND reason = 'skipped'`
)

// Those who are missing from the lists of the later run, and have lost something.
const comparedRemovals = `SELECT account_id, n AS now, outcome FROM run_removals
	WHERE run_id = CAST($2 AS {uuid}) AND run_id <> CAST($1 AS {uuid})`

// A person was held where a row of the earlier run that was held tells of the one who has
// the account in the later one: they were on the list. A person is on the list still where a
// row without an account tells of them; they are back where a run of the list $3 has them
// that is older than both.
var (
	stillThere = `account_id IN (SELECT x.account_id FROM run_rows AS x WHERE x.run_id = CAST($1 AS {uuid})
		AND x.account_id IS NOT NULL AND ` + among(`x.person`, `SELECT y.person FROM run_rows AS y
			WHERE y.run_id = CAST($2 AS {uuid}) AND y.account_id IS NULL AND y.person IS NOT NULL`) + `)`

	wasHeld = `account_id IN (SELECT y.account_id FROM run_rows AS y WHERE y.run_id = CAST($2 AS {uuid})
		AND y.account_id IS NOT NULL AND ` + among(`y.person`, `SELECT x.person FROM run_rows AS x
			WHERE x.run_id = CAST($1 AS {uuid}) AND x.outcome = 'review' AND x.reason <> 'skipped' AND x.person IS NOT NULL`) + `)`

	thereBefore = `EXISTS (SELECT 1 FROM run_rows AS x JOIN runs AS u ON u.id = x.run_id
		WHERE x.account_id = p.account_id AND u.list = $3 AND u.kind <> 'review' AND u.finished_at IS NOT NULL
			AND u.id NOT IN (CAST($1 AS {uuid}), CAST($2 AS {uuid}))
			AND u.started_at < (SELECT f.started_at FROM runs AS f WHERE f.id = CAST($1 AS {uuid})))`
)

// among finds a value in what a query without parameters of the row returns, which is read
// once and looked up by its hash. A bare IN is made a join, and a server that has not yet
// looked at the rows of two runs takes them for one row each: it then goes through the whole
// of one run for each row of the other.
func among(value, query string) string { return `(` + value + ` IN (` + query + `)) IS TRUE` }

// turning says, for each turn, which people or rows have taken it.
var turning = map[provision.Turn]string{
	provision.TurnedNew:       `was IS NULL AND NOT ` + wasHeld + ` AND NOT ` + thereBefore,
	provision.TurnedBack:      `was IS NULL AND NOT ` + wasHeld + ` AND ` + thereBefore,
	provision.TurnedUpdated:   `was IS NOT NULL AND now IS NOT NULL AND written = 1 AND now_blocked = 0`,
	provision.TurnedGone:      `now IS NULL AND NOT ` + stillThere,
	provision.TurnedRemoved:   `outcome = 'removed'`,
	provision.TurnedDiffering: `now_differs <> '' AND now_differs <> was_differs`,
	provision.TurnedBlocked:   `now_blocked = 1 AND was_blocked = 0`,
	provision.TurnedHeld:      `outcome = 'review' AND was_n = 0`,
	provision.TurnedRejected:  `outcome = 'rejected' AND was_n = 0`,
	provision.TakenIn:         `in_n > 0`,
	provision.LeftOut:         `left_n > 0`,
	provision.HeldGone:        `now_n < was_n`,
	provision.Mended:          `outcome = 'rejected' AND now_any = 0`,
}

// compared is what a turn is looked for in, and how it is counted.
func compared(t provision.Turn) (from, count string) {
	switch {
	case t == provision.TakenIn:
		return comparedHeld, "CASE WHEN in_n > was_n THEN was_n ELSE in_n END"
	case t == provision.LeftOut:
		return comparedHeld, "CASE WHEN left_n > was_n THEN was_n ELSE left_n END"
	case t == provision.HeldGone:
		return comparedHeld, "was_n - now_n"
	case t.OfRemovals():
		return comparedRemovals, "1"
	case !t.OfRows():
		return comparedPeople, "1"
	case t.OfEarlier():
		return comparedRows, "was_n"
	}
	return comparedRows, "now_n"
}

// countingTurns counts each turn that is looked for in one of the four.
func countingTurns(from string) string {
	var sums []string
	for _, t := range provision.Turns {
		if in, count := compared(t); in == from {
			sums = append(sums, `SELECT '`+string(t)+`' AS turn, sum(`+count+`) AS n FROM found AS p WHERE `+turning[t])
		}
	}
	return `WITH found AS MATERIALIZED (` + from + `) ` + strings.Join(sums, ` UNION ALL `)
}

// Compare counts what is otherwise in a later run than in an earlier one of the
// same list; what nothing has become of is left out.
func (s *Store) Compare(ctx context.Context, earlier, later provision.Run) (map[provision.Turn]int, error) {
	turns := map[provision.Turn]int{}
	for _, from := range []string{comparedPeople, comparedRows, comparedHeld, comparedRemovals} {
		var all []struct {
			Turn provision.Turn `db:"turn"`
			N    *int           `db:"n"`
		}
		args := []any{earlier.ID, later.ID}
		if from == comparedPeople {
			args = append(args, later.List)
		}
		if err := s.reading().all(ctx, &all, countingTurns(from), args...); err != nil {
			return nil, fmt.Errorf("comparing runs: %w", err)
		}
		for _, t := range all {
			if t.N != nil && *t.N > 0 {
				turns[t.Turn] = *t.N
			}
		}
	}
	return turns, nil
}

// Turned reads who or what took a turn, in the order of rows, up to limit after one.
func (s *Store) Turned(
	ctx context.Context, earlier, later provision.Run, t provision.Turn, after, limit int,
) ([]provision.Turned, error) {
	from, _ := compared(t)
	row, account, why := "now", "CAST(account_id AS text)", "''"
	if t.OfEarlier() {
		row = "was"
	}
	if t.OfRows() {
		account, why = "''", "reason"
	}
	switch t {
	case provision.TakenIn:
		row, why = "taken_in", "in_reason"
	case provision.LeftOut:
		row, why = "left_out", "'skipped'"
	case provision.HeldGone:
		why = "was_reason"
	}
	var all []struct {
		Account string      `db:"account"`
		Row     int         `db:"row_no"`
		Reason  reason.Code `db:"reason"`
	}
	args := []any{earlier.ID, later.ID, after, limit}
	where := turning[t]
	if strings.Contains(where, "$3") {
		where = strings.ReplaceAll(where, "$3", "$5")
		args = append(args, later.List)
	}
	err := s.reading().all(ctx, &all, `WITH found AS MATERIALIZED (`+from+`)
		SELECT `+account+` AS account, `+row+` AS row_no, `+why+` AS reason FROM found AS p
		WHERE `+where+` AND `+row+` > $3 ORDER BY `+row+` LIMIT $4`, args...)
	if err != nil {
		return nil, fmt.Errorf("comparing runs: %w", err)
	}
	turned := make([]provision.Turned, len(all))
	for i, r := range all {
		turned[i] = provision.Turned{Account: r.Account, Row: r.Row, Reason: r.Reason}
	}
	return turned, nil
}
