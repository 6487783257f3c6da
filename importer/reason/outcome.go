package reason

// Codes of what happened when a decision was carried out.
const (
	SamePerson      Code = "same_person"
	AccountChanged  Code = "account_changed"
	DatabaseRefused Code = "database_refused"
	NotReached      Code = "not_reached"
	NotDrawn        Code = "not_drawn" // of a file of the report, not of a row
)

var outcomeCodes = []Entry{
	{SamePerson, "the same person as an earlier row: joined into it", ""},
	{AccountChanged, "the account changed after the plan was made", "plan again"},
	{DatabaseRefused, "the database refused this person", "see the error; run the list again once it is mended"},
	{NotDrawn, "this file of the report could not be drawn; everything else is there", "have the report drawn again (muster report RUN)"},
	{NotReached, "the run was interrupted before this row", "run the same command again"},
}
