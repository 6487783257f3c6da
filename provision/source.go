package provision

import (
	"encoding/json"
	"strings"
	"time"

	"muster/importer/reason"
	"muster/importer/record"
)

// sourcePrefix stands before the name of a source in what the audit says a change was
// made through.
const sourcePrefix = "source "

// BySource is what the audit says of changes that were made through the lists of a
// source.
func BySource(name string) string { return sourcePrefix + name }

// SourceOf is the source through whose lists a change was made, "" for none.
func SourceOf(by string) string {
	name, is := strings.CutPrefix(by, sourcePrefix)
	if !is {
		return ""
	}
	return name
}

// A Source is where lists come from that are synced: a name, and what is known
// of the lists that came under it so far.
type Source struct {
	Organization string      // id
	Name         string      // a slug
	Brand        string      // slug; the same every night
	Kind         record.Kind // of its people, the same every night
	Header       []SourceList
	LastRun      string // id of the last run that came to its end with a complete list, "" before the first
	LastRows     int    // people of that run: whoever stands on two rows is one of them
	LastAt       time.Time
	Usual        time.Duration // that a complete list takes to come again, 0 before the second
	HeldAt       time.Time     // zero where it is not held
	HeldRun      string        // id of the run that held it, "" for none
	HeldWhy      string        // in words
	EndedAt      time.Time     // zero where it was not given up
	EndedRun     string        // id of the run that ended it, "" for none
	RenamedTo    string        // what it is called by now, "" where this is its name
	CreatedAt    time.Time
}

// Held reports whether the source runs no more until somebody releases it. One that
// was given up keeps what held it, for the case that it goes on.
func (s Source) Held() bool { return !s.HeldAt.IsZero() && !s.Ended() }

// Ended reports whether the source was given up: its lists are synced no more.
func (s Source) Ended() bool { return !s.EndedAt.IsZero() }

// A SourceList is one list of a source as it looked last: which sheet, and the
// columns in their order.
type SourceList struct {
	Sheet   string   `json:"sheet,omitempty"`
	Columns []string `json:"columns"`
}

// ListsOf is how lists look, for a source to know them by.
func ListsOf(lists []ListInfo) []SourceList {
	var all []SourceList
	for _, l := range lists {
		columns := l.Labels
		if len(columns) == 0 {
			columns = l.Columns
		}
		all = append(all, SourceList{Sheet: l.Sheet, Columns: columns})
	}
	return all
}

// A SourcePerson is somebody whom a source has named.
type SourcePerson struct {
	Account  string
	Absences int    // complete lists in a row that they are missing from, up to RemovedAfter
	Run      string // id of the run in which they went missing, or were removed; "" for who is there
}

// RemovedAfter is how many complete lists in a row somebody is missing from who
// loses what the source gave them. Who has lost it stays at that number.
const RemovedAfter = 2

// GrantKind is what a source gave.
type GrantKind string

// The kinds of grants that a source makes, and may take away again.
const (
	MembershipGrant GrantKind = "membership" // target is a brand
	CampaignGrant   GrantKind = "campaign"   // a campaign, as "brand/campaign"
	ProductGrant    GrantKind = "product"    // a product, by its name
	RoleGrant       GrantKind = "role"       // a brand in which a role was raised
)

// A SourceGrant is what a source gave an account. Several may have given the
// same; it goes with the last of them.
type SourceGrant struct {
	Account string
	Source  string
	What    GrantKind
	Target  string // id of the brand or campaign, or name of the product
	Former  string // of a role: what it was before
	Given   string // of a role: what it was raised to
}

// SourcePersonRow is a row of the people of a source, and what it was before: a
// nil one is no row.
type SourcePersonRow struct {
	Account  string
	Source   string
	From, To *Attendance
}

// Attendance is whether somebody is on the lists of a source.
type Attendance struct {
	Absences int    `json:"absences,omitempty"`
	Run      string `json:"run,omitempty"` // since when they are not; "" is the run that writes it
}

// A Removal is a row of the ledger about somebody who is missing from the lists
// of a run: they have no row of a list. Removals are numbered from 1.
type Removal struct {
	N       int             `json:"n"`
	Account string          `json:"account"`
	Outcome Outcome         `json:"outcome"` // Removed; Unchanged for who is missing or may not be removed; Stale, Failed
	Reason  reason.Code     `json:"reason"`
	Detail  json.RawMessage `json:"detail,omitempty"` // a RemovalDetail
}

// RemovalDetail says what somebody lost, in words that name nobody.
type RemovalDetail struct {
	Brands    []string `json:"brands,omitempty"`
	Campaigns []string `json:"campaigns,omitempty"`
	Products  []string `json:"products,omitempty"`
	Roles     []string `json:"roles,omitempty"` // "brand: manager to member"
	Link      bool     `json:"link,omitempty"`  // a live link of theirs ended
	Error     string   `json:"error,omitempty"`
}

// A MissingPerson is somebody who is on no row, as a report shows them: without
// name and address where that is not for its reader.
type MissingPerson struct {
	Removal
	Name, Email string
	Masked      bool
	Lost        RemovalDetail
}

// Ended is what syncs took away from an account and what nobody else has taken since.
type Ended struct {
	Account     string
	Memberships []EndedMembership
	Campaigns   []string // ids
	Products    []string
}

// EndedMembership is a membership that ended, as it was.
type EndedMembership struct {
	Brand   string // id
	Kind    record.Kind
	Role    string
	Columns map[string]string
}
