package storetest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/record"
	"muster/provision"
)

// ErrBroken is the error of a FailingStore that was given none.
var ErrBroken = errors.New("broken on purpose")

// A FailingStore passes calls on to a Store and fails at one of them. Calls
// of methods of Directory and Tx count too, and so do the two ends of a
// writing transaction: "commit" fails in its stead, "committed" after it, as
// when the answer to a commit is lost.
type FailingStore struct {
	Err     error // what the failing call returns; ErrBroken where nil
	Forever bool  // every later call fails as well, as with a database that is gone

	next   provision.Store
	at     int64
	calls  atomic.Int64
	failed atomic.Value // name of the first call that failed
}

var _ provision.Store = (*FailingStore)(nil)

// Failing returns a Store that fails at its n-th call, counted from 1; with
// n = 0 it never fails, and tells how many calls there were.
func Failing(next provision.Store, n int) *FailingStore {
	return &FailingStore{next: next, at: int64(n)}
}

// Calls is how many calls there were.
func (f *FailingStore) Calls() int { return int(f.calls.Load()) }

// Failed names the call that failed, "" while none has.
func (f *FailingStore) Failed() string {
	name, _ := f.failed.Load().(string)
	return name
}

func (f *FailingStore) step(name string) error {
	n := f.calls.Add(1)
	if f.at == 0 || n != f.at && (!f.Forever || n < f.at) {
		return nil
	}
	f.failed.CompareAndSwap(nil, name)
	err := f.Err
	if err == nil {
		err = ErrBroken
	}
	return fmt.Errorf("call %d, %s: %w", n, name, err)
}

// call makes one call, or fails.
func call[T any](f *FailingStore, name string, pass func() (T, error)) (T, error) {
	if err := f.step(name); err != nil {
		var none T
		return none, err
	}
	return pass()
}

// do makes one call that only returns an error.
func (f *FailingStore) do(name string, pass func() error) error {
	if err := f.step(name); err != nil {
		return err
	}
	return pass()
}

// Database passes on.
func (f *FailingStore) Database(ctx context.Context) (string, error) {
	return call(f, "Database", func() (string, error) { return f.next.Database(ctx) })
}

// Setting passes on.
func (f *FailingStore) Setting(ctx context.Context, name string) (string, error) {
	return call(f, "Setting", func() (string, error) { return f.next.Setting(ctx, name) })
}

// SetSetting passes on.
func (f *FailingStore) SetSetting(ctx context.Context, name, value string) error {
	return f.do("SetSetting", func() error { return f.next.SetSetting(ctx, name, value) })
}

// Organizations passes on.
func (f *FailingStore) Organizations(ctx context.Context) ([]provision.Organization, error) {
	return call(f, "Organizations", func() ([]provision.Organization, error) { return f.next.Organizations(ctx) })
}

// Login passes on.
func (f *FailingStore) Login(ctx context.Context) (string, error) {
	return call(f, "Login", func() (string, error) { return f.next.Login(ctx) })
}

// Logins passes on.
func (f *FailingStore) Logins(ctx context.Context, organization string) ([]provision.Login, error) {
	return call(f, "Logins", func() ([]provision.Login, error) { return f.next.Logins(ctx, organization) })
}

// Operators passes on.
func (f *FailingStore) Operators(ctx context.Context, organization string) ([]provision.Operator, error) {
	return call(f, "Operators", func() ([]provision.Operator, error) { return f.next.Operators(ctx, organization) })
}

// Operator passes on.
func (f *FailingStore) Operator(ctx context.Context, organization string, email identity.Email) (provision.Operator, error) {
	return call(f, "Operator", func() (provision.Operator, error) { return f.next.Operator(ctx, organization, email) })
}

// Snapshot passes on a Directory that counts as well.
func (f *FailingStore) Snapshot(ctx context.Context, use func(provision.Directory) error) error {
	return f.do("Snapshot", func() error {
		return f.next.Snapshot(ctx, func(d provision.Directory) error { return use(failingDirectory{f, d}) })
	})
}

// InTx passes on a Tx that counts as well.
func (f *FailingStore) InTx(ctx context.Context, use func(provision.Tx) error) error {
	err := f.do("InTx", func() error {
		return f.next.InTx(ctx, func(t provision.Tx) error {
			if err := use(failingTx{f, t}); err != nil {
				return err
			}
			return f.step("commit")
		})
	})
	if err != nil {
		return err
	}
	return f.step("committed")
}

