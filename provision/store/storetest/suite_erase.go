package storetest

import (
	"slices"
	"strings"
	"testing"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
)

// RunPrivacy runs the part of the suite that the role of runs is not granted:
// who is erased, who is joined with another account, and which go again that a
// run made.
func RunPrivacy(t *testing.T, open func(t *testing.T) provision.Store) {
	try(t, open, eraseTrials, mergeTrials, undoTrials)
}

var eraseTrials = []trial{
	{"of whoever is erased nothing stays but marks and the bare ledger", erasedWhole},
	{"what others hold of an account stays theirs", erasedHere},
	{"a mark holds for the organization, or for the platform", erasedMarks},
	{"a mark that is lifted is met no more, and no other is lifted with it", marksLifted},
	{"rows that mention whoever is erased lose their details", mentionsErased},
	{"what was decided with somebody before one's eyes goes with them", evidenceErased},
	{"whoever is erased is named by no run and no mail that they had sent", operatorErased},
	{"everything that is kept of a person is read, and nobody else's", keptRead},
	{"whoever else holds an account is counted", heldElsewhere},
}

// lived is somebody of whom everything is kept that can be.
func (w *world) lived(name string) string {
	w.Helper()
	a := w.create(name + "@example.com")
	w.by.Run = w.startRun()
	external := identity.Key{Space: dedupe.ExternalSpace(w.here.ID), Value: "id of " + name}
	page := identity.Profile{Network: "website", Kind: "blog", Value: name + ".example", Shared: true}
	w.ok(w.change(a, inAlpha("manager", "Tier of "+name), change.TakeKey{Key: external},
		change.AddProfile{Profile: handle(name)}, change.AddProfile{Profile: page},
		change.GrantCampaign{Campaign: "alpha/launch"}, change.GrantCampaign{Campaign: "beta/launch"},
		change.GrantProduct{Product: "reports"}, change.OpenDashboard{}))
	w.ok(w.change(a, change.RevokeCampaign{Campaign: "beta/launch"},
		change.Readdress{From: email(name + "@example.com"), To: email("new." + name + "@example.com")}))
	w.ok(w.change(a, change.TakeKey{Key: emailKey("new." + name + "@example.com")}))
	l := w.shown(a)
	w.ok(w.change(a, change.SendMail{Template: "invite", Link: l.ID, About: true}))
	w.ok(w.change(a, redemption(l)...))
	said := memory("digest of "+name, "record of "+name)
	said.Choice = dedupe.ChooseClaim
	said.Note = "Note on " + name
	w.ok(w.change(a, change.Remember{Memory: said}))
	w.ok(w.change(a, attends(nil, &provision.Attendance{}),
		change.Own{Source: "hr", What: provision.CampaignGrant, Target: "alpha/launch"}))
	w.ok(w.s.InTx(w.ctx, func(tx provision.Tx) error {
		missing := provision.Removal{N: 1, Account: a, Outcome: provision.Unchanged, Reason: "nothing_new"}
		if err := tx.RecordRemovals(w.ctx, w.by.Run, []provision.Removal{missing}); err != nil {
			return err
		}
		return tx.Record(w.ctx, w.by.Run, []provision.LedgerRow{
			{Row: 1, Outcome: provision.Created, Account: a, Link: l.ID, Person: "mark of " + name,
				Detail: &provision.Detail{Notes: []dedupe.Note{{Code: "name_differs", Said: "Said of " + name}}}},
		})
	}))
	return a
}

// startRun opens a run of the first organization.
func (w *world) startRun() string {
	w.Helper()
	r, _, err := w.s.OpenRun(w.ctx, provision.Run{ID: id(), Kind: "import", Fingerprint: id(), Organization: w.here.ID, StartedAt: w.by.At})
	w.ok(err)
	return r.ID
}

func (w *world) erase(account string, whole bool, marks ...string) {
	w.Helper()
	w.ok(w.change(account, change.Erase{Whole: whole, Marks: marks}))
}

func (w *world) kept(organization, account string, own bool) (all []provision.Kept) {
	w.Helper()
	w.ok(w.s.Snapshot(w.ctx, func(d provision.Directory) (err error) {
		all, err = d.Kept(w.ctx, organization, account, own)
		return err
	}))
	return all
}

