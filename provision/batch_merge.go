package provision

// MergeRow joins an account with another of the same person: all that is kept
// of the one moves to the other, of what both have the better stays, and the
// account itself is gone. Its id leads on from then. The links of both end.
type MergeRow struct {
	Gone string // account
	Into string // account
}

// EndMerged is why the links of accounts end that are joined.
const EndMerged = "merged"
