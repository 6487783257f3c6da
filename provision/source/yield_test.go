package source_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/dedupe"
	"muster/importer/reason"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/source"
)

// audited is an entry of the audit about what was done through a source, or by a command.
func audited(t *testing.T, by string, changes ...change.Change) provision.AuditEntry {
	t.Helper()
	text, err := json.Marshal(change.AuditDetail{Changes: changes})
	if err != nil {
		t.Fatal(err)
	}
	return provision.AuditEntry{Source: by, Detail: text}
}

func TestWhatAnotherSourceWroteLastStays(t *testing.T) {
	made := audited(t, "source crm", change.Create{}, change.Join{Membership: dedupe.Membership{Brand: "outdoor"}})
	held := dedupe.Fill{Name: "Bob Ray", Details: dedupe.Details{Language: "en"}}
	said := dedupe.Fill{Name: "Rob Wolf", Details: dedupe.Details{FirstName: "Rob", Language: "de"}}
	columns := change.SetColumns{Brand: "outdoor", From: map[string]string{"Tier": "Gold", "Note": ""}, To: map[string]string{"Tier": "Silver", "Note": "new"}}
	for name, tt := range map[string]struct {
		entries []provision.AuditEntry
		changes change.Changes
		want    change.Changes
		ends    change.Verdict
	}{
		"all of it": {
			entries: []provision.AuditEntry{made}, changes: change.Changes{change.Clear{Fill: held}, change.Fill{Fill: said}},
			ends: change.Verdict{Outcome: provision.Unchanged, Reason: reason.NothingNew},
		},
		"what somebody has changed by hand since is nobody's": {
			entries: []provision.AuditEntry{made, audited(t, "accounts edit", change.Clear{Fields: []string{"language"}})},
			changes: change.Changes{change.Clear{Fill: held}, change.Fill{Fill: said}},
			want: change.Changes{change.Clear{Fill: dedupe.Fill{Details: dedupe.Details{Language: "en"}}},
				change.Fill{Fill: dedupe.Fill{Details: dedupe.Details{Language: "de"}}}},
			ends: change.Verdict{Outcome: provision.Updated, Reason: reason.DetailsReplaced},
		},
		"its own it may write": {
			entries: []provision.AuditEntry{made, audited(t, "source agency", change.Fill{Fields: []string{"name", "language"}})},
			changes: change.Changes{change.Clear{Fill: held}, change.Fill{Fill: said}},
			want:    change.Changes{change.Clear{Fill: held}, change.Fill{Fill: said}},
			ends:    change.Verdict{Outcome: provision.Updated, Reason: reason.DetailsReplaced},
		},
		"what is filled in is not written over": {
			entries: []provision.AuditEntry{made}, changes: change.Changes{change.Fill{Fill: said}},
			want: change.Changes{change.Fill{Fill: said}}, ends: change.Verdict{Outcome: provision.Updated, Reason: reason.DetailsReplaced},
		},
		"of free columns those that were blank are filled": {
			entries: []provision.AuditEntry{made}, changes: change.Changes{columns},
			want: change.Changes{change.SetColumns{Brand: "outdoor", From: map[string]string{"Note": ""}, To: map[string]string{"Note": "new"},
				Rest: map[string]string{"Tier": "Gold"}}},
			ends: change.Verdict{Outcome: provision.Updated, Reason: reason.DetailsReplaced},
		},
	} {
		t.Run(name, func(t *testing.T) {
			wrote, err := source.WritersOf(tt.entries)
			if err != nil {
				t.Fatal(err)
			}
			wrote = wrote.Of(map[string]bool{"crm": true})
			of := source.Standing{Source: "agency", Account: dedupe.Account{ID: "a1", OwnedHere: true}, Person: &provision.SourcePerson{Account: "a1"}, Wrote: wrote}
			s := change.Step{Rows: []int{1}, First: change.Verdict{Outcome: provision.Updated, Reason: reason.DetailsReplaced}, Changes: tt.changes}
			got := source.Keep(s, of, dedupe.Policy{})
			if diff := cmp.Diff(tt.want, got.Changes, cmp.Transformer("slice", func(c change.Changes) []change.Change { return append([]change.Change{}, c...) })); diff != "" {
				t.Errorf("changes (-want +got):\n%s", diff)
			}
			if got.First != tt.ends {
				t.Errorf("%v, want %v", got.First, tt.ends)
			}
		})
	}
}
