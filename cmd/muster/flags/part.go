package flags

import "github.com/spf13/pflag"

// Part are the flags that say which part of a run is meant. They are typed alone:
// a setting that is there for imports would leave something out that nobody sees.
type Part struct {
	Brand string
	Rows  string
}

// Flags defines the flags.
func (o *Part) Flags(f *pflag.FlagSet) {
	typedOnly(f, "Which part of the run:", func(f *pflag.FlagSet) {
		f.StringVar(&o.Brand, "brand", "", "only what the run did in a brand")
		f.StringVar(&o.Rows, "rows", "", "only people on these `rows` of the run, like 1-20,33")
	})
}
