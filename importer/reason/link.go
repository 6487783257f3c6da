package reason

// Why a link ended.
const (
	SingleSignOn Code = "sso"
)

var linkCodes = []Entry{
	{SingleSignOn, "the organization went over to single sign-on", "the person signs in there"},
}
