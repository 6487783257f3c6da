package plan

import (
	"muster/importer"
	"muster/provision"
)

// Settings are what is to be planned: which lists, how they are read, and on
// what terms the people on them are taken in.
type Settings struct {
	provision.Terms
	Lists   []string
	Reading importer.Options
	Shards  int  // into which the plan is divided, 0 where it is not
	Known   bool // the lists name people who are there: columns that grant something do not matter
}
