package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"muster/provision"
)

const runColumns = `id, kind, fingerprint, organization_id, COALESCE(CAST(operator_id AS text), '') AS operator,
	host, pid, program, out, lists, options, started_at, finished_at, exit_code, summary, purged_at,
	COALESCE(list, '') AS list`

type runRow struct {
	ID           string   `db:"id"`
	Kind         string   `db:"kind"`
	Fingerprint  string   `db:"fingerprint"`
	Organization string   `db:"organization_id"`
	Operator     string   `db:"operator"`
	Host         string   `db:"host"`
	PID          int      `db:"pid"`
	Program      string   `db:"program"`
	Out          string   `db:"out"`
	Lists        document `db:"lists"`
	Options      document `db:"options"`
	Started      moment   `db:"started_at"`
	Finished     moment   `db:"finished_at"`
	ExitCode     int      `db:"exit_code"`
	Summary      document `db:"summary"`
	Purged       moment   `db:"purged_at"`
	List         string   `db:"list"`
}

func (r runRow) run() provision.Run {
	return provision.Run{
		ID:           r.ID,
		Kind:         r.Kind,
		Fingerprint:  r.Fingerprint,
		Organization: r.Organization,
		Operator:     r.Operator,
		Host:         r.Host,
		PID:          r.PID,
		Program:      r.Program,
		Out:          r.Out,
		Lists:        json.RawMessage(r.Lists),
		Options:      json.RawMessage(r.Options),
		StartedAt:    r.Started.Time,
		FinishedAt:   r.Finished.Time,
		ExitCode:     r.ExitCode,
		Summary:      json.RawMessage(r.Summary),
		PurgedAt:     r.Purged.Time,
		List:         r.List,
	}
}

// OpenRun stores a run, or returns the open one of the same fingerprint.
func (s *Store) OpenRun(ctx context.Context, r provision.Run) (run provision.Run, resumed bool, err error) {
	for _, v := range []json.RawMessage{r.Lists, r.Options} {
		if len(v) > 0 && (!json.Valid(v) || namesNUL(v)) {
			return run, false, fmt.Errorf("opening run %s: %w", r.ID, errText)
		}
	}
	var open runRow
	err = s.change(ctx, func(t tx) error {
		n, err := t.exec(ctx,
			`INSERT INTO runs (id, kind, fingerprint, organization_id, operator_id, host, pid, program, out,
				lists, options, started_at, exit_code, list)
			VALUES (CAST($1 AS {uuid}), $2, $3, CAST($4 AS {uuid}), CAST($5 AS {uuid}), $6, $7, $8, $9,
				CAST($10 AS {json}), CAST($11 AS {json}), CAST($12 AS {ts}), 0, $13)
			ON CONFLICT (fingerprint) WHERE finished_at IS NULL DO NOTHING`,
			r.ID, r.Kind, r.Fingerprint, r.Organization, orNil(r.Operator), r.Host, r.PID, r.Program, r.Out,
			object(r.Lists), object(r.Options), stamp(r.StartedAt), orNil(r.List))
		if err != nil {
			return err
		}
		if resumed = n == 0; !resumed {
			if _, err := t.exec(ctx, namedByRunSQL, r.Organization, r.ID); err != nil {
				return err
			}
		}
		err = t.one(ctx, &open, `SELECT `+runColumns+` FROM runs WHERE fingerprint = $1 AND finished_at IS NULL`,
			r.Fingerprint)
		if errors.Is(err, provision.ErrNotFound) { // finished between the two
			return provision.ErrMoved
		}
		return err
	})
	if err != nil {
		return run, false, fmt.Errorf("opening run %s: %w", r.ID, err)
	}
	return open.run(), resumed, nil
}

// FinishRun closes a run; closing it again replaces how it ended.
func (s *Store) FinishRun(ctx context.Context, id string, exit int, summary json.RawMessage, at time.Time) error {
	n, err := s.writing().exec(ctx,
		`UPDATE runs SET exit_code = $2, summary = CAST($3 AS {json}), finished_at = CAST($4 AS {ts})
		WHERE id = CAST($1 AS {uuid})`, id, exit, object(summary), stamp(at))
	if err == nil && n == 0 {
		err = provision.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("finishing run %s: %w", id, err)
	}
	return nil
}

// Run reads a run by its name: "last" is the newest; any other is its id, the
// beginning of it or its last eight digits, where only one fits.
func (s *Store) Run(ctx context.Context, name string) (provision.Run, error) {
	all, err := s.runsNamed(ctx, strings.ToLower(name))
	switch {
	case err != nil:
	case len(all) == 0:
		err = provision.ErrNotFound
	case len(all) > 1:
		err = provision.ErrSeveral
	}
	if err != nil {
		return provision.Run{}, fmt.Errorf("run %q: %w", name, err)
	}
	return all[0].run(), nil
}

