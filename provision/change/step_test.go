package change

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/reason"
	"muster/provision"
)

func TestLedgerOfAStep(t *testing.T) {
	note := func(row int) dedupe.Note { return dedupe.Note{Code: reason.NameDiffers, Row: row} }
	tie := dedupe.Tie{Row: 2, Other: 1}
	evidence := []dedupe.Evidence{{Row: 1}, {Row: 2}}
	held := &provision.Held{Rows: []int{1, 2}, Digest: "d"}
	merged := Step{
		Rows:   []int{1, 2},
		First:  Verdict{provision.Updated, reason.AccessAdded},
		Rest:   Verdict{provision.Merged, reason.SamePerson},
		Detail: &provision.Detail{Notes: []dedupe.Note{note(1)}, Path: []dedupe.Tie{tie}},
	}
	review := Step{
		Rows:  []int{1, 2},
		First: Verdict{provision.Review, reason.LooksLike},
		Rest:  Verdict{provision.Review, reason.LooksLike},
		Detail: &provision.Detail{
			Candidates: []dedupe.Candidate{{Account: "a1", Evidence: evidence}},
			Notes:      []dedupe.Note{note(1), note(2)},
			Path:       []dedupe.Tie{tie},
			Held:       held,
		},
	}
	expired := Step{Rows: []int{1}, First: Verdict{provision.Unchanged, reason.NothingNew}, Link: dedupe.ExpiredLink}
	for name, tt := range map[string]struct{ got, want []provision.LedgerRow }{
		"further rows are merged into the first, each with its way there": {
			merged.Ledger(Done{Account: "a1", Link: "00ff"}),
			[]provision.LedgerRow{
				{Row: 1, Outcome: provision.Updated, Reason: reason.AccessAdded, Account: "a1", Link: "00ff",
					Differs: "name_differs", Detail: &provision.Detail{Notes: []dedupe.Note{note(1)}}},
				{Row: 2, Outcome: provision.Merged, Reason: reason.SamePerson, Account: "a1", Into: 1,
					Detail: &provision.Detail{Path: []dedupe.Tie{tie}}},
			},
		},
		"a held row explains itself by what is its own": {
			review.Ledger(Done{}),
			[]provision.LedgerRow{
				{Row: 1, Outcome: provision.Review, Reason: reason.LooksLike, Detail: review.Detail},
				{Row: 2, Outcome: provision.Review, Reason: reason.LooksLike, Detail: &provision.Detail{
					Candidates: []dedupe.Candidate{{Account: "a1", Evidence: evidence[1:]}},
					Notes:      []dedupe.Note{note(2)},
					Path:       []dedupe.Tie{tie},
				}},
			},
		},
		"a stale person is not held, and none of the rows is merged": {
			review.LedgerAs(Verdict{provision.Stale, reason.AccountChanged}),
			[]provision.LedgerRow{
				{Row: 1, Outcome: provision.Stale, Reason: reason.AccountChanged, Detail: &provision.Detail{
					Candidates: review.Detail.Candidates, Notes: review.Detail.Notes}},
				{Row: 2, Outcome: provision.Stale, Reason: reason.AccountChanged, Detail: &provision.Detail{Path: []dedupe.Tie{tie}}},
			},
		},
		"an expired link is said where none is reported": {
			expired.Ledger(Done{Account: "a1"}),
			[]provision.LedgerRow{{Row: 1, Outcome: provision.Unchanged, Reason: reason.NothingNew, Account: "a1",
				Detail: &provision.Detail{Link: dedupe.ExpiredLink}}},
		},
		"an expired link that is reported speaks for itself": {
			expired.Ledger(Done{Account: "a1", Link: "00ff"}),
			[]provision.LedgerRow{{Row: 1, Outcome: provision.Unchanged, Reason: reason.NothingNew, Account: "a1", Link: "00ff"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, tt.got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestStepIsFresh(t *testing.T) {
	key := identity.Key{Space: "email", Value: "ana@example.com"}
	seen := func(account string, version int64) Step {
		return Step{Watch: []dedupe.Watched{{Key: key, Account: account, Version: version}}}
	}
	for name, tt := range map[string]struct {
		step  Step
		found []provision.Found
		want  bool
	}{
		"nobody had the key, and nobody has": {seen("", 0), nil, true},
		"somebody has it by now":             {seen("", 0), []provision.Found{{Account: "a1", Version: 1}}, false},
		"the account is as it was":           {seen("a1", 3), []provision.Found{{Account: "a1", Version: 3}}, true},
		"somebody has written to it":         {seen("a1", 3), []provision.Found{{Account: "a1", Version: 4}}, false},
		"another account has the key":        {seen("a1", 3), []provision.Found{{Account: "a2", Version: 3}}, false},
		"it leads to nobody any more":        {seen("a1", 3), nil, false},
		"a step that watches nothing":        {Step{}, nil, true},
	} {
		t.Run(name, func(t *testing.T) {
			found := map[identity.Key]provision.Found{}
			for _, f := range tt.found {
				found[key] = f
			}
			if got := tt.step.Fresh(found); got != tt.want {
				t.Errorf("fresh: %v", got)
			}
		})
	}
}

func TestStepsThatCannotBeCarried(t *testing.T) {
	brand := dedupe.Membership{Brand: "b1"}
	carrier := NewCarrier(provision.Organization{}, nil, func() string { return "id" }, LinkTerms{Life: time.Hour})
	for name, tt := range map[string]struct {
		changes Changes
		want    string
	}{
		"a brand that is gone":             {Changes{Create{}, Join{Membership: brand}}, `brand "b1", which is gone`},
		"a campaign that is gone":          {Changes{Create{}, GrantCampaign{Campaign: "b1/c1"}}, `campaign "b1/c1", which is gone`},
		"an account that no key leads to":  {Changes{Block{}}, "row 7: no key leads to account a1"},
		"an account left by a gone brand":  {Changes{Create{}, Leave{Membership: brand}}, `brand "b1", which is gone`},
		"a campaign revoked that was gone": {Changes{Create{}, RevokeCampaign{"b1/c1"}}, `campaign "b1/c1", which is gone`},
	} {
		t.Run(name, func(t *testing.T) {
			b := NewBatch(provision.Author{}, 1)
			_, err := carrier.Carry(&b, Step{Rows: []int{7}, Account: "a1", Changes: tt.changes}, nil)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}

// The audit says which version a step left its account at, so that it can be
// told whether anybody wrote to it since.
func TestTheAuditKeepsTheVersion(t *testing.T) {
	carrier := NewCarrier(provision.Organization{}, nil, func() string { return "id" }, LinkTerms{})
	for name, tt := range map[string]struct {
		step Step
		want string
	}{
		"an account that is made":       {Step{Changes: Changes{Create{}}}, `{"version":1,"changes":[{"op":"create"}]}`},
		"an account that is written to": {On("a1", 3, "block", Block{}), `{"version":4,"changes":[{"op":"block"}]}`},
		"an account that is left alone": {On("a1", 3, RevealAction, Reveal{Link: "00ff"}), `{"changes":[{"op":"reveal","link":"00ff"}]}`},
		"what takes a run back": {Step{Account: "a1", Undoes: "r1", Changes: Changes{Reveal{}}},
			`{"undoes":"r1","changes":[{"op":"reveal","link":""}]}`},
	} {
		t.Run(name, func(t *testing.T) {
			b := NewBatch(provision.Author{}, 1)
			if _, err := carrier.Carry(&b, tt.step, tt.step.Seen(0, "")); err != nil {
				t.Fatal(err)
			}
			if got := string(b.Audit[0].Detail); got != tt.want {
				t.Errorf("kept %s, want %s", got, tt.want)
			}
		})
	}
}

// Whoever may have lost a key has another version: a plan that was made before is
// stale for them.
func TestWhatTakesKeysRaisesTheVersion(t *testing.T) {
	org := provision.Organization{Brands: []provision.Brand{{Slug: "alpha", Campaigns: []provision.Campaign{{Slug: "launch"}}}}}
	carrier := NewCarrier(org, noLinks{}, func() string { return "id" }, LinkTerms{Life: time.Hour})
	took := 0
	for name, c := range everyChange {
		t.Run(name, func(t *testing.T) {
			b := NewBatch(provision.Author{}, 1)
			s := On("a1", 3, "test", c)
			if _, err := carrier.Carry(&b, s, s.Seen(0, "")); err != nil {
				t.Fatal(err)
			}
			var lose []string
			for _, k := range b.Gone.Keys {
				lose = append(lose, k.Account)
			}
			for _, m := range b.Merged {
				lose = append(lose, m.Gone, m.Into)
			}
			for _, e := range b.Erased {
				lose = append(lose, e.Account)
			}
			for _, account := range append(lose, b.Unmade...) {
				took++
				if !slices.ContainsFunc(b.Bumps, func(raised provision.Bump) bool { return raised.Account == account }) {
					t.Errorf("account %s may lose a key and keeps its version", account)
				}
			}
		})
	}
	if took < 5 {
		t.Errorf("only %d accounts lose keys", took)
	}
}

// noLinks makes links that nobody can follow.
type noLinks struct{ provision.LinkMaker }

func (noLinks) NewLink() (id, keyID string, err error)             { return "00ff", "k1", nil }
func (noLinks) Mark(k identity.Key, organization string) string    { return "k1-mark" }
func (noLinks) Marks(k identity.Key, organization string) []string { return nil }

// An organization that erases somebody whom another has, too, ends its own link, and not
// that of the other.
func TestErasingHereLeavesTheLinkOfOthers(t *testing.T) {
	carrier := NewCarrier(provision.Organization{}, noLinks{}, func() string { return "id" }, LinkTerms{Life: time.Hour})
	for ends, c := range map[bool]Erase{false: {Marks: []string{"m"}}, true: {Marks: []string{"m"}, EndsLink: true}} {
		b := NewBatch(provision.Author{}, 1)
		s := On("a1", 3, "test", c)
		if _, err := carrier.Carry(&b, s, s.Seen(0, "")); err != nil {
			t.Fatal(err)
		}
		if len(b.Bumps) != 1 || b.Bumps[0].Epoch != ends {
			t.Errorf("ends %v: %+v", ends, b.Bumps)
		}
	}
}
