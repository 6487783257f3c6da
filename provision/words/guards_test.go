package words_test

import (
	"testing"

	"muster/provision"
	"muster/provision/words"
)

func TestGuards(t *testing.T) {
	removals := provision.TrippedGuard{Guard: provision.GuardRemovals, Count: 240, Of: 774,
		GuardLimit: provision.GuardLimit{Percent: new(20.0), Absolute: new(500), Floor: 100, Below: 10}}
	few := removals
	few.Count, few.Of = 11, 99
	one := provision.TrippedGuard{Guard: provision.GuardRaises, Count: 1, GuardLimit: provision.GuardLimit{Absolute: new(0)}}
	for _, c := range []struct {
		again   string
		tripped []provision.TrippedGuard
		want    string
	}{
		{"muster apply plan.jsonl", []provision.TrippedGuard{removals}, "guard removals: 240 of 774 people would lose access (31 %), 20 % or 500 allowed; " +
			"go on with: muster apply plan.jsonl --allow-removals 240"},
		{"", []provision.TrippedGuard{few, one}, "guard removals: 11 of 99 people would lose access (11 %), 10 allowed where there are fewer than 100; " +
			"guard raises: 1 role above the usual one would be given, 0 allowed"},
		{"muster apply p", []provision.TrippedGuard{few, one}, "guard removals: 11 of 99 people would lose access (11 %), 10 allowed where there are fewer than 100; " +
			"guard raises: 1 role above the usual one would be given, 0 allowed; go on with: muster apply p --allow-removals 11 --allow-raises 1"},
	} {
		if got := words.Guards(c.tripped, c.again); got != c.want {
			t.Errorf("%s\nwant %s", got, c.want)
		}
	}
	for _, name := range provision.GuardNames {
		if words.Guard(provision.TrippedGuard{Guard: name, Count: 2}) == "" || words.GuardFlag(provision.TrippedGuard{Guard: name}) == "" {
			t.Errorf("%s is not said", name)
		}
	}
	for p, want := range map[float64]string{31.4: "31 %", 0.5: "0.5 %", 5: "5 %", 100: "100 %"} {
		if got := words.Percent(p); got != want {
			t.Errorf("%v is %q", p, got)
		}
	}
}