// Refresh passes on.
func (f *FailingStore) Refresh(ctx context.Context) error {
	if err := f.step("Refresh"); err != nil {
		return err
	}
	return f.next.Refresh(ctx)
}

// OpenRun passes on.
func (f *FailingStore) OpenRun(ctx context.Context, r provision.Run) (run provision.Run, resumed bool, err error) {
	if err := f.step("OpenRun"); err != nil {
		return run, false, err
	}
	return f.next.OpenRun(ctx, r)
}

// FinishRun passes on.
func (f *FailingStore) FinishRun(ctx context.Context, id string, exit int, summary json.RawMessage, at time.Time) error {
	return f.do("FinishRun", func() error { return f.next.FinishRun(ctx, id, exit, summary, at) })
}

// Run passes on.
func (f *FailingStore) Run(ctx context.Context, id string) (provision.Run, error) {
	return call(f, "Run", func() (provision.Run, error) { return f.next.Run(ctx, id) })
}

// Runs passes on.
func (f *FailingStore) Runs(ctx context.Context, organization string, limit int) ([]provision.Run, error) {
	return call(f, "Runs", func() ([]provision.Run, error) { return f.next.Runs(ctx, organization, limit) })
}

func (f *FailingStore) Undoings(ctx context.Context, organization string, after time.Time) ([]provision.Run, error) {
	return call(f, "Undoings", func() ([]provision.Run, error) { return f.next.Undoings(ctx, organization, after) })
}

func (f *FailingStore) RunsOf(ctx context.Context, organization, fingerprint string) ([]provision.Run, error) {
	return call(f, "RunsOf", func() ([]provision.Run, error) { return f.next.RunsOf(ctx, organization, fingerprint) })
}

// Purgeable passes on.
func (f *FailingStore) Purgeable(ctx context.Context, organization string, before time.Time) ([]provision.Run, error) {
	return call(f, "Purgeable", func() ([]provision.Run, error) { return f.next.Purgeable(ctx, organization, before) })
}

// Ledger passes on.
func (f *FailingStore) Ledger(ctx context.Context, run string, after, limit int) ([]provision.LedgerRow, error) {
	return call(f, "Ledger", func() ([]provision.LedgerRow, error) { return f.next.Ledger(ctx, run, after, limit) })
}

// LastRun passes on.
func (f *FailingStore) LastRun(ctx context.Context, of provision.LastOf) (provision.Run, error) {
	return call(f, "LastRun", func() (provision.Run, error) { return f.next.LastRun(ctx, of) })
}

// Compare passes on.
func (f *FailingStore) Compare(ctx context.Context, earlier, later provision.Run) (map[provision.Turn]int, error) {
	return call(f, "Compare", func() (map[provision.Turn]int, error) { return f.next.Compare(ctx, earlier, later) })
}

// Turned passes on.
func (f *FailingStore) Turned(
	ctx context.Context, earlier, later provision.Run, t provision.Turn, after, limit int,
) ([]provision.Turned, error) {
	return call(f, "Turned", func() ([]provision.Turned, error) { return f.next.Turned(ctx, earlier, later, t, after, limit) })
}

// AccountRows passes on.
func (f *FailingStore) AccountRows(ctx context.Context, organization, account string, limit int) ([]provision.RunRow, error) {
	return call(f, "AccountRows", func() ([]provision.RunRow, error) { return f.next.AccountRows(ctx, organization, account, limit) })
}

// Links passes on.
func (f *FailingStore) Links(ctx context.Context, ids []string) ([]provision.LinkRow, error) {
	return call(f, "Links", func() ([]provision.LinkRow, error) { return f.next.Links(ctx, ids) })
}

// StartIssued passes on.
func (f *FailingStore) StartIssued(ctx context.Context, run string, rows int, life time.Duration, at time.Time) error {
	return f.do("StartIssued", func() error { return f.next.StartIssued(ctx, run, rows, life, at) })
}

// StartLinks passes on.
func (f *FailingStore) StartLinks(ctx context.Context, links []provision.LinkRow, at time.Time, revealed bool) error {
	return f.do("StartLinks", func() error { return f.next.StartLinks(ctx, links, at, revealed) })
}

// Offers passes on.
func (f *FailingStore) Offers(ctx context.Context, links []string) ([]provision.Offer, error) {
	return call(f, "Offers", func() ([]provision.Offer, error) { return f.next.Offers(ctx, links) })
}

