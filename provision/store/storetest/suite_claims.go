package storetest

import (
	"time"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/provision"
	"muster/provision/change"
)

var claimTrials = []trial{
	{"a link is used once, and what its person says is kept", claimed},
	{"a link that is over, or has not begun, is not used", claimedTooLateOrEarly},
	{"whoever a link is for is read with what the page says", claimantRead},
	{"openings are counted, and the first is kept", openingsCounted},
	{"a link that somebody else may have seen proves no mailbox", claimedUnseen},
	{"whoever asks for a link is read with what decides about it", askerRead},
}

var mailTrials = []trial{
	{"a mail is queued once, and cancelled when its link ends", mailCancelled},
	{"the mails of a run are counted that wait", mailsOfARun},
	{"nobody is invited to the dashboard twice", dashboardOnce},
	{"a link is handed over while it lives", handedOver},
}

// shown issues a link to an account and shows it.
func (w *world) shown(account string) provision.LinkRow {
	w.Helper()
	w.ok(w.change(account, change.IssueLink{}))
	l := w.linkOf(w.account(account).Link.ID)
	w.ok(w.s.StartLinks(w.ctx, []provision.LinkRow{l}, w.by.At, true))
	return w.linkOf(l.ID)
}

func (w *world) linkOf(id string) provision.LinkRow {
	w.Helper()
	links, err := w.s.Links(w.ctx, []string{id})
	w.ok(err)
	w.same(len(links), 1)
	return links[0]
}

// redemption is what uses a link up.
func redemption(l provision.LinkRow) change.Changes {
	return change.Changes{
		change.Redeem{Link: l.ID},
		change.SetPassword{Hash: "$argon2id$", Verified: true, Registers: true},
		change.SetStatus{To: dedupe.Registered},
		change.Answer{Name: "size", Value: "M"},
		change.Agree{Document: "terms", Version: "2"},
		change.Agree{Document: "terms", Version: "2"},
	}
}

func claimed(w *world) {
	a := w.create("ann@example.com")
	l := w.shown(a)
	w.ok(w.change(a, redemption(l)...))
	w.is(w.change(a, redemption(l)...), provision.ErrMoved)
	used := w.linkOf(l.ID)
	w.same(used.State, provision.RedeemedState)
	w.same(used.Standing(w.by.At), provision.StandingUsed)
	w.same(used.EndedAt.Equal(w.by.At), true)
	w.same(used.AccountEpoch, l.Epoch+1)
	c, err := w.s.Claimant(w.ctx, l.ID)
	w.ok(err)
	w.same(c.Link.AccountPasswordAt.Equal(w.by.At), true)
	w.same(w.account(a).OwnedHere, false)
	w.same(c.Answers, map[string]string{"size": "M"})
	w.same(c.Agreed, map[string]string{"terms": "2"})
	w.same(w.account(a).Status, dedupe.Registered)
	w.ok(w.change(a, change.Answer{Name: "size", Value: "L"}))
	c, err = w.s.Claimant(w.ctx, l.ID)
	w.ok(err)
	w.same(c.Answers, map[string]string{"size": "L"})
}

func claimedTooLateOrEarly(w *world) {
	a := w.create("ann@example.com")
	w.ok(w.change(a, change.IssueLink{}))
	unseen := w.linkOf(w.account(a).Link.ID)
	w.is(w.change(a, change.Redeem{Link: unseen.ID}), provision.ErrMoved)
	w.ok(w.s.StartLinks(w.ctx, []provision.LinkRow{unseen}, w.by.At, false))
	l := w.linkOf(unseen.ID)
	now := w.by.At
	w.by.At = l.ExpiresAt
	w.is(w.change(a, change.Redeem{Link: l.ID}), provision.ErrMoved)
	w.by.At = l.ExpiresAt.Add(-time.Microsecond)
	w.is(w.change(w.create("bob@example.com"), change.Redeem{Link: l.ID}), provision.ErrMoved)
	w.ok(w.change(a, change.Redeem{Link: l.ID}))

	b := w.create("carl@example.com")
	later := w.link(b, 1)
	later.Email = "carl@example.com"
	later.NotBefore = now.Add(time.Hour)
	w.by.At = now
	w.ok(w.apply(provision.Batch{By: w.by, Bumps: w.bump(b, true), Links: []provision.LinkRow{later}}))
	w.ok(w.s.StartLinks(w.ctx, []provision.LinkRow{later}, now, true))
	got := w.linkOf(later.ID)
	w.same(got.Standing(now), provision.StandingNotYet)
	w.same(got.ExpiresAt.Equal(later.NotBefore.Add(later.Lifetime).Truncate(time.Second)), true)
	w.is(w.change(b, change.Redeem{Link: later.ID}), provision.ErrMoved)
	w.by.At = later.NotBefore
	w.ok(w.change(b, change.Redeem{Link: later.ID}))
}

