package provision

import (
	"context"
	"encoding/json"
	"time"
)

// RunEntry names an entry of a run in the audit.
type RunEntry struct {
	ID      string
	Account string // id, "" where it is about nobody
	Row     int
}

// HistoryEntry is an entry of the audit, with what it keeps apart.
type HistoryEntry struct {
	AuditEntry
	Private json.RawMessage // nil where there is nothing, or it was purged
}

// RunMail is a mail that a run queued.
type RunMail struct {
	Account string // id of whom it is for
	State   MailState
}

// FoundIn says that a later run of another list found somebody in place: their row
// changed nothing.
type FoundIn struct {
	Account string
	Run     string
	Kind    string
	At      time.Time
}

// HistoryStore knows what runs did, and what happened since, in one snapshot.
type HistoryStore interface {
	// Written are the entries of a run, by row.
	Written(ctx context.Context, organization, run string) ([]RunEntry, error)
	// History are these entries, and whatever the organization did to their
	// accounts after them, in the order of time. There is to be one for each
	// account.
	History(ctx context.Context, organization string, entries []string) ([]HistoryEntry, error)
	// Told are the entries about these accounts, the earliest first: what was done, on
	// whose behalf and when. Nothing that is kept apart is in them.
	Told(ctx context.Context, organization string, accounts []string) ([]AuditEntry, error)
	// FoundSince are the runs of other lists that were started after a run, and found
	// one of these accounts in place, the earliest first.
	FoundSince(ctx context.Context, organization, run string, accounts []string) ([]FoundIn, error)
	// JoinedWith are the accounts that those of these which are gone were joined with:
	// the one that went → the one that stayed.
	JoinedWith(ctx context.Context, organization string, accounts []string) (map[string]string, error)
	// RunMails are those for these accounts.
	RunMails(ctx context.Context, run string, accounts []string) ([]RunMail, error)
}
