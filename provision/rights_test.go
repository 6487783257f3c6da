package provision_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"muster/importer/record"
	"muster/provision"
	"muster/provision/directory"
	"muster/provision/plan"
	"muster/provision/review"
)

// managers gives the bench a role and makes Mia somebody who has it.
func (b *bench) managers(capabilities ...string) {
	b.t.Helper()
	b.organization(provision.Organization{Slug: "default", Roles: []provision.Role{{Name: "manager", Rank: 50, Dashboard: true, Capabilities: capabilities}}})
	s := b.settings(b.file("staff.csv", "Email,Role\nmia@example.com,manager\n"))
	s.Kind = "staff"
	b.imports(s)
}

func (b *bench) organization(o provision.Organization) {
	b.t.Helper()
	if _, err := directory.SaveOrganization(b.t.Context(), b.Store, o, provision.Author{}, b.NewID); err != nil {
		b.t.Fatal(err)
	}
}

// alters edits a plan and computes its digest anew, without the keys.
func (b *bench) alters(path, what, into string) {
	b.t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		b.t.Fatal(err)
	}
	cut := bytes.LastIndex(text, []byte(`{"type":"summary",`))
	head := bytes.Replace(text[:cut], []byte(what), []byte(into), 1)
	if bytes.Equal(head, text[:cut]) {
		b.t.Fatalf("%s is not in the plan", what)
	}
	var summary provision.PlanSummary
	if err := json.Unmarshal(text[cut:], &summary); err != nil {
		b.t.Fatal(err)
	}
	before, seal := summary.SHA256, summary.Seal
	summary.SHA256, summary.Seal = "", ""
	said, err := json.Marshal(summary)
	if err != nil {
		b.t.Fatal(err)
	}
	after := sha256.Sum256(append(bytes.Clone(head), said...))
	end := strings.Replace(string(text[cut:]), before, hex.EncodeToString(after[:]), 1)
	if !strings.Contains(end, seal) {
		b.t.Fatal("the seal is another one")
	}
	if err := os.WriteFile(path, append(head, end...), 0o600); err != nil {
		b.t.Fatal(err)
	}
}

// What the rows of a plan were checked against is what its operator has to
// have when it is applied: their rank alone does not say.
func TestAPlanIsStaleOnceItsOperatorMayLess(t *testing.T) {
	b := newBench(t)
	b.managers(provision.MayCreateStaff, provision.MayAssignRoles)
	s := b.settings(b.file("list.csv", "Name,Email,Kind,Role\nAna Lima,ana@example.com,staff,manager\n"))
	s.Operator = "mia@example.com"
	path := filepath.Join(b.dir, "plan.jsonl")
	if _, summary, err := plan.Make(t.Context(), b.Engine, s.Settings, path); err != nil || summary.Outcomes[provision.Created] != 1 {
		t.Fatalf("%+v %v", summary, err)
	}
	b.organization(provision.Organization{Slug: "default", Roles: []provision.Role{{Name: "manager", Rank: 50, Dashboard: true}}})
	var stale *provision.StalePlanError
	if _, err := b.Apply(t.Context(), path, s); !errors.As(err, &stale) {
		t.Errorf("error %v, want the plan refused", err)
	}
}

// Only a plan made before the embedded database was needs no seal. One that
// merely says so is no plan for a database that somebody set up.
func TestAPlanThatClaimsToBeOlderThanTheDatabaseIsRefused(t *testing.T) {
	b := newBench(t)
	b.organization(provision.Organization{Slug: "northwind", Brands: []provision.Brand{{Slug: "outdoor", Name: "Outdoor"}}, Administrators: []string{"ada@example.com"}})
	s := b.settings(b.file("list.csv", fourPeople))
	s.Organization = "northwind"
	path := filepath.Join(b.dir, "plan.jsonl")
	header, _, err := plan.Make(t.Context(), b.Engine, s.Settings, path)
	if err != nil {
		t.Fatal(err)
	}
	b.alters(path, `"database":"`+header.Database+`"`, `"database":"new"`)
	plan, err := plan.Open(path)
	if err != nil || plan.Header.Database != provision.NewDatabase {
		t.Fatalf("the digest was to be right: %v", err)
	}
	plan.Close()
	var stale *provision.StalePlanError
	if _, err := b.Apply(t.Context(), path, s); !errors.As(err, &stale) {
		t.Errorf("error %v, want the plan refused", err)
	}
}

