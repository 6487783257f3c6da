package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"

	"muster/provision"
	"muster/provision/link"
	"muster/provision/store"
)

// Names of what the embedded database is made of.
const (
	defaultDatabase = "muster.db"
	defaultKeys     = "muster.key"
)

// database says which database a command works on.
type database struct {
	url      string
	embedded bool
	keys     string // path of the keyring
}

// absent reports whether the embedded file is still to be made.
func (d database) absent() bool {
	if !d.embedded {
		return false
	}
	_, err := os.Stat(d.url)
	return errors.Is(err, fs.ErrNotExist)
}

// database settles --db, --db-file and --key-file.
func (a *app) database() (database, error) {
	o := a.common
	url, err := a.databaseURL()
	if err != nil {
		return database{}, err
	}
	d := database{url: url, embedded: !store.IsPostgres(url), keys: o.KeyFile}
	if scheme, _, found := strings.Cut(url, "://"); d.embedded && found {
		return d, &provision.ConfigError{Msg: fmt.Sprintf("--db: there is no database %q", scheme), Hint: "use postgres://…, or the path of an SQLite file"}
	}
	if d.embedded && keyValues.MatchString(url) {
		return d, &provision.ConfigError{Msg: "--db: the database is named in a form that muster does not read", Hint: "name it as postgres://user@host:5432/database"}
	}
	if d.keys == "" {
		d.keys = defaultKeys
		if d.embedded {
			d.keys = filepath.Join(filepath.Dir(url), defaultKeys)
		}
	}
	return d, nil
}

// keyValues is the other way to name a PostgreSQL database, which would pass
// for a file name.
var keyValues = regexp.MustCompile(`(?i)\b(host|port|dbname|user|password|service)=`)

// databaseURL chooses between --db and --db-file: of two that came the same
// way neither wins.
func (a *app) databaseURL() (string, error) {
	o, db, file := a.common, a.sources["db"], a.sources["db-file"]
	switch {
	case o.DB != "" && o.DBFile != "" && db == file:
		return "", &provision.ConfigError{Msg: "--db and --db-file both name a database", Hint: "leave one of them out"}
	case o.DBFile != "" && (o.DB == "" || file > db):
		return readURL(o.DBFile)
	case o.DB == "":
		return defaultDatabase, nil
	case db != fromEnvironment && hasPassword(o.DB):
		return "", &provision.ConfigError{Msg: "--db holds a password, which everybody on this machine can read",
			Hint: "put the URL into a file of mode 0600 and name it with --db-file or MUSTER_DB_FILE; or leave the password to PGPASSFILE"}
	}
	return o.DB, nil
}

func hasPassword(db string) bool {
	if !store.IsPostgres(db) {
		return false
	}
	u, err := url.Parse(db)
	if err != nil { // what cannot be read may hold anything
		return strings.Contains(db, "@") && strings.Count(db, ":") > 1 || strings.Contains(db, "password")
	}
	_, set := u.User.Password()
	return set || u.Query().Has("password")
}

// readURL reads a file that holds a database URL. One with a password must
// not be open to everybody.
func readURL(path string) (string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return "", &provision.ConfigError{Msg: fmt.Sprintf("--db-file %s: cannot be read: %v", path, errors.Unwrap(err)), Hint: "the file holds one line: postgres://user:password@host/database"}
	}
	db := strings.TrimSpace(string(text))
	if db == "" || strings.ContainsAny(db, "\r\n") {
		return "", &provision.ConfigError{Msg: fmt.Sprintf("--db-file %s: does not hold one database URL", path), Hint: "the file holds one line: postgres://user:password@host/database"}
	}
	info, err := os.Stat(path)
	if err == nil && info.Mode().IsRegular() && info.Mode().Perm()&0o007 != 0 && hasPassword(db) {
		return "", &provision.ConfigError{Msg: fmt.Sprintf("--db-file %s: holds a password and can be read by others (its mode is %04o)", path, info.Mode().Perm()), Hint: "chmod 600 " + path}
	}
	return db, nil
}

// open opens the database. What is wrong with its address is a matter of
// configuration; what is wrong with the network is not.
func (d database) open(ctx context.Context, c store.Config) (*store.Store, error) {
	c.URL = d.url
	s, err := store.Open(ctx, c)
	switch {
	case err == nil:
		return s, nil
	case errors.Is(err, provision.ErrNotFound):
		return nil, &provision.ConfigError{Msg: fmt.Sprintf("there is no database %s", d.url), Hint: "muster import LIST makes it; or name another one with --db"}
	case errors.Is(err, provision.ErrSchema), errors.Is(err, provision.ErrDenied), errors.Is(err, provision.ErrAway), ctx.Err() != nil:
		return nil, err
	}
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
		return nil, &provision.ConfigError{Msg: err.Error(), Hint: "go to a folder you may write to, or name a database in one with --db"}
	}
	return nil, &provision.ConfigError{Msg: err.Error(), Hint: "correct --db, --db-file or the environment"}
}

// keyring loads the keys of the links.
func (a *app) keyring(d database) (*link.Keyring, error) {
	return link.LoadKeyring(d.keys, a.common.KeyFileGroup)
}

// keyringIfAny is for commands that only read: without a keyring there are no
// keys to read with.
func (a *app) keyringIfAny(d database) (*link.Keyring, error) {
	ring, err := a.keyring(d)
	if errors.Is(err, link.ErrKeyringMissing) && a.common.KeyFile == "" {
		return nil, nil
	}
	return ring, err
}

// firstKeyring loads the keys of an embedded database, and makes them where
// the database never had any.
func (a *app) firstKeyring(ctx context.Context, d database, s *store.Store) (ring *link.Keyring, made bool, err error) {
	ring, err = a.keyring(d)
	if !d.embedded || !errors.Is(err, link.ErrKeyringMissing) {
		return ring, false, err
	}
	known, checkErr := s.KeyChecks(ctx)
	if checkErr != nil || len(known) > 0 {
		return nil, false, errors.Join(checkErr, err)
	}
	ring, err = link.CreateKeyring(d.keys)
	return ring, err == nil, err
}
