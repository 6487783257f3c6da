package undo

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/dedupe"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
)

var (
	outdoor = dedupe.Membership{Brand: "outdoor", Kind: record.Creator, Role: "member"}
	kitchen = dedupe.Membership{Brand: "kitchen", Kind: record.Creator, Role: "member"}
)

// an entry of the audit, by an operator.
func entry(run, undoes string, version int64, changes ...change.Change) provision.HistoryEntry {
	detail, _ := json.Marshal(change.AuditDetail{Version: version, Undoes: undoes, Changes: changes})
	return provision.HistoryEntry{AuditEntry: provision.AuditEntry{ID: run, Run: run, OperatorID: "op", Account: "a1", Detail: detail}}
}

// themselves is an entry of what a person did.
func themselves(version int64, changes ...change.Change) provision.HistoryEntry {
	e := entry("", "", version, changes...)
	e.OperatorID = ""
	return e
}

func TestPasts(t *testing.T) {
	made := entry("r1", "", 1, change.Create{}, change.Join{Membership: outdoor}, change.Join{Membership: kitchen})
	joined := []string{"create", "join outdoor", "join kitchen"}
	for name, tt := range map[string]struct {
		entries []provision.HistoryEntry
		done    []string
		version int64
		changed bool // by somebody else since
		gone    bool
	}{
		"what the run did":               {[]provision.HistoryEntry{made}, joined, 1, false, false},
		"the person went their own way":  {[]provision.HistoryEntry{made, themselves(2, change.Fill{}, change.SetPassword{})}, joined, 2, false, false},
		"a mail was sent":                {[]provision.HistoryEntry{made, entry("", "", 2, change.Mailed{}, change.SetStatus{})}, joined, 2, false, false},
		"somebody else changed them":     {[]provision.HistoryEntry{made, entry("r2", "", 2, change.Block{})}, joined, 2, true, false},
		"nothing was written to them":    {[]provision.HistoryEntry{entry("r1", "", 0, change.Attend{})}, []string{"attend"}, 7, false, false},
		"the platform did":               {[]provision.HistoryEntry{made}, joined, 3, true, false},
		"what somebody did was undone":   {[]provision.HistoryEntry{made, entry("r2", "", 2, change.Block{}), entry("u2", "r2", 3, change.Unblock{})}, joined, 3, false, false},
		"half of what they did was":      {[]provision.HistoryEntry{made, entry("r2", "", 2, change.Block{}, change.Fill{}), entry("u2", "r2", 3, change.Unblock{})}, joined, 3, true, false},
		"a part of the run was undone":   {[]provision.HistoryEntry{made, entry("u1", "r1", 2, change.Leave{Membership: kitchen})}, joined[:2], 2, false, false},
		"all of it was":                  {[]provision.HistoryEntry{made, entry("u1", "r1", 2, change.Unmake{})}, nil, 2, false, true},
		"a run that made half the entry": {[]provision.HistoryEntry{made, entry("r1", "", 2, change.Block{})}, append(joined[:3:3], "block"), 2, false, false},
		"an undo was undone": {
			[]provision.HistoryEntry{made, entry("u1", "r1", 2, change.Leave{Membership: kitchen}),
				entry("u2", "u1", 3, change.Join{Membership: kitchen, Back: true})}, joined, 3, false, false,
		},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := pastOf("r1", tt.entries)
			if err != nil {
				t.Fatal(err)
			}
			var done []string
			for _, d := range p.done {
				said := string(d.Op())
				if brand := brandOf(d.Change); brand != "" {
					said += " " + brand
				}
				done = append(done, said)
			}
			if diff := cmp.Diff(tt.done, done); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if got := p.changedSince(dedupe.Account{Version: tt.version}); got != tt.changed || p.gone != tt.gone {
				t.Errorf("changed by somebody else: %v, gone: %v", got, p.gone)
			}
		})
	}
}

// What is personal stands apart, and may be gone: then nothing brings it back.
func TestWhatIsKeptApartIsPutBack(t *testing.T) {
	columns := change.SetColumns{Brand: "outdoor", From: map[string]string{"Tier": "Gold"}, To: map[string]string{"Tier": "Silver"}}
	e := entry("r1", "", 2, change.SetColumns{Brand: "outdoor", Names: []string{"Tier"}}, change.Block{})
	for name, tt := range map[string]struct {
		private change.Changes
		want    []deed
	}{
		"kept":   {change.Changes{columns, nil}, []deed{{columns, true}, {change.Block{}, true}}},
		"purged": {nil, []deed{{change.SetColumns{Brand: "outdoor", Names: []string{"Tier"}}, false}, {change.Block{}, true}}},
	} {
		t.Run(name, func(t *testing.T) {
			e.Private = nil
			if tt.private != nil {
				e.Private, _ = json.Marshal(change.AuditPrivate{Changes: tt.private})
			}
			p, err := pastOf("r1", []provision.HistoryEntry{e})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, p.done, cmp.AllowUnexported(deed{})); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}