// runsNamed finds the runs that a name fits, two at most.
func (s *Store) runsNamed(ctx context.Context, name string) (all []runRow, err error) {
	if name == provision.LastRun {
		err = s.reading().all(ctx, &all, `SELECT `+runColumns+` FROM runs
			ORDER BY coalesce(finished_at, started_at) DESC, started_at DESC, id DESC LIMIT 1`)
		return all, err
	}
	low, high, ok := prefixRange(name)
	if !ok {
		return nil, nil
	}
	ending := "" // fits none
	if len(name) == provision.ShortRunLength {
		ending = name
	}
	err = s.reading().all(ctx, &all, `SELECT `+runColumns+` FROM runs
		WHERE id BETWEEN CAST($1 AS {uuid}) AND CAST($2 AS {uuid}) OR substr(CAST(id AS text), 29) = $3 ORDER BY id LIMIT 2`, low, high, ending)
	return all, err
}

// prefixRange is the first and the last UUID that begins with a prefix.
func prefixRange(prefix string) (low, high string, ok bool) {
	const least, most = "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"
	prefix = strings.ToLower(prefix)
	if prefix == "" || len(prefix) > len(least) {
		return "", "", false
	}
	for i, c := range []byte(prefix) {
		if dash := least[i] == '-'; dash != (c == '-') || !dash && !strings.ContainsRune("0123456789abcdef", rune(c)) {
			return "", "", false
		}
	}
	return prefix + least[len(prefix):], prefix + most[len(prefix):], true
}

// Runs lists the runs of an organization, newest first; of all where it is "".
func (s *Store) Runs(ctx context.Context, organization string, limit int) ([]provision.Run, error) {
	if organization == "" {
		organization = everywhere
	}
	var all []runRow
	err := s.reading().all(ctx, &all, `SELECT `+runColumns+` FROM runs
		WHERE CAST($1 AS {uuid}) IN (organization_id, CAST($2 AS {uuid}))
		ORDER BY started_at DESC, id DESC LIMIT $3`, organization, everywhere, limit)
	if err != nil {
		return nil, fmt.Errorf("reading runs: %w", err)
	}
	return runsOf(all), nil
}

// RunsOf lists the runs of an organization that have a fingerprint, the newest
// first.
func (s *Store) RunsOf(ctx context.Context, organization, fingerprint string) ([]provision.Run, error) {
	var all []runRow
	err := s.reading().all(ctx, &all, `SELECT `+runColumns+` FROM runs
		WHERE organization_id = $1 AND fingerprint = $2
		ORDER BY started_at DESC, id DESC`, organization, fingerprint)
	if err != nil {
		return nil, fmt.Errorf("reading runs: %w", err)
	}
	return runsOf(all), nil
}

// Undoings lists the finished runs of an organization that took others back, and were
// begun after a moment, the newest first.
func (s *Store) Undoings(ctx context.Context, organization string, after time.Time) ([]provision.Run, error) {
	var all []runRow
	err := s.reading().all(ctx, &all, `SELECT `+runColumns+` FROM runs
		WHERE organization_id = CAST($1 AS {uuid}) AND kind = $2 AND started_at >= CAST($3 AS {ts}) AND finished_at IS NOT NULL
		ORDER BY started_at DESC, id DESC`, organization, provision.UndoKind, stamp(after))
	if err != nil {
		return nil, fmt.Errorf("reading what was taken back: %w", err)
	}
	return runsOf(all), nil
}

func runsOf(rows []runRow) []provision.Run {
	runs := make([]provision.Run, len(rows))
	for i, r := range rows {
		runs[i] = r.run()
	}
	return runs
}

// Purgeable lists the runs of an organization that were finished before a time
// and are not purged yet, the earliest first.
func (s *Store) Purgeable(ctx context.Context, organization string, before time.Time) ([]provision.Run, error) {
	var all []runRow
	err := s.reading().all(ctx, &all, `SELECT `+runColumns+` FROM runs
		WHERE organization_id = CAST($1 AS {uuid}) AND finished_at < CAST($2 AS {ts}) AND purged_at IS NULL
		ORDER BY finished_at, id`, organization, stamp(before))
	if err != nil {
		return nil, fmt.Errorf("reading runs: %w", err)
	}
	return runsOf(all), nil
}

// Purge empties the details of a finished run's rows, by what they know their
// person, and marks the run. It
// returns how many rows had any; provision.ErrNotFound where the run is open,
// or purged already.
func (t tx) Purge(ctx context.Context, run string, at time.Time) (int, error) {
	n, err := t.exec(ctx, `UPDATE runs SET purged_at = CAST($2 AS {ts})
		WHERE id = CAST($1 AS {uuid}) AND finished_at IS NOT NULL AND purged_at IS NULL`, run, stamp(at))
	if err == nil && n == 0 {
		err = provision.ErrNotFound
	}
	if err == nil {
		n, err = t.exec(ctx,
			`UPDATE run_rows SET detail = NULL WHERE run_id = CAST($1 AS {uuid}) AND detail IS NOT NULL`, run)
	}
	if err == nil {
		_, err = t.exec(ctx,
			`UPDATE run_rows SET person = NULL WHERE run_id = CAST($1 AS {uuid}) AND person IS NOT NULL`, run)
	}
	if err == nil {
		_, err = t.exec(ctx,
			`UPDATE audit_private SET detail = NULL WHERE run_id = CAST($1 AS {uuid}) AND detail IS NOT NULL`, run)
	}
	if err != nil {
		return 0, fmt.Errorf("purging run %s: %w", run, err)
	}
	t.s.erased.Store(true)
	return int(n), nil
}
