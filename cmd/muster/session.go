package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"runtime"
	"strconv"
	"time"

	"github.com/google/uuid"

	"muster/cmd/muster/flags"
	"muster/cmd/muster/view"
	"muster/importer"
	"muster/provision"
	"muster/provision/directory"
	"muster/provision/link"
	"muster/provision/report"
	"muster/provision/store"
)

// session is an engine with its database open. Close it.
type session struct {
	*provision.Engine
	db         flags.Database
	store      *store.Store
	view       view.View
	loaded     bool   // a directory was loaded into the database itself
	rejected   int    // rows of the directory that were left out
	leftOutFor string // why they were
	made       string // folder of a report that was not there before
	clean      func() // of what was made for this session alone
}

func (s *session) close() {
	if s.store != nil {
		if err := s.store.Close(); errors.Is(err, provision.ErrLingers) {
			s.view.Tell(provision.Notice{Text: fmt.Sprintf("%v, as somebody else reads it: once nobody does, "+
				"sqlite3 %s 'PRAGMA wal_checkpoint(TRUNCATE)' sees to it", err, s.db.URL)})
		}
	}
	s.view.Close()
	if s.clean != nil {
		s.clean()
	}
}

// firstUse says what a command wants where the embedded database does not
// exist yet, or holds nothing.
type firstUse struct {
	operator string   // of the first administrator, "" for the default
	baseURL  string   // "" for the default
	lists    []string // looked at before anything is made
	reading  importer.Options
}