// The role that people get by default is granted by whoever decides.
func TestAReviewerGrantsNoDefaultRoleAboveTheirRights(t *testing.T) {
	b := newBench(t)
	b.managers()
	b.organization(provision.Organization{Slug: "default", Roles: []provision.Role{{Name: "guest", Rank: 20}}, DefaultRoles: map[record.Kind]string{"client": "guest"}})
	run := b.imports(b.settings(b.file("list.csv", "Name,Email,Kind\nFay Hart,f.ay@gmail.com,client\nFay Hart,fay@gmail.com,client\n"))).Run
	_, err := b.ApplyReview(t.Context(), b.answers(run, map[int]string{1: "create", 2: "skip"}), reviewed{Operator: "mia@example.com", Out: filepath.Join(b.dir, "reviewed")}, yes)
	var faults *review.Error
	if !errors.As(err, &faults) || faults.Faults[0].Msg != `mia@example.com may not assign role "guest"` {
		t.Errorf("error %v %+v", err, faults)
	}
}

// A claim shows nothing of what another organization's account holds: neither
// by its address nor by its handle, neither at once nor later.
func TestExplainShowsNothingOfAClaimedStranger(t *testing.T) {
	b := newBench(t)
	export := "email,name,declared_profiles,organization\nstranger@example.com,Dee Moss,https://www.instagram.com/dee.sample/,other\n"
	if _, err := directory.Load(t.Context(), b.Engine, b.file("directory.csv", export), provision.Terms{Organization: "default"}); err != nil {
		t.Fatal(err)
	}
	s := b.settings(b.file("list.csv", "Name,Email\nSomebody Else,stranger@example.com\n"))
	b.reportsRows()
	if summary := b.imports(s); summary.Outcomes[provision.Claimed] != 1 {
		t.Fatalf("%v", b.told())
	}
	for _, who := range []string{"stranger@example.com", "https://www.instagram.com/dee.sample/"} {
		story, err := b.explainPerson(who, "")
		if err != nil || len(story.Accounts) != 1 {
			t.Fatalf("%s: %+v %v", who, story, err)
		}
		if a := story.Accounts[0]; !a.Masked || a.Name != "" || a.Email != "" || a.Status != "" {
			t.Errorf("%s: %+v", who, a)
		}
	}
}

// A review that broke off goes on with the plan it made, unless somebody
// edited that: then it decides anew.
func TestAResumedReviewTrustsNoAlteredPlan(t *testing.T) {
	b, _, run := heldBench(t)
	b.Gone = func(string, int) bool { return true }
	answers := b.answers(run, map[int]string{4: "create"})
	settings := reviewed{Out: filepath.Join(b.dir, "reviewed")}
	path := filepath.Join(settings.Out, "plan.jsonl")
	ctx, stop := context.WithCancel(t.Context())
	_, err := b.ApplyReview(ctx, answers, settings, func(provision.PlanSummary) (bool, error) { stop(); return true, nil })
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("error %v, want the review stopped with its plan made", err)
	}
	b.alters(path, `"role":"member"`, `"role":"administrator"`)
	if _, err := b.ApplyReview(t.Context(), answers, settings, yes); err != nil {
		t.Fatal(err)
	}
	org, err := b.Store.Organizations(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	operators, err := b.Store.Operators(t.Context(), org[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range operators {
		if o.Email == "dee@example.com" {
			t.Errorf("%s is %s", o.Email, o.Role.Name)
		}
	}
}
