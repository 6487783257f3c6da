package reason

// Codes that importer gives when a row cannot be used, or a cell of it not.
const (
	EmailMalformed    Code = "email_malformed"
	NothingToKnowBy   Code = "nothing_to_know_by"
	ValueOutOfRange   Code = "value_out_of_range"
	TextTooLong       Code = "text_too_long"
	ControlCharacters Code = "control_characters"
	SecondEmail       Code = "second_email"
	SecondContact     Code = "second_contact"
	RowTooWide        Code = "row_too_wide"
	NoStoredResult    Code = "no_stored_result"
	TextGarbled       Code = "text_garbled"
	BadLink           Code = "bad_link"
	LinkDiffers       Code = "link_differs"
	ColumnsShifted    Code = "columns_shifted"
	ProfileLost       Code = "profile_lost"
	ProfileDamaged    Code = "profile_damaged"
	StatusNotRead     Code = "status_not_read"
)

// LosesProfile reports whether a cell with this problem gave no profile where it
// was to give one.
func (c Code) LosesProfile() bool {
	switch c {
	case NotAProfile, Post, ReservedPath, ShortLink, BadHandle, AmbiguousNoHint, SeveralValues, PhoneNumber, ProfileDamaged:
		return true
	}
	return false
}

var rowCodes = []Entry{
	{EmailMalformed, "the cell is not a valid email address", "correct the address"},
	{NothingToKnowBy, "the row has nothing to know the person by: no email, external id or profile", "add an email address"},
	{ValueOutOfRange, "the value is not one of those allowed here", "use one of the values that are allowed"},
	{TextTooLong, "the text is longer than allowed", "shorten it"},
	{ControlCharacters, "the text has invisible control characters in it, which were taken out", "type it again"},
	{SecondEmail, "the row has more than one email address, of which the first was used", "keep the person's own; put the agency's under contact email"},
	{SecondContact, "the cell holds more than one address to contact, of which the first is shown", "keep the one that is to be written to"},
	{RowTooWide, "the row has more cells than the header, so its cells may stand in the wrong columns", "put quotes around the cell that contains the delimiter"},
	{NoStoredResult, "the cell is a formula whose result was never stored in the file", "open the file in a spreadsheet program and save it again"},
	{TextGarbled, "the text was garbled by a wrong encoding", "export the list again as UTF-8, or type the text again"},
	{LinkDiffers, "the cell shows one profile and its link leads to another; the link was used", "correct the link or the text"},
	{ColumnsShifted, "an email address stands in a column that holds something else, so the cells may stand in the wrong columns", "move the cells of the row back under their headers"},
	{ProfileLost, "a profile of the row could not be read, and the person was taken on without it", "correct the cell, and import the list again"},
	{ProfileDamaged, "the spreadsheet program shows an error, a number or a date where a profile was", "type it again in a cell formatted as text"},
	{StatusNotRead, "this seems to say that somebody is blocked or gone, and is not read as a status", "block the person if they are to have no access, and take the row out of the list"},
	{BadLink, "the cell is not a web address", "use an address that begins with https://"},
}
