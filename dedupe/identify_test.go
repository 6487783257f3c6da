package dedupe_test

import (
	"testing"

	"muster/dedupe"
	"muster/importer/record"
)

func TestIdentify(t *testing.T) {
	const ana = "A email=ana@example.com name=Ana_Lima ext=7 in=b1 ig=ana.lima"
	for name, c := range map[string]struct {
		policy   func(*dedupe.Policy)
		accounts []string
		row      string
		want     string
	}{
		"an address tells":                    {accounts: []string{ana}, row: "email=ana@example.com", want: "A"},
		"an external id tells":                {accounts: []string{ana}, row: "ext=7", want: "A"},
		"an address tells beside a weak hint": {accounts: []string{ana, "B email=bo@example.com in=b1 ig=bo"}, row: "email=ana@example.com ig=bo", want: "A"},
		"a connected profile tells": {
			accounts: []string{"A email=ana@example.com in=b1 ig!=ana.lima"},
			row:      "ig=ana.lima",
			want:     "A",
		},
		"a declared profile does not": {accounts: []string{ana}, row: "ig=ana.lima", want: "[1] review looks_like"},
		"an id with another address is held": {
			accounts: []string{ana},
			row:      "ext=7 email=other@example.com",
			want:     "[1] review email_differs note:email_differs",
		},
		"an address and an id of two accounts are held": {
			accounts: []string{ana, "B email=bo@example.com ext=8 in=b1"},
			row:      "email=ana@example.com ext=8",
			want:     "[1] review accounts_conflict",
		},
		"nobody is nobody": {row: "email=ana@example.com", want: "[1] reject nobody_matches"},
		"a member of a brand that the operator does not see is nobody": {
			policy:   seesB1,
			accounts: []string{"A email=ana@example.com in=b2"},
			row:      "email=ana@example.com",
			want:     "[1] reject nobody_matches",
		},
		"an account of another organization is nobody": {
			accounts: []string{"A email=ana@example.com of=X"},
			row:      "email=ana@example.com",
			want:     "[1] reject nobody_matches",
		},
		"an account of another organization that was claimed is known": {
			accounts: []string{"A email=ana@example.com of=X in=b1"},
			row:      "email=ana@example.com",
			want:     "A",
		},
		"a row without a proper address is rejected for that": {row: "malformed=", want: "[1] reject email_malformed"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			if c.policy != nil {
				c.policy(&w.policy)
			}
			for _, a := range c.accounts {
				w.account(t, a)
			}
			w.row(t, c.row)
			people := []dedupe.Person{{Records: []record.Record{w.records[0]}}}
			matches, err := dedupe.Find(people, w, w.policy.Organization)
			if err != nil {
				t.Fatal(err)
			}
			a, open := dedupe.Identify(matches[0], w.policy)
			got := a.ID
			if open != nil {
				got += say(*open)
			}
			if got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}
