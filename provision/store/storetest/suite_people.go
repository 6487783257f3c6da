package storetest

import (
	"time"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
)

var peopleTrials = []trial{
	{"people are picked by brand, kind, status and run, of one organization", peoplePicked},
	{"an invite is the live link of an organization, or else the newest, with who issued it", invitesRead},
	{"what is on record of an account is read as one organization may know it", factsRead},
	{"an invite says what became of its mail", invitesMailed},
	{"what a few people of an organization have in common is read", alikeRead},
	{"other organizations and mail that waits are counted, and not named", peopleTied},
	{"brands that somebody was taken out of are told to their organization", leftRead},
}

// member makes a member of a brand.
func (w *world) member(address, brand string, kind record.Kind) string {
	w.Helper()
	a := w.create(address)
	row := provision.MembershipRow{Account: a, Brand: w.brand(brand), Kind: string(kind), Role: "member"}
	w.ok(w.apply(provision.Batch{By: w.by, Bumps: w.bump(a, false), Memberships: []provision.MembershipRow{row}}))
	return a
}

func factsRead(w *world) {
	ann := w.member("ann@example.com", "alpha", record.Creator)
	w.member("bob@example.com", "other", record.Creator)
	first := w.shown(ann)
	w.by.At = w.by.At.Add(time.Hour)
	second := w.shown(ann)
	w.ok(w.change(ann, change.OpenDashboard{}, change.Block{EndsLink: true}))
	var got provision.AccountFacts
	facts := func(organization, account string) error {
		return w.s.Snapshot(w.ctx, func(d provision.Directory) (err error) {
			got, err = d.Facts(w.ctx, organization, account)
			return err
		})
	}
	w.ok(facts(w.here.ID, ann))
	w.same(len(got.Memberships), 1)
	w.same(got.Memberships[0].Brand, "alpha")
	w.same(got.Memberships[0].Source, "suite")
	w.same(got.Links, []provision.LinkRow{w.linkOf(second.ID), w.linkOf(first.ID)})
	w.same(len(got.Blocks), 1)
	w.same(got.Blocks[0].At.Equal(w.by.At), true)
	w.same(got.Blocks[0].LiftedAt.IsZero(), true)
	w.same(got.Dashboard.At.Equal(w.by.At), true)
	w.same(got.RegisteredAt.IsZero(), true)
	w.ok(facts(w.there.ID, ann))
	w.same(len(got.Memberships)+len(got.Links)+len(got.Blocks), 0)
	w.same(got.Dashboard == nil, true)
	w.is(facts(w.here.ID, id()), provision.ErrNotFound)
}

func (w *world) pick(p provision.Picking) (ids []string) {
	w.Helper()
	w.ok(w.s.Snapshot(w.ctx, func(d provision.Directory) (err error) {
		ids, err = d.Pick(w.ctx, p)
		return err
	}))
	return ids
}

func peoplePicked(w *world) {
	ann := w.member("ann@example.com", "alpha", record.Creator)
	ben := w.member("ben@example.com", "beta", record.Client)
	cyd := w.member("cyd@example.com", "alpha", record.Creator)
	w.member("dan@example.com", "other", record.Creator)
	w.ok(w.change(cyd, change.SetStatus{From: dedupe.Created, To: dedupe.Invited}))
	r := w.open(w.run("picked", w.by.At))
	w.ok(w.s.InTx(w.ctx, func(tx provision.Tx) error {
		return tx.Record(w.ctx, r.ID, []provision.LedgerRow{{Row: 1, Outcome: provision.Created, Account: ben}})
	}))
	everywhere := []string{"alpha", "beta", "Zeta", "other"}
	for _, c := range []struct {
		by   provision.Picking
		want []string
	}{
		{provision.Picking{Brands: everywhere}, []string{ann, ben, cyd}},
		{provision.Picking{Brands: []string{"alpha"}}, []string{ann, cyd}},
		{provision.Picking{Brands: []string{"Zeta"}}, nil},
		{provision.Picking{}, nil},
		{provision.Picking{Brands: everywhere, Kind: record.Client}, []string{ben}},
		{provision.Picking{Brands: everywhere, Status: dedupe.Invited}, []string{cyd}},
		{provision.Picking{Brands: everywhere, Run: r.ID}, []string{ben}},
		{provision.Picking{Brands: []string{"alpha"}, Run: r.ID}, nil},
	} {
		c.by.Organization = w.here.ID
		w.same(w.pick(c.by), c.want)
	}
}

