package accounts

import (
	"context"
	"fmt"
	"time"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/provision"
	"muster/provision/pick"
)

// A Pair are two accounts of one person, and what becomes of them.
type Pair struct {
	Stays, Goes Half
	Moves       []string // what of the one that goes moves, in words
}

// Find looks two people up who are to be joined. A *provision.ConfigError says
// who of them is nobody, or that they are one already.
func Find(ctx context.Context, e *provision.Engine, sc provision.Scope, a, b pick.Target) (Pair, error) {
	people, err := pick.Find(ctx, e, sc, a, b)
	if err != nil {
		return Pair{}, err
	}
	for i, p := range people {
		if p.Account.ID == "" {
			return Pair{}, &provision.ConfigError{
				Msg:  fmt.Sprintf("the %s of the two is nobody whom the operator may know of", [2]string{"first", "second"}[i]),
				Hint: "name two people: " + pick.Forms,
			}
		}
	}
	if people[0].Account.ID == people[1].Account.ID {
		return Pair{}, &provision.ConfigError{
			Msg:  "both lead to the same account",
			Hint: "muster accounts duplicates lists who looks like whom",
		}
	}
	return pairOf(ctx, e, sc, people[0], people[1])
}

// Carrier is the account that carries an external id of the organization, as a
// target; false where nobody does.
func Carrier(ctx context.Context, e *provision.Engine, sc provision.Scope, id string) (pick.Target, bool, error) {
	key := identity.Key{Space: dedupe.ExternalSpace(sc.Policy.Organization), Value: id}
	var found []provision.Found
	err := provision.Persist(ctx, func() error {
		return e.Store.Snapshot(ctx, func(d provision.Directory) (err error) {
			found, err = d.Resolve(ctx, []identity.Key{key}, nil)
			return err
		})
	})
	if err != nil || len(found) == 0 {
		return pick.Target{}, false, err
	}
	return pick.Target{Account: found[0].Account}, true, nil
}

// pairOf orders two people, and says what moves.
func pairOf(ctx context.Context, e *provision.Engine, sc provision.Scope, a, b pick.Person) (Pair, error) {
	halves := []Half{{Person: a}, {Person: b}}
	kept := make([]map[string]int, len(halves))
	err := provision.Persist(ctx, func() error {
		return e.Store.Snapshot(ctx, func(d provision.Directory) error {
			for i := range halves {
				all, err := d.Kept(ctx, sc.Policy.Organization, halves[i].Account.ID, true)
				if err != nil {
					return err
				}
				kept[i] = map[string]int{}
				for _, k := range all {
					kept[i][k.Table] = len(k.Rows)
					if k.Table == "accounts" {
						halves[i].CreatedAt = moment(k.Rows[0]["created_at"])
					}
				}
			}
			return nil
		})
	})
	if err != nil {
		return Pair{}, fmt.Errorf("reading what is kept: %w", err)
	}
	var p Pair
	p.Stays, p.Goes = Survivor(halves[0], halves[1])
	goes := 0
	if p.Goes.Account.ID == b.Account.ID {
		goes = 1
	}
	p.Moves = moves(p.Stays.Account, p.Goes.Account, kept[goes])
	return p, nil
}

// moment is a time as a database hands it out.
func moment(value any) time.Time {
	if at, is := value.(time.Time); is {
		return at
	}
	at, _ := time.Parse(time.RFC3339Nano, fmt.Sprint(value))
	return at
}

// counted are the tables whose rows are told by their number.
var counted = []struct{ table, one, many string }{
	{"account_key", "1 address, handle or id that leads to it", "%d addresses, handles and ids that lead to it"},
	{"profiles", "1 profile", "%d profiles"},
	{"blocks", "1 block", "%d blocks"},
	{"decisions", "1 reviewer's decision", "%d reviewers' decisions"},
	{"consents", "1 consent", "%d consents"},
	{"sign_up_answers", "1 answer", "%d answers"},
	{"run_rows", "1 row of a run", "%d rows of runs"},
}

// moves says what of an account moves to the one that stays.
func moves(stays, goes dedupe.Account, kept map[string]int) []string {
	var all []string
	for _, m := range goes.Memberships {
		said := fmt.Sprintf("%s in %s (%s)", m.Kind, m.Brand, m.Role)
		if has, in := stays.In(m.Brand); in && has.Role != m.Role {
			said += fmt.Sprintf(", where the other is %s: the higher role stays", has.Role)
		}
		all = append(all, said)
	}
	for _, c := range goes.Campaigns {
		all = append(all, "campaign "+c)
	}
	for _, p := range goes.Products {
		all = append(all, "product "+p)
	}
	for _, c := range counted {
		switch n := kept[c.table]; {
		case n == 1:
			all = append(all, c.one)
		case n > 1:
			all = append(all, fmt.Sprintf(c.many, n))
		}
	}
	return all
}
