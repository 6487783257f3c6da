package storetest

import (
	"encoding/json"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/provision"
	"muster/provision/change"
)

var undoTrials = []trial{
	{"an account that a run made goes with all that is kept of it, and leaves no mark", unmade},
	{"mail that a run queued is taken back while it waits", mailTakenBack},
	{"what a run did is read in its order, with what happened since", history},
	{"which later runs of other lists found people in place, and with whom they were joined", foundAndJoined},
}

func unmade(w *world) {
	a, other := w.lived("ann"), w.lived("bob")
	w.ok(w.change(a, change.Unmake{}))
	w.same(len(w.accounts(w.here.ID, a)), 0)
	w.same(tables(w.kept(w.here.ID, a, true)), []string{"audit", "run_removals", "run_rows"})
	w.same(w.owner(emailKey("ann@example.com")), "")
	w.same(w.owner(handle("ann").Key()), "")
	w.ok(w.s.Snapshot(w.ctx, func(d provision.Directory) error {
		there, err := d.OnRecord(w.ctx, w.here.ID)
		w.same(there.Erased, false)
		return err
	}))
	w.same(len(w.kept(w.here.ID, other, true)) > 15, true)
	b, again := w.newAccount("ann@example.com")
	w.ok(w.apply(b))
	w.same(w.owner(emailKey("ann@example.com")), again)
}

func mailTakenBack(w *world) {
	a, b, chief := w.create("ann@example.com"), w.create("bob@example.com"), w.create("chief@example.com")
	earlier, run := w.startRun(), w.startRun()
	w.by.Run = earlier
	w.ok(w.change(a, change.SendMail{Template: "claimed", Reference: "beta"}))
	w.by.Run = run
	w.ok(w.change(a, change.IssueLink{Mail: true}, change.SendMail{Template: "invite", About: true},
		change.SendMail{Template: "claimed", Reference: "alpha"}, change.SendMail{Template: "dashboard", Reference: "alpha"},
		change.OpenDashboard{}))
	w.ok(w.change(b, change.SendMail{Template: "claimed", Reference: "alpha"}, change.OpenDashboard{}))
	told := provision.Batch{By: w.by, Mails: []provision.MailRow{
		{ID: id(), Account: chief, Template: provision.AdministratorMail, Reference: a}}}
	w.ok(w.apply(told))
	states := func(account string) (all []provision.MailState) {
		w.ok(w.s.Snapshot(w.ctx, func(d provision.Directory) error {
			mails, err := d.RunMails(w.ctx, run, []string{account})
			for _, m := range mails {
				all = append(all, m.State)
			}
			return err
		}))
		return all
	}
	w.same(len(states(a)), 3)
	w.ok(w.change(a, change.EndLink{Why: provision.EndTakenBack}, change.CancelMail{Run: run, Told: true}))
	w.same(states(a), []provision.MailState{provision.MailCancelled}) // with its link
	w.same(len(states(b)), 1)
	w.same(len(states(chief)), 0)
	w.same(w.count(a, "dashboard_access"), 0)
	w.same(w.count(b, "dashboard_access"), 1)
	w.same(w.count(a, "outbox"), 2) // that of the earlier run waits as it did
	w.ok(w.change(a, change.SendMail{Template: "claimed", Reference: "alpha"}))
	w.same(w.count(a, "outbox"), 3) // and another one can be queued
}

func history(w *world) {
	a, b := w.create("ann@example.com"), w.create("bob@example.com")
	w.ok(w.step(a, inAlpha("member", "Gold")))
	run := w.startRun()
	w.by.Run = run
	columns := change.SetColumns{Brand: "alpha", From: map[string]string{"Tier": "Gold"}, To: map[string]string{"Tier": "Silver"}}
	w.ok(w.step(b, change.Block{}))
	w.ok(w.step(a, columns))
	w.by.Run = ""
	w.ok(w.step(a, change.TakeKey{Key: identity.Key{Space: dedupe.ExternalSpace(w.here.ID), Value: "17"}}))
	var entries []provision.RunEntry
	var told []provision.HistoryEntry
	var all []provision.AuditEntry
	w.ok(w.s.Snapshot(w.ctx, func(d provision.Directory) (err error) {
		if entries, err = d.Written(w.ctx, w.here.ID, run); err != nil {
			return err
		}
		if told, err = d.History(w.ctx, w.here.ID, []string{entries[1].ID}); err != nil {
			return err
		}
		all, err = d.Told(w.ctx, w.here.ID, []string{a})
		return err
	}))
	last := all[len(all)-2:]
	w.same([]string{last[0].ID, last[1].ID, last[0].Account}, []string{told[0].ID, told[1].ID, a})
	w.same([]string{last[0].Source, last[0].Action, string(last[0].Detail)}, []string{told[0].Source, told[0].Action, string(told[0].Detail)})
	w.same([]string{entries[0].Account, entries[1].Account}, []string{b, a})
	w.same(len(told), 2)
	w.same(told[0].ID, entries[1].ID)
	var kept struct{ Changes change.Changes }
	w.ok(json.Unmarshal(told[0].Private, &kept))
	w.same(cmp.Diff(change.Changes{columns}, kept.Changes), "")
	var since change.AuditDetail
	w.ok(json.Unmarshal(told[1].Detail, &since))
	w.same(since.Version, w.account(a).Version)
}

func foundAndJoined(w *world) {
	ann, ben, cleo := w.create("ann@example.com"), w.create("ben@example.com"), w.create("cleo@example.com")
	earlier := w.startRun()
	other := func(days int, list, account string, outcome provision.Outcome) string {
		r := w.run(list, w.by.At.Add(time.Duration(days)*24*time.Hour))
		r.List = list
		w.open(r)
		w.ok(w.s.InTx(w.ctx, func(tx provision.Tx) error {
			return tx.Record(w.ctx, r.ID, []provision.LedgerRow{{Row: 1, Outcome: outcome, Account: account}})
		}))
		return r.ID
	}
	other(-1, "before", ann, provision.Unchanged)
	later := other(1, "later", ann, provision.Unchanged)
	other(2, "changing", ben, provision.Updated)
	w.ok(w.s.Snapshot(w.ctx, func(d provision.Directory) error {
		found, err := d.FoundSince(w.ctx, w.here.ID, earlier, []string{ann, ben})
		w.ok(err)
		w.same(len(found), 1)
		w.same([]string{found[0].Account, found[0].Run, found[0].Kind}, []string{ann, later, "import"})
		same, err := d.FoundSince(w.ctx, w.here.ID, later, []string{ann, ben})
		w.same(len(same), 0)
		return err
	}))
	again := w.run("later once more", w.by.At.Add(72*time.Hour))
	again.List = "later"
	w.open(again)
	w.ok(w.s.InTx(w.ctx, func(tx provision.Tx) error {
		return tx.Record(w.ctx, again.ID, []provision.LedgerRow{{Row: 1, Outcome: provision.Unchanged, Account: ann}})
	}))
	w.ok(w.merge(cleo, ben))
	w.ok(w.s.Snapshot(w.ctx, func(d provision.Directory) error {
		same, err := d.FoundSince(w.ctx, w.here.ID, later, []string{ann})
		w.ok(err)
		w.same(len(same), 0) // the same list
		with, err := d.JoinedWith(w.ctx, w.here.ID, []string{ann, cleo})
		w.same(with, map[string]string{cleo: ben})
		return err
	}))
}
