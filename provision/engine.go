package provision

import (
	"context"
	"iter"
	"time"
)

// Engine does the work of the commands. Everything it needs from outside is a
// field; only Store is needed for all of them.
type Engine struct {
	Store    Store
	Links    LinkMaker
	Report   ReportFunc
	Prepare  func(dir string) error // makes the folder of a report, or refuses one that is somebody else's; nil only makes it
	Leavings LeavingsFunc           // needed to purge alone
	Tell     func(Event)
	NewID    func() string // UUID v7
	Now      func() time.Time
	Workers  int    // chunks under way at once: 1 where the database has one writer
	Chunk    int    // decisions that one transaction carries out; 0 is 2,000
	Program  string // version
	User     string
	Host     string
	PID      int
	Gone     func(host string, pid int) bool // whether a process is known to have ended
}

// ReportFunc renders a run into a folder: lines in list order, each once. It
// may read them a second time. It counts them into the summary, lets finish
// settle it, and returns what it wrote. An error of finish leaves an earlier
// report as it was; a file that is for people alone may be missing, and the
// summary says so.
type ReportFunc func(ctx context.Context, dir string, lines iter.Seq2[Line, error], s Summary, r Rendering) (Summary, error)

// Rendering is what a report asks its run while it is written.
type Rendering struct {
	Finish  FinishFunc                 // asked once all lines are counted; nil keeps the summary as it is
	Held    func() (HeldReview, error) // the held people of the run, asked after the last line; nil where they are not to be shown
	NoLinks bool                       // no file with links is written, and those of the same run stay
}

// FinishFunc settles a summary once every line is counted, and again where
// files are missing: its time and exit code. It fails where the books do not
// balance.
type FinishFunc func(Summary) (Summary, error)
