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
)

// Errors a Store returns, to be told apart with errors.Is.
var (
	ErrNotFound = errors.New("not found")
	ErrSeveral  = errors.New("there is more than one")                                // a name is needed to choose
	ErrMoved    = errors.New("somebody else was faster")                              // short count, taken key, deadlock, serialization: roll back, look again
	ErrFenced   = failure.New(failure.Fenced, errors.New("the lease was taken over")) // this process must stop writing at once
	ErrAway     = failure.New(failure.Away, errors.New("the database cannot be reached"))
	ErrDenied   = errors.New("the database does not let its user do this")                                // a *DeniedError says why; no row is at fault
	ErrSchema   = failure.New(failure.Schema, errors.New("the schema is not the one this program needs")) // run muster db migrate
	ErrNewer    = failure.New(failure.NewerSchema,
		fmt.Errorf("%w: it was migrated by a newer version of this program; use that one", ErrSchema))
)

// Store is the database as provisioning needs it. Every method is one
// statement or one transaction; times and ids come from the caller, but for
// the lease, which uses the clock of the database.
type Store interface {
	Database(ctx context.Context) (id string, err error)                // UUID made when the database was migrated first
	Setting(ctx context.Context, name string) (value string, err error) // "" where it was never set
	SetSetting(ctx context.Context, name, value string) error

	Organizations(ctx context.Context) ([]Organization, error)              // sorted by slug, whole
	Operators(ctx context.Context, organization string) ([]Operator, error) // members with a role above "member", sorted by address
	Operator(ctx context.Context, organization string, email identity.Email) (Operator, error)

	Snapshot(ctx context.Context, f func(Directory) error) error // one REPEATABLE READ, read-only transaction
	Writer
	Refresh(ctx context.Context) error // tell the planner of tables that have just grown

	OpenRun(ctx context.Context, r Run) (run Run, resumed bool, err error) // the open run of the same fingerprint, or r itself, now stored
	FinishRun(ctx context.Context, id string, exit int, summary json.RawMessage, at time.Time) error
	Run(ctx context.Context, name string) (Run, error)                                          // by id, its beginning, its end, or LastRun
	Runs(ctx context.Context, organization string, limit int) ([]Run, error)                    // newest first
	RunsOf(ctx context.Context, organization, fingerprint string) ([]Run, error)                // newest first
	Purgeable(ctx context.Context, organization string, before time.Time) ([]Run, error)        // finished before then and not purged, the earliest first
	Ledger(ctx context.Context, run string, after, limit int) ([]LedgerRow, error)              // rows > after, in row order
	AccountRows(ctx context.Context, organization, account string, limit int) ([]RunRow, error) // of all runs, those of the newest first
	Links(ctx context.Context, ids []string) ([]LinkRow, error)                                 // with the subject as it is now
	StartLinks(ctx context.Context, links []LinkRow, at time.Time) error                        // those that are shown for the first time begin to live; others stay as they are

	Acquire(ctx context.Context, l Lease) (Lease, error)            // l.Token is ignored and returned; *LockedError; takes over a lapsed lease
	Seize(ctx context.Context, l Lease, token int64) (Lease, error) // take over a lease that is not lapsed but whose holder is known to be dead
	Renew(ctx context.Context, l Lease) error                       // ErrFenced
	Release(ctx context.Context, name string, token int64) error    // ErrNotFound where the token is not the current one
	Leases(ctx context.Context) ([]Lease, error)

	Audit(ctx context.Context, organization, account string) ([]AuditEntry, error) // of one account, the earliest first

	KeyChecks(ctx context.Context) (map[string]string, error) // key id → check value
	AddKeyCheck(ctx context.Context, kid, value string) error
}

// Writer writes to the database.
type Writer interface {
	// InTx runs f in one writing transaction. It is not retried here; errors
	// are mapped to those above.
	InTx(ctx context.Context, f func(Tx) error) error
}

// Again runs a transaction up to five times while somebody else is faster.
func Again(transaction func() error) (err error) {
	for range 5 {
		if err = transaction(); !errors.Is(err, ErrMoved) {
			return err
		}
	}
	return err
}

// Directory is all accounts, read in one snapshot.
type Directory interface {
	// Resolve finds the accounts that keys lead to: for a key of the key
	// table its owner, for a hint up to five accounts, by id. One statement.
	Resolve(ctx context.Context, keys, hints []identity.Key) ([]Found, error)
	// Accounts reads accounts whole, as the organization may see them.
	Accounts(ctx context.Context, organization string, ids []string, at time.Time) ([]dedupe.Account, error)
	// Attributes reads the free columns that memberships keep, of the accounts
	// and brands given; a membership that keeps none is left out.
	Attributes(ctx context.Context, organization string, of []Membership) ([]Attributes, error)
	// Suppressed returns those marks that are on record.
	Suppressed(ctx context.Context, organization string, marks []string) ([]string, error)
	// Suppressions reports whether there are any marks at all.
	Suppressions(ctx context.Context, organization string) (bool, error)
	// Decided returns what reviewers decided about people whose records have
	// these digests; DecidedPeople about those with these first keys, the
	// latest last.
	Decided(ctx context.Context, organization string, digests []string) ([]DecisionRow, error)
	DecidedPeople(ctx context.Context, organization string, people []string) ([]DecisionRow, error)
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
	Fence(ctx context.Context, l Lease) error // ErrFenced; holds the lease row until the end, as the dialect says
	Recorded(ctx context.Context, run string, rows []int) ([]int, error)
	Resolve(ctx context.Context, keys []identity.Key) ([]Found, error) // key table only; one statement
	Holdings(ctx context.Context, ids []string) ([]Holding, error)
	Organizations(ctx context.Context) ([]Organization, error)
	LiveLinks(ctx context.Context, organization string) ([]LiveLink, error) // by account
	SaveOrganization(ctx context.Context, rows OrganizationRows) error
	Apply(ctx context.Context, b Batch) error                                  // ErrMoved on any short count or taken key
	Record(ctx context.Context, run string, rows []LedgerRow) error            // ErrMoved where a row is recorded already
	Purge(ctx context.Context, run string, at time.Time) (rows int, err error) // takes the details off the rows of a finished run; ErrNotFound where it is open or purged
}

// DecisionRow is a reviewer's decision, as remembered. Organization, who
// decided, when and in which run are the author's when it is written.
type DecisionRow struct {
	dedupe.Memory

	Decider string // address, "" where the account is gone; read only
	At      time.Time
	Run     string
}

// AuditEntry is a change of one account.
type AuditEntry struct {
	At       time.Time
	Run      string
	Row      int
	Operator string // address, "" where the account is gone
	Source   string
	Action   string
	Detail   json.RawMessage
}
