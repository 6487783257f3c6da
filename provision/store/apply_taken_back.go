package store

import (
	"cmp"

	"muster/provision"
)

// takenBackSteps take back what a run did beside changing people: the mail that it
// queued, and accounts that it made. What says where else something of those
// stands goes last, as where people are erased.
var takenBackSteps = func() []func(provision.Batch) step {
	all := []func(provision.Batch) step{uninvited, forgottenMail, cancelledMail, untold}
	for _, p := range personals {
		if !p.stays {
			all = append(all, p.unmade)
		}
	}
	return all
}()

// Mails of a run that are for accounts of {rows}, and those that tell others of
// them; $2 is the organization.
const (
	mailsOfRun = `organization_id = CAST($2 AS {uuid}) AND (account_id, run_id) IN (
		SELECT CAST(r.value->>0 AS {uuid}), CAST(r.value->>1 AS {uuid}) FROM {rows} AS r)`

	tellingOfRun = `organization_id = CAST($2 AS {uuid}) AND template = 'administrator-added' AND (reference, run_id) IN (
		SELECT r.value->>0, CAST(r.value->>1 AS {uuid}) FROM {rows} AS r)`
)

// unsending is a statement about the mails of runs: those to people, or those
// that tell others of them.
func unsending(b provision.Batch, told bool, what, text string) *statement {
	s := &statement{what: what, text: text, more: []any{b.By.Organization}}
	for _, u := range sorted(b.Unsent, func(x, y provision.UnsentRow) int {
		return cmp.Or(cmp.Compare(x.Account, y.Account), cmp.Compare(x.Run, y.Run))
	}) {
		if u.Told || !told {
			s.rows.add(u.Account, u.Run)
		}
	}
	return s
}

// uninvited takes back that people were invited to the dashboard, where the mail
// that says so has not left. The mails go after it.
func uninvited(b provision.Batch) step {
	return unsending(b, false, "dashboard invitations taken back", `DELETE FROM dashboard_access WHERE `+mailsOfRun+`
		AND EXISTS (SELECT 1 FROM outbox AS o WHERE o.account_id = dashboard_access.account_id
			AND o.organization_id = dashboard_access.organization_id AND o.run_id = dashboard_access.run_id
			AND o.template = 'dashboard' AND o.state IN ('queued', 'deferred', 'cancelled'))`)
}

// forgottenMail removes mail that nobody has tried to send, and that is about no
// link: that of a link stays as cancelled, like its link.
func forgottenMail(b provision.Batch) step {
	return unsending(b, false, "mail taken back",
		`DELETE FROM outbox WHERE `+mailsOfRun+` AND state = 'queued' AND attempts = 0 AND link_id IS NULL`)
}

func cancelledMail(b provision.Batch) step {
	s := unsending(b, false, "mail that is cancelled", `UPDATE outbox SET state = 'cancelled', ended_at = CAST($3 AS {ts})
		WHERE `+mailsOfRun+` AND state IN ('queued', 'deferred')`)
	s.more = append(s.more, stamp(b.By.At))
	return s
}

// untold removes mail that would tell administrators of another one.
func untold(b provision.Batch) step {
	return unsending(b, true, "mail about administrators",
		`DELETE FROM outbox WHERE `+tellingOfRun+` AND state = 'queued' AND attempts = 0`)
}

// unmade deletes the rows that a table has of accounts that go.
func (p personal) unmade(b provision.Batch) step {
	s := &statement{
		what: "removed " + p.table,
		all:  p.table == "accounts",
		text: `DELETE FROM ` + p.table + ` WHERE ` + p.account + ` IN (` + everyErased + `)`,
	}
	for _, account := range sorted(b.Unmade, cmp.Compare[string]) {
		s.rows.add(account)
	}
	return s
}
