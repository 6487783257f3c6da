package provision

import (
	"testing"

	"muster/dedupe"
)

func TestStatusesFollowEachOther(t *testing.T) {
	order := []dedupe.Status{dedupe.Created, dedupe.Invited, dedupe.Registering, dedupe.Registered}
	if len(lifecycle) != len(order) {
		t.Fatalf("%d statuses have a stage", len(lifecycle))
	}
	for i, from := range order {
		for n, to := range order {
			if got, want := MayFollow(from, to), n > i; got != want {
				t.Errorf("%s may follow %s: %v", to, from, got)
			}
		}
		if MayFollow(from, "") || MayFollow("", from) {
			t.Errorf("no status follows %s or comes before it", from)
		}
	}
}

func TestWhoMayBeInvited(t *testing.T) {
	for status, want := range map[dedupe.Status]bool{
		dedupe.Created:     true,
		dedupe.Invited:     true,
		dedupe.Registering: true,
		dedupe.Registered:  false,
	} {
		if got := MayBeInvited(status); got != want {
			t.Errorf("%s: %v", status, got)
		}
	}
}
