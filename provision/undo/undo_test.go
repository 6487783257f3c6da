package undo

import (
	"slices"
	"testing"
	"time"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/reason"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/pick"
)

var policy = dedupe.Policy{
	Operator:      "op",
	VisibleBrands: []string{"kitchen", "outdoor"},
	Ranks:         map[string]int{"member": 10, "lead": 50},
	Elevated:      map[string]bool{"lead": true},
	OperatorRank:  100,
	OperatorMay:   []string{provision.MayUndo, provision.MayBlock, provision.MayEdit, provision.MayReissue},
	Now:           time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC),
}

// What stands on an account, access and links are not taken by whoever may undo runs
// and nothing more, unless the run was their own.
func TestRightsOverRunsOfOthers(t *testing.T) {
	a := dedupe.Account{Version: 5, Status: dedupe.Created, OwnedHere: true, Memberships: []dedupe.Membership{outdoor},
		Campaigns: []string{"outdoor/launch"}, Products: []string{"reports"}, Link: dedupe.LinkState{ID: "00ff", Here: true},
		Attributes: map[string]map[string]string{"outdoor": {"Tier": "Silver"}},
		Email:      identity.Email{Value: "new@example.com"}}
	for name, tt := range map[string]struct {
		done  change.Change
		right string
		own   reason.Code
	}{
		"a column":   {change.SetColumns{Brand: "outdoor", From: map[string]string{"Tier": "Gold"}, To: map[string]string{"Tier": "Silver"}}, provision.MayEdit, reason.Reversed},
		"an address": {change.Readdress{To: identity.Email{Value: "new@example.com"}}, provision.MayEdit, reason.RightMissing},
		"a brand":    {change.Join{Membership: outdoor}, provision.MayBlock, reason.Reversed},
		"a campaign": {change.GrantCampaign{Campaign: "outdoor/launch"}, provision.MayBlock, reason.Reversed},
		"a product":  {change.GrantProduct{Product: "reports"}, provision.MayBlock, reason.Reversed},
		"a link":     {change.IssueLink{Link: "00ff"}, provision.MayReissue, reason.Reversed},
	} {
		t.Run(name, func(t *testing.T) {
			former := policy
			defer func() { policy = former }()
			policy.OperatorMay = []string{provision.MayUndo}
			j := judged(a, provision.Invite{}, Undo{}, entry("r1", "", 5, tt.done))
			want := []dedupe.Note{{Code: reason.NeedsRight, Said: tt.right}}
			if j.Reason != reason.RightMissing || !slices.Equal(j.Notes, want) {
				t.Errorf("of somebody else's run: %s %v, want %v", j.Reason, j.Notes, want)
			}
			if j := judged(a, provision.Invite{}, Undo{Run: provision.Run{Operator: "op"}}, entry("r1", "", 5, tt.done)); j.Reason != tt.own {
				t.Errorf("of their own run: %s, want %s", j.Reason, tt.own)
			}
			policy.OperatorMay = []string{provision.MayUndo, tt.right}
			if j := judged(a, provision.Invite{}, Undo{}, entry("r1", "", 5, tt.done)); j.Reason != reason.Reversed {
				t.Errorf("with the right: %s", j.Reason)
			}
		})
	}
}

// judged is what becomes of a person whom a run did something to.
func judged(a dedupe.Account, i provision.Invite, u Undo, entries ...provision.HistoryEntry) pick.Judgement {
	u.Run.ID = "r1"
	p, err := pastOf("r1", entries)
	if err != nil {
		panic(err)
	}
	a.ID = "a1"
	u.pasts = map[string]past{"a1": p}
	return u.Judge(pick.Person{Account: a, Invitation: i}, policy)
}

func ops(changes change.Changes) (all []string) {
	for _, c := range changes {
		all = append(all, string(c.Op()))
	}
	return all
}

