package store

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/provision"
)

// resolveSQL answers each key by one probe of an index, whatever the planner
// thinks of the number of keys: a scalar subquery cannot become a hash join
// over the whole table. What is found comes as lines of "id version epoch
// email": one for a key, up to five for a hint; of an account whose keys are asked
// for, lines of "space value" follow. Keys that lead nowhere are not sent back. One statement is one state of the database; with two, an account
// could appear between them.
const resolveSQL = `WITH asked AS MATERIALIZED (SELECT CAST(r.value->>0 AS bigint) AS n, CASE CAST(r.value->>1 AS bigint) WHEN 0 THEN (
	SELECT CAST(a.id AS text) || ' ' || a.version || ' ' || a.link_epoch || ' ' || a.email
	FROM account_key AS k JOIN accounts AS a ON a.id = k.account_id
	WHERE k.space = r.value->>2 AND k.value = r.value->>3
) WHEN 2 THEN (
	SELECT CAST(a.id AS text) || ' ' || a.version || ' ' || a.link_epoch || ' ' || a.email
	FROM accounts AS a WHERE a.id = CAST(r.value->>3 AS {uuid})
) WHEN 3 THEN (
	SELECT CAST(a.id AS text) || ' ' || a.version || ' ' || a.link_epoch || ' ' || a.email || COALESCE((
		SELECT string_agg('
' || k.space || ' ' || k.value, '') FROM account_key AS k WHERE k.account_id = a.id), '')
	FROM accounts AS a WHERE a.id = CAST(r.value->>3 AS {uuid})
) ELSE (
	SELECT string_agg(h.line, '
') FROM (
		SELECT CAST(a.id AS text) || ' ' || a.version || ' ' || a.link_epoch || ' ' || a.email AS line
		FROM account_hint AS k JOIN accounts AS a ON a.id = k.account_id
		WHERE k.space = r.value->>2 AND k.value = r.value->>3
		ORDER BY k.account_id LIMIT 5
	) AS h
) END AS found FROM {rows} AS r) SELECT n, found FROM asked WHERE found IS NOT NULL`

// ownKeysSQL reads all keys of accounts.
const ownKeysSQL = `SELECT k.account_id, k.space, k.value FROM {rows} AS r CROSS JOIN account_key AS k
	WHERE k.account_id = CAST(r.value->>0 AS {uuid})`

// Resolve finds the accounts keys and hints lead to: addresses first, since what
// else people are known by is mostly their account's. Its keys are read together,
// which takes less than a probe for each of them; what is not among them is looked
// up then. All of it is one snapshot.
func (d directory) Resolve(ctx context.Context, keys, hints []identity.Key) ([]provision.Found, error) {
	addresses, others := parted(keys, func(k identity.Key) bool { return k.Space == identity.EmailSpace })
	if len(addresses) == 0 || len(others) == 0 {
		return d.resolve(ctx, keys, hints)
	}
	found, err := d.resolve(ctx, addresses, hints)
	if err != nil {
		return nil, err
	}
	owned, err := d.owned(ctx, found)
	if err != nil {
		return nil, err
	}
	theirs, left := parted(others, func(k identity.Key) bool { return owned[k] != nil })
	for _, k := range theirs {
		f := *owned[k]
		f.Key = k
		found = append(found, f)
	}
	rest, err := d.resolve(ctx, left, nil)
	return append(found, rest...), err
}

// parted returns the keys that are such, and the others.
func parted(keys []identity.Key, such func(identity.Key) bool) (these, others []identity.Key) {
	for _, k := range keys {
		if such(k) {
			these = append(these, k)
		} else {
			others = append(others, k)
		}
	}
	return these, others
}

// owned are the keys of the accounts that others than hints led to.
func (q session) owned(ctx context.Context, found []provision.Found) (map[identity.Key]*provision.Found, error) {
	var r rows
	accounts := make(map[string]*provision.Found, len(found))
	for i, f := range found {
		if !f.Hint && accounts[f.Account] == nil {
			accounts[f.Account] = &found[i]
			r.add(f.Account)
		}
	}
	if len(accounts) == 0 {
		return nil, nil
	}
	param, err := r.param()
	if err != nil {
		return nil, err
	}
	type key struct {
		Account string `db:"account_id"`
		identity.Key
	}
	all := make([]key, 0, 4*len(accounts))
	if err := q.all(ctx, &all, ownKeysSQL, param); err != nil {
		return nil, fmt.Errorf("looking up keys: %w", err)
	}
	owned := make(map[identity.Key]*provision.Found, len(all))
	for _, k := range all {
		owned[k.Key] = accounts[k.Account]
	}
	return owned, nil
}

// Resolve finds the owners of keys; a key of dedupe.AccountSpace leads to the
// account it names. Of accounts it finds every key that leads to them.
func (t tx) Resolve(ctx context.Context, keys []identity.Key, accounts []string) ([]provision.Found, error) {
	return t.lookUp(ctx, keys, nil, accounts)
}

