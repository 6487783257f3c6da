package source_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"muster/dedupe"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/source"
)

var policy = dedupe.Policy{
	Brand: "b1", VisibleBrands: []string{"b1", "b2"}, OperatorRank: 100,
	Ranks:        map[string]int{"member": 10, "editor": 30, "manager": 50, "owner": 200},
	DefaultRoles: map[record.Kind]string{record.Staff: "member"},
}

func grant(what provision.GrantKind, target string) source.Owned {
	return source.Owned{Grant: source.Grant{What: what, Target: target}}
}

var (
	membership = grant(provision.MembershipGrant, "b1")
	spring     = grant(provision.CampaignGrant, "b1/spring")
	chat       = grant(provision.ProductGrant, "chat")
	raised     = source.Owned{Grant: source.Grant{What: provision.RoleGrant, Target: "b1"}, Former: "member", Given: "manager"}
)

func in(role string) []dedupe.Membership {
	return []dedupe.Membership{{Brand: "b1", Kind: record.Staff, Role: role}}
}

// account is somebody who is there.
func account(memberships []dedupe.Membership, campaigns ...string) dedupe.Account {
	return dedupe.Account{ID: "a", Version: 3, Memberships: memberships, Campaigns: campaigns}
}

func here(absences int) *provision.SourcePerson {
	return &provision.SourcePerson{Account: "a", Absences: absences, Run: "r"}
}

// wants is what the rows ask for, in the brand of the policy.
func wants(w dedupe.Wanted) dedupe.Wanted {
	w.Kind = record.Staff
	if w.Brands == nil {
		w.Brands = []string{"b1"}
	}
	return w
}

func unchanged(notes ...dedupe.Note) change.Step {
	s := change.Step{Rows: []int{1}, Account: "a", First: change.Verdict{Outcome: provision.Unchanged, Reason: reason.NothingNew}}
	if len(notes) > 0 {
		s.Detail = &provision.Detail{Notes: notes}
	}
	return s
}

func step(o provision.Outcome, changes ...change.Change) change.Step {
	return change.Step{Rows: []int{1}, Account: "a", Action: change.UpdateAction, Changes: changes,
		First: change.Verdict{Outcome: o, Reason: reason.AccessAdded}}
}

// told says what a step does, in short.
func told(s change.Step) string {
	parts := []string{string(s.First.Outcome) + " " + string(s.First.Reason)}
	for _, c := range s.Changes {
		text, _ := json.Marshal(change.Changes{c})
		plain := strings.NewReplacer(`"`, "", "{", "", "}", "", "[", "", "]", "").Replace(string(text))
		parts = append(parts, strings.NewReplacer("op:", "", ",source:hr", "").Replace(plain))
	}
	if s.Detail != nil {
		for _, n := range s.Detail.Notes {
			parts = append(parts, fmt.Sprintf("note %s %s", n.Code, n.Said))
		}
	}
	return strings.Join(parts, "; ")
}

