package provision

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"muster/dedupe"
	"muster/importer/failure"
	"muster/importer/identity"
	"muster/importer/record"
)

// Errors a Store returns, to be told apart with errors.Is.
var (
	ErrNotFound = errors.New("not found")
	// ErrSeveral asks for a name to choose by.
	ErrSeveral = errors.New("there is more than one")
	// ErrMoved is a short count, a taken key, a deadlock or a failed
	// serialization: roll back, look again.
	ErrMoved = failure.New(failure.Busy, errors.New("somebody else was faster"))
	// ErrFenced says that this process must stop writing at once.
	ErrFenced = failure.New(failure.Fenced, errors.New("the lease was taken over"))
	ErrAway   = failure.New(failure.Away, errors.New("the database cannot be reached"))
	// ErrLingers says that what was erased stands in the file of the database for as
	// long as somebody else reads it.
	ErrLingers = errors.New("what was erased still stands in the file of the database")
	// ErrDenied is what a *DeniedError is; no row is at fault.
	ErrDenied = errors.New("the database does not let its user do this")
	// ErrSchema is mended by muster db migrate, but for ErrNewer.
	ErrSchema = failure.New(failure.Schema, errors.New("the schema is not the one this program needs"))
	ErrNewer  = failure.New(failure.NewerSchema,
		fmt.Errorf("%w: it was migrated by a newer version of this program; use that one", ErrSchema))
)

// Store is the database as provisioning needs it: all that its callers ask for
// by one of the smaller interfaces. Every method is one statement or one
// transaction; times and ids come from the caller, but for the lease, which
// uses the clock of the database.
type Store interface {
	Reader
	Writer
	OrganizationStore
	RunStore
	LedgerStore
	LinkStore
	LeaseStore
	ValueStore
	ClaimStore
	MailStore
	SourceStore

	// Refresh tells the planner of the database of tables that have just grown.
	Refresh(ctx context.Context) error
}

// Reader reads the directory.
type Reader interface {
	// Snapshot runs f in one REPEATABLE READ, read-only transaction.
	Snapshot(ctx context.Context, f func(Directory) error) error
}

// Writer writes to the database.
type Writer interface {
	// InTx runs f in one writing transaction. It is not retried here; errors
	// are mapped to those above.
	InTx(ctx context.Context, f func(Tx) error) error
}

// OrganizationStore knows the customers, and who acts for them.
type OrganizationStore interface {
	// Organizations reads all of them whole, sorted by slug.
	Organizations(ctx context.Context) ([]Organization, error)
	// Operators are the members with a role above "member", sorted by address.
	Operators(ctx context.Context, organization string) ([]Operator, error)
	// Operator is one member, whatever the role; ErrNotFound where the address
	// belongs to none.
	Operator(ctx context.Context, organization string, email identity.Email) (Operator, error)
	// Login is the login by which this program came in, "" where the database
	// knows none.
	Login(ctx context.Context) (string, error)
	// Logins are as whom the logins of the database may act, by login.
	Logins(ctx context.Context, organization string) ([]Login, error)
}

// RunStore knows what was executed.
type RunStore interface {
	// OpenRun returns the open run of the same fingerprint, or r itself, now
	// stored.
	OpenRun(ctx context.Context, r Run) (run Run, resumed bool, err error)
	FinishRun(ctx context.Context, id string, exit int, summary json.RawMessage, at time.Time) error
	// Run finds a run by its id, its beginning, its end, or LastRun.
	Run(ctx context.Context, name string) (Run, error)
	// Runs and RunsOf are the newest first.
	Runs(ctx context.Context, organization string, limit int) ([]Run, error)
	// LastRun is the last finished run of a list, ErrNotFound where there is none.
	LastRun(ctx context.Context, of LastOf) (Run, error)
	RunsOf(ctx context.Context, organization, fingerprint string) ([]Run, error)
	// Undoings are the finished runs that took others back and were begun after a
	// moment, the newest first.
	Undoings(ctx context.Context, organization string, after time.Time) ([]Run, error)
	// PlaceRun says of an open run on which host which process writes its report,
	// and where.
	PlaceRun(ctx context.Context, r Run) error
	// Shards are those of a run that were begun, by index.
	Shards(ctx context.Context, run string) ([]ShardRow, error)
	// Purgeable are those finished before then and not purged, the earliest
	// first.
	Purgeable(ctx context.Context, organization string, before time.Time) ([]Run, error)
}