func (q session) resolve(ctx context.Context, keys, hints []identity.Key) ([]provision.Found, error) {
	return q.lookUp(ctx, keys, hints, nil)
}

func (q session) lookUp(
	ctx context.Context, keys, hints []identity.Key, accounts []string,
) ([]provision.Found, error) {
	if len(keys)+len(hints)+len(accounts) == 0 {
		return nil, nil
	}
	var r rows
	for i, k := range keys {
		what := 0
		if k.Space == dedupe.AccountSpace {
			what = 2
		}
		r.add(i, what, k.Space, k.Value)
	}
	for i, k := range hints {
		r.add(len(keys)+i, 1, k.Space, k.Value)
	}
	for i, account := range accounts {
		r.add(len(keys)+len(hints)+i, 3, "", account)
	}
	param, err := r.param()
	if err != nil {
		return nil, err
	}
	type answer struct {
		N     int    `db:"n"`
		Found string `db:"found"`
	}
	answers := make([]answer, 0, len(keys)+len(hints)+len(accounts))
	if err := q.all(ctx, &answers, resolveSQL, param); err != nil {
		return nil, fmt.Errorf("looking up keys: %w", err)
	}
	found := make([]provision.Found, 0, len(answers)+3*len(accounts))
	for _, a := range answers {
		if a.N >= len(keys)+len(hints) {
			theirs, err := parseKeys(a.Found)
			if err != nil {
				return nil, err
			}
			found = append(found, theirs...)
			continue
		}
		f := provision.Found{Hint: a.N >= len(keys)}
		if f.Hint {
			f.Key = hints[a.N-len(keys)]
		} else {
			f.Key = keys[a.N]
		}
		for line := range strings.SplitSeq(a.Found, "\n") {
			if err := parseFound(line, &f); err != nil {
				return nil, err
			}
			found = append(found, f)
		}
	}
	return found, nil
}

// parseKeys reads an account and, on lines of their own, the keys that lead to it.
func parseKeys(text string) (all []provision.Found, err error) {
	line, rest, more := strings.Cut(text, "\n")
	var f provision.Found
	if err := parseFound(line, &f); err != nil || !more {
		return nil, err
	}
	for key := range strings.SplitSeq(rest, "\n") {
		f.Key.Space, f.Key.Value, _ = strings.Cut(key, " ")
		all = append(all, f)
	}
	return all, nil
}

func parseFound(line string, f *provision.Found) (err error) {
	parts := strings.SplitN(line, " ", 4)
	if len(parts) != 4 {
		return fmt.Errorf("looking up keys: the database answered %d words", len(parts))
	}
	if f.Version, err = strconv.ParseInt(parts[1], 10, 64); err != nil {
		return err
	}
	if f.Epoch, err = strconv.ParseInt(parts[2], 10, 64); err != nil {
		return err
	}
	f.Account = parts[0]
	f.Email = parts[3]
	return nil
}

// suppressedSQL probes for marks of the organization and of the platform.
const suppressedSQL = `SELECT r.value->>0 FROM {rows} AS r
	WHERE EXISTS (SELECT 1 FROM suppressions AS s WHERE s.mark = r.value->>0
		AND s.organization_id IN (CAST($2 AS {uuid}), CAST($3 AS {uuid})))`

// Suppressed returns those marks that are on record, sorted as they came.
func (q session) Suppressed(ctx context.Context, organization string, marks []string) ([]string, error) {
	if len(marks) == 0 {
		return nil, nil
	}
	var r rows
	for _, m := range marks {
		r.add(m)
	}
	param, err := r.param()
	if err != nil {
		return nil, err
	}
	var met []string
	if err := q.all(ctx, &met, suppressedSQL, param, organization, everywhere); err != nil {
		return nil, fmt.Errorf("looking up suppressions: %w", err)
	}
	return met, nil
}

// OnRecord says whether there are marks that the organization could meet, and
// decisions of its reviewers.
func (q session) OnRecord(ctx context.Context, organization string) (provision.OnRecord, error) {
	var there struct {
		Erased  bool `db:"erased"`
		Decided bool `db:"decided"`
	}
	err := q.one(ctx, &there, `SELECT EXISTS (SELECT 1 FROM suppressions
			WHERE organization_id IN (CAST($1 AS {uuid}), CAST($2 AS {uuid}))) AS erased,
		EXISTS (SELECT 1 FROM decisions WHERE organization_id = CAST($1 AS {uuid})) AS decided`, organization, everywhere)
	return provision.OnRecord(there), err
}

// Suppressions reports whether any mark could be met by the organization.
func (q session) Suppressions(ctx context.Context, organization string) (bool, error) {
	var any bool
	err := q.one(ctx, &any, `SELECT EXISTS (SELECT 1 FROM suppressions
		WHERE organization_id IN (CAST($1 AS {uuid}), CAST($2 AS {uuid})))`, organization, everywhere)
	return any, err
}
