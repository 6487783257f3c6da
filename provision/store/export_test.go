package store

import (
	"context"
	"strings"
	"time"

	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"

	"muster/provision"
)

// Statements are the statements that take rows and look something up, filled
// for an engine, by name.
func Statements(engine string) map[string]string {
	d := map[string]dialect{"postgres": postgres, "sqlite": sqlite}[engine].ready()
	all := map[string]string{"lock": lockSQL, "bump": bumpSQL, "resolve": resolveSQL, "own keys": ownKeysSQL, "led to": ledToSQL, "unsaid": unsaidSQL, "undecided": undecidedSQL, "suppressed": suppressedSQL,
		"accounts": accountsSQL, "profiles": profilesSQL, "external": externalSQL, "memberships": membershipsSQL,
		"attributes": attributesSQL, "campaigns": campaignsSQL, "products": productsSQL, "links": linksSQL, "pick": pickSQL, "invites": invitesSQL, "ties": tiesSQL, "recorded": recordedSQL, "start links": startSQL,
		"decided": decidedSQL, "decided people": decidedPeopleSQL, "load people": peopleSQL, "load pins": pinsSQL, "load roles": rolesOfSQL, "load blocks": blocksOfSQL,
		"source people": sourcePeopleSQL, "source grants": sourceGrantsSQL, "ended memberships": endedMembershipsSQL,
		"ended campaigns": endedCampaignsSQL, "ended products": endedProductsSQL, "missed": missedSQL,
		"history": entriesSQL, "history since": sinceSQL, "mails of a run": runMailsSQL, "orphans": orphansSQL}
	for _, make := range []func(provision.Batch) step{raises, permits, lifts, superseded, readdressed, unaddressed, filled, restated, connected, kept, ended, revoked, outdated, signedOut, blocked,
		redeemed, handed, passwords, answered, agreed, unsent, unsentToBlocked, mailed, onDashboards, sent,
		goneFills, goneConnects, goneKeys, goneHints, goneProfiles, goneMemberships, goneCampaigns, goneProducts, goneDecisions,
		keptCampaigns, keptProducts, keptCampaignsOfBrands, goneCampaignsOfBrands, keptMemberships,
		backCampaigns, backProducts, backMemberships, backCampaignsOfBrands, attending, notAttending, goneOwned,
		blockedAgain, uninvited, forgottenMail, cancelledMail, goneMarks} {
		s := make(provision.Batch{}).(*statement)
		all[s.what] = s.text
	}
	for _, p := range personals {
		if s := p.unmade(provision.Batch{}).(*statement); !p.stays && p.table != "logins" { // of which there are few
			all[s.what] = s.text
		}
	}
	for name, text := range all {
		all[name] = d.sql(text)
	}
	return all
}

// OwnDetails is the statement that reads the details of an organization's rows, filled for SQLite.
func OwnDetails() string { return sqlite.ready().sql(ownDetailsSQL) }

// CountingTurns are the statements that compare two runs, filled for PostgreSQL, without
// what they look up of each person by their account.
func CountingTurns() []string {
	var all []string
	for _, from := range []string{comparedPeople, comparedRows, comparedHeld, comparedRemovals} {
		all = append(all, postgres.ready().sql(strings.ReplaceAll(countingTurns(from), thereBefore, "TRUE")))
	}
	return all
}

// PageStatements are the statements that answer one person at the page behind a
// link, filled for SQLite, by name.
func PageStatements() map[string]string {
	all := map[string]string{"claim account": claimAccountSQL, "claim handles": claimHandlesSQL, "claim memberships": claimMembershipsSQL,
		"claim answers": claimAnswersSQL, "claim consents": claimConsentsSQL, "asker": askerSQL, "mailed": mailedSQL}
	for name, text := range all {
		all[name] = sqlite.ready().sql(text)
	}
	return all
}

// Mentions are the accounts that a text mentions, of those that are said by spaces and values.
func Mentions(text string, all ...[3]string) map[string]bool {
	s := newSaid()
	for _, a := range all {
		s.add(a[0], a[1], a[2])
	}
	found := map[string]bool{}
	s.in(text, func(account string) { found[account] = true })
	return found
}

// Settling is the statement that settles one mail, filled for PostgreSQL.
func Settling() string { return postgres.ready().sql(telling(settleSQL, 1)) }

// TakingMail is the statement that takes a mail, filled for SQLite.
func TakingMail() string { return sqlite.ready().sql(leaseMailSQL) }

// Inserts are the statements that are put together for new rows, unfilled.
func Inserts() map[string]string {
	all := map[string]string{}
	for _, t := range []*table{accountsTable, keysTable, profilesTable, membershipsTable, campaignsTable, productsTable,
		linksTable, auditTable, privateTable, ledgerTable, ownedTable, attendingTable, removalsTable} {
		all["insert.go: "+t.copied] = t.single
	}
	return all
}

// CopyLines is the whole of one COPY on a connection.
var CopyLines = copyLines

// Cancel breaks off what a process does for the transaction it began then.
func (s *Store) Cancel(pid int, since time.Time) { s.cancel(context.Background(), backend{pid, since}) }

// Meaning is what an error of PostgreSQL means to provision.
func Meaning(code string) error {
	s := Store{d: &postgres}
	return s.fault(context.Background(), &pq.Error{Code: pqerror.Code(code)})
}

// Narrow makes a statement that changes many rows change one.
func (s *Store) Narrow() { s.d.changes = 1 }

// Local is how many settings every writing transaction makes for itself.
func (s *Store) Local() int { return len(s.local) }

// PersonalColumns are the columns, as table.column, by which what is kept of
// people is exported and erased; and the names of columns that keep nothing of
// the accounts they name.
func PersonalColumns() (map[string]bool, []string) {
	all := map[string]bool{}
	for _, p := range personals {
		all[p.table+"."+p.account] = true
	}
	return all, impersonal
}

// Orphans looks for what hangs on an account as a batch does that took it away.
func Orphans(ctx context.Context, t provision.Tx, account string) error {
	return orphans(provision.Batch{Unmade: []string{account}}).write(ctx, t.(tx))
}

// MigrateTo brings the schema to a version that is not the newest.
func (s *Store) MigrateTo(ctx context.Context, version int64) error {
	p, err := s.provider()
	if err == nil {
		_, err = p.UpTo(ctx, version)
	}
	return err
}
