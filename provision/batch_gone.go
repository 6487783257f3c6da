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
	Memberships []LeaveRow
	Campaigns   []RevokeRow
	Products    []RevokeRow
	Offers      []OfferRow // that wait; Account and Brand name one
	Decisions   []DecisionRow
	Marks       []MarkRow     // of people who were erased; may be gone already
	Owned       []SourceGrant // by account, source, kind and target
}

// LeaveRow ends the membership of an account in a brand, and its access to the
// campaigns of that brand, whether or not any was known of. What ends is moved
// to where it can come back from.
type LeaveRow struct {
	Account string
	Brand   string // id
	Why     string // code of a reason, "" for none
}

// RevokeRow ends the access of an account to a campaign, or to a product. It is
// moved likewise.
type RevokeRow struct {
	Account string
	Of      string // id of the campaign, or name of the product
	Why     string // code of a reason, "" for none
}

// Back is what was taken away and comes back as it was: with role, permissions
// and free columns, and who granted it. What was taken away last counts, and a
// row that never was refuses the batch (ErrMoved).
type Back struct {
	Memberships []LeaveRow // with the campaigns that ended with them
	Campaigns   []RevokeRow
	Products    []RevokeRow
}
