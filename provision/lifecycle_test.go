package provision

import (
	"testing"

	"muster/dedupe"
	"muster/importer/reason"
)

// The events in columns, what each makes of a status below; "" for nothing.
var moves = map[dedupe.Status]struct{ delivered, begun, signedUp dedupe.Status }{
	dedupe.Created:     {dedupe.Invited, dedupe.Registering, dedupe.Registered},
	dedupe.Invited:     {"", dedupe.Registering, dedupe.Registered},
	dedupe.Registering: {"", "", dedupe.Registered},
	dedupe.Registered:  {},
	"":                 {},
}

func TestEventsMoveAccountsOn(t *testing.T) {
	for status, want := range moves {
		for event, to := range map[Progression]dedupe.Status{
			Delivered: want.delivered, Begun: want.begun, SignedUp: want.signedUp, "nothing": "",
		} {
			got, another := After(status, event)
			if another != (to != "") || another && got != to || !another && got != status {
				t.Errorf("%s of somebody %q: %q %v", event, status, got, another)
			}
		}
	}
}

func TestStatusesFollowEachOther(t *testing.T) {
	order := []dedupe.Status{dedupe.Created, dedupe.Invited, dedupe.Registering, dedupe.Registered}
	if len(stages) != len(order) {
		t.Fatalf("%d statuses have a stage", len(stages))
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

func TestWhoMayBeReached(t *testing.T) {
	inactive := false
	for status, want := range map[dedupe.Status]struct{ invite, push bool }{
		dedupe.Created:     {true, false},
		dedupe.Invited:     {true, false},
		dedupe.Registering: {true, true},
		dedupe.Registered:  {false, true},
	} {
		if got := MayBeInvited(status); got != want.invite {
			t.Errorf("%s: invited %v", status, got)
		}
		a := dedupe.Account{Status: status}
		if mail, push := MayMail(a, Organization{}), MayPush(a, Organization{}); !mail || push != want.push {
			t.Errorf("%s: mail %v, push %v", status, mail, push)
		}
		closed := Organization{Active: &inactive}
		if MayMail(a, closed) || MayPush(a, closed) {
			t.Errorf("%s: reached by an organization that is not active", status)
		}
		a.Blocked = true
		if MayMail(a, Organization{}) || MayPush(a, Organization{}) {
			t.Errorf("%s: reached in spite of a block", status)
		}
	}
}

// A block stands over every status alike.
func TestBlocksStandOverStatuses(t *testing.T) {
	p := dedupe.Policy{OperatorRank: 50, VisibleBrands: []string{"lake"}}
	for status := range stages {
		for name, c := range map[string]struct {
			is              dedupe.Account
			block, activate reason.Code
		}{
			"nobody's block": {dedupe.Account{}, "", reason.NotBlocked},
			"a block here":   {dedupe.Account{Blocked: true}, reason.AlreadyBlocked, ""},
			"a block everywhere": {
				dedupe.Account{Blocked: true, Barred: true}, reason.AlreadyBlocked, reason.BlockedEverywhere,
			},
		} {
			c.is.ID = "a"
			c.is.Memberships = []dedupe.Membership{{Brand: "lake"}}
			c.is.Status = status
			if got := c.is.MayBeBlocked(p); got != c.block {
				t.Errorf("%s, %s: block %q", status, name, got)
			}
			if got := c.is.MayBeActivated(p); got != c.activate {
				t.Errorf("%s, %s: activate %q", status, name, got)
			}
		}
	}
}