// tables are those that keep something.
func tables(kept []provision.Kept) []string {
	var names []string
	for _, k := range kept {
		names = append(names, k.Table)
	}
	slices.Sort(names)
	return names
}

func erasedWhole(w *world) {
	a, other := w.lived("ann"), w.lived("bob")
	w.erase(a, true, "k1-m1")
	w.same(len(w.accounts(w.here.ID, a)), 0)
	w.same(tables(w.kept(w.here.ID, a, true)), []string{"audit", "run_removals", "run_rows"})
	for _, k := range []identity.Key{emailKey("ann@example.com"), emailKey("new.ann@example.com"), handle("ann").Key()} {
		w.same(w.owner(k), "")
	}
	w.same(len(w.resolve(nil, []identity.Key{{Space: "website", Value: "ann.example"}})), 0)
	w.same(w.account(other).Email, email("new.bob@example.com"))
	w.same(len(w.kept(w.here.ID, other, true)) > 15, true)
	b, again := w.newAccount("ann@example.com") // the address is free
	w.ok(w.apply(b))
	w.same(w.owner(emailKey("ann@example.com")), again)
}

// erasedHere erases somebody whom the other organization has, too.
func erasedHere(w *world) {
	a := w.create("ann@example.com")
	w.ok(w.change(a, inAlpha("member", "Gold"), change.TakeKey{Key: identity.Key{Space: dedupe.ExternalSpace(w.here.ID), Value: "7"}},
		change.AddProfile{Profile: handle("ann")}))
	there := w.by
	there.Organization = w.there.ID
	w.ok(w.apply(provision.Batch{By: there, Bumps: w.bump(a, false),
		Memberships: []provision.MembershipRow{{Account: a, Brand: w.brand("other"), Kind: string(record.Creator), Role: "member"}}}))
	l := w.shown(a)
	w.erase(a, false, "k1-m1")
	w.same(w.account(a).Memberships, []dedupe.Membership(nil))
	w.same(w.account(a).OwnedHere, false)
	w.same(w.account(a).ExternalIDs, []string(nil))
	w.same(w.account(a).Link.ID, "")
	seen := w.accounts(w.there.ID, a)
	w.same(len(seen[0].Memberships), 1)
	w.same(seen[0].OwnedHere, true) // left to whoever has it now
	w.same(len(seen[0].Profiles), 1)
	w.same(w.owner(emailKey("ann@example.com")), a)
	links, err := w.s.Links(w.ctx, []string{l.ID})
	w.ok(err)
	w.same(len(links), 0)
	w.same(tables(w.kept(w.here.ID, a, false)), []string{"audit"})
}

func erasedMarks(w *world) {
	a, b := w.create("ann@example.com"), w.create("bob@example.com")
	w.ok(w.change(a, change.Erase{Whole: true, Marks: []string{"k1-m1", "k1-m2", "k1-m1"}}))
	w.ok(w.change(b, change.Erase{Whole: true, Everywhere: true, Marks: []string{"k1-m1", "k1-m3"}}))
	w.ok(w.s.Snapshot(w.ctx, func(d provision.Directory) error {
		for organization, want := range map[string][]string{w.here.ID: {"k1-m1", "k1-m2", "k1-m3"}, w.there.ID: {"k1-m1", "k1-m3"}} {
			met, err := d.Suppressed(w.ctx, organization, []string{"k1-m1", "k1-m2", "k1-m3", "k1-m4"})
			if err != nil {
				return err
			}
			w.same(slices.Compact(met), want)
		}
		return nil
	}))
	w.ok(w.s.InTx(w.ctx, func(tx provision.Tx) error {
		met, err := tx.Suppressed(w.ctx, w.here.ID, []string{"k1-m2", "k1-m4"})
		w.same(met, []string{"k1-m2"})
		if err != nil {
			return err
		}
		any, err := tx.Suppressions(w.ctx, w.here.ID)
		w.same(any, true)
		return err
	}))
	uses, err := w.s.KeyUses(w.ctx, w.by.At)
	w.ok(err)
	w.same(uses, []provision.KeyUse{{Key: "k1", Marks: 4}})
}

