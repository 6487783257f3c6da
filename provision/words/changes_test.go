package words

import (
	"encoding/json"
	"slices"
	"testing"

	"muster/provision/change"
)

// What is told is told from the detail of an entry, as the audit keeps it.
func TestChanges(t *testing.T) {
	for detail, want := range map[string][]string{
		`{"changes":[{"op":"create"},{"op":"join","brand":"outdoor","kind":"creator","role":"member"}]}`: {"joined outdoor as creator (member)"},
		`{"changes":[{"op":"add_profile","network":"instagram","kind":"handle"}]}`:                       {"Instagram profile added"},
		`{"changes":[{"op":"take_key","space":"external:"},{"op":"take_key","space":"email"}]}`:          {"external id added", "another address that leads here added"},
		`{"changes":[{"op":"issue_link","link":"00ff"}]}`:                                                {"invite link issued"},
		`{"changes":[{"op":"issue_link","live":true,"reset":true}]}`:                                     {"link to set a new password issued, the former one ended"},
		`{"changes":[{"op":"columns","brand":"outdoor","names":["Tier"]}]}`:                              {"columns in outdoor: Tier"},
		`{"changes":[{"op":"unblock"},{"op":"role","brand":"outdoor","from":"lead","to":"member"}]}`:     {"block lifted, roles lowered to member", "role in outdoor from lead to member"},
		`{"changes":[null,{"op":"dashboard"}]}`:                                                          {"invited to the dashboard"},
		`{"reason":"sso"}`:                                                                               nil,
	} {
		var d change.AuditDetail
		if err := json.Unmarshal([]byte(detail), &d); err != nil {
			t.Fatal(err)
		}
		if got := Changes(d.Changes); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", detail, got, want)
		}
	}
}

func TestAction(t *testing.T) {
	for action, want := range map[string]string{"create": "account made", "link issued": "link issued"} {
		if got := Action(action); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
