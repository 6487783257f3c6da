package provision

// Gone is what a batch takes away. A row names what goes by the columns that
// make it unique; its other fields are ignored. Unless said otherwise a row
// that is not there refuses the batch (ErrMoved).
type Gone struct {
	Fills       []FillRow    // blanked where they still say this; an account may have none left
	Connects    []ProfileRow // profiles that are declared only from now on
	Keys        []KeyRow
	Hints       []KeyRow // may be gone already: two profiles can give the same
	Profiles    []ProfileRow
	Memberships []MembershipRow
	Campaigns   []CampaignRow
	Products    []ProductRow
	Decisions   []DecisionRow
}
