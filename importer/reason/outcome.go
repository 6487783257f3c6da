package reason

// Codes of what happened when a decision was carried out.
const (
	SamePerson      Code = "same_person"
	AccountChanged  Code = "account_changed"
	DatabaseRefused Code = "database_refused"
	NotReached      Code = "not_reached"
)

var outcomeCodes = []Entry{
	{SamePerson, "the same person as an earlier row: joined into it", ""},
	{AccountChanged, "the account changed after the plan was made", "plan again"},
	{DatabaseRefused, "the database refused this person", "see the error; run the list again once it is mended"},
	{NotReached, "the run was interrupted before this row", "run the same command again"},
}