func claimantRead(w *world) {
	a := w.create("ann@example.com")
	w.ok(w.change(a, change.AddProfile{Profile: handle("ann")}))
	w.ok(w.change(a, change.GrantCampaign{Campaign: "beta/launch"}))
	l := w.shown(a)
	c, err := w.s.Claimant(w.ctx, l.ID)
	w.ok(err)
	w.same(c.Link, l)
	w.same(c.Organization.Slug, "here")
	w.same(c.Version, w.account(a).Version)
	w.same(len(c.Handles), 1)
	w.same(len(c.Memberships), len(w.account(a).Memberships))
	w.same(c.Link.AccountPasswordAt.IsZero(), true)
	_, err = w.s.Claimant(w.ctx, newLinkID())
	w.is(err, provision.ErrNotFound)
}

func claimedUnseen(w *world) {
	a := w.create("ann@example.com")
	handed := w.shown(a)
	w.is(w.change(a, change.Redeem{Link: handed.ID, Unseen: true}), provision.ErrMoved)
	w.ok(w.change(a, change.IssueLink{Mail: true}))
	mailed := w.linkOf(w.account(a).Link.ID)
	w.ok(w.s.StartLinks(w.ctx, []provision.LinkRow{mailed}, w.by.At, false))
	w.same(w.linkOf(mailed.ID).ProvesMailbox(), true)
	w.ok(w.s.StartLinks(w.ctx, []provision.LinkRow{mailed}, w.by.At, true))
	w.same(w.linkOf(mailed.ID).ProvesMailbox(), false)
	w.is(w.change(a, change.Redeem{Link: mailed.ID, Unseen: true}), provision.ErrMoved)
	w.ok(w.change(a, change.Redeem{Link: mailed.ID}))
}

func askerRead(w *world) {
	a := w.create("ann@example.com")
	ask := func(organization string, key identity.Key) (provision.Asker, error) {
		return w.s.Asker(w.ctx, organization, key, w.by.At.Add(-time.Hour))
	}
	asker, err := ask("here", emailKey("ann@example.com"))
	w.ok(err)
	w.same(asker.Account, a)
	w.same(asker.Organization.ID, w.here.ID)
	w.same(asker.Status, dedupe.Created)
	w.same(asker.Email, "ann@example.com")
	w.same(asker.Blocked, false)
	w.same(asker.Live.ID, "")
	w.same(asker.Last.ID, "")
	w.same(len(asker.Mailed), 0)

	own := identity.Key{Space: dedupe.AccountSpace, Value: a}
	w.ok(w.change(a, change.IssueLink{Mail: true}, change.SendMail{Template: provision.InviteMail, About: true}))
	w.ok(w.change(a, change.SendMail{Template: "claimed", Reference: "run 1"}))
	asker, err = ask("here", own)
	w.ok(err)
	w.same(asker.Version, w.account(a).Version)
	w.same(asker.Live, w.linkOf(asker.Live.ID))
	w.same(asker.Last, asker.Live)
	w.same(asker.Epoch, asker.Live.AccountEpoch)
	first := asker.Live.ID
	w.same(len(asker.Mailed), 1)
	w.same(asker.Mailed[0].Equal(w.by.At), true)
	w.ok(w.change(a, change.Block{EndsLink: true}))
	asker, err = ask("here", own)
	w.ok(err)
	w.same(asker.Blocked, true)
	w.same(asker.Live.ID, "")
	w.same(asker.Last, w.linkOf(first))
	w.same(asker.Last.EndReason, provision.EndBlocked)

	for _, nobody := range []struct {
		organization string
		key          identity.Key
	}{
		{"here", emailKey("bob@example.com")}, {"nowhere", own}, {"there", own}, {"here", identity.Key{Space: dedupe.AccountSpace, Value: id()}},
	} {
		_, err := ask(nobody.organization, nobody.key)
		w.is(err, provision.ErrNotFound)
	}
}

