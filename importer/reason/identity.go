package reason

// Codes that importer/identity gives when a cell is no address or profile.
const (
	NotAProfile       Code = "not_a_profile"
	Post              Code = "post"
	ReservedPath      Code = "reserved_path"
	ShortLink         Code = "short_link"
	BadHandle         Code = "bad_handle"
	PhoneNumber       Code = "phone_number"
	WrongNetwork      Code = "wrong_network"
	AmbiguousNoHint   Code = "ambiguous_no_hint"
	NetworkAssumed    Code = "network_assumed"
	SeveralValues     Code = "several_values"
	SeveralHandles    Code = "several_handles"
	Placeholder       Code = "placeholder"
	SpreadsheetDamage Code = "spreadsheet_damage"

	EmailNoAt      Code = "email_no_at"
	EmailNoDomain  Code = "email_no_domain"
	EmailNoLocal   Code = "email_no_local_part"
	EmailBadDomain Code = "email_bad_domain"
	EmailBadLocal  Code = "email_bad_local_part"
	EmailUnusual   Code = "email_unusual"

	SeveralAddresses Code = "several_addresses"
	EmailMisspelled  Code = "email_misspelled"
	EmailSuspicious  Code = "email_suspicious"
)

var identityCodes = []Entry{
	{NotAProfile, "the link does not lead to a person's profile", "replace it by the link of the profile page, or by the handle"},
	{Post, "the link leads to a post, not to a profile", "replace it by the link of the profile that posted it"},
	{ReservedPath, "the link leads to a page of the network itself, not to a person", "replace it by the link of the profile page"},
	{ShortLink, "a short link does not say whose profile it is", "open it and copy the address the browser ends up at"},
	{BadHandle, "no account on this network can have this name", "correct the handle"},
	{PhoneNumber, "this looks like a telephone number, not like a handle", "replace it by the handle, or by the profile's link if its name really is a number"},
	{WrongNetwork, "the link belongs to another network than the column", "move it to the other network's column, or leave it: the network of the link was used"},
	{AmbiguousNoHint, "a bare name does not say which network it is on", "put it into the network's own column, or write the whole link"},
	{NetworkAssumed, "a bare name under a header of several networks was taken for the first that has no profile of the row yet", "put the network in front of it, like TikTok: name, or write the whole link"},
	{SeveralValues, "the cell holds more than one value, and they cannot be told apart", "write each with an @ or as a whole link, with a comma between them"},
	{SeveralHandles, "the cell holds more than one profile of its network, all of which were taken", "keep the one that is the person's, if they are not all"},
	{Placeholder, "the cell holds a placeholder, taken as empty", ""},
	{SpreadsheetDamage, "the spreadsheet program has changed this value beyond repair", "type it again in a cell formatted as text"},

	{EmailNoAt, "the @ is missing", "correct the address"},
	{EmailNoDomain, "the domain behind the @ is missing", "complete the part behind the @"},
	{EmailNoLocal, "the name in front of the @ is missing", "complete the part in front of the @"},
	{EmailBadDomain, "no mail can be sent to what stands behind the @", "correct the part behind the @"},
	{EmailBadLocal, "the part in front of the @ has characters or dots that no address has", "correct the part in front of the @"},
	{EmailUnusual, "the part in front of the @ is quoted or has letters outside ASCII, which is nearly always a mistake", "type the address again, or ask the person for another one"},

	{SeveralAddresses, "the cell holds more than one email address", "keep the person's own; put the agency's under contact email"},
	{EmailMisspelled, "the domain of the address is a known misspelling of a mail provider's, and a link sent there would reach somebody else", "correct the address; --allow-domain lets a domain through that is right as it is"},
	{EmailSuspicious, "the address is valid but its domain looks mistyped", "check the address; it was used as it stands"},
}
