package plan_test

import (
	"encoding/json"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/plan"
)

func TestStepOfADecision(t *testing.T) {
	ana := identity.Email{Address: "Ana@example.com", Value: "ana@example.com", Mailbox: "ana@example.com"}
	moved := identity.Email{Address: "ana@example.org", Value: "ana@example.org", Mailbox: "ana@example.org"}
	spelled := identity.Key{Space: "email", Value: "a.na@example.com"}
	staffNumber := identity.Key{Space: "external:here", Value: "17"}
	handle := identity.Profile{Network: "instagram", Kind: identity.Handle, Value: "ana"}
	page := identity.Profile{Network: "website", Kind: identity.Blog, Value: "agency.example", Shared: true}
	member := dedupe.Membership{Brand: "b1", Kind: record.Creator, Role: "member"}
	nobodys := func(keys ...identity.Key) (all []dedupe.Watched) {
		for _, k := range keys {
			all = append(all, dedupe.Watched{Key: k})
		}
		return all
	}
	known := []dedupe.Watched{{Key: ana.Key(), Account: "a1", Version: 3}}
	returned := []dedupe.Watched{{Key: moved.Key(), Account: "a1", Version: 3}}
	newcomer := dedupe.NewAccount{Email: ana, Name: "Ana Lima"}
	skipped := dedupe.Memory{Digest: "d", Record: "r", Choice: dedupe.ChooseSkip}
	merged := change.Verdict{Outcome: provision.Merged, Reason: reason.SamePerson}
	for name, tt := range map[string]struct {
		decision dedupe.Decision
		want     change.Step
	}{
		"somebody new gets everything of their own": {
			dedupe.Decision{
				Rows: []int{3, 5}, Action: dedupe.Create, Reason: reason.NewPerson, Link: dedupe.IssueLink,
				Watch: nobodys(spelled, ana.Key(), staffNumber, handle.Key()),
				Write: dedupe.Write{
					New:         &newcomer,
					Profiles:    []identity.Profile{handle, page},
					ExternalID:  "17",
					Memberships: []dedupe.Membership{member},
					Attributes:  []record.Attribute{{Column: "Tier", Value: "Gold"}, {Column: "City", Value: "Rome"}},
				},
			},
			change.Step{
				Rows: []int{3, 5}, Action: "create", Link: dedupe.IssueLink,
				Watch: nobodys(spelled, ana.Key(), staffNumber, handle.Key()),
				First: change.Verdict{Outcome: provision.Created, Reason: reason.NewPerson},
				Rest:  merged,
				Changes: change.Changes{
					change.Create{NewAccount: newcomer},
					change.Join{Membership: member, Attributes: json.RawMessage(`{"City":"Rome","Tier":"Gold"}`)},
					change.AddProfile{Profile: handle},
					change.AddProfile{Profile: page},
					change.TakeKey{Key: spelled},
					change.TakeKey{Key: staffNumber},
					change.IssueLink{},
				},
			},
		},
		"what is somebody else's stays theirs": {
			dedupe.Decision{
				Rows: []int{1}, Action: dedupe.Create, Reason: reason.Decided, Link: dedupe.NoAddress,
				Watch: []dedupe.Watched{{Key: staffNumber}, {Key: handle.Key(), Account: "a2", Version: 1}},
				Write: dedupe.Write{New: &dedupe.NewAccount{Name: "Ana Lima"}, Profiles: []identity.Profile{handle}},
			},
			change.Step{
				Rows: []int{1}, Action: "create", Link: dedupe.NoAddress,
				Watch: []dedupe.Watched{{Key: staffNumber}, {Key: handle.Key(), Account: "a2", Version: 1}},
				First: change.Verdict{Outcome: provision.Created, Reason: reason.Decided},
				Changes: change.Changes{
					change.Create{NewAccount: dedupe.NewAccount{Name: "Ana Lima"}},
					change.AddProfile{Profile: handle, Disputed: true},
					change.TakeKey{Key: staffNumber},
				},
			},
		},
		"somebody known gets what they lack": {
			dedupe.Decision{
				Rows: []int{2}, Action: dedupe.Update, Reason: reason.Activated, Account: "a1", Watch: known,
				Link: dedupe.ReissueLink,
				Write: dedupe.Write{
					ExternalID: "17",
					Raise:      []dedupe.Raise{{Brand: "b1", From: "member", To: "manager"}},
					Campaigns:  []string{"b1/c1"},
					Products:   []string{"reports"},
					Activate:   "activate+roles",
					Fill:       &dedupe.Fill{Name: "Ana Lima"},
					Kept: []dedupe.Kept{{
						Brand:  "b1",
						Before: map[string]string{"Tier": ""},
						After:  map[string]string{"Tier": "Gold"},
						All:    map[string]string{"Tier": "Gold", "City": "Rome"},
					}},
				},
			},
			change.Step{
				Rows: []int{2}, Action: "update", Account: "a1", Watch: known, Link: dedupe.ReissueLink,
				First: change.Verdict{Outcome: provision.Updated, Reason: reason.Activated},
				Changes: change.Changes{
					change.SetRole{Brand: "b1", From: "member", To: "manager"},
					change.SetColumns{
						Brand: "b1",
						From:  map[string]string{"Tier": ""},
						To:    map[string]string{"Tier": "Gold"},
						Rest:  map[string]string{"City": "Rome"},
					},
					change.Fill{Fill: dedupe.Fill{Name: "Ana Lima"}},
					change.GrantCampaign{Campaign: "b1/c1"},
					change.GrantProduct{Product: "reports"},
					change.TakeKey{Key: staffNumber},
					change.Unblock{Roles: true},
					change.IssueLink{Again: true},
				},
			},
		},
		"a block says whether a link ends with it": {
			dedupe.Decision{
				Rows: []int{2}, Action: dedupe.Update, Reason: reason.BlockedNow, Account: "a1", Watch: known,
				Link: dedupe.EndedLink, LinkID: "00ff", Write: dedupe.Write{Block: true},
			},
			change.Step{
				Rows: []int{2}, Action: "update", Account: "a1", Watch: known, Link: dedupe.EndedLink, LinkID: "00ff",
				First:   change.Verdict{Outcome: provision.Updated, Reason: reason.BlockedNow},
				Changes: change.Changes{change.Block{EndsLink: true}},
			},
		},
		"a new address comes with its key": {
			dedupe.Decision{
				Rows: []int{2}, Action: dedupe.Update, Reason: reason.Decided, Account: "a1",
				Watch: append(nobodys(moved.Key()), known...), Write: dedupe.Write{Email: &moved, Former: ana},
			},
			change.Step{
				Rows: []int{2}, Action: "update", Account: "a1", Watch: append(nobodys(moved.Key()), known...),
				First: change.Verdict{Outcome: provision.Updated, Reason: reason.Decided},
				Changes: change.Changes{
					change.TakeKey{Key: moved.Key()},
					change.Readdress{From: ana, To: moved},
				},
			},
		},
		"an address that was the account's before has its key": {
			dedupe.Decision{
				Rows: []int{2}, Action: dedupe.Update, Reason: reason.Decided, Account: "a1",
				Watch: returned, Write: dedupe.Write{Email: &moved, Former: ana},
			},
			change.Step{
				Rows: []int{2}, Action: "update", Account: "a1", Watch: returned,
				First:   change.Verdict{Outcome: provision.Updated, Reason: reason.Decided},
				Changes: change.Changes{change.Readdress{From: ana, To: moved}},
			},
		},
		"nothing new changes nothing": {
			dedupe.Decision{
				Rows: []int{2}, Action: dedupe.Unchanged, Reason: reason.NothingNew, Account: "a1", Watch: known,
				Link: dedupe.KeepLink, LinkID: "00ff",
			},
			change.Step{
				Rows: []int{2}, Account: "a1", Watch: known, Link: dedupe.KeepLink, LinkID: "00ff",
				First: change.Verdict{Outcome: provision.Unchanged, Reason: reason.NothingNew},
			},
		},
		"a held person keeps what a reviewer decides on": {
			dedupe.Decision{
				Rows: []int{1, 4}, Action: dedupe.Review, Reason: reason.LooksLike, Digest: "d", Contested: true,
				Candidates: []dedupe.Candidate{{Account: "a1"}}, Path: []dedupe.Tie{{Row: 4, Other: 1}},
			},
			change.Step{
				Rows:  []int{1, 4},
				First: change.Verdict{Outcome: provision.Review, Reason: reason.LooksLike},
				Rest:  change.Verdict{Outcome: provision.Review, Reason: reason.LooksLike},
				Detail: &provision.Detail{
					Candidates: []dedupe.Candidate{{Account: "a1"}},
					Path:       []dedupe.Tie{{Row: 4, Other: 1}},
					Held:       &provision.Held{Rows: []int{1, 4}, Digest: "d", Contested: true},
				},
			},
		},
		"what a reviewer left alone is remembered": {
			dedupe.Decision{Rows: []int{1}, Action: dedupe.Review, Reason: reason.Skipped, Remember: []dedupe.Memory{skipped}},
			change.Step{
				Rows: []int{1}, Action: "review",
				First:   change.Verdict{Outcome: provision.Review, Reason: reason.Skipped},
				Changes: change.Changes{change.Remember{Memory: skipped}},
			},
		},
		"a rejected row says why": {
			dedupe.Decision{
				Rows: []int{1}, Action: dedupe.Reject, Reason: reason.EmailNeeded,
				Problems: []record.Problem{{Code: reason.EmailNeeded}},
			},
			change.Step{
				Rows:   []int{1},
				First:  change.Verdict{Outcome: provision.Rejected, Reason: reason.EmailNeeded},
				Detail: &provision.Detail{Problems: []record.Problem{{Code: reason.EmailNeeded}}},
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := plan.FromDecision(tt.decision, "here")
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			path := filepath.Join(t.TempDir(), "plan.jsonl")
			if diff := cmp.Diff([]change.Step{got, got}, written(t, path, got, got)); diff != "" {
				t.Errorf("-written +read:\n%s", diff)
			}
		})
	}
}

// written writes steps to a plan and reads them back.
func written(t *testing.T, path string, steps ...change.Step) (got []change.Step) {
	t.Helper()
	w, err := plan.NewWriter(path, provision.PlanHeader{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Discard()
	for row := range 5 {
		if err := w.Row(record.Record{Row: row + 1}); err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range steps {
		if err := w.Step(s); err != nil {
			t.Fatal(err)
		}
	}
	made, err := w.Close(nil)
	if err != nil {
		t.Fatal(err)
	}
	made.Close()
	read, err := plan.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	for s, err := range read.Steps() {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, s)
	}
	return got
}