// SourceStore knows where lists come from that are synced.
type SourceStore interface {
	// Sources are those of an organization, by name; Source is one of them, or
	// ErrNotFound.
	Sources(ctx context.Context, organization string) ([]Source, error)
	Source(ctx context.Context, organization, name string) (Source, error)
	// Removals returns the people who were missing from the lists of a run, after
	// one of them, in the order of their numbers.
	Removals(ctx context.Context, run string, after, limit int) ([]Removal, error)
}

// LedgerStore knows what became of rows, and of accounts.
type LedgerStore interface {
	// Ledger returns rows of a run after one of them, in row order.
	Ledger(ctx context.Context, run string, after, limit int) ([]LedgerRow, error)
	// Settled is how many rows of a run the ledger has.
	Settled(ctx context.Context, run string) (int, error)
	// AccountRows are of all runs, those of the newest first.
	AccountRows(ctx context.Context, organization, account string, limit int) ([]RunRow, error)
	// Compare counts what is otherwise in a later run than in an earlier one, and
	// Turned says who or what that is, in the order of rows. Neither holds more in
	// memory than is asked for, however large the runs are.
	Compare(ctx context.Context, earlier, later Run) (map[Turn]int, error)
	Turned(ctx context.Context, earlier, later Run, t Turn, after, limit int) ([]Turned, error)
	// Audit is of one account, the earliest first.
	Audit(ctx context.Context, organization, account string) ([]AuditEntry, error)
	// AuditPage is what a query asks for, in the order of ids, which is that of
	// time.
	AuditPage(ctx context.Context, q AuditQuery) ([]AuditEntry, error)
}

// LinkStore knows the links that were issued.
type LinkStore interface {
	// Links come with their accounts as they are now.
	Links(ctx context.Context, ids []string) ([]LinkRow, error)
	// Offers are memberships that people were offered, by the ids of their links,
	// with the accounts as they are now.
	Offers(ctx context.Context, links []string) ([]Offer, error)
	// StartLinks lets those begin to live that are shown for the first time.
	// Revealed says that somebody else than their people sees them. What is set
	// already stays as it is.
	StartLinks(ctx context.Context, links []LinkRow, at time.Time, revealed bool) error
	// StartIssued does so for most of the invitations that a run issued for its
	// report, each with the same life; StartLinks for those it leaves out.
	StartIssued(ctx context.Context, run string, rows int, life time.Duration, at time.Time) error
}

// LeaseStore keeps the locks of organizations.
type LeaseStore interface {
	// Acquire takes a lease, also one that has lapsed; *LockedError where
	// somebody holds it. The token of l is ignored, and returned. One that is
	// shared is joined by whoever shares it for the same run, and taken over only
	// where no part of its run holds a lease of its own.
	Acquire(ctx context.Context, l Lease) (Lease, error)
	// Seize takes over a lease that has not lapsed but whose holder is known to
	// be dead.
	Seize(ctx context.Context, l Lease, token int64) (Lease, error)
	// Renew fails with ErrFenced where the lease was taken over.
	Renew(ctx context.Context, l Lease) error
	// Release fails with ErrNotFound where the token is not the current one.
	Release(ctx context.Context, name string, token int64) error
	Leases(ctx context.Context) ([]Lease, error)
}

// ValueStore keeps what a database knows of itself.
type ValueStore interface {
	// Database is the UUID made when the database was migrated first.
	Database(ctx context.Context) (id string, err error)
	// Setting is "" where it was never set.
	Setting(ctx context.Context, name string) (value string, err error)
	SetSetting(ctx context.Context, name, value string) error
	// KeyChecks are the check values of keys, by key id.
	KeyChecks(ctx context.Context) (map[string]string, error)
	AddKeyCheck(ctx context.Context, kid, value string) error
	// KeyUses are what needs which key at a moment, in all organizations, by id.
	KeyUses(ctx context.Context, at time.Time) ([]KeyUse, error)
}

