package source_test

import (
	"testing"
	"time"

	"muster/provision"
	"muster/provision/source"
)

func TestAgain(t *testing.T) {
	monday, tuesday := provision.ListInfo{File: "a.csv", SHA256: "1"}, provision.ListInfo{File: "a.csv", SHA256: "2"}
	renamed, sheet := provision.ListInfo{File: "b.csv", SHA256: "1"}, provision.ListInfo{File: "a.csv", Sheet: "Staff", SHA256: "1"}
	for name, c := range map[string]struct {
		now, before []provision.ListInfo
		since       time.Duration
		want        bool
	}{
		"the same list, at once":                  {[]provision.ListInfo{monday}, []provision.ListInfo{monday}, time.Second, true},
		"under another name":                      {[]provision.ListInfo{renamed}, []provision.ListInfo{monday}, 11 * time.Hour, true},
		"another list":                            {[]provision.ListInfo{tuesday}, []provision.ListInfo{monday}, time.Second, false},
		"another sheet":                           {[]provision.ListInfo{sheet}, []provision.ListInfo{monday}, time.Second, false},
		"one list more":                           {[]provision.ListInfo{monday, tuesday}, []provision.ListInfo{monday}, time.Second, false},
		"the same lists in another order":         {[]provision.ListInfo{monday, tuesday}, []provision.ListInfo{tuesday, monday}, time.Second, true},
		"the same list the next night is another": {[]provision.ListInfo{monday}, []provision.ListInfo{monday}, 12 * time.Hour, false},
	} {
		if got := source.Again(c.now, c.before, c.since); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
