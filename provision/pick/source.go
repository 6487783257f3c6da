package pick

import (
	"cmp"
	"context"

	"muster/dedupe"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/plan"
)

// A Source is where the people of a command come from.
type Source interface {
	// Lists are what the rows are of.
	Lists() []provision.ListInfo
	// Asked is what the people depend on beside the directory, as plain data.
	Asked() any
	// Pick writes the rows of everybody into a plan, and says who they are.
	Pick(ctx context.Context, e *provision.Engine, sc provision.Scope, w *plan.Writer) ([]Picked, error)
	Close() error
}

// Picked are rows, and the account they are of; or what they end in without one. Without
// rows it is somebody who is on none of the lists that are meant.
type Picked struct {
	Rows    []int
	Account string       // id, "" where the step says it all
	Settled *change.Step // nil where there is an account
	Said    []any        // what the rows say, for an Editor
}

// Vain is what rows end in that are of nobody a command could do anything to.
func Vain(rows []int, why reason.Code) Picked {
	step := stepOf(rows, dedupe.Account{}, Rejected(why))
	return Picked{Rows: rows, Settled: &step}
}

// chunk is how many people are looked up in one snapshot.
const chunk = 1000

// place is where the n-th person of a selection stands.
func place(typed string, n int) record.Place { return record.Place{File: typed, Line: n} }

// An Agreed source is told once the plan is agreed to, before anything of it is
// written.
type Agreed interface {
	Source
	Agreed(ctx context.Context, e *provision.Engine) error
}

// A Beginner is a source that has something to write before anything of the plan is,
// and in a transaction that proves the lease. It may be told again of the same run.
type Beginner interface {
	Source
	Begin(ctx context.Context, e *provision.Engine, tx provision.Tx, r provision.Run) error
}

// TypedList describes a selection that is no file.
func TypedList(typed string) []provision.ListInfo {
	return []provision.ListInfo{{
		File:    typed,
		Format:  provision.PickedFormat,
		Columns: []string{string(record.FieldName), string(record.FieldEmail), string(record.FieldExternalID)},
	}}
}

// cells are what a row of such a list would hold: rejected rows go back as they
// came.
func cells(r record.Record) []string { return []string{r.Name, r.Email.Address, r.ExternalID} }

// named fills in how a person is called, as the operator may see it: what was
// typed stays.
func named(r record.Record, a dedupe.Account, brands []string) record.Record {
	if !a.Visible(brands) {
		return r
	}
	r.Name = cmp.Or(r.Name, a.Name)
	if r.Email.IsZero() {
		r.Email = a.Email
	}
	if r.ExternalID == "" && len(a.ExternalIDs) > 0 {
		r.ExternalID = a.ExternalIDs[0]
	}
	return r
}

// Row is the row of somebody who is known by their account, as the operator who
// sees the members of some brands may see them; of nobody it says where it stands.
func Row(at record.Place, n int, a dedupe.Account, brands []string) record.Record {
	r := named(record.Record{Row: n, Place: at}, a, brands)
	r.Cells = cells(r)
	return r
}
