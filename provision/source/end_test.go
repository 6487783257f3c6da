package source_test

import (
	"testing"

	"muster/dedupe"
	"muster/importer/reason"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/source"
)

func TestEnd(t *testing.T) {
	outdoor := dedupe.Membership{Brand: "outdoor", Kind: "creator", Role: "member"}
	own := source.Owned{Grant: source.Grant{What: provision.MembershipGrant, Target: "outdoor"}}
	spring := source.Owned{Grant: source.Grant{What: provision.CampaignGrant, Target: "outdoor/spring"}}
	policy := dedupe.Policy{VisibleBrands: []string{"outdoor", "kitchen"}, Ranks: map[string]int{"member": 10, "administrator": 100}, OperatorRank: 100}
	listed := &provision.SourcePerson{Account: "a1"}
	with := func(memberships ...dedupe.Membership) dedupe.Account {
		return dedupe.Account{ID: "a1", Memberships: memberships, Campaigns: []string{"outdoor/spring"}, Link: dedupe.LinkState{ID: "00ff", Here: true}}
	}
	administrator := outdoor
	administrator.Role = "administrator"
	elsewhere := outdoor
	elsewhere.Brand = "kitchen"
	for name, tt := range map[string]struct {
		of   source.Standing
		keep bool
		see  []string
		want change.Verdict
		ops  []change.Op
	}{
		"what it alone gave goes, and with the last brand the link": {
			of: source.Standing{Account: with(outdoor), Person: listed, Own: []source.Owned{own, spring}}, want: change.Verdict{Outcome: provision.Removed, Reason: reason.SourceEnded},
			ops: []change.Op{change.OpDisown, change.OpDisown, change.OpLeave, change.OpAttend, change.OpEndLink, change.OpStopMail},
		},
		"who is in another brand keeps the link": {
			of: source.Standing{Account: with(outdoor, elsewhere), Person: listed, Own: []source.Owned{own}}, want: change.Verdict{Outcome: provision.Removed, Reason: reason.SourceEnded},
			ops: []change.Op{change.OpDisown, change.OpLeave, change.OpAttend},
		},
		"what another source gives stays": {
			of: source.Standing{Account: with(outdoor), Person: listed, Own: []source.Owned{own}, Others: []source.Owned{own}}, want: change.Verdict{Outcome: provision.Unchanged, Reason: reason.StaysElsewhere},
			ops: []change.Op{change.OpDisown, change.OpAttend},
		},
		"who had everything before loses nothing": {
			of: source.Standing{Account: with(outdoor), Person: listed}, want: change.Verdict{Outcome: provision.Unchanged, Reason: reason.GaveNothing},
			ops: []change.Op{change.OpAttend},
		},
		"an administrator who had everything before keeps nothing of the source": {
			of: source.Standing{Account: with(administrator), Person: listed}, want: change.Verdict{Outcome: provision.Unchanged, Reason: reason.GaveNothing},
			ops: []change.Op{change.OpAttend},
		},
		"what was taken by hand is not taken again": {
			of: source.Standing{Account: with(), Person: listed, Own: []source.Owned{own}}, want: change.Verdict{Outcome: provision.Unchanged, Reason: reason.StaysElsewhere},
			ops: []change.Op{change.OpDisown, change.OpAttend},
		},
		"an administrator keeps all, and it is nobody's": {
			of: source.Standing{Account: with(administrator), Person: listed, Own: []source.Owned{own}}, want: change.Verdict{Outcome: provision.Unchanged, Reason: reason.AdministratorStays},
			ops: []change.Op{change.OpDisown, change.OpAttend},
		},
		"in a brand that the operator does not see all stays": {
			of: source.Standing{Account: with(outdoor), Person: listed, Own: []source.Owned{own}}, see: []string{"kitchen"},
			want: change.Verdict{Outcome: provision.Unchanged, Reason: reason.StaysOutOfReach}, ops: []change.Op{change.OpDisown, change.OpAttend},
		},
		"kept, all stays": {
			of: source.Standing{Account: with(outdoor), Person: listed, Own: []source.Owned{own, spring}}, keep: true,
			want: change.Verdict{Outcome: provision.Updated, Reason: reason.SourceLetGo}, ops: []change.Op{change.OpDisown, change.OpDisown, change.OpAttend},
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := policy
			if tt.see != nil {
				p.VisibleBrands = tt.see
			}
			got := source.End(tt.of, tt.keep, []string{"administrator"}, p)
			if got.Verdict != tt.want {
				t.Errorf("%v, want %v", got.Verdict, tt.want)
			}
			var ops []change.Op
			for _, c := range got.Changes {
				ops = append(ops, c.Op())
			}
			if len(ops) != len(tt.ops) {
				t.Fatalf("%v, want %v", ops, tt.ops)
			}
			for i := range ops {
				if ops[i] != tt.ops[i] {
					t.Errorf("%v, want %v", ops, tt.ops)
				}
			}
		})
	}
}
