package provision

import (
	"encoding/json"
	"fmt"
	"time"

	"muster/importer/failure"
)

// Run is one execution.
type Run struct {
	ID           string
	Kind         string // ImportKind and the like, or the command: "links reissue"
	Fingerprint  string // digest of lists, options, organization and base URL; unique while open
	Organization string // id
	Operator     string // account id
	Host         string
	PID          int
	Program      string          // version of muster
	Out          string          // folder of the report, as an absolute path
	Lists        json.RawMessage // []ListInfo
	Options      json.RawMessage
	StartedAt    time.Time
	FinishedAt   time.Time // zero while open
	ExitCode     int
	Summary      json.RawMessage
	PurgedAt     time.Time // zero while its details are kept
	List         string    // what all runs of one list have in common: see ListName; "" of a run of no list
}

// The kinds of runs that take people in. All others are of commands about people
// who are there.
const (
	ImportKind = "import"
	ApplyKind  = "apply"
	ReviewKind = "review"
	SyncKind   = "sync"
)

// EndSourceKind is the kind of the runs that give sources up.
const EndSourceKind = "sources end"

// ResetCommand is the kind of the runs whose links are to set a new password.
const ResetCommand = "accounts reset-link"

// TakesIn reports whether a run of a kind takes people in, of lists.
func TakesIn(kind string) bool {
	return kind == "" || kind == ImportKind || kind == SyncKind || kind == ApplyKind || kind == ReviewKind
}

// A LockedError says who holds a lease.
type LockedError struct {
	Lease Lease
	Part  Lease // of a part of its run that is at work; zero where that is not why
}

func (e *LockedError) Error() string {
	l := e.AtWork()
	return "lease " + l.Name + " is held by " + l.Holder + " for run " + l.Run
}

// AtWork is the lease, with whoever works under it now: of a run in parts it may
// have been taken by one that has ended.
func (e *LockedError) AtWork() Lease {
	l := e.Lease
	if e.Part.Name != "" {
		l.Holder, l.Host, l.PID, l.Acquired = e.Part.Holder, e.Part.Host, e.Part.PID, e.Part.Acquired
	}
	return l
}

// Failure says that another run is at work.
func (e *LockedError) Failure() (failure.Class, string) { return failure.Locked, "" }

// LastRun names the newest run wherever a run is asked for.
const LastRun = "last"

// ShortRunLength is how many digits the end of a run's id has that names it.
const ShortRunLength = 8

// ShortRun is the end of a run's id, which is enough to name it. Its beginning
// is a time, the same for all runs of a minute.
func ShortRun(id string) string { return id[max(0, len(id)-ShortRunLength):] }

// Lease is the lock of an organization's runs.
type Lease struct {
	Name      string
	Token     int64 // grows with every acquisition: the fence
	Run       string
	Holder    string // "user@host"
	Host      string
	PID       int
	Acquired  time.Time
	ExpiresAt time.Time // database clock
	Lapsed    bool      // as the database sees it now
	Shared    bool      // by the parts of its run
}

// Unpurged refuses a run of which only the bare ledger is left.
func (r Run) Unpurged() error {
	if r.PurgedAt.IsZero() {
		return nil
	}
	return &ConfigError{
		Msg: fmt.Sprintf("run %s was purged on %s: who stood on its rows is no longer kept",
			ShortRun(r.ID), r.PurgedAt.Local().Format(time.DateOnly)),
		Hint: "import the list again: that run tells of everybody as they are now; " +
			"muster runs show " + ShortRun(r.ID) + " still has the totals",
	}
}
