package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"muster/importer/identity"
	"muster/provision"
)

// A step writes one kind of row of a batch with one statement.
type step struct {
	what string
	text string
	rows rows
	more []any // parameters after {rows}
	all  bool  // every row sent has to be written, otherwise somebody else was faster
}

// Apply writes a batch in the order of its fields, each kind sorted by its
// unique key, so that two transactions that meet always meet in the same
// order.
func (t tx) Apply(ctx context.Context, b provision.Batch) error {
	if err := t.bump(ctx, b); err != nil {
		return err
	}
	for _, s := range []func(provision.Batch) step{
		newAccounts, readdressed, newKeys, newHints, newProfiles, newMemberships, raises, newCampaigns, newProducts,
		lowers, lifts, unaddressed, superseded, newLinks, newDecisions, newAudit,
	} {
		if err := t.write(ctx, s(b)); err != nil {
			return err
		}
	}
	return nil
}

func (t tx) write(ctx context.Context, s step) error {
	if s.rows.n == 0 {
		return nil
	}
	param, err := s.rows.param()
	if err != nil {
		return fmt.Errorf("writing %s: %w", s.what, err)
	}
	n, err := t.exec(ctx, s.text, append([]any{param}, s.more...)...)
	if err != nil {
		return fmt.Errorf("writing %s: %w", s.what, err)
	}
	if s.all && n != s.rows.n {
		return short("writing "+s.what, s.rows.n, n)
	}
	return nil
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
	s := step{what: "versions", text: bumpSQL, more: []any{stamp(b.By.At)}, all: true}
	for i := 0; i < len(bumps); {
		one, epoch := bumps[i], 0
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
	return t.write(ctx, s)
}

func newAccounts(b provision.Batch) step {
	s := step{what: "accounts", all: true, more: []any{stamp(b.By.At), orNil(b.By.Run)}, text: `INSERT INTO accounts (
		id, address, email, mailbox, email_role, name, first_name, last_name, contact_email, language, time_zone,
		picture, status, owner_id, link_epoch, version, created_at, updated_at, created_run)
		SELECT CAST(r.value->>0 AS {uuid}), r.value->>1, r.value->>2, r.value->>3, CAST(r.value->>4 AS boolean),
		r.value->>5, r.value->>6, r.value->>7, r.value->>8, r.value->>9, r.value->>10, r.value->>11, r.value->>12,
		CAST(r.value->>13 AS {uuid}), CAST(r.value->>14 AS bigint), 1,
		CAST($2 AS {ts}), CAST($2 AS {ts}), CAST($3 AS {uuid}) FROM {rows} AS r`}
	for _, a := range sorted(b.Accounts, func(x, y provision.AccountRow) int { return cmp.Compare(x.ID, y.ID) }) {
		s.rows.add(a.ID, a.Email.Address, a.Email.Value, a.Email.Mailbox, a.Email.Role, a.Name, a.FirstName, a.LastName,
			a.ContactEmail, a.Language, a.TimeZone, a.Picture, string(a.Status), orNil(a.Owner), a.Epoch)
	}
	return s
}

func newKeys(b provision.Batch) step {
	return keys("keys", b.Keys, true, `INSERT INTO account_key (space, value, account_id)
		SELECT r.value->>0, r.value->>1, CAST(r.value->>2 AS {uuid}) FROM {rows} AS r`)
}

func newHints(b provision.Batch) step {
	return keys("hints", b.Hints, false, `INSERT INTO account_hint (space, value, account_id)
		SELECT r.value->>0, r.value->>1, CAST(r.value->>2 AS {uuid}) FROM {rows} AS r
		WHERE true ON CONFLICT DO NOTHING`)
}

func keys(what string, of []provision.KeyRow, all bool, text string) step {
	s := step{what: what, text: text, all: all}
	for _, k := range slices.Compact(sorted(of, byKey)) {
		if len(k.Value) > maxKey {
			s.rows.err = errKey
		}
		s.rows.add(k.Space, k.Value, k.Account)
	}
	return s
}

// maxKey is how many bytes a key may have: PostgreSQL refuses to index rows
// much longer than that, SQLite would not mind.
const maxKey = 2048

var errKey = errors.New("a key of more than 2048 bytes cannot be stored")

func byKey(x, y provision.KeyRow) int {
	return cmp.Or(compareKeys(x.Key, y.Key), cmp.Compare(x.Account, y.Account))
}

func compareKeys(x, y identity.Key) int {
	return cmp.Or(cmp.Compare(x.Space, y.Space), cmp.Compare(x.Value, y.Value))
}

func newProfiles(b provision.Batch) step {
	s := step{what: "profiles", all: true, more: []any{orNil(b.By.Run), b.By.Source}, text: `INSERT INTO profiles (
		account_id, network, kind, value, shared, display, url, connected, run_id, source)
		SELECT CAST(r.value->>0 AS {uuid}), r.value->>1, r.value->>2, r.value->>3, CAST(r.value->>4 AS boolean),
		r.value->>5, r.value->>6, CAST(r.value->>7 AS boolean), CAST($2 AS {uuid}), CAST($3 AS text) FROM {rows} AS r`}
	for _, p := range oneProfile(b.Profiles) {
		if len(p.Value) > maxKey {
			s.rows.err = errKey
		}
		s.rows.add(p.Account, p.Network, p.Kind, p.Value, p.Shared, p.Display, p.URL, p.Connected)
	}
	return s
}

// oneProfile sorts profiles and keeps one of each: rows joined to one person
// may bring the same one twice.
func oneProfile(all []provision.ProfileRow) []provision.ProfileRow {
	key := func(x, y provision.ProfileRow) int {
		return cmp.Or(cmp.Compare(x.Account, y.Account), cmp.Compare(x.Network, y.Network),
			cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.Value, y.Value))
	}
	all = sorted(all, func(x, y provision.ProfileRow) int { return cmp.Or(key(x, y), -compareBool(x.Connected, y.Connected)) })
	return slices.CompactFunc(all, func(x, y provision.ProfileRow) bool { return key(x, y) == 0 })
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

// sorted returns a sorted copy: a batch belongs to its caller.
func sorted[T any](s []T, by func(x, y T) int) []T {
	c := slices.Clone(s)
	slices.SortFunc(c, by)
	return c
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
