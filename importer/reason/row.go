package reason

// Codes that importer gives when a row cannot be used, or a cell of it not.
const (
	EmailMalformed  Code = "email_malformed"
	EmailSuspicious Code = "email_suspicious"
	NothingToKnowBy Code = "nothing_to_know_by"
	ValueOutOfRange Code = "value_out_of_range"
	TextTooLong     Code = "text_too_long"
)

var rowCodes = []Entry{
	{EmailMalformed, "the cell is not a valid email address", "correct the address"},
	{EmailSuspicious, "the address is valid but looks mistyped", "check the address; it was used as it stands"},
	{NothingToKnowBy, "the row has nothing to know the person by: no email, external id or profile", "add an email address"},
	{ValueOutOfRange, "the value is not one of those allowed here", "use one of the values listed in the message"},
	{TextTooLong, "the text is longer than allowed", "shorten it"},
}
