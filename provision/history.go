package provision

import (
	"context"
	"encoding/json"
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

// HistoryStore knows what runs did, and what happened since, in one snapshot.
type HistoryStore interface {
	// Written are the entries of a run, by row.
	Written(ctx context.Context, organization, run string) ([]RunEntry, error)
	// History are these entries, and whatever the organization did to their
	// accounts after them, in the order of time. There is to be one for each
	// account.
	History(ctx context.Context, organization string, entries []string) ([]HistoryEntry, error)
	// RunMails are those for these accounts.
	RunMails(ctx context.Context, run string, accounts []string) ([]RunMail, error)
}
