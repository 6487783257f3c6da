package outside

import (
	"time"

	"muster/provision"
)

// A Report is one start of the program, as the outside may know it.
type Report struct {
	Command string // like import
	Source  string // what the job is called outside
	Shard   string // like 1/4; "" of a whole run
	Run     string // id; "" where none was opened
	Program string // the version
	Started time.Time
	Ended   time.Time
	Code    int
	Crashed bool // a fault of the program itself ended it
	Phases  map[provision.Phase]time.Duration
	Totals  *Totals // nil where the run came to no report
	Mails   *int    // that wait to be sent; nil where nobody counted them
}

// Totals are the rows of a run that came to a report.
type Totals struct {
	Rows     int
	Outcomes map[provision.Outcome]int
	Held     int                    // rows that wait for somebody's decision
	Turns    map[provision.Turn]int // what changed since the last run of the list; nil where that is not known
	Late     *int                   // sources that are overdue; nil where nobody looked
}

// sends is the command that has no phases of a run.
const sends = "mail send"

// phases are those that a command has.
func (r Report) phases() []provision.Phase {
	if r.Command == sends {
		return []provision.Phase{provision.Sending}
	}
	return []provision.Phase{provision.Reading, provision.Matching, provision.Applying, provision.Reporting}
}

// took is how long a phase was at work, 0 where it was not reached.
func (r Report) took(phase provision.Phase) time.Duration {
	if phase == provision.Sending {
		return r.Ended.Sub(r.Started)
	}
	return r.Phases[phase]
}