func marksLifted(w *world) {
	a := w.create("ann@example.com")
	w.ok(w.change(a, change.Erase{Whole: true, Marks: []string{"k1-m1", "k1-m2"}}))
	b := w.create("bob@example.com")
	w.ok(w.change(b, change.Erase{Whole: true, Everywhere: true, Marks: []string{"k1-m1"}}))
	lift := func(c change.Readmit) {
		carrier := change.NewCarrier(w.here, fewLinks{}, id, change.LinkTerms{})
		batch := provision.Batch{By: w.by}
		_, err := carrier.Carry(&batch, change.Step{Action: "test", Changes: change.Changes{c}}, nil)
		w.ok(err)
		w.ok(w.apply(batch))
	}
	met := func(organization string) (met []string) {
		w.ok(w.s.Snapshot(w.ctx, func(d provision.Directory) (err error) {
			met, err = d.Suppressed(w.ctx, organization, []string{"k1-m1", "k1-m2"})
			return err
		}))
		return met
	}
	lift(change.Readmit{Marks: []string{"k1-m1", "k1-m4"}}) // the platform's stays
	w.same(met(w.here.ID), []string{"k1-m1", "k1-m2"})
	lift(change.Readmit{Everywhere: []string{"k1-m1"}})
	w.same(met(w.here.ID), []string{"k1-m2"})
	w.same(len(met(w.there.ID)), 0)
}

// evidenceErased has decisions that lead to nobody, and were made beside somebody's account.
func evidenceErased(w *world) {
	here, there := w.by, w.by
	there.Organization = w.there.ID
	ann, bob := w.create("ann@example.com"), w.create("bob@example.com")
	beside := func(digest, account string) dedupe.Memory {
		m := memory(digest, "r")
		m.Seen = []dedupe.Witness{{Account: account, Keys: []string{"k"}}}
		return m
	}
	for _, w.by = range []provision.Author{there, here} {
		w.remember(beside("of ann", ann), beside("of bob", bob), memory("of nobody", "r"))
	}
	left := func(organization string) (digests []string) {
		for _, d := range w.decided(organization, "of ann", "of bob", "of nobody") {
			digests = append(digests, d.Digest)
		}
		return digests
	}
	w.erase(ann, false)
	w.same(left(w.here.ID), []string{"of bob", "of nobody"})
	w.same(left(w.there.ID), []string{"of ann", "of bob", "of nobody"})
	w.erase(bob, true)
	w.same(left(w.here.ID), []string{"of nobody"})
	w.same(left(w.there.ID), []string{"of ann", "of nobody"})
}

// mentionsErased holds rows that are nobody's and say who they may have been of.
func mentionsErased(w *world) {
	a := w.lived("ann")
	run := w.startRun()
	details := map[int]*provision.Detail{
		1: {Candidates: []dedupe.Candidate{{Account: a}}},
		2: {Notes: []dedupe.Note{{Code: "name_differs", Said: "ann@example.com"}}},
		3: {Path: []dedupe.Tie{{Key: identity.Key{Space: "instagram", Value: "ann"}}}},
		4: {Path: []dedupe.Tie{{Key: identity.Key{Space: "instagram", Value: "ann.other"}}}},
	}
	w.ok(w.s.InTx(w.ctx, func(tx provision.Tx) error {
		var rows []provision.LedgerRow
		for row := 1; row <= len(details); row++ {
			rows = append(rows, provision.LedgerRow{Row: row, Outcome: provision.Review, Detail: details[row]})
		}
		rows = append(rows, provision.LedgerRow{Row: 5, Outcome: provision.Rejected, Person: "mark of ann"},
			provision.LedgerRow{Row: 6, Outcome: provision.Rejected, Person: "mark of somebody else"})
		return tx.Record(w.ctx, run, rows)
	}))
	gone := w.create("ann.other@example.com")
	w.ok(w.change(a, change.Merge{Account: gone, Version: w.account(gone).Version}))
	merged := w.startRun()
	w.ok(w.s.InTx(w.ctx, func(tx provision.Tx) error {
		before := &provision.Detail{Candidates: []dedupe.Candidate{{Account: gone}}}
		return tx.Record(w.ctx, merged, []provision.LedgerRow{{Row: 1, Outcome: provision.Review, Detail: before}})
	}))
	w.same(w.mentioned(w.here.ID, a), []string{w.by.Run, run, merged})
	w.same(w.mentioned(w.there.ID, a), []string(nil))
	w.erase(a, true)
	w.same(w.mentioned(w.here.ID, a), []string{w.by.Run})
	rows, err := w.s.Ledger(w.ctx, run, 0, 10)
	w.ok(err)
	var left []int
	for _, r := range rows {
		if r.Detail != nil {
			left = append(left, r.Row)
		}
	}
	w.same(left, []int{4})
	w.same([]string{rows[4].Person, rows[5].Person}, []string{"", "mark of somebody else"})
}

