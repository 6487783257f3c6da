package provision

// Outcome is what in fact happened to one input row. Every row ends in
// exactly one.
type Outcome string

// The outcomes. Pending is the outcome of a row that an interrupted run did
// not reach. Removed counts people and stands beside the rows.
const (
	Created   Outcome = "created"
	Claimed   Outcome = "claimed"
	Updated   Outcome = "updated"
	Unchanged Outcome = "unchanged"
	Merged    Outcome = "merged"
	Review    Outcome = "review"
	Blocked   Outcome = "blocked"
	Rejected  Outcome = "rejected"
	Removed   Outcome = "removed"
	Stale     Outcome = "stale"
	Failed    Outcome = "failed"
	Pending   Outcome = "pending"
)

// Outcomes lists every outcome, in the order reports show them.
var Outcomes = []Outcome{
	Created, Claimed, Updated, Unchanged, Merged, Review, Blocked, Rejected, Removed, Stale, Failed, Pending,
}

// Unsettled reports whether a person still has to look at the row.
func (o Outcome) Unsettled() bool {
	return o == Rejected || o == Review || o == Failed || o == Stale || o == Pending
}
