package provision_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/provision"
	"muster/provision/directory"
	"muster/provision/plan"
	"muster/provision/review"
	"muster/provision/store/storetest"
	"muster/provision/words"
)

const heldPeople = `Name,Email,Instagram
Ana Lima,ana@example.com,ana.sample
Ben Okafor,talent@agency.example.org,ben.sample
Cy Dane,talent@agency.example.org,cy.sample
Dee Moss,dee@example.com,dee.sample
Eve Stone,eve.new@example.com,eve.sample
Fay Hart,f.ay@gmail.com,
Fay Hart,fay@gmail.com,
`

const heldDirectory = `email,name,status,external_id,connected_profiles,declared_profiles,organization,brand,kind,role
old@example.com,Ana Souza,created,,,https://www.instagram.com/ana.sample/,default,,,
stranger@example.com,Dee Moss,registered,,,https://www.instagram.com/dee.sample/,other,,,
eve@example.com,Eve Stone,created,,,https://www.instagram.com/eve.sample/,default,default,creator,member
`

// heldBench is a bench with seven rows held, and the run that held them.
func heldBench(t *testing.T) (*bench, asked, string) {
	t.Helper()
	b := newBench(t)
	if _, err := directory.Load(t.Context(), b.Engine, b.file("directory.csv", heldDirectory), provision.Terms{}); err != nil {
		t.Fatal(err)
	}
	s := b.settings(b.file("list.csv", heldPeople))
	run := b.imports(s)
	want := []string{"2 review looks_like", "3 review shared_address", "4 review shared_address", "5 review looks_like", "6 review looks_like", "7 review same_mailbox", "8 review same_mailbox"}
	if diff := cmp.Diff(want, b.told()); diff != "" {
		t.Fatalf("-want +got:\n%s", diff)
	}
	return b, s, run.Run
}

// A report names the rows that a held row is held with, or shares a mailbox with.
func TestHeldRowsNameTheOthers(t *testing.T) {
	b, _, _ := heldBench(t)
	want := map[int][]int{3: {4}, 4: {3}, 7: {8}, 8: {7}}
	for _, l := range b.lines {
		var with []int
		for _, p := range l.HeldWith {
			with = append(with, p.Line)
		}
		if diff := cmp.Diff(want[l.Place.Line], with); diff != "" {
			t.Errorf("line %d (-want +got):\n%s", l.Place.Line, diff)
		}
	}
}

// answers fills decisions in, by row.
func (b *bench) answers(run string, decisions map[int]string) review.Answers {
	b.t.Helper()
	held, err := plan.Held(b.t.Context(), b.Engine, run, plan.HeldSettings{All: true})
	if err != nil {
		b.t.Fatal(err)
	}
	answers := review.Answers{Path: "review.xlsx", Source: run}
	for _, p := range held.People {
		for _, r := range p.Rows {
			answers.All = append(answers.All, review.Answer{Person: p.Number, Row: r.Row, Digest: p.Digest, Decision: decisions[r.Row], Name: r.Name, Email: r.Email.Address, Cell: fmt.Sprintf("Review!A%d", r.Row+1)})
		}
	}
	return answers
}

func (b *bench) review(run string, decisions map[int]string) (provision.Summary, error) {
	b.t.Helper()
	return b.ApplyReview(b.t.Context(), b.answers(run, decisions), reviewed{Out: filepath.Join(b.dir, "reviewed")}, yes)
}

var allDecided = map[int]string{1: "claim A", 2: "create as contact", 3: "Create", 4: "create", 5: "same person, new email", 6: "create", 7: "same as row 6"}

func TestReviewRoundTrip(t *testing.T) {
	b, s, run := heldBench(t)
	if info, err := os.Stat(filepath.Join(s.Out, plan.HeldFile)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("held people: %v %v", info, err)
	}
	summary, err := b.review(run, allDecided)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"2 claimed decided link:none", "3 created decided link:no_address", "4 created decided link:issued", "5 created decided link:issued",
		"6 updated decided link:issued", "7 created decided link:issued", "8 merged same_person into 7"}
	if diff := cmp.Diff(want, profileOnly(b.told())); diff != "" {
		t.Errorf("reviewed (-want +got):\n%s", diff)
	}
	if summary.ExitCode != provision.ExitOK || summary.Command != "review" {
		t.Errorf("summary: %+v", summary)
	}
	links := b.links()
	for line, to := range map[int]string{4: "talent@agency.example.org", 6: "eve.new@example.com"} {
		if !strings.HasSuffix(links[line], "-"+to) {
			t.Errorf("the link of line %d is %s, want it for %s", line, links[line], to)
		}
	}

	if summary = b.imports(s); summary.ExitCode != provision.ExitOK || summary.Outcomes[provision.Review] != 0 {
		t.Errorf("the night after: %v", b.told())
	}
	for _, l := range b.lines {
		if l.Outcome != provision.Unchanged && l.Outcome != provision.Merged {
			t.Errorf("the night after: %v", b.told())
			break
		}
	}
	if diff := cmp.Diff(links, b.links()); diff != "" {
		t.Errorf("links changed (-review +night):\n%s", diff)
	}
	if _, err := os.Stat(filepath.Join(s.Out, plan.HeldFile)); err == nil {
		t.Error("nobody is held, and the file of held people is still there")
	}
}