// Offered passes on.
func (f *FailingStore) Offered(ctx context.Context, link string) (provision.Claimant, error) {
	return call(f, "Offered", func() (provision.Claimant, error) { return f.next.Offered(ctx, link) })
}

// Claimant passes on.
func (f *FailingStore) Claimant(ctx context.Context, link string) (provision.Claimant, error) {
	return call(f, "Claimant", func() (provision.Claimant, error) { return f.next.Claimant(ctx, link) })
}

// LeaseMail passes on.
func (f *FailingStore) LeaseMail(
	ctx context.Context, organization, domain string, l provision.MailLease,
) (provision.Mail, error) {
	return call(f, "LeaseMail", func() (provision.Mail, error) { return f.next.LeaseMail(ctx, organization, domain, l) })
}

// DueMails passes on.
func (f *FailingStore) DueMails(
	ctx context.Context, which provision.MailSelection, at time.Time, limit int,
) ([]provision.Mail, error) {
	return call(f, "DueMails", func() ([]provision.Mail, error) { return f.next.DueMails(ctx, which, at, limit) })
}

// MailDomains passes on.
func (f *FailingStore) MailDomains(
	ctx context.Context, which provision.MailSelection, at time.Time,
) ([]provision.MailDomain, error) {
	return call(f, "MailDomains", func() ([]provision.MailDomain, error) { return f.next.MailDomains(ctx, which, at) })
}

// SettleMail passes on.
func (f *FailingStore) SettleMail(ctx context.Context, s provision.MailSettled, at time.Time) error {
	if err := f.step("SettleMail"); err != nil {
		return err
	}
	return f.next.SettleMail(ctx, s, at)
}

// ReturnMail passes on.
func (f *FailingStore) ReturnMail(ctx context.Context, r provision.MailReturned, at time.Time) error {
	if err := f.step("ReturnMail"); err != nil {
		return err
	}
	return f.next.ReturnMail(ctx, r, at)
}

// Undeliverable passes on.
func (f *FailingStore) Undeliverable(
	ctx context.Context, organization string,
) ([]provision.UndeliverablePerson, error) {
	return call(f, "Undeliverable", func() ([]provision.UndeliverablePerson, error) {
		return f.next.Undeliverable(ctx, organization)
	})
}

// WaitingMails passes on.
func (f *FailingStore) WaitingMails(ctx context.Context, run string) (int, error) {
	return call(f, "WaitingMails", func() (int, error) { return f.next.WaitingMails(ctx, run) })
}

// MailCounts passes on.
func (f *FailingStore) MailCounts(ctx context.Context, organization string) ([]provision.MailCount, error) {
	return call(f, "MailCounts", func() ([]provision.MailCount, error) { return f.next.MailCounts(ctx, organization) })
}

// CountOpening passes on.
func (f *FailingStore) CountOpening(ctx context.Context, link string, at time.Time) error {
	return f.do("CountOpening", func() error { return f.next.CountOpening(ctx, link, at) })
}

// Asker passes on.
func (f *FailingStore) Asker(
	ctx context.Context, organization string, key identity.Key, since time.Time,
) (provision.Asker, error) {
	return call(f, "Asker", func() (provision.Asker, error) { return f.next.Asker(ctx, organization, key, since) })
}

// Acquire passes on.
func (f *FailingStore) Acquire(ctx context.Context, l provision.Lease) (provision.Lease, error) {
	return call(f, "Acquire", func() (provision.Lease, error) { return f.next.Acquire(ctx, l) })
}

// Seize passes on.
func (f *FailingStore) Seize(ctx context.Context, l provision.Lease, token int64) (provision.Lease, error) {
	return call(f, "Seize", func() (provision.Lease, error) { return f.next.Seize(ctx, l, token) })
}

// PlaceRun passes on.
func (f *FailingStore) PlaceRun(ctx context.Context, r provision.Run) error {
	return f.do("PlaceRun", func() error { return f.next.PlaceRun(ctx, r) })
}

// Shards passes on.
func (f *FailingStore) Shards(ctx context.Context, run string) ([]provision.ShardRow, error) {
	return call(f, "Shards", func() ([]provision.ShardRow, error) { return f.next.Shards(ctx, run) })
}

// Settled passes on.
func (f *FailingStore) Settled(ctx context.Context, run string) (int, error) {
	return call(f, "Settled", func() (int, error) { return f.next.Settled(ctx, run) })
}

