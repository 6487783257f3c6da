package directory

import (
	"encoding/json"
	"strings"
	"testing"
)

// The audit of an organization says what was changed, and nothing that somebody
// typed: that goes before the audit does.
func TestOrganizationAuditNamesNobody(t *testing.T) {
	for _, c := range []OrganizationChange{
		{Op: ChangeSignUp, To: "https://join.example.com/?ref=max@example.com"},
		{Op: RenameBrand, Name: "outdoor", From: "Outdoor", To: "Max Example"},
		{Op: ChangeTerms, To: "1, https://example.com/max"},
		{Op: AddLogin, Name: "nightly", To: "max@example.com"},
	} {
		kept, err := json.Marshal(c.audited())
		if err != nil || strings.Contains(string(kept), "ax") || c.audited().Op != c.Op || c.audited().Name != c.Name {
			t.Errorf("%s: %s %v", c.Op, kept, err)
		}
	}
	signIn := OrganizationChange{Op: ChangeSignIn, From: "password", To: "sso"}
	if signIn.audited() != signIn {
		t.Error("how people sign in is no longer on record")
	}
}
