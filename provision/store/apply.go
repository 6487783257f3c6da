package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/sourcegraph/conc"

	"muster/dedupe"
	"muster/provision"
)

// steps write a batch in the order of its fields.
var steps = []func(provision.Batch) step{
	redeemed, newAccounts, readdressed, filled, restated, newKeys, newHints, newProfiles, connected, newMemberships,
	backCampaigns, backProducts, backMemberships, backCampaignsOfBrands,
	offered, accepted, joined, joinedCampaigns, joinedProducts, declined, raises, permits, kept,
	newCampaigns, newProducts, lifts, ended, blocked, blockedAgain, outdated, revoked, signedOut, unaddressed, superseded, newLinks, handed,
	passwords, answered, agreed, unsent, unsentToBlocked, mailed, onDashboards, sent, newDecisions, newOwned, newAttending, attending, notAttending,
}

// lastSteps come after everything that a batch does is done.
var lastSteps = []func(provision.Batch) step{orphans, newAudit, newPrivate}

// Apply writes a batch in the order of its fields, each kind sorted by its
// unique key, so that two transactions that meet always meet in the same
// order. While the server works on one step the next is put into words.
//
// A batch that leaves an organization without an administrator is a
// *provision.LastAdministratorError.
func (t tx) Apply(ctx context.Context, b provision.Batch) error {
	if err := names(b).write(ctx, t); err != nil {
		return err
	}
	if err := t.bump(ctx, b); err != nil {
		return err
	}
	if err := t.hold(ctx, b); err != nil {
		return err
	}
	inDanger, err := t.endangers(ctx, b)
	if err != nil {
		return err
	}
	if err := t.write(ctx, b); err != nil {
		return err
	}
	if len(b.Erased) > 0 {
		t.s.erased.Store(true)
	}
	return t.spared(ctx, inDanger)
}

// write writes the rows of a batch.
func (t tx) write(ctx context.Context, b provision.Batch) error {
	ready := make(chan step)
	left := make(chan struct{})
	var wg conc.WaitGroup
	defer wg.Wait()
	defer close(left)
	wg.Go(func() {
		defer close(ready)
		for _, next := range slices.Concat(goneSteps, steps, takenBackSteps, mergeSteps, eraseSteps, lastSteps) {
			select {
			case ready <- worded(next(b), t.s.d):
			case <-left:
				return
			}
		}
	})
	for s := range ready {
		if err := s.write(ctx, t); err != nil {
			return err
		}
	}
	return nil
}

func worded(s step, d *dialect) step {
	s.word(d)
	return s
}

const (
	// lockSQL locks the accounts in order of their ids, which the UPDATE
	// after it would not promise to do.
	lockSQL = `SELECT a.id FROM {rows} AS r CROSS JOIN accounts AS a
		WHERE a.id = CAST(r.value->>0 AS {uuid}) ORDER BY a.id {lock}`

	bumpSQL = `UPDATE accounts SET version = version + 1, link_epoch = link_epoch + CAST(r.value->>2 AS bigint),
		updated_at = CAST($2 AS {ts})
		FROM {rows} AS r WHERE accounts.id = CAST(r.value->>0 AS {uuid})
		AND accounts.version = CAST(r.value->>1 AS bigint)`
)

func (t tx) bump(ctx context.Context, b provision.Batch) error {
	bumps := sorted(b.Bumps, func(x, y provision.Bump) int { return cmp.Compare(x.Account, y.Account) })
	s := &statement{
		what: "versions",
		all:  true,
		more: []any{stamp(b.By.At)},
		text: bumpSQL,
	}
	for i := 0; i < len(bumps); {
		one := bumps[i]
		epoch := 0
		for ; i < len(bumps) && bumps[i].Account == one.Account; i++ {
			if bumps[i].Version != one.Version {
				return fmt.Errorf("account %s has two versions in one batch: %w", one.Account, provision.ErrMoved)
			}
			if bumps[i].Epoch {
				epoch = 1
			}
		}
		s.rows.add(one.Account, one.Version, epoch)
	}
	if s.rows.n == 0 {
		return nil
	}
	param, err := s.rows.param()
	if err != nil {
		return err
	}
	var ids []string
	if err := t.all(ctx, &ids, lockSQL, param); err != nil {
		return fmt.Errorf("locking accounts: %w", err)
	}
	return s.write(ctx, t)
}

