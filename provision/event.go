package provision

// Event is something a run tells whoever listens. The set is closed: the
// types of this file.
type Event interface{ event() }

// Phase is a part of a run.
type Phase string

// The phases, in their order.
const (
	Reading   Phase = "reading"
	Matching  Phase = "matching"
	Applying  Phase = "applying"
	Reporting Phase = "reporting"
)

// Sending is what mail send does: the one phase that is none of a run.
const Sending Phase = "sending"

// PhaseStarted opens a phase. Total is the number of rows or people to expect,
// 0 where it is not known.
type PhaseStarted struct {
	Phase Phase
	Total int
}

// Progress says how far a phase is.
type Progress struct {
	Phase Phase
	Done  int
}

// PhaseDone ends a phase.
type PhaseDone struct {
	Phase Phase
	Done  int
}

// RunStarted says which run this is, and whether it goes on with one that was
// interrupted.
type RunStarted struct {
	Run     string
	Resumed bool
	Out     string
}

// Planned says what the plan will do.
type Planned struct{ Summary PlanSummary }

// Notice is something a person should know; nothing is wrong.
type Notice struct {
	Text     string
	Personal bool // it names people, by more than an address: nothing for a log
}

// Warning is something a person should look at.
type Warning struct{ Text string }

func (PhaseStarted) event() {}
func (Progress) event()     {}
func (PhaseDone) event()    {}
func (RunStarted) event()   {}
func (Planned) event()      {}
func (Notice) event()       {}
func (Warning) event()      {}