func openingsCounted(w *world) {
	a := w.create("ann@example.com")
	l := w.shown(a)
	version := w.account(a).Version
	w.ok(w.s.CountOpening(w.ctx, l.ID, w.by.At))
	w.ok(w.s.CountOpening(w.ctx, l.ID, w.by.At.Add(time.Hour)))
	got := w.linkOf(l.ID)
	w.same(got.Openings, 2)
	w.same(got.OpenedAt.Equal(w.by.At), true)
	w.same(w.account(a).Version, version)
}

// mails are the mails of the organization by template and state.
func (w *world) mails() map[string]int {
	w.Helper()
	all, err := w.s.MailCounts(w.ctx, w.here.ID)
	w.ok(err)
	counts := map[string]int{}
	for _, c := range all {
		counts[c.Template+" "+string(c.State)] = c.Mails
	}
	return counts
}

func mailsOfARun(w *world) {
	waiting := func(want int) {
		w.Helper()
		n, err := w.s.WaitingMails(w.ctx, w.by.Run)
		w.ok(err)
		w.same(n, want)
	}
	w.by.Run = id()
	waiting(0)
	a, b := w.create("ann@example.com"), w.create("bob@example.com")
	w.ok(w.change(a, change.SendMail{Template: "claimed", Brand: "alpha"}))
	l := w.shown(b)
	w.ok(w.change(b, change.SendMail{Template: "invite", Link: l.ID, About: true}))
	waiting(2)
	w.ok(w.change(b, change.EndLink{Why: provision.EndByHand}))
	waiting(1)
	w.by.Run = id()
	waiting(0)
}

func mailCancelled(w *world) {
	about := func(l provision.LinkRow) change.SendMail {
		return change.SendMail{Template: "invite", Link: l.ID, About: true}
	}
	ends := map[string]change.Change{
		"ann@example.com":  change.EndLink{Why: provision.EndByHand},
		"bob@example.com":  change.Block{EndsLink: true},
		"carl@example.com": change.Readdress{From: email("carl@example.com"), To: email("new@example.com")},
		"dana@example.com": change.IssueLink{},
	}
	n := 0
	for address, end := range ends {
		a := w.create(address)
		l := w.shown(a)
		w.ok(w.change(a, about(l)))
		w.ok(w.change(a, about(l)))
		w.same(w.mails()["invite queued"], 1)
		w.ok(w.change(a, end))
		n++
		w.same(w.mails(), map[string]int{"invite cancelled": n})
	}
	kept := w.create("eve@example.com")
	w.ok(w.change(kept, change.IssueLink{Mail: true}, change.SendMail{Template: "invite", About: true}))
	w.ok(w.change(kept, change.SendMail{Template: "claimed", Reference: "run 1"}))
	w.same(w.linkOf(w.account(kept).Link.ID).Channel, provision.ByMail)
	w.ok(w.change(kept, change.EndLink{Why: provision.EndByHand}))
	w.same(w.mails(), map[string]int{"claimed queued": 1, "invite cancelled": n + 1})
}

func dashboardOnce(w *world) {
	a := w.create("ann@example.com")
	invite := func(run string) error {
		return w.change(a, change.SendMail{Template: "dashboard", Reference: run}, change.OpenDashboard{})
	}
	w.ok(invite("run 1"))
	w.ok(invite("run 2"))
	w.same(w.mails(), map[string]int{"dashboard queued": 1})

	// A link goes out all the same.
	w.ok(w.change(a, change.IssueLink{Mail: true}, change.SendMail{Template: "dashboard", About: true}, change.OpenDashboard{}))
	w.same(w.mails(), map[string]int{"dashboard queued": 1, "invite queued": 1})
}

func handedOver(w *world) {
	a := w.create("ann@example.com")
	l := w.shown(a)
	w.ok(w.change(a, change.HandOver{Link: l.ID}))
	now := w.by.At
	w.by.At = now.Add(time.Hour)
	w.ok(w.change(a, change.HandOver{Link: l.ID}))
	w.same(w.linkOf(l.ID).HandedOverAt.Equal(now), true)
	w.ok(w.change(a, change.EndLink{Why: provision.EndByHand}))
	w.is(w.change(a, change.HandOver{Link: l.ID}), provision.ErrMoved)
}
