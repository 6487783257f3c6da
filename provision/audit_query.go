package provision

import (
	"encoding/json"
	"time"
)

// An AuditQuery asks for entries of the audit of an organization. Everything
// left out asks for all.
type AuditQuery struct {
	Organization string // id
	Account      string // id
	Run          string // id
	Operator     string // account id of who did it
	Action       string
	Since        time.Time
	Until        time.Time // entries of before then
	Earliest     bool      // the earliest come first, else the newest
	After        string    // id of the last entry that was read before, "" to begin
	Limit        int
}

// AuditEntry is a change of one account.
type AuditEntry struct {
	ID         string
	At         time.Time
	Run        string
	Row        int
	OperatorID string
	Operator   string // address, "" where the account is gone
	Account    string // id, "" where it is about nobody
	Source     string
	Action     string
	Detail     json.RawMessage
}
