package undo

import (
	"context"
	"testing"
	"time"

	"muster/dedupe"
	"muster/provision"
	"muster/provision/change"
)

// A run may be of millions: of those who were judged nothing is held.
func TestPastsAreHeldOfThoseWhoAreJudged(t *testing.T) {
	u := Undo{Run: provision.Run{ID: "r1"}, began: map[string]provision.RunEntry{
		"a1": {ID: "e1", Account: "a1", Row: 1}, "a2": {ID: "e2", Account: "a2", Row: 2}, "a3": {ID: "e3", Account: "a3", Row: 3}}}
	for _, part := range [][]string{{"a1", "a2"}, {"a3"}} {
		if err := u.Recall(t.Context(), town{}, provision.Scope{}, part); err != nil {
			t.Fatal(err)
		}
		if len(u.pasts) != len(part) || len(u.mails) != len(part) {
			t.Errorf("%v: holds %d pasts, and mails of %d", part, len(u.pasts), len(u.mails))
		}
		for _, a := range part {
			if p := u.pasts[a]; len(p.done) != 1 || len(p.found) != 1 || p.row != u.began[a].Row {
				t.Errorf("%s: %+v", a, p)
			}
		}
	}
}

// town is a directory in which one thing was done to everybody.
type town struct{ provision.Directory }

func (town) History(_ context.Context, _ string, entries []string) (all []provision.HistoryEntry, err error) {
	for _, id := range entries {
		h := entry("r1", "", 1, change.GrantProduct{Product: "reports"})
		h.ID, h.Account = id, "a"+id[1:]
		all = append(all, h)
	}
	return all, nil
}

func (town) RunMails(_ context.Context, _ string, accounts []string) (all []provision.RunMail, err error) {
	for _, a := range accounts {
		all = append(all, provision.RunMail{Account: a})
	}
	return all, nil
}

func (town) Accounts(_ context.Context, _ string, ids []string, _ time.Time) (all []dedupe.Account, err error) {
	for _, id := range ids {
		all = append(all, dedupe.Account{ID: id})
	}
	return all, nil
}

func (town) FoundSince(_ context.Context, _, _ string, accounts []string) (all []provision.FoundIn, err error) {
	for _, a := range accounts {
		all = append(all, provision.FoundIn{Account: a})
	}
	return all, nil
}

func (town) JoinedWith(context.Context, string, []string) (map[string]string, error) { return nil, nil }