func profileOnly(told []string) []string {
	for i := range told {
		told[i] = strings.Replace(told[i], "link:profile_only", "link:none", 1)
	}
	return told
}

// Rows of one mailbox are shown to each other.
func TestReviewShowsWhoSharesAMailbox(t *testing.T) {
	b, _, run := heldBench(t)
	held, err := plan.Held(t.Context(), b.Engine, run, plan.HeldSettings{})
	if err != nil || len(held.People) != 6 {
		t.Fatalf("%+v %v", held, err)
	}
	last := held.People[5]
	if len(last.Sharers) != 1 || last.Sharers[0].Row != 6 || !slices.Contains(last.Rows[0].Options, "same as row 6") {
		t.Errorf("%+v", last)
	}
}

// Of very many who share a mailbox each is shown the first few others, and may
// be said to be any of them.
func TestReviewShowsAFewOfThoseWhoShareAMailbox(t *testing.T) {
	b := newBench(t)
	list := "Name,Email\n"
	for i := range 60 {
		list += fmt.Sprintf("Fay Hart,fay+%d@gmail.com\n", i)
	}
	run := b.imports(b.settings(b.file("list.csv", list))).Run
	held, err := plan.Held(t.Context(), b.Engine, run, plan.HeldSettings{})
	if err != nil || len(held.People) != 60 {
		t.Fatalf("%d people, %v", len(held.People), err)
	}
	for _, p := range held.People {
		if n, shown := len(p.Rows[0].Options), len(p.Sharers); n > 13 || shown < 9 || shown > 10 {
			t.Fatalf("row %d: %d options, %d others", p.Rows[0].Row, n, shown)
		}
	}
	decided := map[int]string{}
	for i := range 60 {
		decided[i+1] = "same as row 50"
	}
	decided[50] = "create"
	if _, err := b.review(run, decided); err != nil {
		t.Fatal(err)
	}
	if got := b.told()[0]; got != "2 merged same_person into 51" && got != "2 created decided link:issued" {
		t.Errorf("the first row: %s", got)
	}
}

// A hint that many rows share is evidence once for each of them.
func TestASharedHintIsEvidenceOnce(t *testing.T) {
	b := newBench(t)
	list := "Name,Email,Links\nAna Lee,ana@example.com,https://linktr.ee/the.agency\n"
	b.imports(b.settings(b.file("list.csv", list)))
	for i := range 20 {
		list += fmt.Sprintf("Ana Lee,ana%d@example.com,https://linktr.ee/the.agency\n", i)
	}
	b.imports(b.settings(b.file("list.csv", list)))
	if got := b.told()[20]; got != "22 review looks_like" {
		t.Fatalf("the last row: %s", got)
	}
	for _, l := range b.lines[1:] {
		if len(l.Candidates) != 1 || len(l.Candidates[0].Evidence) != 1 {
			t.Errorf("line %d: %d accounts; %+v", l.Place.Line, len(l.Candidates), l.Candidates)
		}
	}
}

// Held again when the evidence changed, with who decided before.
func TestDecidedPeopleAreHeldAgainOnOtherEvidence(t *testing.T) {
	b, s, run := heldBench(t)
	if _, err := b.review(run, allDecided); err != nil {
		t.Fatal(err)
	}
	b.file("list.csv", strings.Replace(heldPeople, "Ana Lima,ana@", "Ana Lima-Silva,ana@", 1))
	b.imports(s)
	if got := b.told()[0]; got != "2 review looks_like" {
		t.Errorf("another name in the list: %s", got)
	}
	if note := b.lines[0].Notes[len(b.lines[0].Notes)-1]; note.Code != "decided_before" || !strings.Contains(note.Said, "claim") {
		t.Errorf("notes: %+v", b.lines[0].Notes)
	}
	if got := b.told()[3]; !strings.HasPrefix(got, "5 unchanged decided") {
		t.Errorf("the others: %s", got)
	}
}

