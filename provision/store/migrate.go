package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"

	"muster/provision"
)

//go:embed migrations
var migrations embed.FS

// errPending is provision.ErrSchema where Migrate is what is missing.
var errPending = fmt.Errorf("%w: it has to be migrated first (muster db migrate)", provision.ErrSchema)

// A Migration is one version of the schema.
type Migration struct {
	Version   int64
	Name      string    // of its file
	AppliedAt time.Time // zero while pending
}

// Status says where the schema stands.
type Status struct {
	Applied []Migration
	Pending []Migration
	Newer   []int64 // versions this program does not know
}

// Migrate brings the schema to the newest version and returns nil where it
// was there already. Each migration is one transaction; of two programs that
// migrate at once one does it and the other finds it done.
func (s *Store) Migrate(ctx context.Context) error {
	if err := s.upWithOthers(ctx); err != nil {
		return fmt.Errorf("migrating the database: %w", s.ownersWork(err))
	}
	if err := s.checkSchema(ctx); err != nil { // somebody newer was here
		return err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	_, err = s.writing().exec(ctx, `INSERT INTO settings (name, value) VALUES ('database', $1)
		ON CONFLICT (name) DO NOTHING`, id.String())
	return err
}

// ownersWork says who can migrate where this role cannot: what it needs is no
// grant that role.sql has.
func (s *Store) ownersWork(err error) error {
	var denied *provision.DeniedError
	if !errors.As(err, &denied) {
		return err
	}
	return &provision.DeniedError{
		Msg: fmt.Sprintf("the role %q may not change the schema", s.role),
		Err: denied.Err,
		Hint: "migrate with the database URL of the role that owns the tables; " +
			"then let the role of the runs in again: psql -v role=… -f fixtures/deploy/role.sql",
	}
}

// upWithOthers goes on where somebody else was faster with a migration and is
// still at the next. What that looks like depends on where it happened: a key
// that is taken, a lock, or a table that is there already.
func (s *Store) upWithOthers(ctx context.Context) error {
	if s.checkSchema(ctx) == nil { // a role that owns nothing is told so, too
		return nil
	}
	for try := 0; ; try++ {
		before, _ := s.applied(ctx)
		err := s.up(ctx)
		if err == nil || s.checkSchema(ctx) == nil {
			return nil
		}
		now, _ := s.applied(ctx)
		faster := len(now) > len(before)
		if err = s.fault(ctx, err); !faster && !errors.Is(err, provision.ErrMoved) || try == 20 {
			return err
		}
		time.Sleep(100 * time.Millisecond)
	}
}

func (s *Store) up(ctx context.Context) error {
	p, err := s.provider()
	if err != nil {
		return err
	}
	_, err = p.Up(ctx)
	return err
}

func (s *Store) provider() (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations/"+s.d.name)
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectCustom, s.write.DB, files,
		goose.WithStore(versions{s.d}), goose.WithDisableGlobalRegistry(true))
}

// Status reads which migrations were applied; it writes nothing.
func (s *Store) Status(ctx context.Context) (Status, error) {
	p, err := s.provider()
	if err != nil {
		return Status{}, err
	}
	applied, err := s.applied(ctx)
	if err != nil {
		return Status{}, fmt.Errorf("reading the state of the schema: %w", err)
	}
	var st Status
	for _, m := range p.ListSources() {
		at, ok := applied[m.Version]
		delete(applied, m.Version)
		one := Migration{Version: m.Version, Name: m.Path, AppliedAt: at}
		if ok {
			st.Applied = append(st.Applied, one)
		} else {
			st.Pending = append(st.Pending, one)
		}
	}
	for v := range applied {
		if v != 0 {
			st.Newer = append(st.Newer, v)
		}
	}
	slices.Sort(st.Newer)
	return st, nil
}

