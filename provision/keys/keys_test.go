package keys_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"muster/provision"
	"muster/provision/change"
	"muster/provision/keys"
	"muster/provision/link"
	"muster/provision/store/storetest"
)

// told is what Check says of each key, in a line.
func told(all []keys.Key) (lines []string) {
	for _, k := range all {
		line := []string{string(k.State), string(k.Fault), strings.Repeat("link ", k.Links)}
		lines = append(lines, strings.Join(strings.Fields(strings.Join(line, " ")), " "))
	}
	return lines
}

func TestFaultsOfKeys(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		w := storetest.NewTown(t, url, provision.Organization{})
		e := &provision.Engine{Store: w.Store, Now: func() time.Time { return w.Now }}
		w.Issue(w.Create("ana@example.com", "Ana Kim"), change.IssueLink{})
		path := filepath.Join(t.TempDir(), "other.key")
		other, err := link.CreateKeyring(path)
		if err != nil {
			t.Fatal(err)
		}
		former := other.Active()
		if _, err := w.SQL.Exec(`INSERT INTO key_checks (kid, value) VALUES ($1, 'of another key')`, former); err != nil {
			t.Fatal(err)
		}
		check := func(r *link.Keyring, want ...string) {
			t.Helper()
			all, err := keys.Check(t.Context(), e, r)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, told(all)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		}
		check(w.Ring, "active link")
		check(other, "active strange", "missing link")

		if _, err := w.SQL.Exec(`UPDATE links SET kid = $1`, former); err != nil {
			t.Fatal(err)
		}
		if _, err := link.RotateKeyring(path, false); err != nil {
			t.Fatal(err)
		}
		if _, err := w.SQL.Exec(`UPDATE key_checks SET value = $2 WHERE kid = $1`, former, other.Check(former)); err != nil {
			t.Fatal(err)
		}
		retired, err := link.RetireKey(path, false, former)
		if err != nil {
			t.Fatal(err)
		}
		check(retired, "retired dead_links link", "active")
		w.Now = w.Now.Add(48 * time.Hour) // by then it has expired
		check(retired, "retired", "active")
	})
}

// Ending the links of a key leaves those of other keys alone, writes an entry
// for each, and no token of before opens again.
func TestTheLinksOfAKeyEnd(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		w := storetest.NewTown(t, url, provision.Organization{})
		e := &provision.Engine{Store: w.Store, Now: func() time.Time { return w.Now }, NewID: ids, User: "ops"}
		operator := w.Create("ada@example.com", "Ada Kay")
		ended, _ := w.Issue(w.Create("ana@example.com", "Ana Kim"), change.IssueLink{})
		kept, _ := w.Issue(w.Create("ben@example.com", "Ben Roe"), change.IssueLink{})
		if _, err := w.SQL.Exec(`UPDATE links SET kid = '0a0b0c0d' WHERE id = $1`, kept.ID); err != nil {
			t.Fatal(err)
		}
		if err := keys.Free(t.Context(), e, w.Ring.Active()); !isNeeded(err) {
			t.Errorf("a key whose link is live: %v", err)
		}
		n, err := keys.EndLinks(t.Context(), e, w.Ring.Active(), operator)
		if err != nil || n != 1 {
			t.Fatalf("%d links ended, %v", n, err)
		}
		if l := w.Link(ended.ID); l.State != provision.RevokedState || l.EndReason != provision.EndKey || l.AccountEpoch == l.Epoch {
			t.Errorf("%s, %s, epoch %d of %d", l.State, l.EndReason, l.AccountEpoch, l.Epoch)
		}
		if l := w.Link(kept.ID); l.State != provision.LiveState || l.AccountEpoch != l.Epoch {
			t.Errorf("that of another key is %s", l.State)
		}
		entries, err := w.Store.Audit(t.Context(), w.Organization.ID, ended.Account)
		if err != nil {
			t.Fatal(err)
		}
		last := entries[len(entries)-1]
		if last.Action != string(change.EndLinkAction) || last.Source != "keys retire" || last.Operator != "ada@example.com" ||
			!strings.Contains(string(last.Detail), "key_retired") {
			t.Errorf("the audit ends with %+v", last)
		}
		if n, err := keys.EndLinks(t.Context(), e, w.Ring.Active(), operator); err != nil || n != 0 {
			t.Errorf("again: %d links ended, %v", n, err)
		}
		if err := keys.Free(t.Context(), e, w.Ring.Active()); err != nil {
			t.Errorf("a key whose links have ended: %v", err)
		}
	})
}

// A server that has not read the file again makes links with the key until it
// does: one that came after the look is told of.
func TestALinkThatIsMadeWhileItsKeyRetires(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		w := storetest.NewTown(t, url, provision.Organization{})
		e := &provision.Engine{Store: w.Store, Now: func() time.Time { return w.Now }, NewID: uuid.NewString, User: "ops"}
		kid := w.Ring.Active()
		account := w.Create("ana@example.com", "Ana Kim")
		written := 0
		write := func() error {
			written++
			return w.Change(account, change.IssueLink{})
		}
		err := keys.Retire(t.Context(), e, kid, write)
		if needed, is := errors.AsType[*keys.NeededError](err); !is || !needed.Late || needed.Links != 1 {
			t.Errorf("after it was retired: %v", err)
		}
		err = keys.Retire(t.Context(), e, kid, write)
		if needed, is := errors.AsType[*keys.NeededError](err); !is || needed.Late || written != 1 {
			t.Errorf("before it is retired: %v, written %d times", err, written)
		}
		if _, err := keys.EndLinks(t.Context(), e, kid, account); err != nil {
			t.Fatal(err)
		}
		if err := keys.Retire(t.Context(), e, kid, func() error { return nil }); err != nil {
			t.Errorf("once they have ended: %v", err)
		}
	})
}

func isNeeded(err error) bool {
	_, is := errors.AsType[*keys.NeededError](err)
	return is
}

// ids are those of the program: entries of one moment stand in the order of them.
func ids() string { return uuid.Must(uuid.NewV7()).String() }
