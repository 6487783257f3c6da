package flags

import (
	"fmt"

	"github.com/spf13/pflag"

	"muster/provision"
	"muster/provision/run"
)

// Ending are the flags that say where the report goes, and what may be
// left over.
type Ending struct {
	Out        string
	Lang       Language
	MaxRejects Limit
	MaxHeld    Limit
	Unsettled  string
	IfLocked   IfLocked
	Workers    int
}

// Flags defines the flags.
func (o *Ending) Flags(f *pflag.FlagSet) {
	section(f, "The report, and how a run ends:", o.define)
}

func (o *Ending) define(f *pflag.FlagSet) {
	f.StringVarP(&o.Out, "out", "o", "", "`folder` of the report (default muster-runs/<run>)")
	o.Lang.Flag(f)
	f.Var(&o.MaxRejects, "max-rejects", "end with 0 although up to `N` or N% of the rows are rejected")
	f.Var(&o.MaxHeld, "max-held", "end with 0 although up to `N` or N% of the rows are held")
	f.StringVar(&o.Unsettled, "unsettled", "all", "which held and rejected rows count for the exit code: `all`, or new: "+
		"not those that were so in the last run of the list")
	f.Var(&o.IfLocked, "if-locked", "while another run is at work: fail, skip (end with 0) or `wait`=10m")
	f.IntVar(&o.Workers, "workers", 0, "transactions at once, on PostgreSQL (default 2)")
}

// Validate refuses what cannot be meant.
func (o *Ending) Validate() error {
	if o.Workers < 0 || o.Workers > 64 {
		return Usage(fmt.Sprintf("--workers %d is not possible", o.Workers), "give a number from 1 to 64")
	}
	if o.Unsettled != "all" && o.Unsettled != "new" {
		return Usage(fmt.Sprintf("--unsettled %s is not possible", o.Unsettled), "say all or new")
	}
	return nil
}

// Settings says how a run is to end. Confirm is asked before anything is written;
// nil asks nobody.
func (o Ending) Settings(confirm func(provision.PlanSummary) (bool, error)) run.Ending {
	return run.Ending{Out: o.Out, Language: o.Lang.Tag, MaxRejects: o.MaxRejects.Limit, MaxHeld: o.MaxHeld.Limit,
		NewOnly: o.Unsettled == "new", Confirm: confirm}
}
