package flags

import "github.com/spf13/pflag"

// Talk are the flags that say how much a run tells while it works.
type Talk struct{ Quiet, Verbose bool }

// Flags defines the flags.
func (o *Talk) Flags(f *pflag.FlagSet) {
	f.BoolVarP(&o.Quiet, "quiet", "q", false, "say nothing unless something is new or wrong: for a schedule")
	f.BoolVar(&o.Verbose, "verbose", false, "say how long each phase took")
}

// Validate refuses what cannot be meant.
func (o *Talk) Validate() error {
	if o.Quiet && o.Verbose {
		return Usage("--quiet and --verbose cannot both be meant", "leave one of them out")
	}
	return nil
}
