package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"muster/importer/record"
	"muster/provision"
)

const sourcesSQL = `SELECT s.name, b.slug AS brand, s.kind, s.header, COALESCE(CAST(s.last_run AS text), '') AS last_run,
	s.last_rows, s.last_at, s.usual_seconds, s.held_at, COALESCE(CAST(s.held_run AS text), '') AS held_run, s.held_why,
	s.ended_at, COALESCE(CAST(s.ended_run AS text), '') AS ended_run, s.renamed_to, s.created_at
	FROM sources AS s JOIN brands AS b ON b.id = s.brand_id
	WHERE s.organization_id = CAST($1 AS {uuid})`

// Sources reads the sources of an organization.
func (s *Store) Sources(ctx context.Context, organization string) ([]provision.Source, error) {
	return s.reading().sources(ctx, organization, sourcesSQL+` ORDER BY s.name`, organization)
}

// Source reads one of them.
func (s *Store) Source(ctx context.Context, organization, name string) (provision.Source, error) {
	all, err := s.reading().sources(ctx, organization, sourcesSQL+` AND s.name = $2`, organization, name)
	if err == nil && len(all) == 0 {
		err = provision.ErrNotFound
	}
	if err != nil {
		return provision.Source{}, err
	}
	return all[0], nil
}

func (q session) sources(ctx context.Context, organization, text string, args ...any) ([]provision.Source, error) {
	var all []struct {
		Name      string      `db:"name"`
		Brand     string      `db:"brand"`
		Kind      record.Kind `db:"kind"`
		Header    document    `db:"header"`
		LastRun   string      `db:"last_run"`
		LastRows  int         `db:"last_rows"`
		LastAt    moment      `db:"last_at"`
		Usual     int64       `db:"usual_seconds"`
		HeldAt    moment      `db:"held_at"`
		HeldRun   string      `db:"held_run"`
		HeldWhy   string      `db:"held_why"`
		EndedAt   moment      `db:"ended_at"`
		EndedRun  string      `db:"ended_run"`
		RenamedTo string      `db:"renamed_to"`
		CreatedAt moment      `db:"created_at"`
	}
	if err := q.all(ctx, &all, text, args...); err != nil {
		return nil, fmt.Errorf("reading sources: %w", err)
	}
	sources := make([]provision.Source, len(all))
	for i, s := range all {
		sources[i] = provision.Source{
			Organization: organization,
			Name:         s.Name,
			Brand:        s.Brand,
			Kind:         s.Kind,
			LastRun:      s.LastRun,
			LastRows:     s.LastRows,
			LastAt:       s.LastAt.Time,
			Usual:        time.Duration(s.Usual) * time.Second,
			HeldAt:       s.HeldAt.Time,
			HeldRun:      s.HeldRun,
			HeldWhy:      s.HeldWhy,
			EndedAt:      s.EndedAt.Time,
			EndedRun:     s.EndedRun,
			RenamedTo:    s.RenamedTo,
			CreatedAt:    s.CreatedAt.Time,
		}
		if err := s.Header.into(&sources[i].Header); err != nil {
			return nil, fmt.Errorf("reading sources: %s: %w", s.Name, err)
		}
	}
	return sources, nil
}

// SaveSource makes a source, or writes over what is known of it; its brand is
// one of its organization, or nothing is saved (ErrMoved).
func (t tx) SaveSource(ctx context.Context, s provision.Source) error {
	header, err := json.Marshal(s.Header)
	if err != nil {
		return err
	}
	n, err := t.exec(ctx, `INSERT INTO sources (organization_id, name, brand_id, kind, header, last_run, last_rows, last_at,
			held_at, held_run, held_why, created_at, usual_seconds, ended_at, ended_run, renamed_to)
		SELECT b.organization_id, $2, b.id, $4, CAST($5 AS {json}), CAST($6 AS {uuid}), CAST($7 AS bigint), CAST($8 AS {ts}),
			CAST($9 AS {ts}), CAST($10 AS {uuid}), $11, CAST($12 AS {ts}), CAST($13 AS bigint), CAST($14 AS {ts}),
			CAST($15 AS {uuid}), $16
		FROM brands AS b WHERE b.organization_id = CAST($1 AS {uuid}) AND b.slug = $3
		ON CONFLICT (organization_id, name) DO UPDATE SET header = excluded.header, last_run = excluded.last_run,
			last_rows = excluded.last_rows, last_at = excluded.last_at, held_at = excluded.held_at,
			held_run = excluded.held_run, held_why = excluded.held_why, usual_seconds = excluded.usual_seconds,
			ended_at = excluded.ended_at, ended_run = excluded.ended_run, renamed_to = excluded.renamed_to`,
		s.Organization, s.Name, s.Brand, string(s.Kind), string(header), orNil(s.LastRun), s.LastRows, stampOrNil(s.LastAt),
		stampOrNil(s.HeldAt), orNil(s.HeldRun), s.HeldWhy, stamp(s.CreatedAt),
		int64(s.Usual/time.Second), stampOrNil(s.EndedAt), orNil(s.EndedRun), s.RenamedTo)
	if err == nil && n != 1 {
		err = short("saving source "+s.Name, 1, n)
	}
	return err
}

// RenameSource makes whom a source named, what it gave and its runs those of another
// name. The sources themselves are saved by SaveSource.
func (t tx) RenameSource(ctx context.Context, organization, from, to string) error {
	for _, text := range []string{
		`UPDATE source_people SET source = $3 WHERE organization_id = CAST($1 AS {uuid}) AND source = $2`,
		`UPDATE sync_grants SET source = $3 WHERE organization_id = CAST($1 AS {uuid}) AND source = $2`,
	} {
		if _, err := t.exec(ctx, text, organization, from, to); err != nil {
			return fmt.Errorf("renaming source %s: %w", from, err)
		}
	}
	_, err := t.exec(ctx, `UPDATE runs SET list = $3 WHERE organization_id = CAST($1 AS {uuid}) AND list = $2`,
		organization, provision.SourceListName(from), provision.SourceListName(to))
	if err != nil {
		return fmt.Errorf("renaming source %s: %w", from, err)
	}
	return nil
}