// Renew passes on.
func (f *FailingStore) Renew(ctx context.Context, l provision.Lease) error {
	return f.do("Renew", func() error { return f.next.Renew(ctx, l) })
}

// Release passes on.
func (f *FailingStore) Release(ctx context.Context, name string, token int64) error {
	return f.do("Release", func() error { return f.next.Release(ctx, name, token) })
}

// Leases passes on.
func (f *FailingStore) Leases(ctx context.Context) ([]provision.Lease, error) {
	return call(f, "Leases", func() ([]provision.Lease, error) { return f.next.Leases(ctx) })
}

// Audit passes on.
func (f *FailingStore) Audit(ctx context.Context, organization, account string) ([]provision.AuditEntry, error) {
	return call(f, "Audit", func() ([]provision.AuditEntry, error) { return f.next.Audit(ctx, organization, account) })
}

func (f *FailingStore) AuditPage(ctx context.Context, q provision.AuditQuery) ([]provision.AuditEntry, error) {
	return call(f, "AuditPage", func() ([]provision.AuditEntry, error) { return f.next.AuditPage(ctx, q) })
}

// KeyUses passes on.
func (f *FailingStore) KeyUses(ctx context.Context, at time.Time) ([]provision.KeyUse, error) {
	return call(f, "KeyUses", func() ([]provision.KeyUse, error) { return f.next.KeyUses(ctx, at) })
}

// KeyChecks passes on.
func (f *FailingStore) KeyChecks(ctx context.Context) (map[string]string, error) {
	return call(f, "KeyChecks", func() (map[string]string, error) { return f.next.KeyChecks(ctx) })
}

// AddKeyCheck passes on.
func (f *FailingStore) AddKeyCheck(ctx context.Context, kid, value string) error {
	return f.do("AddKeyCheck", func() error { return f.next.AddKeyCheck(ctx, kid, value) })
}

type failingDirectory struct {
	f    *FailingStore
	next provision.Directory
}

func (d failingDirectory) Resolve(ctx context.Context, keys, hints []identity.Key) ([]provision.Found, error) {
	return call(d.f, "Directory.Resolve", func() ([]provision.Found, error) { return d.next.Resolve(ctx, keys, hints) })
}

func (d failingDirectory) Accounts(ctx context.Context, organization string, ids []string, at time.Time) ([]dedupe.Account, error) {
	return call(d.f, "Directory.Accounts", func() ([]dedupe.Account, error) { return d.next.Accounts(ctx, organization, ids, at) })
}

func (d failingDirectory) Attributes(ctx context.Context, organization string, of []provision.Membership) ([]provision.Attributes, error) {
	return call(d.f, "Directory.Attributes", func() ([]provision.Attributes, error) { return d.next.Attributes(ctx, organization, of) })
}

func (d failingDirectory) Pick(ctx context.Context, p provision.Picking) ([]string, error) {
	return call(d.f, "Directory.Pick", func() ([]string, error) { return d.next.Pick(ctx, p) })
}

func (d failingDirectory) Ties(ctx context.Context, organization string, accounts []string) ([]provision.Ties, error) {
	return call(d.f, "Directory.Ties", func() ([]provision.Ties, error) { return d.next.Ties(ctx, organization, accounts) })
}

func (d failingDirectory) Left(ctx context.Context, organization string, accounts []string) (map[string][]string, error) {
	return call(d.f, "Directory.Left", func() (map[string][]string, error) { return d.next.Left(ctx, organization, accounts) })
}

func (d failingDirectory) Invites(ctx context.Context, organization string, accounts []string) ([]provision.Invite, error) {
	return call(d.f, "Directory.Invites", func() ([]provision.Invite, error) { return d.next.Invites(ctx, organization, accounts) })
}

func (d failingDirectory) Facts(ctx context.Context, organization, account string) (provision.AccountFacts, error) {
	return call(d.f, "Directory.Facts", func() (provision.AccountFacts, error) { return d.next.Facts(ctx, organization, account) })
}

func (d failingDirectory) Decided(ctx context.Context, organization string, digests []string) ([]provision.DecisionRow, error) {
	return call(d.f, "Directory.Decided", func() ([]provision.DecisionRow, error) { return d.next.Decided(ctx, organization, digests) })
}

func (d failingDirectory) DecidedPeople(ctx context.Context, organization string, people []string) ([]provision.DecisionRow, error) {
	return call(d.f, "Directory.DecidedPeople", func() ([]provision.DecisionRow, error) { return d.next.DecidedPeople(ctx, organization, people) })
}

