package provision

import (
	"context"
	"iter"

	"muster/dedupe"
	"muster/importer/record"
)

// Folders are the folders that runs write their reports into: what goes there,
// and what is read back. A folder belongs to one run; another run's is never
// taken for it.
type Folders interface {
	// Prepare makes the folder of a report, or refuses one that is somebody
	// else's.
	Prepare(dir string) error
	// Write renders a run into a folder: lines in list order, each once. It may
	// read them a second time. It counts them into the summary, lets r.Finish
	// settle it, and returns what it wrote. An error of Finish leaves an earlier
	// report as it was; a file that is for people alone may be missing, and the
	// summary says so.
	Write(ctx context.Context, dir string, lines iter.Seq2[Line, error], s Summary, r Rendering) (Summary, error)
	// Owner is the id of the run whose report a folder holds, "" for none.
	Owner(dir string) string
	// Rows reads the rows of a report that still stands, in list order; none
	// where it is gone. Those are left out that maybe refuses by their number and
	// their text, as it stands in the file; nil refuses none.
	Rows(ctx context.Context, run Run, maybe func(number int, text []byte) bool) iter.Seq2[ReportedRow, error]
	// Leavings finds the files of a run that hold personal data, and removes
	// them where it is told to.
	Leavings(run Run, remove bool) (Leavings, error)
}

// RowsFile is the name of the file of a report that says where each row of a
// run stood. The ledger does not: it numbers rows.
const RowsFile = "rows.jsonl"

// ReportedRow is a row as the report of its run tells of it.
type ReportedRow struct {
	record.Place
	Name       string             `json:"name"`
	Email      string             `json:"email"`  // as the row said
	Brands     []string           `json:"brands"` // that it names
	Account    string             `json:"account_id"`
	Candidates []dedupe.Candidate `json:"candidates"`

	Number int `json:"-"` // of the row in the run, from 1
}

// Rendering is what a report asks its run while it is written.
type Rendering struct {
	Finish FinishFunc // asked once all lines are counted; nil keeps the summary as it is
	// Held has the held people of the run and is asked after the last line; nil
	// where they are not to be shown.
	Held    func() (HeldReview, error)
	NoLinks bool // no file with links is written, and those of the same run stay
	// Missing has the people who are on no row; nil where the lists are of no source.
	Missing  func() ([]MissingPerson, error)
	Language string // of the files for people, as a tag; English where it is ""
	Names    Names  // of the organization and its brands, as people call them
}

// FinishFunc settles a summary once every line is counted, and again where
// files are missing: its time and exit code. It fails where the books do not
// balance.
type FinishFunc func(Summary) (Summary, error)

// Leavings are the files of a run that hold personal data.
type Leavings struct {
	Files []string // names in the folder of the run
	Left  string   // what is left alone, and why
	None  bool     // there is no such folder
}
