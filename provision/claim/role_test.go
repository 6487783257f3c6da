package claim_test

import (
	"database/sql"
	"errors"
	"os"
	"testing"
	"time"

	"github.com/lib/pq"

	"muster/dedupe"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/claim"
	"muster/provision/store/storetest"
)

// mailPause is more than what has to be between two mails to one account.
const mailPause = 11 * time.Minute

// asThePage is the address of a database for the role of the sample.
func asThePage(t *testing.T, url string) string {
	t.Helper()
	return storetest.Granted(t, url, "muster_serve", sample(t, "role-serve.sql"))
}

// sample is a sample for whoever deploys muster.
func sample(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile("../../fixtures/deploy/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestRoleOfThePageIsEnough does everything that the page does as the role
// that the sample grants, which owns nothing.
func TestRoleOfThePageIsEnough(t *testing.T) {
	url := storetest.Postgres(t)
	o := asking
	o.SelfServiceLinks = new(true)
	w := newWorld(t, url, o)
	w.store.ClaimStore = storetest.Open(t, asThePage(t, url))

	account := w.Create("ana@example.com", "")
	_, token := w.Issue(account, change.IssueLink{Mail: true})
	if _, err := w.Open(t.Context(), token); err != nil {
		t.Fatal(err)
	}
	w.Service.Wait()
	if n := w.Link(w.Live(account)).Openings; n != 1 {
		t.Errorf("%d openings are counted", n)
	}
	if _, err := w.Begin(t.Context(), token, claim.Profile{Name: "Ana Kim", Agreed: "2", Answers: map[string]string{"size": "M"}}); err != nil {
		t.Fatal(err)
	}
	w.later(25 * time.Hour)
	w.renew(t, token)
	mailed(t, w, map[string]int{"invite": 1})
	redeem(t, w, w.Token(w.Show(w.Live(account), false)))
	mailed(t, w, map[string]int{})
	status(t, w, account, dedupe.Registered)
	wantActions(t, w, account, change.RedeemAction)
	w.later(mailPause)
	w.forgot(t, "lakeside", "ana@example.com")
	mailed(t, w, map[string]int{"reset": 1})
	redeem(t, w, w.Token(w.Show(w.Live(account), false)))
	tried(t, w, token, provision.StandingRegistered)
	tried(t, w, forged(token), claim.Unknown)
}

func TestRoleOfThePageMayDoNoMore(t *testing.T) {
	url := storetest.Postgres(t)
	page, err := sql.Open("postgres", asThePage(t, url))
	if err != nil {
		t.Fatal(err)
	}
	defer page.Close()
	denied := func(text string) {
		t.Helper()
		_, err := page.Exec(text)
		var refused *pq.Error
		if !errors.As(err, &refused) || refused.Code != "42501" {
			t.Errorf("%s: %v", text, err)
		}
	}
	for _, table := range []string{
		"accounts", "account_key", "account_hint", "profiles", "memberships", "campaign_access", "product_access", "blocks",
		"organizations", "brands", "campaigns", "products", "roles", "runs", "run_rows", "decisions", "suppressions", "lease",
		"settings", "key_checks", "dashboard_access", "undeliverable", "schema_version", "membership_offers",
	} {
		denied("INSERT INTO " + table + " SELECT FROM organizations WHERE false")
	}
	for table, columns := range map[string][]string{
		"links": {"id", "account_id", "organization_id", "purpose", "kid", "audience", "email", "epoch", "expires_at", "generated_at",
			"not_before", "channel", "revealed_at", "handed_over_at", "lifetime"},
		"accounts":         {"id", "address", "email", "mailbox", "created_at"},
		"memberships":      {"account_id", "brand_id", "kind", "role", "permissions"},
		"blocks":           {"lifted_at"},
		"organizations":    {"sign_in", "active", "page"},
		"roles":            {"capabilities"},
		"outbox":           {"account_id", "template", "link_id", "next_at", "attempts"},
		"consents":         {"version", "at"},
		"sign_up_answers":  {"account_id", "name"},
		"audit":            {"detail"},
		"audit_private":    {"detail"},
		"dashboard_access": {"at"},
		"settings":         {"value"},
		"key_checks":       {"value"},
	} {
		for _, column := range columns {
			denied("UPDATE " + table + " SET " + column + " = NULL WHERE false")
		}
		denied("DELETE FROM " + table)
	}
	for _, text := range []string{
		"SELECT password FROM accounts", "SELECT * FROM accounts", "SELECT attributes FROM memberships", "SELECT url FROM profiles",
		"SELECT note FROM outbox", "SELECT reference FROM outbox", "SELECT blocked_by FROM blocks",
		"INSERT INTO links (revealed_at, opened_at) SELECT now(), now() WHERE false",
		"INSERT INTO outbox (ended_at) SELECT now() WHERE false", "SELECT * FROM audit", "SELECT * FROM audit_private",
		"SELECT * FROM run_rows", "SELECT * FROM decisions", "SELECT * FROM suppressions", "SELECT * FROM undeliverable",
		"CREATE TABLE mine (id text)",
	} {
		denied(text)
	}
}