// openToWrite opens the database for a command that writes. The embedded one
// is made where it is absent, and its keys with it. On PostgreSQL keys are
// asked for where links are made.
func (a *app) openToWrite(ctx context.Context, v view.View, first *firstUse, links bool) (*session, error) {
	d, err := a.database()
	if err != nil {
		return nil, err
	}
	made := d.Absent()
	if made {
		if err := first.check(); err != nil {
			return nil, err
		}
	}
	db, err := openStore(ctx, d, store.Config{Create: d.Embedded})
	if err != nil {
		return nil, err
	}
	if made {
		v.Tell(provision.Notice{Text: "made the database " + d.URL})
	}
	s := a.session(d, db, v)
	if d.Embedded || links {
		err = a.signLinks(ctx, s)
	}
	if err == nil && d.Embedded && first != nil {
		err = first.use(ctx, s)
	}
	if err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func (a *app) session(d flags.Database, db *store.Store, v view.View) *session {
	s := &session{db: d, store: db, view: v, Engine: a.engine(db, v)}
	s.Folders = folders{Folders: report.Folders{Zone: time.Local}, made: &s.made}
	return s
}

// signLinks gives a session the keys of its database, which may be new.
func (a *app) signLinks(ctx context.Context, s *session) error {
	ring, made, err := a.firstKeyring(ctx, s.db, s.store)
	if err != nil {
		return err
	}
	if made {
		s.view.Tell(provision.Notice{Text: fmt.Sprintf("made the keys of the links, %s: keep a copy, and keep it to "+
			"yourself", s.db.Keys)})
	}
	return s.sign(ctx, ring)
}

// signIfAny gives a session the keys of its database, if there are any: who was
// erased is known by them.
func (a *app) signIfAny(ctx context.Context, s *session) error {
	if s.Links != nil {
		return nil
	}
	ring, err := a.keyringIfAny(s.db)
	if err != nil {
		return err
	}
	return s.sign(ctx, ring)
}

// sign gives a session the keys of a ring, if there is one. They have to be
// those that the database knows by their ids, or some of them.
func (s *session) sign(ctx context.Context, ring *link.Keyring) error {
	if ring == nil {
		return nil
	}
	s.Links = link.Maker(ring)
	_, err := provision.FitKeys(ctx, s.Store, s.Links.Checks())
	return err
}

// check looks at the lists, so that a slip of the pen makes no database.
func (f *firstUse) check() error {
	if f == nil {
		return nil
	}
	for _, path := range f.lists {
		if path == "-" {
			continue
		}
		lists, err := importer.OpenAll(path, f.reading)
		if err != nil {
			return err
		}
		for _, l := range lists {
			if err := l.Close(); err != nil {
				return err
			}
		}
	}
	return nil
}

func (f *firstUse) use(ctx context.Context, s *session) error {
	words, err := directory.FirstUse(ctx, s.Engine, f.operator, f.baseURL)
	for _, w := range words {
		s.view.Tell(provision.Notice{Text: w})
	}
	return err
}

// openToRead opens the database for a command that writes nothing. It has no
// keys.
func (a *app) openToRead(ctx context.Context, v view.View) (*session, error) {
	d, err := a.database()
	if err != nil {
		return nil, err
	}
	db, err := openStore(ctx, d, store.Config{})
	if err != nil {
		return nil, err
	}
	return a.session(d, db, v), nil
}

// openToPlan is openToRead, but for an embedded database that does not exist:
// then the plan is made against a temporary one, as the first use would make.
func (a *app) openToPlan(ctx context.Context, v view.View, first *firstUse, loads bool) (*session, error) {
	d, err := a.database()
	if err != nil {
		return nil, err
	}
	if !d.Absent() {
		s, err := a.openToRead(ctx, v)
		if err != nil {
			return nil, err
		}
		ring, err := a.keyringIfAny(d)
		if err == nil && loads && d.Embedded {
			err = a.copied(ctx, s)
		}
		if err == nil {
			err = s.sign(ctx, ring)
		}
		if err != nil {
			s.close()
			return nil, err
		}
		return s, nil
	}
	dir, err := os.MkdirTemp("", "muster-plan-")
	if err != nil {
		return nil, fmt.Errorf("making a folder for the plan: %w", err)
	}
	s := &session{db: d, view: v, clean: func() { _ = os.RemoveAll(dir) }}
	temporary := flags.Database{URL: filepath.Join(dir, flags.DefaultDatabase), Embedded: true}
	if s.store, err = openStore(ctx, temporary, store.Config{Create: true}); err != nil {
		s.close()
		return nil, err
	}
	s.Engine = a.engine(unborn{s.store}, v)
	if _, err := directory.FirstUse(ctx, s.Engine, first.operator, first.baseURL); err != nil {
		s.close()
		return nil, err
	}
	v.Tell(provision.Notice{Text: "there is no database " + d.URL + " yet: this is the plan for a new one"})
	return s, nil
}

// copied puts a copy of the database in its place, for a plan to load a
// directory into: a plan writes nothing.
func (a *app) copied(ctx context.Context, s *session) error {
	dir, err := os.MkdirTemp("", "muster-plan-")
	if err != nil {
		return fmt.Errorf("making a folder for the plan: %w", err)
	}
	s.clean = func() { _ = os.RemoveAll(dir) }
	copied := flags.Database{URL: filepath.Join(dir, flags.DefaultDatabase), Embedded: true}
	if err := s.store.Copy(ctx, copied.URL); err != nil {
		return err
	}
	original := s.store
	if s.store, err = openStore(ctx, copied, store.Config{}); err != nil {
		s.store = original
		return err
	}
	s.Engine = a.engine(s.store, s.view)
	return original.Close()
}

// unborn is a database that stands for one which the first import will make.
type unborn struct{ *store.Store }

// Database is what such a plan is bound to.
func (unborn) Database(context.Context) (string, error) { return provision.NewDatabase, nil }

// clock is what time it is. Tests move it.
var clock = time.Now

func (a *app) engine(db provision.Store, v view.View) *provision.Engine {
	host, _ := os.Hostname()
	return &provision.Engine{
		Store: db, Tell: v.Tell,
		NewID: func() string { return uuid.Must(uuid.NewV7()).String() }, Now: clock,
		Program: "muster " + versionText(), User: userName(), Host: host, PID: os.Getpid(), Gone: gone(host),
	}
}

// pace says how many chunks are under way at once: SQLite has one writer.
func (s *session) pace(asked int) {
	s.Workers = 1
	if s.store.Engine() == "postgres" {
		s.Workers = cmp.Or(asked, min(2, runtime.GOMAXPROCS(0)))
	}
}

func userName() string {
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return cmp.Or(os.Getenv("USER"), "uid "+strconv.Itoa(os.Getuid()))
}

// folders remember the folder of a report that was not there before.
type folders struct {
	report.Folders
	made *string
}

// Prepare makes the folder of a report, or refuses somebody else's.
func (f folders) Prepare(dir string) error {
	_, err := os.Stat(dir)
	if err := f.Folders.Prepare(dir); err != nil {
		return err
	}
	if errors.Is(err, fs.ErrNotExist) {
		*f.made = dir
	}
	return nil
}

// dropFolder takes back the folder of a run that came to nothing, and
// muster-runs where it was the only one in there. What a run left in it for the
// next start stays.
func (s *session) dropFolder() {
	if s.made == "" || !report.Unused(s.made) {
		return
	}
	_ = os.RemoveAll(s.made)
	if parent := filepath.Dir(s.made); filepath.Base(parent) == "muster-runs" {
		_ = os.Remove(parent) // unless others are in it
	}
}
