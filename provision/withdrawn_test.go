package provision_test

import (
	"errors"
	"testing"

	"muster/importer/failure"
	"muster/provision"
	"muster/provision/directory"
)

func TestWhatAnOperatorMayNoLongerDo(t *testing.T) {
	then := provision.Operator{
		Email:    "mia@example.com",
		Role:     provision.Role{Name: "lead", Rank: 50, Dashboard: true, Capabilities: []string{provision.MayBlock}},
		Manages:  []string{"outdoor"},
		Products: []string{"reports"},
		Platform: true,
	}
	with := func(change func(*provision.Operator)) provision.Operator {
		now := then
		change(&now)
		return now
	}
	for name, test := range map[string]struct {
		now   provision.Operator
		known bool
		want  string // "" where the run goes on
	}{
		"as before": {then, true, ""},
		"more":      {with(func(o *provision.Operator) { o.Role.Rank, o.Role.Capabilities = 100, []string{"*"} }), true, ""},
		"gone":      {provision.Operator{}, false, "mia@example.com no longer belongs to the organization, and the run stopped"},
		"blocked":   {with(func(o *provision.Operator) { o.Blocked = true }), true, "mia@example.com is blocked by now, and the run stopped"},
		"a lower role": {with(func(o *provision.Operator) { o.Role = provision.Role{Name: "helper", Rank: 40, Dashboard: true} }), true,
			"mia@example.com has a lower role by now (helper, was lead), and the run stopped"},
		"without the dashboard": {with(func(o *provision.Operator) { o.Role.Dashboard = false }), true,
			"mia@example.com no longer has the dashboard (lead), and the run stopped"},
		"a right less": {with(func(o *provision.Operator) { o.Role.Capabilities = nil }), true,
			"mia@example.com may no longer do what needs people:block, and the run stopped"},
		"a brand less": {with(func(o *provision.Operator) { o.Manages = []string{"kitchen"} }), true,
			`mia@example.com no longer manages brand "outdoor", and the run stopped`},
		"no longer on the platform": {with(func(o *provision.Operator) { o.Platform = false }), true,
			"mia@example.com may no longer do what needs platform:block, and the run stopped"},
		"a product less": {with(func(o *provision.Operator) { o.Products = nil }), true,
			`mia@example.com no longer has product "reports", and the run stopped`},
		"a brand less, and all brands": {with(func(o *provision.Operator) {
			o.Manages = nil
			o.Role.Capabilities = []string{provision.MayBlock, provision.MaySeeAll}
		}), true, ""},
	} {
		got := ""
		if err := provision.Withdrawn(then, test.now, test.known); err != nil {
			got = err.Error()
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

// A run whose operator loses a right between two chunks stops before the next
// one, with a report of what was done, and goes on once they have it again.
func TestRightsAreAskedAgainInEveryChunk(t *testing.T) {
	b := newBench(t)
	roles := func(capabilities ...string) {
		t.Helper()
		_, err := directory.SaveOrganization(t.Context(), b.Store, provision.Organization{Slug: "default",
			Roles: []provision.Role{{Name: "lead", Rank: 50, Dashboard: true, Capabilities: capabilities}}}, provision.Author{}, b.NewID)
		if err != nil {
			t.Fatal(err)
		}
	}
	roles(provision.MayReissue)
	staff := b.settings(b.file("staff.csv", "Email,Role\nmia@example.com,lead\n"))
	staff.Kind = "staff"
	b.imports(staff)

	s := b.settings(b.file("list.csv", "Name,Email\nAnn Lee,ann@example.com\nBen Day,ben@example.com\nCem Oz,cem@example.com\n"))
	s.Operator = "mia@example.com"
	b.Chunk = 1
	b.Tell = func(e provision.Event) {
		if p, is := e.(provision.Progress); is && p.Phase == provision.Applying && p.Done == 1 {
			roles()
		}
	}
	stopped, err := b.Import(t.Context(), s, yes)
	if _, is := errors.AsType[*provision.WithdrawnError](err); !is || failure.Find(err) == nil {
		t.Fatalf("%v", err)
	}
	if stopped.ExitCode != provision.ExitStale || stopped.Outcomes[provision.Created] != 1 || stopped.Outcomes[provision.Pending] != 2 {
		t.Errorf("%d %v", stopped.ExitCode, b.told())
	}
	roles(provision.MayReissue)
	b.Tell = func(provision.Event) {}
	if again := b.imports(s); again.Run != stopped.Run || again.Outcomes[provision.Created] != 3 {
		t.Errorf("it did not go on: %v", b.told())
	}
}