func peopleTied(w *world) {
	ann := w.member("ann@example.com", "alpha", record.Creator)
	ben := w.member("ben@example.com", "beta", record.Creator)
	w.ok(w.apply(provision.Batch{By: w.by, Memberships: []provision.MembershipRow{
		{Account: ann, Brand: w.brand("other"), Kind: "creator", Role: "member"},
		{Account: ann, Brand: w.brand("beta"), Kind: "creator", Role: "member"}}}))
	w.ok(w.change(ann, change.SendMail{Template: provision.ClaimedMail, Reference: "alpha"}))
	ties := func(organization string) (all []provision.Ties) {
		w.ok(w.s.Snapshot(w.ctx, func(d provision.Directory) (err error) {
			all, err = d.Ties(w.ctx, organization, []string{ben, ann, id()})
			return err
		}))
		return all
	}
	w.same(ties(w.here.ID), []provision.Ties{{Account: ann, Organizations: 1, Mails: 1, MailsOfAll: 1}})
	w.same(ties(w.there.ID)[0], provision.Ties{Account: ann, Organizations: 1, MailsOfAll: 1})
	w.same(len(ties(w.there.ID)), 2) // ben is a member of another than that one
}

func leftRead(w *world) {
	ann := w.member("ann@example.com", "alpha", record.Creator)
	ben := w.member("ben@example.com", "beta", record.Creator)
	left := func(organization string) (all map[string][]string) {
		w.ok(w.s.Snapshot(w.ctx, func(d provision.Directory) (err error) {
			all, err = d.Left(w.ctx, organization, []string{ben, ann, id()})
			return err
		}))
		return all
	}
	w.same(len(left(w.here.ID)), 0)
	w.ok(w.change(ann, change.Leave{Membership: dedupe.Membership{Brand: "alpha", Kind: record.Creator, Role: "member"}}))
	w.same(left(w.here.ID), map[string][]string{ann: {"alpha"}})
	w.same(len(left(w.there.ID)), 0)
}

func (w *world) invites(accounts ...string) (all []provision.Invite) {
	w.Helper()
	w.ok(w.s.Snapshot(w.ctx, func(d provision.Directory) (err error) {
		all, err = d.Invites(w.ctx, w.here.ID, accounts)
		return err
	}))
	return all
}

func invitesRead(w *world) {
	ada, ann, ben := w.create("ada@example.com"), w.create("ann@example.com"), w.create("ben@example.com")
	r := w.run("issued", w.by.At)
	r.Operator = ada
	r = w.open(r)
	w.by.Run = r.ID
	w.ok(w.change(ann, change.IssueLink{}))
	w.by.At = w.by.At.Add(time.Hour)
	w.ok(w.change(ann, change.IssueLink{Again: true}))
	live := w.account(ann).Link.ID
	got := w.invites(ann, ben, ann)
	w.same(len(got), 1)
	w.same([]string{got[0].ID, got[0].Account, got[0].Issuer, got[0].Run}, []string{live, ann, "Name of ada@example.com", r.ID})
	w.same(got[0].Standing(w.by.At), provision.StandingOpen)

	w.ok(w.change(ann, change.EndLink{Why: provision.EndByHand}))
	got = w.invites(ann)
	w.same([]string{got[0].ID, string(got[0].InviteState(w.by.At))}, []string{live, string(provision.InviteRevoked)})
	w.by.Organization = w.there.ID
	w.same(w.invites(), []provision.Invite(nil))
}

func invitesMailed(w *world) {
	ann := w.create("ann@example.com")
	w.ok(w.change(ann, change.IssueLink{Mail: true}, change.SendMail{Template: provision.InviteMail, About: true}))
	got := w.invites(ann)
	w.same(got[0].Mail, provision.MailQueued)
	w.same(got[0].Way(time.UTC).How, provision.WayQueued)
	w.same(got[0].InviteState(w.by.At), provision.InvitePending)
}

func alikeRead(w *world) {
	shared := func(name string) change.Change {
		return change.AddProfile{Profile: identity.Profile{Network: "website", Kind: "blog", Value: name, Shared: true}}
	}
	var few, many []string
	for _, name := range []string{"a", "b", "c", "d", "e", "f"} {
		account := w.member(name+"@example.com", "alpha", record.Creator)
		many = append(many, account)
		w.ok(w.change(account, shared("agency.example")))
	}
	few = many[:2]
	w.ok(w.change(few[0], shared("few.example"), change.AddProfile{Profile: handle("ann")}))
	w.ok(w.change(few[1], shared("few.example"), change.AddProfile{Profile: handle("ann"), Disputed: true}))
	other := w.member("other@example.com", "other", record.Creator)
	w.ok(w.change(other, shared("few.example")))
	w.ok(w.s.Snapshot(w.ctx, func(d provision.Directory) error {
		rows, err := d.Alike(w.ctx, w.here.ID, false)
		if err != nil {
			return err
		}
		website := identity.Key{Space: "website", Value: "few.example"}
		w.same(rows, []provision.KeyRow{
			{Key: handle("ann").Key(), Account: few[0]}, {Key: handle("ann").Key(), Account: few[1]},
			{Key: website, Account: few[0]}, {Key: website, Account: few[1]},
		})
		rows, err = d.Alike(w.ctx, w.there.ID, true)
		w.same(len(rows), 0)
		return err
	}))
}
