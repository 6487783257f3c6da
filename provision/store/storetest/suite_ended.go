package storetest

import (
	"encoding/json"
	"time"

	"muster/dedupe"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
)

var endedTrials = []trial{
	{"a membership that ended comes back as it was, with the campaigns that ended with it", membershipBack},
	{"campaigns and products that ended come back one by one", accessBack},
	{"what was never taken away does not come back", nothingBack},
	{"of what ended several times the last one comes back", lastBack},
}

// step makes changes to an account a while after the last ones.
func (w *world) step(account string, changes ...change.Change) error {
	w.by.At = w.by.At.Add(time.Hour)
	return w.change(account, changes...)
}

// inAlpha is a membership with free columns.
func inAlpha(role, tier string) change.Join {
	return change.Join{
		Membership: dedupe.Membership{Brand: "alpha", Kind: record.Staff, Role: role},
		Attributes: json.RawMessage(`{"Tier":"` + tier + `"}`),
	}
}

func membershipBack(w *world) {
	a := w.create("ann@example.com")
	join := inAlpha("manager", "Gold")
	w.ok(w.step(a, join, change.GrantCampaign{Campaign: "alpha/launch"}, change.GrantCampaign{Campaign: "beta/launch"}))
	before := w.stateOf(a)
	leave := change.Leave{Membership: join.Membership}
	w.ok(w.step(a, leave))
	w.same(w.account(a).Memberships, []dedupe.Membership(nil))
	w.same(w.account(a).Campaigns, []string{"beta/launch"})
	w.is(w.step(a, leave), provision.ErrMoved)
	back, _ := leave.Reverse()
	w.ok(w.step(a, back))
	w.same(w.stateOf(a), before)
	w.is(w.step(a, back), provision.ErrMoved)

	// The campaign is named beside its brand: it ends once, and comes back once.
	w.ok(w.step(a, change.RevokeCampaign{Campaign: "alpha/launch"}, leave))
	w.ok(w.step(a, back, change.GrantCampaign{Campaign: "alpha/launch", Back: true}))
	w.same(w.stateOf(a), before)

	// What ended by itself before does not come back with the brand.
	w.ok(w.step(a, change.RevokeCampaign{Campaign: "alpha/launch"}))
	w.ok(w.step(a, leave))
	w.ok(w.step(a, back))
	w.same(w.account(a).Campaigns, []string{"beta/launch"})
}

func accessBack(w *world) {
	a := w.create("ann@example.com")
	w.ok(w.step(a, change.GrantCampaign{Campaign: "alpha/launch"}, change.GrantCampaign{Campaign: "beta/launch"},
		change.GrantProduct{Product: "reports"}, change.GrantProduct{Product: "Chat"}))
	campaign := change.RevokeCampaign{Campaign: "beta/launch"}
	product := change.RevokeProduct{Product: "Chat"}
	w.ok(w.step(a, campaign, product))
	w.same(w.account(a).Campaigns, []string{"alpha/launch"})
	w.same(w.account(a).Products, []string{"reports"})
	w.is(w.step(a, campaign), provision.ErrMoved)
	w.is(w.step(a, product), provision.ErrMoved)
	again, _ := campaign.Reverse()
	used, _ := product.Reverse()
	w.ok(w.step(a, again, used))
	w.same(w.account(a).Campaigns, []string{"alpha/launch", "beta/launch"})
	w.same(w.account(a).Products, []string{"Chat", "reports"})
	w.is(w.step(a, again), provision.ErrMoved)
	w.is(w.step(a, used), provision.ErrMoved)
}

func nothingBack(w *world) {
	a := w.create("ann@example.com")
	join := inAlpha("member", "Gold")
	join.Back = true
	w.is(w.step(a, join), provision.ErrMoved)
	w.is(w.step(a, change.GrantCampaign{Campaign: "alpha/launch", Back: true}), provision.ErrMoved)
	w.is(w.step(a, change.GrantProduct{Product: "reports", Back: true}), provision.ErrMoved)
}

func lastBack(w *world) {
	a := w.create("ann@example.com")
	for _, tier := range []string{"Gold", "Silver"} {
		join := inAlpha("member", tier)
		w.ok(w.step(a, join))
		w.ok(w.step(a, change.Leave{Membership: join.Membership}))
	}
	w.ok(w.step(a, change.Join{Membership: inAlpha("member", "").Membership, Back: true}))
	w.same(w.stateOf(a).Columns[0].Columns, map[string]string{"Tier": "Silver"})
}
