package flags

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"muster/provision"
	"muster/provision/store"
)

// Names of what the embedded database is made of.
const (
	DefaultDatabase = "muster.db"
	DefaultKeys     = "muster.key"
)

// Database says which database a command works on.
type Database struct {
	URL      string // or the path of the embedded one
	Embedded bool
	Keys     string // path of the keyring
}

// Absent reports whether the embedded file is still to be made.
func (d Database) Absent() bool {
	if !d.Embedded {
		return false
	}
	_, err := os.Stat(d.URL)
	return errors.Is(err, fs.ErrNotExist)
}

// Database settles --db, --db-file and --key-file; where each came from
// matters to which of them counts.
func (o *Common) Database(from Sources) (Database, error) {
	url, err := o.databaseURL(from)
	if err != nil {
		return Database{}, err
	}
	d := Database{URL: url, Embedded: !store.IsPostgres(url), Keys: o.KeyFile}
	if scheme := schemed.FindStringSubmatch(url); d.Embedded && scheme != nil {
		return d, &provision.ConfigError{Msg: fmt.Sprintf("--db: there is no database %q", scheme[1]),
			Hint: "use postgres://…, or the path of an SQLite file, without anything in front"}
	}
	if d.Embedded && keyValues.MatchString(url) {
		return d, &provision.ConfigError{Msg: "--db: the database is named in a form that muster does not read",
			Hint: "name it as postgres://user@host:5432/database"}
	}
	if d.Keys == "" {
		d.Keys = DefaultKeys
		if d.Embedded {
			d.Keys = filepath.Join(filepath.Dir(url), DefaultKeys)
		}
	}
	return d, nil
}

// schemed is a path that begins like a URL: sqlite:muster.db is a common habit, and no drive of
// Windows has a name of two letters.
var schemed = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9+.-]+):`)

// keyValues is the other way to name a PostgreSQL database, which would pass
// for a file name.
var keyValues = regexp.MustCompile(`(?i)\b(host|port|dbname|user|password|service)=`)

// databaseURL chooses between --db and --db-file: of two that came the same
// way neither wins.
func (o *Common) databaseURL(from Sources) (string, error) {
	db, file := from["db"], from["db-file"]
	switch {
	case o.DB != "" && o.DBFile != "" && db == file:
		return "", &provision.ConfigError{Msg: "--db and --db-file both name a database", Hint: "leave one of them out"}
	case o.DBFile != "" && (o.DB == "" || file > db):
		return readURL(o.DBFile)
	case o.DB == "":
		return DefaultDatabase, nil
	case db != fromEnvironment && hasPassword(o.DB):
		return "", &provision.ConfigError{Msg: "--db holds a password, which everybody on this machine can read",
			Hint: "put the URL into a file of mode 0600 and name it with --db-file or MUSTER_DB_FILE; or leave the " +
				"password to PGPASSFILE"}
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
		return "", &provision.ConfigError{Msg: fmt.Sprintf("--db-file %s: cannot be read: %v", path, errors.Unwrap(err)),
			Hint: "the file holds one line: postgres://user:password@host/database"}
	}
	db := strings.TrimSpace(string(text))
	if db == "" || strings.ContainsAny(db, "\r\n") {
		return "", &provision.ConfigError{Msg: fmt.Sprintf("--db-file %s: does not hold one database URL", path),
			Hint: "the file holds one line: postgres://user:password@host/database"}
	}
	info, err := os.Stat(path)
	if err == nil && info.Mode().IsRegular() && info.Mode().Perm()&0o007 != 0 && hasPassword(db) {
		return "", &provision.ConfigError{Msg: fmt.Sprintf("--db-file %s: holds a password and can be read by others "+
			"(its mode is %04o)", path, info.Mode().Perm()), Hint: "chmod 600 " + path}
	}
	return db, nil
}