func TestKeep(t *testing.T) {
	join := change.Join{Membership: in("member")[0]}
	for name, c := range map[string]struct {
		step change.Step
		of   source.Standing
		want string
	}{
		"somebody new is the source's with all they get": {
			step: step(provision.Created, change.Create{}, join, change.GrantCampaign{Campaign: "b1/spring"}, change.GrantProduct{Product: "chat"}),
			of:   source.Standing{Wanted: wants(dedupe.Wanted{Campaigns: []string{"b1/spring"}, Products: []string{"chat"}})},
			want: "created access_added; create; join,brand:b1,kind:staff,role:member; grant_campaign,campaign:b1/spring; " +
				"grant_product,product:chat; own,what:membership,target:b1; own,what:campaign,target:b1/spring; " +
				"own,what:product,target:chat; attend,to:",
		},
		"what was there before is nobody's": {
			step: unchanged(), of: source.Standing{Account: account(in("member")), Wanted: wants(dedupe.Wanted{})},
			want: "unchanged nothing_new; attend,to:",
		},
		"what an import brought is adopted where that is wanted": {
			step: unchanged(),
			of: source.Standing{Account: account(in("member")), Wanted: wants(dedupe.Wanted{}), Person: here(0),
				Imported: []source.Grant{membership.Grant}},
			want: "unchanged adopted; own,what:membership,target:b1",
		},
		"what another source gave is both of theirs": {
			step: unchanged(),
			of:   source.Standing{Account: account(in("member")), Wanted: wants(dedupe.Wanted{}), Person: here(0), Others: []source.Owned{membership}},
			want: "unchanged nothing_new; own,what:membership,target:b1",
		},
		"the second night does nothing": {
			step: unchanged(),
			of:   source.Standing{Account: account(in("member")), Wanted: wants(dedupe.Wanted{}), Person: here(0), Own: []source.Owned{membership}, Complete: true},
			want: "unchanged nothing_new",
		},
		"who was missing once is there again": {
			step: unchanged(),
			of:   source.Standing{Account: account(in("member")), Wanted: wants(dedupe.Wanted{}), Person: here(1), Own: []source.Owned{membership}},
			want: "unchanged nothing_new; attend,from:absences:1,run:r,to:",
		},
		"a row that is held stays as it is": {
			step: change.Step{Rows: []int{1}, First: change.Verdict{Outcome: provision.Review, Reason: reason.LooksLike}},
			of:   source.Standing{Person: here(1), Wanted: wants(dedupe.Wanted{})},
			want: "review looks_like",
		},
		"what was taken by hand is not given again": {
			step: step(provision.Claimed, join, change.SendMail{Template: "claimed"}),
			of:   source.Standing{Account: account(nil), Wanted: wants(dedupe.Wanted{}), Person: here(0), Own: []source.Owned{membership}},
			want: "unchanged taken_by_hand; note taken_by_hand membership b1",
		},
		"who was asked and has not answered is told again, and that is no drift": {
			step: step(provision.Claimed, change.Offer{Offer: dedupe.Offer{Membership: in("member")[0]}}),
			of: source.Standing{Account: dedupe.Account{ID: "a", Offers: []dedupe.OpenOffer{{Brand: "b1"}}},
				Wanted: wants(dedupe.Wanted{}), Person: here(0), Own: []source.Owned{membership}},
			want: "claimed access_added; offer,brand:b1,kind:staff,role:member",
		},
		"a campaign that the rows name no longer goes": {
			step: unchanged(),
			of: source.Standing{Account: account(in("member"), "b1/spring", "b1/summer"), Wanted: wants(dedupe.Wanted{Campaigns: []string{"b1/summer"}}),
				Person: here(0), Own: []source.Owned{membership, spring, grant(provision.CampaignGrant, "b1/summer")}, Complete: true},
			want: "updated no_longer_named; disown,what:campaign,target:b1/spring; revoke_campaign,campaign:b1/spring",
		},
		"not one that another of the list names who leads to the account": {
			step: unchanged(),
			of: source.Standing{Account: account(in("member"), "b1/spring", "b1/summer"), Wanted: wants(dedupe.Wanted{Campaigns: []string{"b1/summer"}}),
				Listed: &dedupe.Wanted{Brands: []string{"b1"}, Campaigns: []string{"b1/spring", "b1/summer"}},
				Person: here(0), Own: []source.Owned{membership, spring, grant(provision.CampaignGrant, "b1/summer")}, Complete: true},
			want: "unchanged nothing_new",
		},
		"nor one that an other takes away": {
			step: unchanged(),
			of: source.Standing{Account: account(in("member"), "b1/spring", "b1/summer"), Wanted: wants(dedupe.Wanted{Campaigns: []string{"b1/summer"}}),
				Listed: &dedupe.Wanted{Brands: []string{"b1"}, Campaigns: []string{"b1/summer"}}, Follows: true,
				Person: here(0), Own: []source.Owned{membership, spring, grant(provision.CampaignGrant, "b1/summer")}, Complete: true},
			want: "unchanged nothing_new",
		},
		"who follows another of the list says nothing of what the source knows": {
			step: unchanged(),
			of: source.Standing{Account: account(in("member")), Wanted: wants(dedupe.Wanted{}), Follows: true,
				Imported: []source.Grant{membership.Grant}},
			want: "unchanged nothing_new",
		},
		"not where another source gives it": {
			step: unchanged(),
			of: source.Standing{Account: account(in("member"), "b1/spring"), Wanted: wants(dedupe.Wanted{Campaigns: []string{"b1/summer"}}),
				Person: here(0), Own: []source.Owned{membership, spring}, Others: []source.Owned{spring}, Complete: true},
			want: "unchanged nothing_new; disown,what:campaign,target:b1/spring",
		},
		"not where the list cannot be trusted": {
			step: unchanged(),
			of: source.Standing{Account: account(in("member"), "b1/spring"), Wanted: wants(dedupe.Wanted{Campaigns: []string{"b1/summer"}}),
				Person: here(0), Own: []source.Owned{membership, spring}},
			want: "unchanged nothing_new",
		},
		"a blank cell takes nothing away": {
			step: unchanged(),
			of: source.Standing{Account: account(in("member"), "b1/spring"), Wanted: wants(dedupe.Wanted{}), Person: here(0),
				Own: []source.Owned{membership, spring, chat}, Complete: true},
			want: "unchanged nothing_new; note taken_by_hand product chat",
		},
		"a brand that is not named goes with its campaigns": {
			step: unchanged(),
			of: source.Standing{Account: account(in("member"), "b1/spring"), Wanted: wants(dedupe.Wanted{Brands: []string{"b2"}, Named: true}),
				Person: here(0), Own: []source.Owned{membership, spring}, Complete: true},
			want: "updated no_longer_named; disown,what:membership,target:b1; disown,what:campaign,target:b1/spring; leave,brand:b1,kind:staff,role:member",
		},
		"not in a brand that the operator does not see": {
			step: unchanged(),
			of: source.Standing{
				Account: dedupe.Account{ID: "a", Version: 3, Campaigns: []string{"b9/winter"},
					Memberships: append(in("member"), dedupe.Membership{Brand: "b9", Kind: record.Staff, Role: "member"})},
				Wanted: wants(dedupe.Wanted{Brands: []string{"b1"}, Named: true, Campaigns: []string{"b1/summer"}}), Person: here(0),
				Own:      []source.Owned{membership, grant(provision.MembershipGrant, "b9"), grant(provision.CampaignGrant, "b9/winter")},
				Complete: true},
			want: "unchanged nothing_new",
		},
		"not an administrator": {
			step: unchanged(),
			of: source.Standing{Account: account(in("manager")), Wanted: wants(dedupe.Wanted{Role: "member"}), Person: here(0),
				Own: []source.Owned{membership, raised}, Complete: true, Administers: true},
			want: "unchanged nothing_new",
		},
		"a role that the list raised goes down to what it was": {
			step: unchanged(dedupe.Note{Code: reason.RoleLower, Said: "member"}),
			of: source.Standing{Account: account(in("manager")), Wanted: wants(dedupe.Wanted{Role: "member"}), Person: here(0),
				Own: []source.Owned{membership, raised}, Complete: true},
			want: "updated no_longer_named; disown,what:role,target:b1,former:member,given:manager; role,brand:b1,from:manager,to:member,lowers:true",
		},
		"and not below what the rows say": {
			step: unchanged(),
			of: source.Standing{Account: account(in("manager")), Wanted: wants(dedupe.Wanted{Role: "editor"}), Person: here(0),
				Own: []source.Owned{membership, raised}, Complete: true},
			want: "updated no_longer_named; disown,what:role,target:b1,former:member,given:manager; role,brand:b1,from:manager,to:editor,lowers:true",
		},
		"a role that somebody raised further stays": {
			step: unchanged(),
			of: source.Standing{Account: account(in("owner")), Wanted: wants(dedupe.Wanted{Role: "manager"}), Person: here(0),
				Own: []source.Owned{membership, raised}, Complete: true},
			want: "unchanged nothing_new; note raised_by_hand role owner in b1",
		},
		"what somebody gave beside is told": {
			step: unchanged(),
			of: source.Standing{Account: account(in("member"), "b1/spring", "b2/spring"), Wanted: wants(dedupe.Wanted{}), Person: here(0),
				Own: []source.Owned{membership}, Complete: true},
			want: "unchanged nothing_new; note granted_by_hand campaign b1/spring",
		},
		"who is back has again what they had": {
			step: step(provision.Claimed, change.Join{Membership: in("member")[0], Attributes: json.RawMessage(`{"Tier":"Gold"}`)},
				change.GrantCampaign{Campaign: "b1/spring"}, change.SendMail{Template: "claimed"}),
			of: source.Standing{Account: account(nil), Wanted: wants(dedupe.Wanted{Campaigns: []string{"b1/spring"}}), Person: here(2),
				Ended: source.Ended{Campaigns: []string{"b1/spring"}, Products: []string{"chat"},
					Memberships: []source.EndedMembership{{Membership: in("editor")[0], Columns: map[string]string{"Tier": "Silver", "Size": "M"}}}}},
			want: "updated reinstated; join,brand:b1,kind:staff,role:editor,back:true; grant_campaign,campaign:b1/spring,back:true; " +
				"columns,brand:b1,from:Tier:Silver,to:Tier:Gold,rest:Size:M; grant_product,product:chat,back:true; " +
				"own,what:membership,target:b1; own,what:role,target:b1,former:member,given:editor; own,what:campaign,target:b1/spring; " +
				"own,what:product,target:chat; attend,from:absences:2,run:r,to:",
		},
		"nobody gets back what the operator may not give": {
			step: step(provision.Claimed, join),
			of: source.Standing{Account: account(nil), Wanted: wants(dedupe.Wanted{}), Person: here(2),
				Ended: source.Ended{Memberships: []source.EndedMembership{{Membership: in("owner")[0]}}}},
			want: "claimed access_added; join,brand:b1,kind:staff,role:member; own,what:membership,target:b1; attend,from:absences:2,run:r,to:",
		},
	} {
		t.Run(name, func(t *testing.T) {
			c.of.Source = "hr"
			if got := told(source.Keep(c.step, c.of, policy)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestMissing(t *testing.T) {
	link := dedupe.LinkState{Ever: true, ID: "l", Here: true}
	for name, c := range map[string]struct {
		of   source.Standing
		want string
	}{
		"for the first time nothing is taken away": {
			of:   source.Standing{Account: account(in("member")), Person: here(0), Own: []source.Owned{membership}},
			want: "unchanged missing_once; attend,from:run:r,to:absences:1",
		},
		"who has nothing by the source keeps it, and is told so at once": {
			of:   source.Standing{Account: account(in("member")), Person: here(0)},
			want: "unchanged nothing_given; attend,from:run:r,to:absences:1",
		},
		"and the second time": {
			of:   source.Standing{Account: account(in("member")), Person: here(1)},
			want: "unchanged nothing_given; attend,from:absences:1,run:r,to:absences:2",
		},
		"nor by the same list once more": {
			of:   source.Standing{Account: account(in("member")), Person: here(1), Own: []source.Owned{membership}, Again: true},
			want: "unchanged missing_once",
		},
		"the second time all that the source gave is": {
			of: source.Standing{Account: dedupe.Account{ID: "a", Memberships: in("manager"), Campaigns: []string{"b1/spring"}, Products: []string{"chat"}, Link: link},
				Person: here(1), Own: []source.Owned{membership, spring, chat, raised}},
			want: "removed absent_from_list; disown,what:membership,target:b1; disown,what:campaign,target:b1/spring; disown,what:product,target:chat; " +
				"disown,what:role,target:b1,former:member,given:manager; leave,brand:b1,kind:staff,role:manager; revoke_product,product:chat; " +
				"attend,from:absences:1,run:r,to:absences:2; end_link,why:removed; stop_mail",
		},
		"what another source gives stays, and the role goes down": {
			of: source.Standing{Account: account(in("manager")), Person: here(1), Own: []source.Owned{membership, raised}, Others: []source.Owned{membership}},
			want: "removed absent_from_list; disown,what:membership,target:b1; disown,what:role,target:b1,former:member,given:manager; " +
				"role,brand:b1,from:manager,to:member,lowers:true; attend,from:absences:1,run:r,to:absences:2",
		},
		"what somebody took away before is no more the source's": {
			of:   source.Standing{Account: account(nil), Person: here(1), Own: []source.Owned{membership}},
			want: "unchanged kept_elsewhere; disown,what:membership,target:b1; attend,from:absences:1,run:r,to:absences:2; stop_mail",
		},
		"who was removed is removed": {
			of: source.Standing{Account: account(nil), Person: here(2)}, want: "",
		},
		"an administrator stays": {
			of:   source.Standing{Account: account(in("editor")), Person: here(1), Own: []source.Owned{membership}},
			want: "unchanged administrator_missing",
		},
		"who may do more than the operator stays": {
			of:   source.Standing{Account: account(in("owner")), Person: here(1), Own: []source.Owned{membership}},
			want: "unchanged missing_out_of_reach",
		},
		"who is in a brand that the operator does not see stays": {
			of: source.Standing{Account: account([]dedupe.Membership{{Brand: "b9", Kind: record.Staff, Role: "member"}}), Person: here(1),
				Own: []source.Owned{grant(provision.MembershipGrant, "b9")}},
			want: "unchanged missing_out_of_reach",
		},
	} {
		t.Run(name, func(t *testing.T) {
			c.of.Source = "hr"
			got, is := source.Missing(c.of, []string{"editor"}, policy)
			if text := told(got); is && text != c.want || !is && c.want != "" {
				t.Errorf("got  %s\nwant %s", text, c.want)
			}
		})
	}
}
