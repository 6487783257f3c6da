package provision_test

import (
	"errors"
	"testing"
	"time"

	"muster/provision"
)

func TestLastOfRuns(t *testing.T) {
	at := func(minute int) time.Time { return time.Date(2026, 5, 1, 10, minute, 0, 0, time.UTC) }
	asked := provision.Run{ID: "asked", StartedAt: at(0), FinishedAt: at(9)}
	meanwhile := provision.Run{ID: "meanwhile", StartedAt: at(1), FinishedAt: at(2)}
	interrupted := provision.Run{ID: "interrupted", StartedAt: at(5)}
	for name, c := range map[string]struct {
		runs []provision.Run
		want string
	}{
		"somebody answered after another run had come and gone": {[]provision.Run{meanwhile, asked}, "asked"},
		"one was interrupted since another ended":               {[]provision.Run{interrupted, meanwhile}, "interrupted"},
		"one that was interrupted is not last for ever":         {[]provision.Run{interrupted, meanwhile, asked}, "asked"},
	} {
		if got, err := provision.LastOfRuns(c.runs); err != nil || got.ID != c.want {
			t.Errorf("%s: %q, %v", name, got.ID, err)
		}
	}
	if _, err := provision.LastOfRuns(nil); !errors.Is(err, provision.ErrNotFound) {
		t.Errorf("no run at all: %v", err)
	}
}
