package view

import (
	"fmt"
	"strings"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/provision"
	"muster/provision/accounts"
	"muster/provision/words"
)

// alikeLine is a pair of accounts that look like one person, as JSON.
type alikeLine struct {
	Accounts [2]alikeAccount `json:"accounts"`
	Shared   []identity.Key  `json:"shared"`
}

type alikeAccount struct {
	Account string        `json:"account"`
	Name    string        `json:"name,omitempty"`
	Email   string        `json:"email,omitempty"`
	Status  dedupe.Status `json:"status"`
}

func alikeAccountOf(a dedupe.Account) alikeAccount {
	return alikeAccount{Account: a.ID, Name: a.Name, Email: a.Email.Address, Status: a.Status}
}

// Duplicates lists people who look like each other.
func (o *Output) Duplicates(all []accounts.Duplicate, in words.In) {
	for _, d := range all {
		a, b := d.A.Account, d.B.Account
		if o.common.JSON {
			o.Emit("duplicate", alikeLine{[2]alikeAccount{alikeAccountOf(a), alikeAccountOf(b)}, d.Shared})
			continue
		}
		fmt.Fprintf(o.Stdout, "%s\n%s\n  %s\n  muster accounts merge %s %s\n\n", alikePerson(a, in), alikePerson(b, in),
			sharedWords(d.Shared), alikeTarget(a), alikeTarget(b))
	}
	switch {
	case o.common.JSON:
		o.Emit("summary", map[string]int{"pairs": len(all)})
	case len(all) == 0:
		fmt.Fprintln(o.Stdout, "Nobody looks like anybody else.")
	case len(all) == 1:
		fmt.Fprintln(o.Stdout, "1 pair")
	default:
		fmt.Fprintln(o.Stdout, words.Number(len(all))+" pairs")
	}
}

func alikePerson(a dedupe.Account, in words.In) string {
	where := in.State(provision.HeldCandidate{Status: a.Status, Memberships: a.Memberships})
	return strings.Join(Compact(a.Name, a.Email.Address, where), ", ")
}

// alikeTarget is how the account is named on a command line.
func alikeTarget(a dedupe.Account) string {
	if a.Email.IsZero() {
		return "account:" + a.ID
	}
	return a.Email.Address
}

func sharedWords(shared []identity.Key) string {
	var all []string
	for _, k := range shared {
		if k.Space == provision.NameSpace {
			all = append(all, "the same name")
		} else {
			all = append(all, words.Key(k))
		}
	}
	return "in common: " + strings.Join(all, "; ")
}
