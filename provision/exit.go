package provision

// Limit is how many rows, or what share of them, may be unsettled before the
// exit code says so. The zero Limit allows none.
type Limit struct {
	Rows    int
	Percent float64
}

// Allows reports whether n of all rows are within the limit.
func (l Limit) Allows(n, all int) bool {
	return n <= l.Rows || l.Percent > 0 && float64(n)*100 <= l.Percent*float64(all)
}

// Exit codes a run can end with.
const (
	ExitOK          = 0
	ExitPartial     = 3
	ExitLocked      = 11
	ExitStale       = 12
	ExitInput       = 13
	ExitInterrupted = 130
	ExitTerminated  = 143 // of a run that was killed, and was taken back instead of gone on with
)
