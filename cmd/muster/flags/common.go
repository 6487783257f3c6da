package flags

import "github.com/spf13/pflag"

// Common are the flags every command takes.
type Common struct {
	JSON         bool
	Config       string
	LogLevel     string
	DB           string
	DBFile       string
	KeyFile      string
	KeyFileGroup bool
}

// Flags defines the flags.
func (o *Common) Flags(f *pflag.FlagSet) {
	f.BoolVar(&o.JSON, "json", false, "print JSON Lines: a type on each line, the summary last")
	f.StringVar(&o.Config, "config", "", "`file` with settings (default muster.yaml where it exists)")
	f.StringVar(&o.LogLevel, "log-level", "", "standard error is a log, of JSON: info or debug")
	f.StringVar(&o.DB, "db", "", "database: postgres://… or the `path` of an SQLite file (default muster.db)")
	f.StringVar(&o.DBFile, "db-file", "", "`file` that holds the database URL, for URLs with a password")
	f.StringVar(&o.KeyFile, "key-file", "",
		"`file` with the keys of the links (default muster.key beside the SQLite file)")
	f.BoolVar(&o.KeyFileGroup, "key-file-group", false,
		"a key file of root may be readable by its group: a mounted secret")
}
