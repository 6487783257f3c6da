package pick

import (
	"fmt"
	"regexp"
	"strings"

	"muster/importer/identity"
	"muster/importer/record"
)

// A Target names one person, as somebody types it: EMAIL, external:ID or
// account:UUID. One of the fields is set.
type Target struct {
	Email    identity.Email
	External string
	Account  string
}

// Forms says how a target is typed.
const Forms = "EMAIL, external:ID or account:UUID"

var uuids = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// ParseTarget reads a target. The error says what is wrong with it.
func ParseTarget(text string) (Target, error) {
	text = strings.TrimSpace(text)
	if id, ok := strings.CutPrefix(text, "external:"); ok {
		if id = strings.TrimSpace(id); id == "" {
			return Target{}, fmt.Errorf("%q has no id", text)
		}
		return Target{External: id}, nil
	}
	if id, ok := strings.CutPrefix(text, "account:"); ok {
		if id = strings.ToLower(id); !uuids.MatchString(id) {
			return Target{}, fmt.Errorf("%q has no id of an account", text)
		}
		return Target{Account: id}, nil
	}
	email, _, err := identity.ParseEmail(text)
	if err != nil {
		return Target{}, fmt.Errorf("%q names nobody: it is no email address", text)
	}
	return Target{Email: email}, nil
}

// record is the row of the selection that the target makes.
func (t Target) record() record.Record {
	return record.Record{Email: t.Email, ExternalID: t.External}
}
