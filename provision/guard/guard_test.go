package guard_test

import (
	"fmt"
	"slices"
	"testing"

	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/guard"
)

func TestTripped(t *testing.T) {
	sync := func(removals, known int) guard.Measure {
		return guard.Measure{Source: "crm", Brand: "outdoor", Kind: record.Creator, People: 10, LastPeople: 10,
			Parts: []guard.Part{{Brands: []string{"outdoor"}, Kind: record.Creator, Known: known, Removals: removals}}}
	}
	creations := func(n, people int) guard.Measure {
		return guard.Measure{Parts: []guard.Part{{Brands: []string{"outdoor"}, Kind: record.Creator, People: people, Creations: n}}}
	}
	mixed := guard.Measure{Brand: "kitchen", Kind: record.Creator, Parts: []guard.Part{
		{Brands: []string{"kitchen"}, Kind: record.Creator, People: 5},
		{Brands: []string{"kitchen"}, Kind: record.Staff, People: 5, Creations: 5, Raises: 5},
		{Brands: []string{"kitchen", "outdoor"}, Kind: record.Creator, People: 3, Creations: 3},
		{Brands: []string{"outdoor"}, Kind: record.Creator, People: 37, Creations: 32},
	}}
	limit := func(percent float64, absolute int) provision.GuardLimit {
		return provision.GuardLimit{Percent: &percent, Absolute: &absolute}
	}
	atMost := func(name provision.GuardName, n int) provision.Guard {
		return provision.Guard{Name: name, GuardLimit: provision.GuardLimit{Absolute: &n}}
	}
	for name, c := range map[string]struct {
		guards []provision.Guard
		m      guard.Measure
		want   string
	}{
		"a fifth may go":                                         {nil, sync(200, 1000), ""},
		"more than a fifth may not":                              {nil, sync(201, 1000), "removals 201 of 1000"},
		"five hundred may go":                                    {nil, sync(500, 10000), ""},
		"more than that may not":                                 {nil, sync(501, 10000), "removals 501 of 10000"},
		"of few ten may go":                                      {nil, sync(10, 20), ""},
		"of few more may not":                                    {nil, sync(11, 99), "removals 11 of 99"},
		"a hundred are not few":                                  {nil, sync(20, 100), ""},
		"an import has no guards of its own":                     {nil, guard.Measure{LastPeople: 10, Parts: []guard.Part{{Removals: 9999}}}, ""},
		"half of the rows may be missing":                        {nil, guard.Measure{Source: "crm", People: 50, LastPeople: 100}, ""},
		"more may not":                                           {nil, guard.Measure{Source: "crm", People: 49, LastPeople: 100}, "rows 51 of 100"},
		"a first list has no last one":                           {nil, guard.Measure{Source: "crm", People: 1}, ""},
		"a longer list is no shorter one":                        {nil, guard.Measure{Source: "crm", People: 900, LastPeople: 1}, ""},
		"a guard of one's own holds for an import":               {[]provision.Guard{atMost("creations", 3)}, creations(4, 4), "creations 4 of 4"},
		"to the number":                                          {[]provision.Guard{atMost("creations", 3)}, creations(3, 4), ""},
		"nought is a number":                                     {[]provision.Guard{atMost("raises", 0)}, guard.Measure{Parts: []guard.Part{{Raises: 1, People: 5}}}, "raises 1 of 5"},
		"it takes the place of the built-in one":                 {[]provision.Guard{atMost("removals", 400)}, sync(400, 1000), ""},
		"that of another source does not":                        {[]provision.Guard{{Name: "removals", Source: "pr", GuardLimit: limit(90, 900)}}, sync(400, 1000), "removals 400 of 1000"},
		"one that names a source is not for imports":             {[]provision.Guard{{Name: "creations", Source: "crm", GuardLimit: limit(1, 1)}}, creations(4, 4), ""},
		"the one that says most holds":                           {[]provision.Guard{atMost("creations", 3), {Name: "creations", Brand: "outdoor", GuardLimit: limit(100, 9)}}, creations(4, 4), ""},
		"that of another brand or kind says nothing":             {[]provision.Guard{{Name: "creations", Brand: "indoor", GuardLimit: limit(0, 0)}, {Name: "creations", Kind: record.Staff, GuardLimit: limit(0, 0)}}, creations(4, 4), ""},
		"all that trip are told, in their order":                 {[]provision.Guard{atMost("rejects", 0), atMost("mails", 0), atMost("claims", 0)}, guard.Measure{Parts: []guard.Part{{Rejects: 1, Mails: 2, Claims: 3, Rows: 5, People: 4}}}, "claims 3 of 4, mails 2 of 4, rejects 1 of 5"},
		"a brand is what the rows say, not what all are called":  {[]provision.Guard{{Name: "creations", Brand: "outdoor", GuardLimit: limit(50, 99)}}, mixed, "creations 35 of 40"},
		"so is a kind":                                           {[]provision.Guard{{Name: "raises", Kind: record.Staff, GuardLimit: limit(0, 0)}}, mixed, "raises 5 of 5"},
		"whoever is in both brands counts for each":              {[]provision.Guard{{Name: "creations", Brand: "kitchen", GuardLimit: limit(0, 0)}}, mixed, "creations 8 of 13"},
		"whom another guard says more of is not counted twice":   {[]provision.Guard{atMost("creations", 4), {Name: "creations", Brand: "outdoor", GuardLimit: limit(100, 99)}}, mixed, "creations 5 of 10"},
		"of several all are told":                                {[]provision.Guard{atMost("creations", 4), {Name: "creations", Brand: "outdoor", GuardLimit: limit(0, 0)}}, mixed, "creations 5 of 10, creations 35 of 40"},
		"the built-in one holds for whom none of one's own does": {[]provision.Guard{{Name: "removals", Brand: "indoor", GuardLimit: limit(0, 0)}}, sync(300, 1000), "removals 300 of 1000"},
		"a share of nothing is nothing":                          {[]provision.Guard{{Name: "creations", GuardLimit: limit(10, 10)}}, creations(0, 0), ""},
	} {
		got := ""
		for i, tripped := range guard.Tripped(c.guards, c.m) {
			if i > 0 {
				got += ", "
			}
			got += fmt.Sprintf("%s %d of %d", tripped.Guard, tripped.Count, tripped.Of)
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestWhatIsAllowedHasToBeTheNumber(t *testing.T) {
	tripped := []provision.TrippedGuard{{Guard: "removals", Count: 240}, {Guard: "mails", Count: 3}}
	for said, want := range map[string]int{"240 3": 0, "240": 1, "250 3": 1, "": 2, "3 240": 2} {
		allowed := map[provision.GuardName]int{}
		var removals, mails int
		if n, _ := fmt.Sscan(said, &removals, &mails); n > 0 {
			allowed["removals"] = removals
			if n > 1 {
				allowed["mails"] = mails
			}
		}
		if left := guard.Allowed(tripped, allowed); len(left) != want {
			t.Errorf("%q leaves %v", said, left)
		}
	}
}

func TestIncomplete(t *testing.T) {
	look := func(rows int, lists ...string) guard.Look {
		l := guard.Look{People: rows}
		for _, sheet := range lists {
			l.Lists = append(l.Lists, provision.SourceList{Sheet: sheet, Columns: []string{"Name", "Email"}})
		}
		return l
	}
	with := func(l guard.Look, columns ...string) guard.Look {
		l.Lists = slices.Clone(l.Lists)
		l.Lists[0].Columns = columns
		return l
	}
	part := look(10, "")
	part.Part = true
	for name, c := range map[string]struct {
		now, last guard.Look
		changed   bool
		want      reason.Code
	}{
		"the list of every night":             {look(100, ""), look(100, ""), false, ""},
		"the first list":                      {look(1, ""), guard.Look{}, false, ""},
		"a part of it":                        {part, guard.Look{}, false, reason.PartOfList},
		"half of it":                          {look(50, ""), look(100, ""), false, ""},
		"less than half":                      {look(49, ""), look(100, ""), false, reason.HalfTheList},
		"half of an odd number":               {look(2, ""), look(3, ""), false, ""},
		"columns in another order":            {with(look(9, ""), "Email", "Name"), look(9, ""), false, ""},
		"a column more":                       {with(look(9, ""), "Name", "Email", "Tier"), look(9, ""), false, reason.OtherHeader},
		"a column more that is known":         {with(look(9, ""), "Name", "Email", "Tier"), look(9, ""), true, ""},
		"a header that is known, and half":    {with(look(4, ""), "Mail"), look(9, ""), true, reason.HalfTheList},
		"a sheet is missing":                  {look(9, "DE"), look(9, "DE", "ES"), false, reason.OtherSheets},
		"a sheet is missing, whatever header": {look(9, "DE"), look(9, "DE", "ES"), true, reason.OtherSheets},
		"sheets in another order":             {look(9, "ES", "DE"), look(9, "DE", "ES"), false, ""},
		"a second file":                       {look(9, "", ""), look(9, ""), false, reason.OtherSheets},
	} {
		if got := guard.Incomplete(c.now, c.last, c.changed); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
