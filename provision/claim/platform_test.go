package claim_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"muster/dedupe"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/claim/password"
)

// TestAPlatformChangesAPasswordAsDocumented runs the statements of
// ARCHITECTURE.md.
func TestAPlatformChangesAPasswordAsDocumented(t *testing.T) {
	page, err := os.ReadFile("../../ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	text := regexp.MustCompile(`(?m)^    UPDATE accounts SET password = \$hash(.*\n)+?\n`).FindString(string(page))
	if strings.Count(text, ";") != 3 {
		t.Fatalf("not the statements of a new password:\n%s", text)
	}
	each(t, provision.Organization{}, func(t *testing.T, w *world) {
		account := w.Create("ana@example.com", "Ana Kim", change.SetStatus{To: dedupe.Registered})
		w.do(t, account, change.IssueLink{Reset: true, Mail: true}, change.SendMail{Template: provision.ResetMail, About: true})
		l := w.Show(w.Live(account), false)
		before := w.Account(account)
		hash, err := password.Hash(quince, password.Cost{Memory: 64, Passes: 1, Threads: 1})
		if err != nil {
			t.Fatal(err)
		}
		values := strings.NewReplacer("$account", "'"+account+"'", "$hash", "'"+hash+"'", "$now", "'2026-01-01T00:00:00.000000Z'")
		for statement := range strings.SplitAfterSeq(strings.TrimSpace(values.Replace(text)), ";\n") {
			if _, err := w.SQL.Exec(statement); err != nil {
				t.Fatalf("%v\n%s", err, statement)
			}
		}
		tried(t, w, w.Token(l), provision.StandingRevoked)
		mailed(t, w, map[string]int{})
		if after := w.Account(account); after.Version != before.Version+1 {
			t.Errorf("version %d after %d", after.Version, before.Version)
		}
		if own := w.Credentials(account); own.Password != hash || own.SessionEpoch != 1 {
			t.Errorf("%+v", own)
		}
	})
}

// A platform that does less than that still ends the links of before.
func TestAPasswordThatWasSetElsewhereEndsOlderLinks(t *testing.T) {
	only(t, provision.Organization{}, func(t *testing.T, w *world) {
		account := w.Create("ana@example.com", "Ana Kim", change.SetStatus{To: dedupe.Registered})
		_, token := w.Issue(account, change.IssueLink{Reset: true})
		if _, err := w.Open(t.Context(), token); err != nil {
			t.Fatal(err)
		}
		if _, err := w.SQL.Exec(`UPDATE accounts SET password = 'x', password_at = '2099-01-01T00:00:00.000000Z' WHERE id = $1`, account); err != nil {
			t.Fatal(err)
		}
		tried(t, w, token, provision.StandingRevoked)
	})
}