func (d failingDirectory) Written(ctx context.Context, organization, run string) ([]provision.RunEntry, error) {
	return call(d.f, "Directory.Written", func() ([]provision.RunEntry, error) { return d.next.Written(ctx, organization, run) })
}

func (d failingDirectory) History(ctx context.Context, organization string, entries []string) ([]provision.HistoryEntry, error) {
	return call(d.f, "Directory.History", func() ([]provision.HistoryEntry, error) { return d.next.History(ctx, organization, entries) })
}

func (d failingDirectory) Told(ctx context.Context, organization string, accounts []string) ([]provision.AuditEntry, error) {
	return call(d.f, "Directory.Told", func() ([]provision.AuditEntry, error) { return d.next.Told(ctx, organization, accounts) })
}

func (d failingDirectory) FoundSince(
	ctx context.Context, organization, run string, accounts []string,
) ([]provision.FoundIn, error) {
	return call(d.f, "Directory.FoundSince", func() ([]provision.FoundIn, error) {
		return d.next.FoundSince(ctx, organization, run, accounts)
	})
}

func (d failingDirectory) JoinedWith(ctx context.Context, organization string, accounts []string) (map[string]string, error) {
	return call(d.f, "Directory.JoinedWith", func() (map[string]string, error) {
		return d.next.JoinedWith(ctx, organization, accounts)
	})
}

func (d failingDirectory) RunMails(ctx context.Context, run string, accounts []string) ([]provision.RunMail, error) {
	return call(d.f, "Directory.RunMails", func() ([]provision.RunMail, error) { return d.next.RunMails(ctx, run, accounts) })
}

func (d failingDirectory) Keys(ctx context.Context, organization string, accounts []string) ([]provision.KeyRow, error) {
	return call(d.f, "Directory.Keys", func() ([]provision.KeyRow, error) { return d.next.Keys(ctx, organization, accounts) })
}

func (d failingDirectory) Elsewhere(ctx context.Context, organization string, accounts []string) (map[string]int, error) {
	return call(d.f, "Directory.Elsewhere", func() (map[string]int, error) { return d.next.Elsewhere(ctx, organization, accounts) })
}

func (d failingDirectory) Mentioned(ctx context.Context, organization string, accounts []string) (map[string][]string, error) {
	return call(d.f, "Directory.Mentioned", func() (map[string][]string, error) { return d.next.Mentioned(ctx, organization, accounts) })
}

func (d failingDirectory) Alike(ctx context.Context, organization string, names bool) ([]provision.KeyRow, error) {
	return call(d.f, "Directory.Alike", func() ([]provision.KeyRow, error) { return d.next.Alike(ctx, organization, names) })
}

func (d failingDirectory) Kept(ctx context.Context, organization, account string, whole bool) ([]provision.Kept, error) {
	return call(d.f, "Directory.Kept", func() ([]provision.Kept, error) { return d.next.Kept(ctx, organization, account, whole) })
}

func (d failingDirectory) Suppressed(ctx context.Context, organization string, marks []string) ([]string, error) {
	return call(d.f, "Directory.Suppressed", func() ([]string, error) { return d.next.Suppressed(ctx, organization, marks) })
}

func (d failingDirectory) Seats(ctx context.Context, organization string) (map[record.Kind]int, error) {
	return call(d.f, "Directory.Seats", func() (map[record.Kind]int, error) { return d.next.Seats(ctx, organization) })
}

func (d failingDirectory) OnRecord(ctx context.Context, organization string) (provision.OnRecord, error) {
	return call(d.f, "Directory.OnRecord", func() (provision.OnRecord, error) { return d.next.OnRecord(ctx, organization) })
}

type failingTx struct {
	f    *FailingStore
	next provision.Tx
}

func (t failingTx) Fence(ctx context.Context, l provision.Lease) error {
	return t.f.do("Tx.Fence", func() error { return t.next.Fence(ctx, l) })
}

func (t failingTx) Alone(ctx context.Context, l provision.Lease) error {
	return t.f.do("Tx.Alone", func() error { return t.next.Alone(ctx, l) })
}

func (t failingTx) BeginShard(ctx context.Context, run string, s provision.Shard, token int64) (provision.ShardRow, error) {
	return call(t.f, "Tx.BeginShard", func() (provision.ShardRow, error) { return t.next.BeginShard(ctx, run, s, token) })
}