func TestSkippedPeopleStayAndDoNotSpoilTheNight(t *testing.T) {
	b, s, run := heldBench(t)
	summary, err := b.review(run, map[int]string{1: "skip", 2: "skip", 3: "skip", 4: "skip", 5: "skip", 6: "skip", 7: "skip"})
	if err != nil || summary.ExitCode != provision.ExitOK {
		t.Fatalf("%+v %v", summary, err)
	}
	summary = b.imports(s)
	if summary.ExitCode != provision.ExitOK || summary.Outcomes[provision.Review] != 7 || summary.Reasons["skipped"] != 7 {
		t.Errorf("the night after: %+v", summary)
	}
	held, err := plan.Held(t.Context(), b.Engine, summary.Run, plan.HeldSettings{})
	if err != nil || len(held.People) != 0 {
		t.Errorf("asked again: %d people, %v", len(held.People), err)
	}
	if held, err = plan.Held(t.Context(), b.Engine, summary.Run, plan.HeldSettings{All: true}); err != nil || len(held.People) != 6 || held.People[0].Before == "" {
		t.Errorf("with --all: %+v, %v", held.People, err)
	}
	if _, err := b.review(summary.Run, map[int]string{1: "claim A"}); err != nil { // they may be decided after all
		t.Error(err)
	}
}

// Whatever is wrong is named by its cell, and nothing is done.
func TestReviewFaults(t *testing.T) {
	for name, c := range map[string]struct {
		decisions map[int]string
		change    func(*review.Answers)
		cell, msg string
	}{
		"unknown candidate":     {map[int]string{1: "claim Q"}, nil, "Review!A2", `there is no candidate "Q"`},
		"no decision":           {map[int]string{1: "perhaps"}, nil, "Review!A2", `"perhaps" is not possible`},
		"not possible here":     {map[int]string{4: "same person, new email"}, nil, "Review!A5", "is not possible for this row"},
		"half a person":         {map[int]string{2: "create"}, nil, "Review!A4", "another row of the same person is decided"},
		"one address for two":   {map[int]string{2: "create", 3: "create"}, nil, "Review!A4", "would both get the address"},
		"a circle":              {map[int]string{6: "same as row 7", 7: "same as row 6"}, nil, "Review!A7", "in a circle"},
		"a row not decided":     {map[int]string{6: "same as row 7"}, nil, "Review!A7", "row 7 is not decided here"},
		"stale":                 {map[int]string{1: "claim A"}, func(a *review.Answers) { a.All[0].Digest = "old" }, "Review!A2", "what this was decided on has changed"},
		"an edited email":       {map[int]string{1: "claim A"}, func(a *review.Answers) { a.All[0].Email = "x@example.com" }, "Review!A2", "was changed in this file"},
		"a row of someone else": {map[int]string{1: "claim A"}, func(a *review.Answers) { a.All[0].Row = 77 }, "Review!A2", "none of the person's"},
		"a person who is gone":  {map[int]string{1: "claim A"}, func(a *review.Answers) { a.All[0].Person = 99 }, "Review!A2", "no longer held"},
		"the same row twice":    {map[int]string{1: "claim A"}, func(a *review.Answers) { a.All = append(a.All, a.All[0]) }, "Review!A2", "stands here twice"},
	} {
		t.Run(name, func(t *testing.T) {
			b, s, run := heldBench(t)
			answers := b.answers(run, c.decisions)
			if c.change != nil {
				c.change(&answers)
			}
			_, err := b.ApplyReview(t.Context(), answers, reviewed{Out: filepath.Join(b.dir, "reviewed")}, yes)
			var faults *review.Error
			if !errors.As(err, &faults) {
				t.Fatalf("error %v", err)
			}
			if f := faults.Faults[0]; !strings.Contains(f.Msg, c.msg) || f.Cell != c.cell || f.Hint == "" {
				t.Errorf("%+v", faults.Faults)
			}
			if b.imports(s); b.lines[0].Outcome != provision.Review {
				t.Errorf("something was done: %v", b.told())
			}
		})
	}
}

// The other rows of a person are not blamed for a cell that cannot be read.
func TestABadCellIsTheOnlyFaultOfItsPerson(t *testing.T) {
	b, _, run := heldBench(t)
	_, err := b.review(run, map[int]string{2: "perhaps", 3: "create"})
	var faults *review.Error
	if !errors.As(err, &faults) || len(faults.Faults) != 1 || faults.Faults[0].Cell != "Review!A3" {
		t.Errorf("%v: %+v", err, faults)
	}
}

