package report

import "muster/provision"

// Sheets of the workbook, in its order.
const (
	summarySheet   = "Summary"
	invitesSheet   = "Invites"
	differSheet    = "Differences"
	claimedSheet   = "Claimed"
	updatedSheet   = "Updated"
	reviewSheet    = "Review"
	rejectedSheet  = "Rejected"
	unchangedSheet = "Unchanged"
	otherSheet     = "Other"
	driftSheet     = "Drift"
	removedSheet   = "Removed"
)

// linksSheet is the one sheet of links.xlsx.
const linksSheet = "Links"

// outcomeSheets are the sheets on which the rows of an outcome stand. People who
// have no row stand on none.
var outcomeSheets = map[provision.Outcome]string{
	provision.Created:   invitesSheet,
	provision.Claimed:   claimedSheet,
	provision.Updated:   updatedSheet,
	provision.Unchanged: unchangedSheet,
	provision.Merged:    otherSheet,
	provision.Review:    reviewSheet,
	provision.Blocked:   otherSheet,
	provision.Rejected:  rejectedSheet,
	provision.Stale:     otherSheet,
	provision.Failed:    otherSheet,
	provision.Pending:   otherSheet,
}