// The account of somebody who has registered is theirs, and the id that the organization
// gave them is not.
func TestAnIDIsTheOrganizationsThatGaveIt(t *testing.T) {
	of := func(organization string) identity.Key {
		return identity.Key{Space: dedupe.ExternalSpace(organization), Value: "7"}
	}
	ours, theirs := of(policy.Organization), of("another")
	p := taking{Person: pick.Person{Account: dedupe.Account{ID: "a1"}, Owners: map[identity.Key]string{ours: "a1", theirs: "a1"}}, policy: policy}
	if back, why := p.turned(change.TakeKey{Key: ours}); back != (change.DropKey{Key: ours}) {
		t.Errorf("an id of ours: %v %s", back, why)
	}
	if back, why := p.turned(change.TakeKey{Key: theirs}); back != nil || why != reason.TheirsByNow {
		t.Errorf("an id of others: %v %s", back, why)
	}
}

func TestJudgements(t *testing.T) {
	made := entry("r1", "", 1, change.Create{}, change.Join{Membership: outdoor}, change.IssueLink{Link: "00ff"})
	member := dedupe.Account{Version: 1, Status: dedupe.Created, OwnedHere: true, Memberships: []dedupe.Membership{outdoor},
		Link: dedupe.LinkState{ID: "00ff", Here: true}}
	unseen := provision.Invite{LinkRow: provision.LinkRow{ID: "00ff"}}
	seen := unseen
	seen.RevealedAt = policy.Now
	with := func(alter func(*dedupe.Account)) dedupe.Account {
		a := member
		alter(&a)
		return a
	}
	known := with(func(a *dedupe.Account) { a.Version = 5 })
	raised := with(func(a *dedupe.Account) {
		a.Version = 5
		a.Memberships = []dedupe.Membership{{Brand: "outdoor", Role: "member"}}
	})
	lowers := change.SetRole{Brand: "outdoor", From: "lead", To: "member", Lowers: true}
	for name, tt := range map[string]struct {
		account dedupe.Account
		invite  provision.Invite
		undo    Undo
		entries []provision.HistoryEntry
		why     reason.Code
		ops     []string
	}{
		"an account that nobody has seen goes": {member, unseen, Undo{}, []provision.HistoryEntry{made}, reason.Reversed, []string{"unmake"}},
		"one whose link was seen stays":        {member, seen, Undo{}, []provision.HistoryEntry{made}, reason.ReversedInPart, []string{"end_link", "leave"}},
		"one whose person has begun stays": {
			with(func(a *dedupe.Account) { a.Status = dedupe.Registering }), unseen, Undo{}, []provision.HistoryEntry{made},
			reason.ReversedInPart, []string{"end_link", "leave"},
		},
		"one that another gave something stays": {
			with(func(a *dedupe.Account) { a.Memberships = []dedupe.Membership{kitchen, outdoor} }), unseen, Undo{},
			[]provision.HistoryEntry{made}, reason.ReversedInPart, []string{"leave"},
		},
		"one that was changed stays, and keeps what was": {
			with(func(a *dedupe.Account) { a.Version = 2 }), seen, Undo{},
			[]provision.HistoryEntry{made, entry("r2", "", 2, change.SetColumns{Brand: "outdoor"})}, reason.Kept, nil,
		},
		"a brand that the run did not touch": {member, seen, Undo{Brand: "kitchen"}, []provision.HistoryEntry{entry("r1", "", 1, change.Join{Membership: outdoor})}, reason.NothingLeft, nil},
		"somebody who was changed since":     {known, seen, Undo{}, []provision.HistoryEntry{entry("r1", "", 4, change.Join{Membership: outdoor}), entry("r2", "", 5, change.Fill{})}, reason.Kept, nil},
		"somebody who left since":            {with(func(a *dedupe.Account) { a.Version = 5; a.Memberships = nil }), seen, Undo{}, []provision.HistoryEntry{entry("r1", "", 5, change.Join{Membership: outdoor})}, reason.Impossible, nil},
		"a link that was ended":              {known, seen, Undo{}, []provision.HistoryEntry{entry("r1", "", 5, change.EndLink{})}, reason.Impossible, nil},
		"a role that the operator may not give": {
			raised, seen, Undo{}, []provision.HistoryEntry{entry("r1", "", 5, lowers)}, reason.NotAllowed, nil,
		},
		"a block is lifted":                          {with(func(a *dedupe.Account) { a.Version = 5; a.Blocked = true }), seen, Undo{}, []provision.HistoryEntry{entry("r1", "", 5, change.Block{})}, reason.Reversed, []string{"unblock"}},
		"a block is lifted, and its link stays dead": {with(func(a *dedupe.Account) { a.Version = 5; a.Blocked = true }), seen, Undo{}, []provision.HistoryEntry{entry("r1", "", 5, change.Block{EndsLink: true})}, reason.ReversedInPart, []string{"unblock"}},
		"a product comes back from who may grant it alone": {
			known, seen, Undo{}, []provision.HistoryEntry{entry("r1", "", 5, change.RevokeProduct{Product: "reports"})}, reason.NotAllowed, nil,
		},
		"accounts that were joined": {
			known, seen, Undo{}, []provision.HistoryEntry{entry("r1", "", 5, change.Merge{Account: "a2"}, change.TakeKey{})}, reason.Impossible, nil,
		},
		"a role that is no more": {
			raised, seen, Undo{}, []provision.HistoryEntry{entry("r1", "", 5, change.SetRole{Brand: "outdoor", From: "gone", To: "member"})},
			reason.Impossible, nil,
		},
		"a campaign that is put away": {
			known, seen, Undo{}, []provision.HistoryEntry{entry("r1", "", 5, change.RevokeCampaign{Campaign: "outdoor/old"})}, reason.Impossible, nil,
		},
		"a campaign that is there": {
			known, seen, Undo{Campaigns: []string{"outdoor/old"}},
			[]provision.HistoryEntry{entry("r1", "", 5, change.RevokeCampaign{Campaign: "outdoor/old"})}, reason.Reversed, []string{"grant_campaign"},
		},
		"a link that another run issued ends with the last brand": {
			known, seen, Undo{}, []provision.HistoryEntry{entry("r1", "", 5, change.Join{Membership: outdoor})}, reason.Reversed, []string{"leave", "end_link"},
		},
		"a link in place of a live one": {
			known, seen, Undo{}, []provision.HistoryEntry{entry("r1", "", 5, change.IssueLink{Link: "00ff", Live: true})}, reason.ReversedInPart, []string{"end_link"},
		},
		"what a list took away comes back": {
			with(func(a *dedupe.Account) { a.Version = 5; a.Memberships = nil }), seen, Undo{},
			[]provision.HistoryEntry{entry("r1", "", 5, change.Leave{Membership: outdoor}, change.Disown{Source: "hr", What: provision.MembershipGrant, Target: "outdoor"},
				change.Attend{Source: "hr"})}, reason.Reversed, []string{"attend", "own", "join"},
		},
		"but what its source came to know since stays": {
			with(func(a *dedupe.Account) { a.Version = 5; a.Memberships = nil }), seen, Undo{},
			[]provision.HistoryEntry{entry("r1", "", 5, change.Leave{Membership: outdoor}, change.Attend{Source: "hr"}),
				entry("r2", "", 0, change.Attend{Source: "hr"})}, reason.Reversed, []string{"join"},
		},
		"nor is that whom it knows, while it knows of what somebody took away": {
			with(func(a *dedupe.Account) { a.Version = 2; a.Memberships = nil }), seen, Undo{},
			[]provision.HistoryEntry{
				entry("r1", "", 1, change.Create{}, change.Join{Membership: outdoor},
					change.Own{Source: "hr", What: provision.MembershipGrant, Target: "outdoor"}, change.Attend{Source: "hr"}),
				entry("r2", "", 2, change.Leave{Membership: outdoor}),
			}, reason.Kept, nil,
		},
		"nobody above the operator": {
			with(func(a *dedupe.Account) { a.Memberships = []dedupe.Membership{{Brand: "outdoor", Role: "boss"}} }), seen, Undo{},
			[]provision.HistoryEntry{made}, reason.NotAllowed, nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := policy
			p.Ranks["boss"] = 200
			j := judged(tt.account, tt.invite, tt.undo, tt.entries...)
			if j.Reason != tt.why || !slices.Equal(ops(j.Changes), tt.ops) {
				t.Errorf("%s %v, want %s %v", j.Reason, ops(j.Changes), tt.why, tt.ops)
			}
			if len(j.Changes) > 0 && j.Undoes != "r1" {
				t.Errorf("it does not say what it takes back: %q", j.Undoes)
			}
		})
	}
}
