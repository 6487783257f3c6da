package flags

import (
	"fmt"
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

func TestWhoIsMeant(t *testing.T) {
	for name, c := range map[string]struct {
		line string
		want string // what the selection is called, or what is wrong
	}{
		"people are named, and their addresses kept out": {"ana@example.com external:7", "links reissue TARGET…; 2 named"},
		"an account is named by its id": {
			"account:01A2275B-2C44-75E9-AE36-0A5F0F2A2B9D",
			"links reissue TARGET…; 1 named",
		},
		"a list":                                {"--from lost.csv --sheet new", "links reissue; lists [lost.csv] sheet new"},
		"those who fit":                         {"--expired --brand outdoor --older 3d", "links reissue --expired --older 3d --brand outdoor; states [expired]"},
		"a value that a shell would take apart": {"--brand", "flag needs an argument: --brand"},
		"everybody":                             {"--all", "links reissue --all; states []"},
		"nobody":                                {"", "muster links reissue needs to know who is meant"},
		"names and those who fit":               {"ana@example.com --expired", "one of these at a time"},
		"a list and everybody":                  {"--from a.csv --all", "one of these at a time"},
		"a name that is none":                   {"ana", `"ana" names nobody: it is no email address`},
		"an id of nothing":                      {"external:", `"external:" has no id`},
		"an account of nothing":                 {"account:7", `"account:7" has no id of an account`},
		"a kind that is none":                   {"--kind robot", `--kind "robot" is no kind`},
		"a status that is none":                 {"--status gone", `--status "gone" is none of an account`},
	} {
		t.Run(name, func(t *testing.T) {
			var o Pick
			f := pflag.NewFlagSet("", pflag.ContinueOnError)
			o.Flags(f, "expired", "pending", "older", "brand", "kind", "status")
			got := ""
			if err := f.Parse(strings.Fields(c.line)); err != nil {
				got = err.Error()
			} else if s, err := o.Selection("links reissue", f.Args(), f); err != nil {
				got = err.Error()
			} else {
				got = s.Typed + "; "
				switch {
				case s.Filter != nil:
					got += fmt.Sprintf("states %v", s.Filter.States)
				case len(s.Lists) > 0:
					got += fmt.Sprintf("lists %v sheet %s", s.Lists, s.Reading.Sheet)
				default:
					got += fmt.Sprintf("%d named", len(s.Targets))
				}
			}
			if !strings.Contains(got, c.want) {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// A setting never says whom a command is about: who sets the brand of imports
// once does not mean everybody of it.
func TestWhoIsMeantIsNoSetting(t *testing.T) {
	var o Pick
	f := pflag.NewFlagSet("", pflag.ContinueOnError)
	o.Flags(f, "brand", "run")
	for _, name := range []string{"brand", "run", "from", "all"} {
		if f.Lookup(name).Annotations[typedKey] == nil {
			t.Errorf("--%s may be set", name)
		}
	}
	if f.Lookup("sheet").Annotations[typedKey] != nil {
		t.Error("--sheet may not be set")
	}
}