// Directory is all accounts, read in one snapshot.
type Directory interface {
	// Resolve finds the accounts that keys lead to: for a key of the key
	// table its owner, for a hint up to five accounts, by id.
	Resolve(ctx context.Context, keys, hints []identity.Key) ([]Found, error)
	// Accounts reads accounts whole, as the organization may see them.
	Accounts(ctx context.Context, organization string, ids []string, at time.Time) ([]dedupe.Account, error)
	// Attributes reads the free columns that memberships keep, of the accounts
	// and brands given; a membership that keeps none is left out.
	Attributes(ctx context.Context, organization string, of []Membership) ([]Attributes, error)
	// Keys are what leads to accounts; of external ids those of the organization.
	Keys(ctx context.Context, organization string, accounts []string) ([]KeyRow, error)
	// Elsewhere counts, by account, who else than the organization holds it: its
	// owner, where it is a member, who blocks it. An account that nobody else
	// holds is left out.
	Elsewhere(ctx context.Context, organization string, accounts []string) (map[string]int, error)
	// Mentioned are, by account, the runs of the organization with a row that led
	// to it, or mentions it; of a purged run nothing is left to mention anybody.
	Mentioned(ctx context.Context, organization string, accounts []string) (map[string][]string, error)
	// Alike is what two to five accounts of the organization have in common, and
	// whose it is: what people share, profiles, and names (of the space NameSpace)
	// where they are asked for.
	Alike(ctx context.Context, organization string, names bool) ([]KeyRow, error)
	// Kept is everything that is kept of an account: of the organization, and
	// where whole is set what is the account's own.
	Kept(ctx context.Context, organization, account string, whole bool) ([]Kept, error)
	// Suppressed returns those marks that are on record.
	Suppressed(ctx context.Context, organization string, marks []string) ([]string, error)
	// Seats counts the staff and the clients of an organization, each person once.
	Seats(ctx context.Context, organization string) (map[record.Kind]int, error)
	// OnRecord says what there is at all, so that nobody asks in vain.
	OnRecord(ctx context.Context, organization string) (OnRecord, error)
	// Decided returns what reviewers decided about records with these digests;
	// DecidedPeople about people with these first keys, the latest last.
	Decided(ctx context.Context, organization string, digests []string) ([]DecisionRow, error)
	DecidedPeople(ctx context.Context, organization string, people []string) ([]DecisionRow, error)
	PeopleStore
	HistoryStore
	SourceReader
}

// OnRecord is what is kept of people beside their accounts, if it is.
type OnRecord struct {
	Erased  bool // marks that the organization could meet
	Decided bool // decisions of its reviewers
}

// SourceReader knows whom sources name, and what they gave.
type SourceReader interface {
	// SourcePeople are those of the accounts whom a source has named, and
	// SourcePage the next ones after an account: both by account.
	SourcePeople(ctx context.Context, organization, source string, accounts []string) ([]SourcePerson, error)
	SourcePage(ctx context.Context, organization, source, after string, limit int) ([]SourcePerson, error)
	// SourceGrants are what all sources of an organization gave accounts, by
	// account, source, kind and target.
	SourceGrants(ctx context.Context, organization string, accounts []string) ([]SourceGrant, error)
	// EndedByAbsence is what syncs took away from accounts who were missing, whichever
	// source it was: also where it was given again and an undo took it back. Where
	// somebody else took it since, it is left out.
	EndedByAbsence(ctx context.Context, organization string, accounts []string) ([]Ended, error)
	// Imported are grants of accounts that an import made, or a plan or review of
	// one, by account, kind and target.
	Imported(ctx context.Context, organization string, accounts []string) ([]SourceGrant, error)
}

// Membership names an account in a brand.
type Membership struct{ Account, Brand string } // id, slug

// Attributes are the free columns that a membership keeps.
type Attributes struct {
	Membership
	Columns map[string]string
}

// Found says that a key led to an account.
type Found struct {
	Key     identity.Key
	Hint    bool
	Account string
	Version int64
	Epoch   int64  // of the account's links
	Email   string // Value of the account's own address, "" for none
}

// Holding is what an account holds, whatever an organization may see of it.
type Holding struct {
	Account  string
	Version  int64
	Status   dedupe.Status
	Email    string // Value of its address, "" for none
	Name     string
	Owner    string            // id of the organization that owns it, "" for its person
	Link     string            // id of the organization whose link is live, "" for none
	Profiles map[Pin]bool      // → connected
	Roles    map[string]string // id of a brand → the role in it
	Blocks   []string          // ids of organizations that block it, or did so once
}

// Pin identifies a profile within an account.
type Pin struct{ Network, Kind, Value string }

