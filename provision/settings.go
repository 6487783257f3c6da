package provision

import "muster/importer"

// Settings are what one run is asked to do. The zero value of a field takes
// the default of the flag it stands for.
type Settings struct {
	Terms
	Lists   []string
	Reading importer.Options

	Out        string // folder of the report, "" = muster-runs/<run id>
	MaxRejects Limit
	MaxHeld    Limit
}
