package flags

import (
	"errors"
	"strconv"

	"github.com/spf13/pflag"

	"muster/provision"
)

// Allow are the flags that let one plan do what its guards do not: a flag a guard,
// with the number of what the plan does.
type Allow struct{ allowed map[provision.GuardName]int }

// Flags defines the flags.
func (o *Allow) Flags(f *pflag.FlagSet) {
	o.allowed = map[provision.GuardName]int{}
	typedOnly(f, "Where a guard stops the plan: what it does, to the number:", func(f *pflag.FlagSet) {
		for _, name := range provision.GuardNames {
			f.Var(&allowance{o.allowed, name}, "allow-"+string(name), allowances[name])
		}
	})
}

// Guards are what is allowed, by the names of guards.
func (o *Allow) Guards() map[provision.GuardName]int { return o.allowed }

// allowances say what a number is of.
var allowances = map[provision.GuardName]string{
	provision.GuardRemovals:  "let `N` people lose access",
	provision.GuardCreations: "let `N` people get an account",
	provision.GuardClaims:    "let `N` people with an account be added",
	provision.GuardRaises:    "let `N` roles above the usual one be given",
	provision.GuardMails:     "let `N` mails be sent",
	provision.GuardRows:      "let the list have `N` people fewer than the last one",
	provision.GuardRejects:   "let `N` rows be rejected",
}

// allowance is the value of one of the flags.
type allowance struct {
	all  map[provision.GuardName]int
	name provision.GuardName
}

func (v *allowance) String() string {
	if n, said := v.all[v.name]; said {
		return strconv.Itoa(n)
	}
	return ""
}

// Set reads a number.
func (v *allowance) Set(text string) error {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return errors.New("give the number that the guard names")
	}
	v.all[v.name] = n
	return nil
}

// Type names the value in help.
func (*allowance) Type() string { return "N" }
