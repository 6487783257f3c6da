package provision

import "muster/importer"

// Settings are what is to be planned: which lists, how they are read, and on
// what terms the people on them are taken in.
type Settings struct {
	Terms
	Lists   []string
	Reading importer.Options
}