// applied reads the version table; a database without one has no version.
func (s *Store) applied(ctx context.Context) (map[int64]time.Time, error) {
	var in struct {
		Schema   string `db:"schema"`
		Path     string `db:"path"`
		Encoding string `db:"encoding"`
	}
	if err := s.reading().one(ctx, &in, s.d.schema); err != nil {
		return nil, err
	}
	if in.Encoding != "UTF8" && in.Encoding != "SQL_ASCII" { // that one keeps whatever bytes it gets
		return nil, &provision.ConfigError{
			Msg:  fmt.Sprintf("the database keeps text in %s, in which many names cannot be written", in.Encoding),
			Hint: "make one that keeps it in UTF8: createdb --template template0 --encoding UTF8",
		}
	}
	if in.Schema == "" {
		return nil, &provision.DeniedError{
			Msg: fmt.Sprintf("the role %q may use no schema of the database", s.role),
			Hint: "set search_path, for the role, the database or in its URL, to a schema that is there; where USAGE of it is missing, " +
				grantHint(s.role, ""),
			Err: fmt.Errorf("none of its search_path (%s) is there and granted", in.Path),
		}
	}
	var tables int
	if err := s.reading().one(ctx, &tables, s.d.hasTable, versionTable); err != nil {
		return nil, err
	}
	versions := map[int64]time.Time{}
	if tables == 0 {
		return versions, nil
	}
	var all []struct {
		Version int64  `db:"version"`
		At      moment `db:"applied_at"`
	}
	err := s.reading().all(ctx, &all, `SELECT version, applied_at FROM schema_version`)
	for _, v := range all {
		versions[v.Version] = v.At.Time
	}
	return versions, err
}

func (s *Store) checkSchema(ctx context.Context) error {
	st, err := s.Status(ctx)
	switch {
	case err != nil:
		return err
	case len(st.Newer) > 0:
		return provision.ErrNewer
	case len(st.Pending) > 0:
		return errPending
	}
	return nil
}

// versionTable lists the migrations applied. goose's own table would need a
// sequence on PostgreSQL.
const versionTable = "schema_version"

// versions is goose's view of that table.
type versions struct{ d *dialect }

func (versions) Tablename() string { return versionTable }

func (v versions) CreateVersionTable(ctx context.Context, db database.DBTxConn) error {
	_, err := db.ExecContext(ctx, v.d.sql(`CREATE TABLE IF NOT EXISTS schema_version (
		version bigint PRIMARY KEY, applied_at {ts} NOT NULL)`))
	return err
}

func (v versions) Insert(ctx context.Context, db database.DBTxConn, r database.InsertRequest) error {
	_, err := db.ExecContext(ctx, v.d.sql(`INSERT INTO schema_version (version, applied_at) VALUES ($1, {now})`),
		r.Version)
	return err
}

func (versions) Delete(ctx context.Context, db database.DBTxConn, version int64) error {
	_, err := db.ExecContext(ctx, `DELETE FROM schema_version WHERE version = $1`, version)
	return err
}

func (versions) GetMigration(
	ctx context.Context, db database.DBTxConn, version int64,
) (*database.GetMigrationResult, error) {
	var at moment
	err := db.QueryRowContext(ctx, `SELECT applied_at FROM schema_version WHERE version = $1`, version).Scan(&at)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("%w: %d", database.ErrVersionNotFound, version)
	}
	return &database.GetMigrationResult{Timestamp: at.Time, IsApplied: true}, err
}

func (versions) GetLatestVersion(ctx context.Context, db database.DBTxConn) (int64, error) {
	var version sql.NullInt64
	err := db.QueryRowContext(ctx, `SELECT max(version) FROM schema_version`).Scan(&version)
	if err == nil && !version.Valid {
		return 0, database.ErrVersionNotFound
	}
	return version.Int64, err
}

func (versions) ListMigrations(ctx context.Context, db database.DBTxConn) ([]*database.ListMigrationsResult, error) {
	rs, err := db.QueryContext(ctx, `SELECT version FROM schema_version ORDER BY version DESC`)
	if err != nil {
		return nil, err
	}
	defer rs.Close()
	var all []*database.ListMigrationsResult
	for rs.Next() {
		m := &database.ListMigrationsResult{IsApplied: true}
		if err := rs.Scan(&m.Version); err != nil {
			return nil, err
		}
		all = append(all, m)
	}
	return all, rs.Err()
}
