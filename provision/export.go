package provision

import (
	"muster/importer/reason"
	"muster/importer/record"
)

// DirectoryLoad says what became of an export.
type DirectoryLoad struct {
	LoadCounts
	Columns  []string          // its own
	Rejected []RejectedAccount // left out, because it contradicts itself about them
	Lowered  int               // rows whose role the operator may not give: their people are members
}

// LoadCounts says what became of the rows of an export.
type LoadCounts struct{ Added, Updated, Unchanged int }

// RejectedAccount is a row of an export that was left out.
type RejectedAccount struct {
	record.Place
	Cells  []string
	Reason reason.Code
	Why    string // where it stands otherwise
}
