package provision

import (
	"testing"

	"muster/importer/record"
)

func TestTheListOfEveryNightIsOneList(t *testing.T) {
	name := func(part string, files ...string) string {
		var lists []ListInfo
		for _, f := range files {
			lists = append(lists, ListInfo{File: f})
		}
		return ListName("outdoor", record.Creator, lists, part)
	}
	one := name("", "/in/2026-11-28/creators_2026-11-28.csv")
	if one != "creators of outdoor: creators_*.csv" {
		t.Errorf("it is called %q", one)
	}
	for _, same := range []string{"creators_2026-11-29.csv", "creators_20261129.csv", "creators_20261129T0300.csv",
		"creators_29.11.2026.csv", "x/creators_2026-11-29_03-00-00.csv"} {
		if got := name("", same); got != one {
			t.Errorf("%s is the list %q", same, got)
		}
	}
	for what, other := range map[string]string{
		"another file":  name("", "staff_2026-11-29.csv"),
		"a part of it":  name("rows 1-20", "creators_2026-11-29.csv"),
		"a second file": name("", "creators_2026-11-29.csv", "more.csv"),
		"another brand": ListName("indoor", record.Creator, []ListInfo{{File: "creators_2026-11-29.csv"}}, ""),
		"another kind":  ListName("outdoor", record.Staff, []ListInfo{{File: "creators_2026-11-29.csv"}}, ""),
		"a sheet":       ListName("outdoor", record.Creator, []ListInfo{{File: "creators_2026-11-29.csv", Sheet: "ES"}}, ""),
	} {
		if other == one {
			t.Errorf("%s is the same list: %q", what, other)
		}
	}
	if name("", "agency1.csv") == name("", "agency2.csv") {
		t.Error("two agencies are one list")
	}
	if name("", "a.csv", "b.csv") != name("", "b.csv", "a.csv") {
		t.Error("the order of files matters")
	}
}

func TestARunIsSettledWhereNothingTurned(t *testing.T) {
	held := Summary{ExitCode: ExitPartial, Outcomes: map[Outcome]int{Review: 2, Unchanged: 3}}
	with := func(s Summary, since *Since) Summary { s.Since = since; return s }
	for name, c := range map[string]struct {
		s    Summary
		want bool
	}{
		"held rows of a first run":          {held, false},
		"the same rows held as before":      {with(held, &Since{}), true},
		"somebody gone":                     {with(held, &Since{Turns: map[Turn]int{TurnedGone: 1}}), false},
		"the earlier run was purged":        {with(held, &Since{Purged: true}), false},
		"a row that failed":                 {with(Summary{Outcomes: map[Outcome]int{Failed: 1}}, &Since{}), false},
		"a link that had expired before":    {with(Summary{Links: map[LinkWord]int{LinkExpired: 1}}, &Since{Lost: 1}), true},
		"a link that has expired since":     {with(Summary{Links: map[LinkWord]int{LinkExpired: 2}}, &Since{Lost: 1}), false},
		"a first run with nothing to do":    {Summary{Outcomes: map[Outcome]int{Unchanged: 1}}, true},
		"a first run with somebody created": {Summary{Outcomes: map[Outcome]int{Created: 1}}, false},
	} {
		if got := c.s.Settled(); got != c.want {
			t.Errorf("%s: settled %v", name, got)
		}
	}
}
