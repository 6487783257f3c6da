package store

import (
	"cmp"

	"muster/provision"
)

// passwords gives accounts a password and ends their sessions.
func passwords(b provision.Batch) step {
	s := &statement{
		what: "passwords",
		all:  true,
		more: []any{stamp(b.By.At)},
		text: `UPDATE accounts SET password = r.value->>1, password_at = CAST($2 AS {ts}),
			session_epoch = session_epoch + 1,
			email_verified_at = CASE WHEN CAST(r.value->>2 AS boolean)
				THEN COALESCE(email_verified_at, CAST($2 AS {ts})) ELSE email_verified_at END,
			registered_at = CASE WHEN CAST(r.value->>3 AS boolean)
				THEN COALESCE(registered_at, CAST($2 AS {ts})) ELSE registered_at END,
			owner_id = CASE WHEN CAST(r.value->>3 AS boolean) THEN NULL ELSE owner_id END
			FROM {rows} AS r WHERE accounts.id = CAST(r.value->>0 AS {uuid})`,
	}
	for _, p := range sorted(b.Passwords, func(x, y provision.PasswordRow) int { return cmp.Compare(x.Account, y.Account) }) {
		s.rows.add(p.Account, p.Hash, p.Verified, p.Registers)
	}
	return s
}

// answered keeps what people answered; a later answer replaces the former.
func answered(b provision.Batch) step {
	s := &statement{
		what: "answers",
		all:  true,
		more: []any{b.By.Organization, stamp(b.By.At)},
		text: `INSERT INTO sign_up_answers (account_id, organization_id, name, value, at)
			SELECT CAST(r.value->>0 AS {uuid}), CAST($2 AS {uuid}), r.value->>1, r.value->>2, CAST($3 AS {ts})
			FROM {rows} AS r WHERE true
			ON CONFLICT (account_id, organization_id, name) DO UPDATE SET value = excluded.value, at = excluded.at`,
	}
	for _, a := range sorted(b.Answers, func(x, y provision.AnswerRow) int {
		return cmp.Or(cmp.Compare(x.Account, y.Account), cmp.Compare(x.Name, y.Name))
	}) {
		s.rows.add(a.Account, a.Name, a.Value)
	}
	return s
}

// agreed keeps what people agreed to, and when they did so first.
func agreed(b provision.Batch) step {
	s := &statement{
		what: "consents",
		more: []any{b.By.Organization, stamp(b.By.At)},
		text: `INSERT INTO consents (account_id, organization_id, document, version, at)
			SELECT CAST(r.value->>0 AS {uuid}), CAST($2 AS {uuid}), r.value->>1, r.value->>2, CAST($3 AS {ts})
			FROM {rows} AS r WHERE true ON CONFLICT DO NOTHING`,
	}
	for _, c := range sorted(b.Consents, func(x, y provision.ConsentRow) int {
		return cmp.Or(cmp.Compare(x.Account, y.Account), cmp.Compare(x.Document, y.Document), cmp.Compare(x.Version, y.Version))
	}) {
		s.rows.add(c.Account, c.Document, c.Version)
	}
	return s
}
