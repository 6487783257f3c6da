package store

import (
	"cmp"
	"strings"

	"muster/provision"
)

// eraseSteps remove what is kept of people. What says where else something of
// them stands goes last: their keys, and the account.
var eraseSteps = func() []func(provision.Batch) step {
	all := []func(provision.Batch) step{unmarked, scrubbed, unsaid, unbounced, unsigned, uncredited, handedOn}
	for _, p := range personals {
		if !p.stays {
			all = append(all, p.erased)
		}
	}
	return append(all, suppressed)
}()

// wholly are the accounts of {rows} of which nothing stays.
const wholly = `SELECT CAST(r.value->>0 AS {uuid}) FROM {rows} AS r WHERE CAST(r.value->>1 AS bigint) = 1`

const everyErased = `SELECT CAST(r.value->>0 AS {uuid}) FROM {rows} AS r`

// erasing is a statement about the people a batch erases; $2 is the
// organization.
func erasing(b provision.Batch, what, text string) *statement {
	s := &statement{what: what, text: text, more: []any{b.By.Organization}}
	for _, e := range sorted(b.Erased, byErased) {
		s.rows.add(e.Account, bit(e.Whole))
	}
	return s
}

func byErased(x, y provision.EraseRow) int { return cmp.Compare(x.Account, y.Account) }

func bit(is bool) int {
	if is {
		return 1
	}
	return 0
}

// erased deletes the rows that a table has of people: all of them, or those of
// the organization.
func (p personal) erased(b provision.Batch) step {
	here := cmp.Or(p.here, "CAST($2 AS text) = ''")
	s := erasing(b, "erased "+p.table, `DELETE FROM `+p.table+` AS t WHERE t.`+p.account+` IN (`+everyErased+`)
		AND (t.`+p.account+` IN (`+wholly+`) OR `+here+`)`)
	s.all = p.table == "accounts"
	if s.all { // each that goes was there; the others stay
		s.rows = rows{}
		for _, e := range sorted(b.Erased, byErased) {
			if e.Whole {
				s.rows.add(e.Account, 1)
			}
		}
	}
	return s
}

// unmarked takes the marks of people off the rows that carry them, also those that
// led to no account.
func unmarked(b provision.Batch) step {
	return erasing(b, "erased marks of rows", `UPDATE run_rows SET person = NULL
		WHERE person IN (SELECT w.person FROM run_rows AS w WHERE w.account_id IN (`+wholly+`))
		OR person IN (SELECT w.person FROM run_rows AS w WHERE w.account_id IN (`+everyErased+`))
			AND run_id IN (SELECT u.id FROM runs AS u WHERE u.organization_id = CAST($2 AS {uuid}))`)
}

// scrubbed takes the details off the rows of runs that led to people; the bare
// ledger stays.
func scrubbed(b provision.Batch) step {
	return erasing(b, "erased details of rows", `UPDATE run_rows SET detail = NULL, link_id = NULL
		WHERE account_id IN (`+everyErased+`) AND (account_id IN (`+wholly+`)
			OR run_id IN (SELECT u.id FROM runs AS u WHERE u.organization_id = CAST($2 AS {uuid})))`)
}

// unbounced forgets addresses that mail came back from.
func unbounced(b provision.Batch) step {
	return erasing(b, "erased bounces", `DELETE FROM undeliverable WHERE CAST($2 AS text) <> '' AND email IN (
		SELECT k.value FROM account_key AS k WHERE k.space = 'email' AND k.account_id IN (`+wholly+`))`)
}

// unsigned takes the names of people off the mails that they had others sent.
func unsigned(b provision.Batch) step {
	return erasing(b, "erased signatures", `UPDATE outbox SET inviter = '', note = ''
		WHERE inviter <> '' AND CAST($2 AS text) <> '' AND EXISTS (
			SELECT 1 FROM accounts AS a WHERE a.id IN (`+wholly+`) AND a.address <> '' AND outbox.inviter LIKE '%' || a.address || '%')`)
}

// uncredited takes the addresses of operators off the runs that they made.
func uncredited(b provision.Batch) step {
	without := func(column string) string {
		return column + ` = CAST(replace(replace(CAST(` + column + ` AS text),
			(SELECT a.name || ' <' FROM accounts AS a WHERE a.id = runs.operator_id), '<'),
			(SELECT a.address FROM accounts AS a WHERE a.id = runs.operator_id), 'erased') AS {json})`
	}
	return erasing(b, "erased operators of runs", `UPDATE runs SET `+without("summary")+`, `+without("options")+`
		WHERE CAST($2 AS text) <> '' AND operator_id IN (`+wholly+`)`)
}

// handedOn leaves an account that another organization holds, too, to the one
// that has held it for longest.
func handedOn(b provision.Batch) step {
	return erasing(b, "accounts left to others", `UPDATE accounts SET owner_id = (
			SELECT b.organization_id FROM memberships AS m CROSS JOIN brands AS b
			WHERE m.account_id = accounts.id AND b.id = m.brand_id AND b.organization_id <> CAST($2 AS {uuid})
			ORDER BY m.granted_at, m.brand_id LIMIT 1)
		WHERE owner_id = CAST($2 AS {uuid}) AND id IN (`+everyErased+`) AND id NOT IN (`+wholly+`)`)
}

// suppressed leaves the marks by which erased people are known again.
func suppressed(b provision.Batch) step {
	s := &statement{
		what: "marks of erased people",
		more: []any{stamp(b.By.At)},
		text: `INSERT INTO suppressions (mark, organization_id, kid, created_at)
			SELECT r.value->>0, CAST(r.value->>1 AS {uuid}), r.value->>2, CAST($2 AS {ts}) FROM {rows} AS r
			WHERE true ON CONFLICT DO NOTHING`,
	}
	seen := map[[2]string]bool{}
	for _, e := range sorted(b.Erased, byErased) {
		where := b.By.Organization
		if e.Everywhere {
			where = everywhere
		}
		for _, m := range unique(e.Marks) {
			if kid, _, _ := strings.Cut(m, "-"); !seen[[2]string{m, where}] {
				seen[[2]string{m, where}] = true
				s.rows.add(m, where, kid)
			}
		}
	}
	return s
}
