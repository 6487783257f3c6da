package reason

// Why a link ended.
const (
	SingleSignOn Code = "sso"
	KeyRetired   Code = "key_retired"
)

var linkCodes = []Entry{
	{SingleSignOn, "the organization went over to single sign-on", "the person signs in there"},
	{KeyRetired, "the key that the link was made with was retired", "give the person a new link"},
}