func newAccounts(b provision.Batch) step {
	at := stamp(b.By.At)
	shared := []any{1, at, at, orNil(b.By.Run)}
	return &insertion{
		what:   "accounts",
		into:   accountsTable,
		shared: shared,
		fill: func(r *rows) {
			for _, a := range sorted(b.Accounts, byAccount) {
				r.add(a.ID, a.Email.Address, a.Email.Value, a.Email.Mailbox, a.Email.Role,
					a.Name, a.FirstName, a.LastName, a.ContactEmail, a.Language, a.TimeZone, a.Picture,
					string(a.Status), orNil(a.Owner), a.Epoch)
			}
		},
	}
}

func byAccount(x, y provision.AccountRow) int { return cmp.Compare(x.ID, y.ID) }

func newKeys(b provision.Batch) step {
	return &insertion{what: "keys", into: keysTable, fill: func(r *rows) { r.addKeys(b.Keys) }}
}

// newHints leaves a hint that is there already as it is.
func newHints(b provision.Batch) step {
	s := &statement{
		what: "hints",
		text: `INSERT INTO account_hint (space, value, account_id)
			SELECT r.value->>0, r.value->>1, CAST(r.value->>2 AS {uuid}) FROM {rows} AS r
			WHERE true ON CONFLICT DO NOTHING`,
	}
	s.rows.addKeys(b.Hints)
	return s
}

func (r *rows) addKeys(of []provision.KeyRow) {
	for _, k := range distinct(of, byKey) {
		if len(k.Value) > maxKey {
			r.err = errKey
		}
		r.add(k.Space, k.Value, k.Account)
	}
}

// maxKey is how many bytes a key may have: PostgreSQL refuses to index rows
// much longer than that, SQLite would not mind.
const maxKey = 2048

var errKey = errors.New("a key of more than 2048 bytes cannot be stored")

func byKey(x, y provision.KeyRow) int {
	return cmp.Or(dedupe.CompareKeys(x.Key, y.Key), cmp.Compare(x.Account, y.Account))
}

func newProfiles(b provision.Batch) step {
	shared := []any{orNil(b.By.Run), b.By.Source}
	return &insertion{
		what:   "profiles",
		into:   profilesTable,
		shared: shared,
		fill: func(r *rows) {
			for _, p := range oneProfile(b.Profiles) {
				if len(p.Value) > maxKey {
					r.err = errKey
				}
				r.add(p.Account, p.Network, p.Kind, p.Value, p.Shared, p.Display, p.URL, p.Connected)
			}
		},
	}
}

// connected marks profiles as connected that were declared so far.
func connected(b provision.Batch) step {
	s := &statement{
		what: "connected profiles",
		all:  true,
		text: `UPDATE profiles SET connected = true FROM {rows} AS r
			WHERE profiles.account_id = CAST(r.value->>0 AS {uuid}) AND profiles.network = r.value->>1
			AND profiles.kind = r.value->>2 AND profiles.value = r.value->>3`,
	}
	s.rows.addPins(b.Connects)
	return s
}

// oneProfile sorts profiles and keeps one of each: rows joined to one person
// may bring the same one twice.
func oneProfile(all []provision.ProfileRow) []provision.ProfileRow {
	key := func(x, y provision.ProfileRow) int {
		return cmp.Or(cmp.Compare(x.Account, y.Account), cmp.Compare(x.Network, y.Network),
			cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.Value, y.Value))
	}
	return distinct(sorted(all, func(x, y provision.ProfileRow) int {
		return cmp.Or(key(x, y), -compareBool(x.Connected, y.Connected))
	}), key)
}

func compareBool(x, y bool) int {
	switch {
	case x == y:
		return 0
	case x:
		return 1
	}
	return -1
}

// sorted returns rows in order, to be read: a batch belongs to its caller. Most
// come in order, since ids begin with their time; others are copied.
func sorted[T any](s []T, by func(x, y T) int) []T {
	if slices.IsSortedFunc(s, by) {
		return s
	}
	c := slices.Clone(s)
	slices.SortFunc(c, by)
	return c
}

// distinct returns rows in order, each once, to be read. Of rows in order that are
// equal by it the first stays.
func distinct[T any](s []T, by func(x, y T) int) []T {
	s = sorted(s, by)
	same := func(x, y T) bool { return by(x, y) == 0 }
	for i := 1; i < len(s); i++ {
		if same(s[i-1], s[i]) {
			return slices.CompactFunc(slices.Clone(s), same)
		}
	}
	return s
}

// unique returns the strings sorted, each once.
func unique(s []string) []string {
	c := slices.Clone(s)
	slices.Sort(c)
	return slices.Compact(c)
}

// sortedStable is sorted for rows that keep their order where they are equal.
func sortedStable[T any](s []T, by func(x, y T) int) []T {
	c := slices.Clone(s)
	slices.SortStableFunc(c, by)
	return c
}