func TestEveryDecisionMayBeSaidAsAPersonSaysIt(t *testing.T) {
	b, s, run := heldBench(t)
	held, err := plan.Held(t.Context(), b.Engine, run, plan.HeldSettings{})
	if err != nil {
		t.Fatal(err)
	}
	said, elsewhere := map[int]string{}, map[int]string{}
	for _, p := range held.People {
		for _, row := range p.Rows {
			at := slices.IndexFunc(row.Options, func(o string) bool { return strings.EqualFold(o, allDecided[row.Row]) })
			if len(row.Choices) != len(row.Options) || at < 0 {
				t.Fatalf("row %d is offered %q: %v", row.Row, row.Options, row.Choices)
			}
			said[row.Row] = words.In{}.Choice(p, row, row.Choices[at])
			in := words.Languages()[row.Row%len(words.Languages())]
			elsewhere[row.Row] = strings.ToUpper(in.Choice(p, row, row.Choices[at]))
		}
	}
	want := map[int]string{1: "It is A", 2: "Somebody new, with an agency's address", 3: "Somebody new", 4: "Somebody new",
		5: "It is A, with a new address", 6: "Somebody new", 7: "The same person as line 7"}
	if diff := cmp.Diff(want, said); diff != "" {
		t.Errorf("said (-want +got):\n%s", diff)
	}
	if elsewhere[3] != "QUELQU’UN DE NOUVEAU" || elsewhere[5] != "ES IST A, MIT NEUER ADRESSE" {
		t.Errorf("in other languages: %v", elsewhere)
	}
	if _, err := b.review(run, elsewhere); err != nil {
		t.Fatal(err)
	}
	if b.imports(s); b.lines[0].Outcome == provision.Review {
		t.Errorf("nothing was decided: %v", b.told())
	}
}

func TestReviewTwiceIsReportedAndDeclinedIsNothing(t *testing.T) {
	b, _, run := heldBench(t)
	answers := b.answers(run, map[int]string{4: "create"})
	s := reviewed{Out: filepath.Join(b.dir, "reviewed")}
	_, err := b.ApplyReview(t.Context(), answers, s, func(provision.PlanSummary) (bool, error) { return false, nil })
	if !errors.Is(err, provision.ErrDeclined) {
		t.Fatal(err)
	}
	first, err := b.ApplyReview(t.Context(), answers, s, yes)
	if err != nil || first.Outcomes[provision.Created] != 1 {
		t.Fatalf("%+v %v", first, err)
	}
	again, err := b.ApplyReview(t.Context(), answers, s, yes)
	if err != nil || again.Run != first.Run {
		t.Errorf("%+v %v", again, err)
	}
}

// Whoever decides may do no more than they could import.
func TestReviewIsWithinTheReviewersRights(t *testing.T) {
	b := newBench(t)
	if _, err := directory.SaveOrganization(t.Context(), b.Store, provision.Organization{Slug: "default", Roles: []provision.Role{{Name: "manager", Rank: 50, Dashboard: true}}}, provision.Author{}, b.NewID); err != nil {
		t.Fatal(err)
	}
	s := b.settings(b.file("staff.csv", "Email,Role\nmia@example.com,manager\n"))
	s.Kind = "staff"
	b.imports(s)
	run := b.imports(b.settings(b.file("list.csv", "Name,Email,Kind\nFay Hart,f.ay@gmail.com,staff\nFay Hart,fay@gmail.com,staff\n"))).Run
	answers := b.answers(run, map[int]string{1: "create", 2: "same as row 1"})
	_, err := b.ApplyReview(t.Context(), answers, reviewed{Operator: "mia@example.com"}, yes)
	var faults *review.Error
	if !errors.As(err, &faults) || len(faults.Faults) != 2 || faults.Faults[0].Msg != "mia@example.com may not create staff" {
		t.Errorf("error %v %+v", err, faults)
	}
	if _, err := b.ApplyReview(t.Context(), answers, reviewed{Out: filepath.Join(b.dir, "reviewed")}, yes); err != nil {
		t.Error(err)
	}
}

