package flags

import (
	"errors"

	"github.com/spf13/pflag"

	"muster/provision"
	"muster/provision/plan"
)

// Sync are the flags of lists that are synced.
type Sync struct {
	Source string
	Adopt  bool

	HeaderChanged bool
}

// Flags defines the flags.
func (o *Sync) Flags(f *pflag.FlagSet) {
	section(f, "Whose list it is:", func(f *pflag.FlagSet) {
		f.StringVar(&o.Source, "source", "", "`name` of the source of the list, which is the same every night")
		f.BoolVar(&o.Adopt, "adopt", false, "people of the list whom an import brought become the source's, which may remove them")
		f.BoolVar(&o.HeaderChanged, "header-changed", false, "the columns of the list are right although the last one had others")
	})
}

// Validate refuses what cannot be meant; needed says that there has to be a source.
func (o *Sync) Validate(needed bool) error {
	switch {
	case o.Source == "" && needed:
		return Usage("--source is missing", "choose a name for where the list comes from, and use it every night: --source crm")
	case o.Source == "" && o.Adopt:
		return Usage("--adopt is about the list of a source, and none is named", "say --source NAME")
	case o.Source == "" && o.HeaderChanged:
		return Usage("--header-changed is about the list of a source, and none is named", "say --source NAME")
	case o.Source == "":
		return nil
	}
	if err := provision.CheckSourceName(o.Source); err != nil {
		var wrong *provision.ConfigError
		errors.As(err, &wrong)
		return Usage("--source: "+wrong.Msg, wrong.Hint)
	}
	return nil
}

// Into adds the source to what is to be planned.
func (o *Sync) Into(s plan.Settings) plan.Settings {
	s.Source = o.Source
	s.Adopt = o.Adopt
	s.HeaderChanged = o.HeaderChanged
	return s
}
