package store

import (
	"context"
	"fmt"

	"muster/provision"
)

// Accounts, memberships, links and rows of the ledger have no foreign key to the
// organization, brand and run that they name: every row of a run names the same,
// and asking for each took longer than writing it. What a batch names goes into
// the table named instead, whose foreign keys refuse what is gone, and keep what
// was named from being deleted. Nothing is written where it stands there already.

const namedSQL = `INSERT INTO named (id, organization_id, brand_id, run_id)
	SELECT CAST(r.value->>0 AS {uuid}), CAST(r.value->>1 AS {uuid}), CAST(r.value->>2 AS {uuid}), CAST(r.value->>3 AS {uuid})
	FROM {rows} AS r WHERE true ON CONFLICT DO NOTHING`

// namedByRunSQL names a run, its organization and the brands of that, so that two
// workers that begin at once do not wait for each other.
const namedByRunSQL = `INSERT INTO named (id, organization_id, brand_id, run_id)
	SELECT o.id, o.id, CAST(NULL AS {uuid}), CAST(NULL AS {uuid}) FROM organizations AS o WHERE o.id = CAST($1 AS {uuid})
	UNION ALL SELECT b.id, NULL, b.id, NULL FROM brands AS b WHERE b.organization_id = CAST($1 AS {uuid})
	UNION ALL SELECT u.id, NULL, NULL, u.id FROM runs AS u WHERE u.id = CAST($2 AS {uuid})
	ON CONFLICT DO NOTHING`

// names are the organizations and brands that new rows of a batch name.
func names(b provision.Batch) step {
	s := &statement{what: "what is named", text: namedSQL}
	var organizations, brands []string
	for _, a := range b.Accounts {
		organizations = append(organizations, a.Owner)
	}
	for _, l := range b.Links {
		organizations = append(organizations, l.Organization)
	}
	for _, m := range b.Memberships {
		brands = append(brands, m.Brand)
	}
	for _, id := range unique(organizations) {
		if id != "" { // of an account that nobody owns
			s.rows.add(id, id, nil, nil)
		}
	}
	for _, id := range unique(brands) {
		s.rows.add(id, nil, id, nil)
	}
	return s
}

// namesRun is the run that rows of its ledger name.
func namesRun(run string) step {
	s := &statement{what: "what is named", text: namedSQL}
	s.rows.add(run, nil, nil, run)
	return s
}

// hold locks the accounts that new profiles of a batch hang on, unless it makes or
// bumps them: profiles have no foreign key to them. One that is gone is
// provision.ErrMoved.
func (t tx) hold(ctx context.Context, b provision.Batch) error {
	there := madeHere(b)
	for _, bump := range b.Bumps {
		there[bump.Account] = true
	}
	var others []string
	for _, p := range b.Profiles {
		if !there[p.Account] {
			others = append(others, p.Account)
		}
	}
	var asked rows
	for _, id := range unique(others) {
		asked.add(id)
	}
	if asked.n == 0 {
		return nil
	}
	param, err := asked.param()
	if err != nil {
		return err
	}
	var found []string
	if err := t.all(ctx, &found, lockSQL, param); err != nil {
		return fmt.Errorf("locking accounts: %w", err)
	}
	if n := int64(len(found)); n != asked.n {
		return short("locking accounts", asked.n, n)
	}
	return nil
}

// orphansSQL counts the accounts of {rows} that are gone, and on which profiles
// hang all the same.
const orphansSQL = `SELECT count(*) FROM {rows} AS r
	WHERE EXISTS (SELECT 1 FROM profiles AS p WHERE p.account_id = CAST(r.value->>0 AS {uuid}))`

// orphans refuses a batch that takes accounts away and leaves profiles of theirs.
func orphans(b provision.Batch) step {
	s := &refusal{what: "profiles of accounts that are gone", text: orphansSQL}
	for _, m := range b.Merged {
		s.rows.add(m.Gone)
	}
	for _, e := range b.Erased {
		if e.Whole {
			s.rows.add(e.Account)
		}
	}
	for _, account := range b.Unmade {
		s.rows.add(account)
	}
	return s
}
