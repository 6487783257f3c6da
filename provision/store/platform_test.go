package store_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"muster/importer/identity"
	"muster/provision"
	"muster/provision/directory"
	"muster/provision/store/storetest"
)

// TestAPlatformBlocksAsDocumented runs the statements of ARCHITECTURE.md.
func TestAPlatformBlocksAsDocumented(t *testing.T) {
	page, err := os.ReadFile("../../ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	text := regexp.MustCompile(`(?m)^    UPDATE accounts SET version(.*\n)+?\n`).FindString(string(page))
	if strings.Count(text, ";") != 3 {
		t.Fatalf("not the statements of a block:\n%s", text)
	}
	storetest.Each(t, func(t *testing.T, url string) {
		s, o, exec := world(t, url)
		id, at := uuid.NewString(), time.Now().UTC()
		by := provision.Author{Organization: o.ID, Source: "test", At: at}
		email, _, err := identity.ParseEmail("ana@example.com")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := directory.NewLoader([]provision.Organization{o}, by, uuid.NewString).Load(t.Context(), s, []directory.Account{{ID: id, Email: email, Organization: o.ID}}); err != nil {
			t.Fatal(err)
		}
		live := provision.LinkRow{ID: strings.Repeat("0", 31) + "1", Account: id, Organization: o.ID, Purpose: 1, KeyID: "0a0b0c0d",
			Audience: "https://claim.example.com", Lifetime: time.Hour, State: "live", CreatedAt: at, Email: email.Value}
		err = s.InTx(t.Context(), func(tx provision.Tx) error {
			return tx.Apply(t.Context(), provision.Batch{By: by, Links: []provision.LinkRow{live}})
		})
		if err != nil {
			t.Fatal(err)
		}
		values := strings.NewReplacer("$account", "'"+id+"'", "$organization", "'"+o.ID+"'", "$now", "'2026-01-01T00:00:00.000000Z'")
		for range 2 { // somebody presses the button twice
			for _, statement := range strings.SplitAfter(strings.TrimSpace(values.Replace(text)), ";\n") {
				exec(statement)
			}
		}
		links, err := s.Links(t.Context(), []string{live.ID})
		if err != nil || len(links) != 1 {
			t.Fatal(links, err)
		}
		if l := links[0]; l.State != "revoked" || l.EndReason != "blocked" || !l.AccountBlocked || l.AccountEpoch != 1 {
			t.Errorf("%+v", l)
		}
		err = s.Snapshot(t.Context(), func(d provision.Directory) error {
			all, err := d.Accounts(t.Context(), o.ID, []string{id}, at)
			if err != nil || len(all) != 1 || !all[0].Blocked || all[0].Version != 3 {
				t.Errorf("%+v %v", all, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