// A block that a list asked for is carried out by whoever may block.
func TestReviewBlocksWithinTheReviewersRights(t *testing.T) {
	b := newBench(t)
	if _, err := directory.SaveOrganization(t.Context(), b.Store, provision.Organization{Slug: "default", Roles: []provision.Role{{Name: "manager", Rank: 50, Dashboard: true}}}, provision.Author{}, b.NewID); err != nil {
		t.Fatal(err)
	}
	s := b.settings(b.file("staff.csv", "Email,Role\nmia@example.com,manager\n"))
	s.Kind = "staff"
	b.imports(s)
	b.imports(b.settings(b.file("list.csv", "Name,Email,Instagram\nAna Lima,ana@example.com,ana.one\n")))
	run := b.imports(b.settings(b.file("blocked.csv", "Name,Email,Instagram,Status\nAna Lima,lima@example.com,ana.one,blocked\n"))).Run
	answers := b.answers(run, map[int]string{1: "claim A"})
	_, err := b.ApplyReview(t.Context(), answers, reviewed{Operator: "mia@example.com"}, yes)
	var faults *review.Error
	if !errors.As(err, &faults) || len(faults.Faults) != 1 || faults.Faults[0].Msg != "mia@example.com may not block anybody" {
		t.Errorf("error %v %+v", err, faults)
	}
	if _, err := b.ApplyReview(t.Context(), answers, reviewed{Out: filepath.Join(b.dir, "reviewed")}, yes); err != nil {
		t.Error(err)
	}
}

// A review of a plan needs no import before it.
func TestReviewOfAPlan(t *testing.T) {
	b := newBench(t)
	if _, err := directory.Load(t.Context(), b.Engine, b.file("directory.csv", heldDirectory), provision.Terms{}); err != nil {
		t.Fatal(err)
	}
	s := b.settings(b.file("list.csv", heldPeople))
	path := filepath.Join(b.dir, "plan.jsonl")
	if _, _, err := plan.Make(t.Context(), b.Engine, s.Settings, path); err != nil {
		t.Fatal(err)
	}
	if _, err := b.review(path, allDecided); err != nil {
		t.Fatal(err)
	}
	if summary := b.imports(s); summary.Outcomes[provision.Review] != 0 {
		t.Errorf("imported after the review: %v", b.told())
	}
}

// A review that breaks off at any call is finished by doing it again.
func TestReviewMayFailAnywhere(t *testing.T) {
	for n := 1; ; n++ {
		b, s, run := heldBench(t)
		b.Gone = func(string, int) bool { return true }
		answers := b.answers(run, allDecided)
		settings := reviewed{Out: filepath.Join(b.dir, "reviewed")}
		healthy := b.Store
		failing := storetest.Failing(healthy, n)
		b.Store = failing
		_, err := b.ApplyReview(t.Context(), answers, settings, yes)
		b.Store = healthy
		if failing.Failed() == "" {
			if n < 20 {
				t.Fatalf("a review makes only %d calls", n)
			}
			return
		}
		if err != nil {
			if _, err := b.ApplyReview(t.Context(), answers, settings, yes); err != nil {
				t.Fatalf("call %d (%s): %v", n, failing.Failed(), err)
			}
		}
		if summary := b.imports(s); summary.Outcomes[provision.Review] != 0 || summary.Outcomes[provision.Created] != 0 {
			t.Fatalf("call %d (%s): the night after: %v", n, failing.Failed(), b.told())
		}
	}
}

// A handle on everybody's row makes one person of many accounts: shown beside
// as many as there are letters, and each row with what is its own.
func TestAHandleOnEverybodyStaysSmall(t *testing.T) {
	b := newBench(t)
	known, shared := "Name,Email\n", "Name,Email,Instagram\n"
	const people = 60
	for i := range people {
		known += fmt.Sprintf("Ana Lima,ana%d@example.com\n", i)
		shared += fmt.Sprintf("Ana Lima,ana%d@example.com,agency.sample\n", i)
	}
	b.imports(b.settings(b.file("known.csv", known)))
	run := b.imports(b.settings(b.file("shared.csv", shared))).Run
	evidence := 0
	for _, l := range b.lines {
		if l.Outcome != provision.Review || len(l.Candidates) != 26 {
			t.Fatalf("line %d: %s, %d candidates", l.Line, l.Outcome, len(l.Candidates))
		}
		for _, c := range l.Candidates {
			evidence += len(c.Evidence)
		}
	}
	if evidence > 26*people {
		t.Errorf("%d pieces of evidence for %d rows", evidence, people)
	}
	held, err := plan.Held(t.Context(), b.Engine, run, plan.HeldSettings{})
	if err != nil || len(held.People) != 1 || len(held.People[0].Candidates) != 26 {
		t.Fatalf("%d people, %v", len(held.People), err)
	}
}