// mentioned are the runs that mention an account, in the order they began.
func (w *world) mentioned(organization, account string) []string {
	w.Helper()
	var runs map[string][]string
	w.ok(w.s.Snapshot(w.ctx, func(d provision.Directory) (err error) {
		runs, err = d.Mentioned(w.ctx, organization, []string{account})
		return err
	}))
	return runs[account]
}

func keptRead(w *world) {
	a := w.lived("ann")
	w.lived("bob")
	kept := w.kept(w.here.ID, a, true)
	w.same(tables(kept), []string{"account_hint", "account_key", "accounts", "audit", "audit_private", "campaign_access",
		"campaign_access_ended", "consents", "dashboard_access", "decisions", "links", "memberships", "outbox",
		"product_access", "profiles", "run_removals", "run_rows", "sign_up_answers", "source_people", "sync_grants"})
	for _, k := range kept {
		for _, row := range k.Rows {
			if _, secret := row["password"]; secret {
				w.Errorf("%s: a password is handed out", k.Table)
			}
		}
		switch k.Table {
		case "accounts":
			w.same(k.Rows[0]["address"], any("new.ann@example.com"))
		case "memberships":
			w.same(k.Rows[0]["brand"], any("alpha"))
		}
	}
	w.same(tables(w.kept(w.there.ID, a, false)), []string(nil))
	w.same(slices.Contains(tables(w.kept(w.here.ID, a, false)), "accounts"), false)
}

func heldElsewhere(w *world) {
	a, b := w.create("ann@example.com"), w.create("bob@example.com")
	there := w.by
	there.Organization = w.there.ID
	w.ok(w.apply(provision.Batch{By: there, Bumps: w.bump(a, false), Blocks: []provision.BlockRow{{Account: a, Organization: w.there.ID}}}))
	w.ok(w.s.Snapshot(w.ctx, func(d provision.Directory) error {
		others, err := d.Elsewhere(w.ctx, w.here.ID, []string{a, b})
		w.same(others, map[string]int{a: 1})
		if err != nil {
			return err
		}
		others, err = d.Elsewhere(w.ctx, w.there.ID, []string{a, b})
		w.same(others, map[string]int{a: 1, b: 1})
		return err
	}))
}

func operatorErased(w *world) {
	ada, bob := w.create("ada@example.com"), w.create("bob@example.com")
	const signed = `{"inviter":"Name of ada@example.com <ada@example.com>","rows":7}`
	r, _, err := w.s.OpenRun(w.ctx, provision.Run{ID: id(), Kind: "import", Fingerprint: id(), Organization: w.here.ID,
		Operator: ada, StartedAt: w.by.At, Options: []byte(signed)})
	w.ok(err)
	w.ok(w.s.FinishRun(w.ctx, r.ID, 0, []byte(`{"operator":"ada@example.com","rows":7}`), w.by.At))
	w.ok(w.apply(provision.Batch{By: w.by, Bumps: w.bump(bob, false), Mails: []provision.MailRow{{ID: id(), Account: bob,
		Template: "welcome", Reference: "r", Inviter: "Ada <ada@example.com>", Note: "from Ada"}}}))
	w.erase(ada, true)
	r, err = w.s.Run(w.ctx, r.ID)
	w.ok(err)
	for _, text := range []string{string(r.Summary), string(r.Options)} {
		if strings.Contains(text, "ada") || !strings.Contains(text, "7") {
			w.Errorf("a run says %s", text)
		}
	}
	for _, k := range w.kept(w.here.ID, bob, true) {
		if k.Table == "outbox" {
			w.same(k.Rows[0]["note"], any(""))
		}
	}
}
