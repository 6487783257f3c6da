package provision

import (
	"muster/importer/reason"
	"muster/importer/record"
)

// DirectoryLoad says what became of an export.
type DirectoryLoad struct {
	LoadCounts
	Columns  []string          // its own
	Rejected []RejectedAccount // left out, because it contradicts itself about them, or the operator may not load them
	Unread   []RejectedAccount // loaded, without a profile that no account can have
	Moved    []record.Place    // of rows with another address than their account has

	Lowered   int // rows whose role the operator may not give: their people are members
	Elsewhere int // rows of organizations that somebody else administers, left out
}

// LoadCounts says what became of the rows of an export.
type LoadCounts struct {
	Added, Updated, Unchanged int

	Withheld int // of those: say something of an account that is not the operator's to change

	// Addresses are rows, by their places among those that were loaded at once, with
	// another address than their account has, which leads there, too, from now on.
	Addresses []int
}

// RejectedAccount is a row of an export that was left out.
type RejectedAccount struct {
	record.Place
	Cells  []string
	Reason reason.Code
	Why    string // where it stands otherwise
}
