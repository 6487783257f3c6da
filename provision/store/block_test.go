package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/dedupe"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/store/storetest"
)

// TestWhatABlockEnds looks where no command does: at sessions, and at mail.
func TestWhatABlockEnds(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		w := storetest.NewTown(t, url, provision.Organization{})
		for name, block := range map[string]change.Block{"here": {}, "everywhere": {Everywhere: true}} {
			account := w.Create(name+"@example.com", "Ana Kim")
			link, _ := w.Issue(account, change.IssueLink{})
			do(t, w, account, change.SendMail{Template: provision.ClaimedMail, Reference: "spring"})
			do(t, w, account, block)
			var epoch, waiting int
			err := w.SQL.QueryRow(`SELECT session_epoch, (SELECT count(*) FROM outbox WHERE account_id = accounts.id AND state = 'queued')
				FROM accounts WHERE id = '`+account+`'`).Scan(&epoch, &waiting)
			if err != nil || epoch != 1 || waiting != 0 {
				t.Errorf("%s: session epoch %d, %d mails wait: %v", name, epoch, waiting, err)
			}
			if l := w.Link(link.ID); l.State != provision.RevokedState || l.EndReason != "blocked" || l.AccountEpoch != link.Epoch+1 {
				t.Errorf("%s: %+v", name, l)
			}
		}
	})
}

// TestWhatEndedKeepsWhoGrantedIt looks at what no command shows.
func TestWhatEndedKeepsWhoGrantedIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		w := storetest.NewTown(t, url, provision.Organization{})
		account := w.Create("ann@example.com", "Ana Kim")
		member := dedupe.Membership{Brand: "lake", Kind: record.Creator, Role: provision.MemberRole}
		granted := func(table string) (by [4]string) {
			row := w.SQL.QueryRow(`SELECT role, source, CAST(granted_at AS text), COALESCE(CAST(permissions AS text), '')
				FROM ` + table + ` WHERE account_id = '` + account + `'`)
			if err := row.Scan(&by[0], &by[1], &by[2], &by[3]); err != nil {
				t.Fatal(err)
			}
			return by
		}
		if _, err := w.SQL.Exec(`UPDATE memberships SET permissions = '{"mode":"custom"}', source = 'a list'`); err != nil {
			t.Fatal(err)
		}
		before := granted("memberships")
		leave := change.Leave{Membership: member}
		do(t, w, account, leave)
		if diff := cmp.Diff(before, granted("memberships_ended")); diff != "" {
			t.Errorf("kept (-before +after):\n%s", diff)
		}
		back, _ := leave.Reverse()
		do(t, w, account, back)
		if diff := cmp.Diff(before, granted("memberships")); diff != "" {
			t.Errorf("back (-before +after):\n%s", diff)
		}
	})
}

func do(t *testing.T, w *storetest.Town, account string, changes ...change.Change) {
	t.Helper()
	if err := w.Change(account, changes...); err != nil {
		t.Fatal(err)
	}
}
