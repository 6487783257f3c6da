package provision_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/provision"
	"muster/provision/directory"
	"muster/provision/explain"
)

const transitive = `Name,Email,YouTube,TikTok
Ana Lima,ana@example.com,@ana.sample.films,
Ana Lima,,@ana.sample.films,@ana.sample.talks
Ana Lima,,,@ana.sample.talks
`

func TestExplainRowTellsHowRowsWereJoined(t *testing.T) {
	b := newBench(t)
	s := b.settings(b.file("list.csv", transitive))
	b.reportsRows()
	run := b.imports(s)
	for _, which := range []string{"3", "list.csv:4", s.Lists[0] + ":4"} {
		story, err := b.explainRow(run.Run, which)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, tie := range story.Row.Detail.Path {
			got = append(got, fmt.Sprintf("%d-%d %s/%s", tie.Row, tie.Other, tie.Key.Space, tie.Key.Value))
		}
		want := []string{"3-2 tiktok/ana.sample.talks", "2-1 youtube/ana.sample.films"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: -want +got:\n%s", which, diff)
		}
		if story.Row.Outcome != provision.Merged || story.Row.Into != 1 || len(story.Accounts) != 1 || story.Accounts[0].Email != "ana@example.com" {
			t.Errorf("%s: %+v %+v", which, story.Row, story.Accounts)
		}
	}
	for _, which := range []string{"4", "0", "x", "list.csv:9", "other.csv:2"} {
		if _, err := b.explainRow(run.Run, which); err == nil {
			t.Errorf("%s was explained", which)
		}
	}
}

func TestExplainPersonTellsItAcrossRuns(t *testing.T) {
	b, s, _ := heldBench(t)
	b.reportsRows()
	run := b.imports(s).Run // again, with a report
	if _, err := b.review(run, allDecided); err != nil {
		t.Fatal(err)
	}
	s.Out = filepath.Join(b.dir, "third")
	b.imports(s)
	story, err := b.explainPerson("eve.new@example.com", "")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, one := range story.Appearances {
		got = append(got, fmt.Sprintf("%s %d %s %s", one.Kind, one.Row, one.Outcome, one.Reason))
	}
	want := []string{"import 5 review looks_like", "review 5 updated decided", "import 5 unchanged nothing_new"}
	if diff := cmp.Diff(want, got[len(got)-3:]); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if n := len(story.Changes); n != 2 || story.Changes[0].Source != "directory load" ||
		story.Changes[1].Action != "update" || !strings.Contains(string(story.Changes[1].Detail), "same person, new email") {
		t.Errorf("changes: %+v", story.Changes)
	}
	// The profile of a stranger leads there, and shows nothing of them.
	story, err = b.explainPerson("https://www.instagram.com/dee.sample/", "")
	if err != nil || len(story.Accounts) == 0 {
		t.Fatalf("%+v %v", story, err)
	}
	for _, a := range story.Accounts {
		if strings.Contains(a.Email, "stranger") || a.Masked != (a.Email == "") {
			t.Errorf("%+v", a)
		}
	}
	if _, err := b.explainPerson("nobody", ""); err == nil {
		t.Error("a word was taken for a person")
	}
}

// explainRow explains a row to the only administrator.
func (b *bench) explainRow(run, which string) (explain.Story, error) {
	a, err := b.Authority(b.t.Context(), provision.Terms{})
	if err != nil {
		return explain.Story{}, err
	}
	r, err := provision.RunSeen(b.t.Context(), b.Engine, a, run)
	if err != nil {
		return explain.Story{}, err
	}
	return explain.Row(b.t.Context(), b.Engine, a, r, which)
}

// explainPerson explains a person to an operator, "" for the only administrator.
func (b *bench) explainPerson(who, operator string) (explain.Story, error) {
	a, err := b.Authority(b.t.Context(), provision.Terms{Organization: "default", Operator: operator})
	if err != nil {
		return explain.Story{}, err
	}
	return explain.Person(b.t.Context(), b.Engine, a, who)
}

// reportsRows lets the bench write the file of a report that explain reads.
func (b *bench) reportsRows() {
	before := b.Report
	b.Report = rowsWriter(b, before)
}

func rowsWriter(b *bench, before reportFunc) reportFunc {
	return func(ctx context.Context, dir string, lines iter.Seq2[provision.Line, error], s provision.Summary, r provision.Rendering) (provision.Summary, error) {
		summary, err := before(ctx, dir, lines, s, r)
		var text strings.Builder
		for _, l := range b.lines {
			fmt.Fprintf(&text, "{\"file\":%q,\"line\":%d,\"name\":%q,\"email\":%q,\"account_id\":%q}\n", l.File, l.Line, l.Name, l.Email.Address, l.Account)
		}
		if err == nil {
			err = errors.Join(os.WriteFile(filepath.Join(dir, "rows.jsonl"), []byte(text.String()), 0o600),
				os.WriteFile(filepath.Join(dir, "summary.json"), fmt.Appendf(nil, `{"run":%q}`, s.Run), 0o600))
		}
		return summary, err
	}
}

// Somebody in a brand that the operator does not see is nobody to them: neither
// the account nor its rows and changes are told of.
func TestExplainPersonKnowsNobodyOfOtherBrands(t *testing.T) {
	b := newBench(t)
	_, err := directory.SaveOrganization(t.Context(), b.Store, provision.Organization{Slug: "default",
		Brands: []provision.Brand{{Slug: "kitchen", Name: "Kitchen"}},
		Roles:  []provision.Role{{Name: "manager", Rank: 50, Dashboard: true}}}, provision.Author{}, b.NewID)
	if err != nil {
		t.Fatal(err)
	}
	b.reportsRows()
	staff := b.settings(b.file("staff.csv", "Email,Role,Brand\nmia@example.com,manager,default\n"))
	staff.Kind, staff.Brand = "staff", "default"
	b.imports(staff)
	s := b.settings(b.file("list.csv", "Name,Email,Instagram,Brand\nAnn Lee,ann@example.com,ann.lee,kitchen\n"))
	s.Brand = "kitchen"
	b.imports(s)
	for operator, told := range map[string]bool{"": true, "mia@example.com": false} {
		story, err := b.explainPerson("ann@example.com", operator)
		if err != nil {
			t.Fatalf("%q: %+v %v", operator, story, err)
		}
		if n := len(story.Accounts) + len(story.Changes) + len(story.Appearances); n > 0 != told {
			t.Errorf("%q is told %+v", operator, story)
		}
	}
}
