package provision

// MarkRow is a mark by which somebody is known who was erased.
type MarkRow struct {
	Mark         string
	Organization string // id, or Everywhere
}

// EraseRow removes what the organization of a batch holds of a person: access,
// links, mails, answers, decisions, the details of rows that led to them, what
// undoing needs. The audit stays, which names nobody. Its account may be gone
// already in part: nothing is refused but an account that is not there.
type EraseRow struct {
	Account    string
	Whole      bool     // the account goes, with everything that anybody holds of it
	Everywhere bool     // the marks hold for the whole platform
	Marks      []string // keyed marks that the person is known by again
}
