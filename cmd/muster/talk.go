package main

import "github.com/spf13/pflag"

// Talk are the flags that say how much a run tells while it works.
type Talk struct{ Quiet, Verbose bool }

func (o *Talk) flags(f *pflag.FlagSet) {
	f.BoolVarP(&o.Quiet, "quiet", "q", false, "say nothing unless something is new or wrong: for a schedule")
	f.BoolVar(&o.Verbose, "verbose", false, "say how long each phase took")
}

func (o *Talk) validate() error {
	if o.Quiet && o.Verbose {
		return usage("--quiet and --verbose cannot both be meant", "leave one of them out")
	}
	return nil
}