func (t failingTx) EndShard(ctx context.Context, run string, s provision.Shard) error {
	return t.f.do("Tx.EndShard", func() error { return t.next.EndShard(ctx, run, s) })
}

func (t failingTx) Shards(ctx context.Context, run string) ([]provision.ShardRow, error) {
	return call(t.f, "Tx.Shards", func() ([]provision.ShardRow, error) { return t.next.Shards(ctx, run) })
}

func (t failingTx) Release(ctx context.Context, name string, token int64) error {
	return t.f.do("Tx.Release", func() error { return t.next.Release(ctx, name, token) })
}

func (t failingTx) Operator(ctx context.Context, organization, account string) (provision.Operator, error) {
	return call(t.f, "Tx.Operator", func() (provision.Operator, error) { return t.next.Operator(ctx, organization, account) })
}

func (t failingTx) Administered(ctx context.Context, organization string) error {
	return t.f.do("Tx.Administered", func() error { return t.next.Administered(ctx, organization) })
}

func (t failingTx) Recorded(ctx context.Context, run string, rows []int) ([]int, error) {
	return call(t.f, "Tx.Recorded", func() ([]int, error) { return t.next.Recorded(ctx, run, rows) })
}

func (t failingTx) Resolve(ctx context.Context, keys []identity.Key, accounts []string) ([]provision.Found, error) {
	return call(t.f, "Tx.Resolve", func() ([]provision.Found, error) { return t.next.Resolve(ctx, keys, accounts) })
}

func (t failingTx) Holdings(ctx context.Context, ids []string) ([]provision.Holding, error) {
	return call(t.f, "Tx.Holdings", func() ([]provision.Holding, error) { return t.next.Holdings(ctx, ids) })
}

func (t failingTx) Organizations(ctx context.Context) ([]provision.Organization, error) {
	return call(t.f, "Tx.Organizations", func() ([]provision.Organization, error) { return t.next.Organizations(ctx) })
}

func (t failingTx) Archived(ctx context.Context, organization string) (provision.Archive, error) {
	return call(t.f, "Tx.Archived", func() (provision.Archive, error) { return t.next.Archived(ctx, organization) })
}

func (t failingTx) Users(ctx context.Context, organization string, of provision.Archived) ([]string, error) {
	return call(t.f, "Tx.Users", func() ([]string, error) { return t.next.Users(ctx, organization, of) })
}

func (t failingTx) Suppressed(ctx context.Context, organization string, marks []string) ([]string, error) {
	return call(t.f, "Tx.Suppressed", func() ([]string, error) { return t.next.Suppressed(ctx, organization, marks) })
}

func (t failingTx) Suppressions(ctx context.Context, organization string) (bool, error) {
	return call(t.f, "Tx.Suppressions", func() (bool, error) { return t.next.Suppressions(ctx, organization) })
}

func (t failingTx) Seats(ctx context.Context, organization string) (map[record.Kind]int, error) {
	return call(t.f, "Tx.Seats", func() (map[record.Kind]int, error) { return t.next.Seats(ctx, organization) })
}

func (t failingTx) Logins(ctx context.Context, organization string) ([]provision.Login, error) {
	return call(t.f, "Tx.Logins", func() ([]provision.Login, error) { return t.next.Logins(ctx, organization) })
}

func (t failingTx) LiveLinks(ctx context.Context, organization, key string) ([]provision.LiveLink, error) {
	return call(t.f, "Tx.LiveLinks", func() ([]provision.LiveLink, error) {
		return t.next.LiveLinks(ctx, organization, key)
	})
}

func (t failingTx) SaveOrganization(ctx context.Context, rows provision.OrganizationRows) error {
	return t.f.do("Tx.SaveOrganization", func() error { return t.next.SaveOrganization(ctx, rows) })
}

func (t failingTx) Apply(ctx context.Context, b provision.Batch) error {
	return t.f.do("Tx.Apply", func() error { return t.next.Apply(ctx, b) })
}

func (t failingTx) Record(ctx context.Context, run string, rows []provision.LedgerRow) error {
	return t.f.do("Tx.Record", func() error { return t.next.Record(ctx, run, rows) })
}

func (t failingTx) Purge(ctx context.Context, run string, at time.Time) (int, error) {
	return call(t.f, "Tx.Purge", func() (int, error) { return t.next.Purge(ctx, run, at) })
}
