package dedupe_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/dedupe"
	"muster/importer/record"
)

// What somebody decided about a row holds for as long as the row says the same,
// also on a night on which it would not be held.
func TestDecisionsBindRowsThatAreHeldNoMore(t *testing.T) {
	const ana = "email=ana@example.com name=Ana_Lima ig=ana.one"
	twins := []string{"email=talent@example.net name=Ana_Lima ig=ana.one", "email=talent@example.net name=Ben_Okafor ig=ben.two"}
	noHandle := func(w *world) { w.accounts[0].Profiles = nil }
	gone := func(id string) func(*world) {
		return func(w *world) {
			w.accounts = slices.DeleteFunc(w.accounts, func(a dedupe.Account) bool { return a.ID == id })
		}
	}
	newcomer := func(line string) func(*world) {
		return func(w *world) { w.account(t, line) }
	}
	for _, c := range []struct {
		name     string
		accounts []string
		rows     []string
		answers  []string
		then     []func(*world)
		left     []int    // the rows that are still on the list then; nil for all
		more     []string // rows that are new on it
		want     []string
	}{
		{name: "left out, and the account that it looked like has another handle",
			accounts: []string{declaresHandle}, rows: []string{ana}, answers: []string{"1 skip"},
			then: []func(*world){noHandle},
			want: []string{"[1] review skipped"}},
		{name: "left out, and the account that it looked like is gone",
			accounts: []string{declaresHandle}, rows: []string{ana}, answers: []string{"1 skip"},
			then: []func(*world){gone("A")},
			want: []string{"[1] review skipped"}},
		{name: "left out, and the row that it contradicted is off the list",
			rows: twins, answers: []string{"1 skip", "2 skip"}, left: []int{2},
			want: []string{"[1] review skipped"}},
		{name: "left out, and somebody with its address has signed up",
			accounts: []string{declaresHandle}, rows: []string{ana}, answers: []string{"1 skip"},
			then: []func(*world){noHandle, newcomer("B email=ana@example.com name=Ana_Lima in=b1 status=registered")},
			want: []string{"[1] review skipped"}},
		{name: "left out, and it says something else: it is another row",
			accounts: []string{declaresHandle}, rows: []string{ana}, answers: []string{"1 skip"},
			then: []func(*world){noHandle}, left: []int{}, more: []string{"email=ana@example.com name=Ana_Lima ig=ana.two"},
			want: []string{"[1] create new_person link:issue"}},
		{name: "a row beside one that was left out goes on without it",
			accounts: []string{declaresHandle}, rows: []string{ana}, answers: []string{"1 skip"},
			then: []func(*world){noHandle}, more: []string{"email=ana@example.com name=Ana_Lima tt=@ana.talks"},
			want: []string{"[1] review skipped", "[2] create new_person link:issue"}},
		{name: "and is held where it has to be",
			accounts: []string{declaresHandle, "B email=b@example.com name=Ana_Berg tt=@ana.talks"}, rows: []string{ana}, answers: []string{"1 skip"},
			then: []func(*world){noHandle}, more: []string{"email=ana@example.com name=Ana_Lima tt=@ana.talks"},
			want: []string{"[1 2] review looks_like"}},
		{name: "an account, which has another handle by now",
			accounts: []string{declaresHandle}, rows: []string{ana}, answers: []string{"1 claim A"},
			then: []func(*world){noHandle},
			want: []string{"[1] unchanged decided A link:profile only note:name_differs"}},
		{name: "an account, which is gone by now, binds nobody",
			accounts: []string{declaresHandle}, rows: []string{ana}, answers: []string{"1 claim A"},
			then: []func(*world){gone("A")},
			want: []string{"[1] create new_person link:issue"}},
		{name: "an account that is blocked by now",
			accounts: []string{declaresHandle}, rows: []string{ana}, answers: []string{"1 claim A"},
			then: []func(*world){noHandle, func(w *world) { w.accounts[0].Blocked = true }},
			want: []string{"[1] blocked blocked_here A"}},
		{name: "an account, while the address belongs to somebody who was not there",
			accounts: []string{declaresHandle}, rows: []string{ana}, answers: []string{"1 claim A"},
			then: []func(*world){noHandle, newcomer("B email=ana@example.com name=Ana_Lima")},
			want: []string{"[1] review decided_otherwise note:decided_before"}},
		{name: "an account, beside a row that nobody decided about",
			accounts: []string{declaresHandle}, rows: []string{ana}, answers: []string{"1 claim A"},
			then: []func(*world){noHandle}, more: []string{"email=ana@example.com name=Ana_Lima tt=@ana.talks"},
			want: []string{"[1 2] review decided_otherwise note:decided_before"}},
		{name: "the person of another row, which is off the list",
			accounts: []string{declaresHandle},
			rows:     []string{"email=ana@example.com name=Ana_Lima ig=ana.one", "email=ana@example.org name=Ana_L ig=ana.one"},
			answers:  []string{"1 claim A", "2 same 1"},
			then:     []func(*world){noHandle}, left: []int{2},
			want: []string{"[1] unchanged decided A link:profile only"}},
		{name: "the person of another row, and the row without an address",
			accounts: []string{declaresHandle},
			rows:     []string{ana, "name=Ana_L ig=ana.one"},
			answers:  []string{"1 claim A"},
			then:     []func(*world){noHandle}, left: []int{2},
			want: []string{"[1] unchanged decided A link:profile only"}},
		{name: "what the table says anyway is left to it",
			accounts: []string{"A email=old@example.com name=Ana_Lima ig=ana.one"}, rows: []string{ana}, answers: []string{"1 new A"},
			want: []string{"[1] unchanged nothing_new A link:keep"}},
		{name: "two rows that are two people, though nothing keeps them apart any more",
			accounts: []string{"A email=old@example.com name=Ana_Lima ig=ana.one", "B email=b@example.com name=Ana_Lima tt=@ana.talks"},
			rows:     []string{"email=e1@example.com name=Ana_Lima ig=ana.one", "email=e2@example.com name=Ana_Lima tt=@ana.talks"},
			answers:  []string{"1 claim A", "2 claim B"},
			then: []func(*world){func(w *world) {
				for i := range w.accounts {
					w.accounts[i].Profiles = nil
				}
			}},
			want: []string{"[1] unchanged decided A link:profile only", "[2] unchanged decided B link:profile only"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := decisionCase{accounts: c.accounts, rows: c.rows}.world(t)
			decisions, faults := review{answers: c.answers}.answer(t, w)
			if len(faults) > 0 {
				t.Fatal(faults)
			}
			w.carryOut(decisions)
			for _, change := range c.then {
				change(w)
			}
			if c.left != nil {
				w.records = slices.DeleteFunc(w.records, func(r record.Record) bool { return !slices.Contains(c.left, r.Row) })
				for i := range w.records {
					w.records[i].Row = i + 1
				}
			}
			for _, line := range c.more {
				w.row(t, line)
			}
			var got []string
			for _, d := range w.decide(t) {
				got = append(got, strings.TrimSpace(say(d)))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			first := w.decide(t)
			w.carryOut(first)
			for _, d := range w.decide(t) {
				if !d.Write.IsZero() || d.Link.Issues() {
					t.Errorf("the second night writes: %s %+v", say(d), d.Write)
				}
			}
		})
	}
}