// PinOf is what identifies a profile within its account.
func PinOf(p identity.Profile) Pin { return Pin{p.Network, p.Kind, p.Value} }

// Tx is one writing transaction. After an error only its end may follow.
type Tx interface {
	// Fence proves the lease, or fails with ErrFenced; it holds the lease row
	// until the end, as the dialect says.
	Fence(ctx context.Context, l Lease) error
	// Alone is Fence that no other transaction gets beside this one until the end.
	Alone(ctx context.Context, l Lease) error
	// Release frees a lease; ErrNotFound where the token is not the current one.
	Release(ctx context.Context, name string, token int64) error
	// BeginShard notes that a shard of a run is worked on, and returns how far it
	// is; EndShard that it is done.
	BeginShard(ctx context.Context, run string, s Shard, token int64) (ShardRow, error)
	EndShard(ctx context.Context, run string, s Shard) error
	// Shards are those of a run that were begun, by index.
	Shards(ctx context.Context, run string) ([]ShardRow, error)
	// Recorded returns those of the rows that the ledger has already.
	Recorded(ctx context.Context, run string, rows []int) ([]int, error)
	// Resolve asks the key table only: where keys lead, and which keys lead to
	// accounts. One statement.
	Resolve(ctx context.Context, keys []identity.Key, accounts []string) ([]Found, error)
	// Suppressed returns those marks that are on record, Suppressions whether there
	// are any at all.
	Suppressed(ctx context.Context, organization string, marks []string) ([]string, error)
	Suppressions(ctx context.Context, organization string) (bool, error)
	// Holdings are what accounts hold, in whatever organization.
	Holdings(ctx context.Context, ids []string) ([]Holding, error)
	Organizations(ctx context.Context) ([]Organization, error)
	Logins(ctx context.Context, organization string) ([]Login, error)
	// Archived is what is put away, and Users are the addresses of whoever uses
	// what is to be, sorted.
	Archived(ctx context.Context, organization string) (Archive, error)
	Users(ctx context.Context, organization string, of Archived) ([]string, error)
	// LiveLinks are those of an organization that were made with a key, or with
	// any where that is "", by account.
	LiveLinks(ctx context.Context, organization, key string) ([]LiveLink, error)

	// Operator is a member of an organization by the id of the account, as it is
	// within the transaction; ErrNotFound where it is none.
	Operator(ctx context.Context, organization, account string) (Operator, error)
	// Administered makes sure that an organization has somebody who may edit it
	// and is not blocked, or fails with a *LastAdministratorError; nobody else
	// counts until the end.
	Administered(ctx context.Context, organization string) error
	// Seats counts the staff and the clients; nobody else counts until the end.
	Seats(ctx context.Context, organization string) (map[record.Kind]int, error)

	// SaveOrganization and Apply write rows: ErrMoved on any short count or
	// taken key. Apply fails with a *LastAdministratorError where it would take
	// the last one.
	SaveOrganization(ctx context.Context, rows OrganizationRows) error
	Apply(ctx context.Context, b Batch) error
	// Record fails with ErrMoved where a row is recorded already.
	Record(ctx context.Context, run string, rows []LedgerRow) error
	// SaveSource makes a source, or writes over what is known of it.
	SaveSource(ctx context.Context, s Source) error
	// RenameSource makes whom a source named, what it gave and its runs those of
	// another name.
	RenameSource(ctx context.Context, organization, from, to string) error
	// Missed returns those of the accounts that RecordRemovals has written for a
	// run; that fails with ErrMoved where a number is taken.
	Missed(ctx context.Context, run string, accounts []string) ([]string, error)
	RecordRemovals(ctx context.Context, run string, rows []Removal) error
	// Purge takes the details off the rows of a finished run; ErrNotFound where
	// it is open or purged.
	Purge(ctx context.Context, run string, at time.Time) (rows int, err error)
}

// DecisionRow is a reviewer's decision, as remembered. Organization, who
// decided, when and in which run are the author's when it is written.
type DecisionRow struct {
	dedupe.Memory

	Decider string // address, "" where the account is gone; read only
	At      time.Time
	Run     string
}

// Kept is what one table keeps of a person.
type Kept struct {
	Table string
	Rows  []map[string]any // by column, as JSON shows it
}

// NameSpace is the space of what is no key: the name of a person.
const NameSpace = "name"
