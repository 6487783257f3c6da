package reason

// Codes of accounts that an export of the platform contradicts itself about.
const (
	ExportTwoEmails Code = "export_two_emails"
	ExportTwoIDs    Code = "export_two_ids"
)

var directoryCodes = []Entry{
	{ExportTwoEmails, "the export gives one external id or connected profile to two email addresses", "find out whose it is, correct the platform, and export again"},
	{ExportTwoIDs, "the export gives one person two external ids", "find out which one is right, correct the platform, and export again"},
}
