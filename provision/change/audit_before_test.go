package change

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/reason"
)

func TestDetailsOfEarlierEntriesAreRead(t *testing.T) {
	for name, tt := range map[string]struct {
		text string
		want AuditDetail
	}{
		"an entry that tells of everything": {
			`{"reason":"new_person","memberships":[{"brand":"b1","kind":"creator","role":"member"}],
			"raise":[{"brand":"b2","from":"member","to":"manager"}],"campaigns":["b1/c1"],"products":["reports"],
			"profiles":[{"space":"youtube:id","value":"UC1"}],"external_id":true,"activate":"activate+roles",
			"link":"00ff","address":"mark","decided":{"choice":"claim","person":"d","record":"r"}}`,
			AuditDetail{Reason: reason.NewPerson, Changes: Changes{
				Join{Membership: dedupe.Membership{Brand: "b1", Kind: "creator", Role: "member"}},
				SetRole{Brand: "b2", From: "member", To: "manager"},
				GrantCampaign{Campaign: "b1/c1"},
				GrantProduct{Product: "reports"},
				AddProfile{Profile: identity.Profile{Network: "youtube:id", Value: "UC1"}},
				TakeKey{identity.Key{Space: "external:"}},
				Unblock{Roles: true},
				Readdress{Mark: "mark"},
				IssueLink{Link: "00ff"},
				Remember{dedupe.Memory{Choice: dedupe.ChooseClaim, Digest: "d", Record: "r"}},
			}},
		},
		"an entry that says why alone": {`{"reason":"sso"}`, AuditDetail{Reason: reason.SingleSignOn}},
		"a block": {
			`{"reason":"blocked_now","block":true}`,
			AuditDetail{Reason: reason.BlockedNow, Changes: Changes{Block{}}},
		},
		"an entry that holds changes": {
			`{"reason":"sso","changes":[{"op":"block"}]}`,
			AuditDetail{Reason: reason.SingleSignOn, Changes: Changes{Block{}}},
		},
		"changes without anything else": {`{"changes":[{"op":"block"}]}`, AuditDetail{Changes: Changes{Block{}}}},
	} {
		t.Run(name, func(t *testing.T) {
			var got AuditDetail
			if err := json.Unmarshal([]byte(tt.text), &got); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
	byKey := identity.Profile{Network: "youtube:id", Value: "UC1"}
	if got := byKey.Key().Space; got != "youtube:id" {
		t.Errorf("a profile that was kept by its key has the space %s", got)
	}
}
