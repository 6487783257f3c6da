package undo

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"muster/dedupe"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/pick"
	"muster/provision/plan"
)

// chunk is how many people are read at a time.
const chunk = 1000

// Lists are the rows of the run, as one list.
func (u *Undo) Lists() []provision.ListInfo { return pick.TypedList(u.Typed) }

// Asked is which run, and what of it.
func (u *Undo) Asked() any {
	return struct {
		Run   string
		Brand string `json:",omitempty"`
		Rows  []Rows `json:",omitempty"`
		Found bool   `json:",omitempty"`
	}{u.Run.ID, u.Brand, u.Rows, u.Found}
}

// Close has nothing to close.
func (*Undo) Close() error { return nil }

// Agreed ends a run that was interrupted, and is taken back instead of gone on
// with.
func (u *Undo) Agreed(ctx context.Context, e *provision.Engine) (err error) {
	if u.sources, err = u.standing(ctx, e); err != nil {
		return err
	}
	if !u.Run.FinishedAt.IsZero() {
		return nil
	}
	return e.Store.FinishRun(ctx, u.Run.ID, provision.ExitTerminated, nil, e.Now().UTC())
}

// Pick reads what the run did, and what became of its people.
func (u *Undo) Pick(ctx context.Context, e *provision.Engine, sc provision.Scope, w *plan.Writer) ([]pick.Picked, error) {
	u.began = map[string]provision.RunEntry{}
	sources, err := e.Store.Sources(ctx, u.Run.Organization)
	if err != nil {
		return nil, err
	}
	u.names = formerNames(sources)
	entries, err := u.entries(ctx, e, sc.Policy)
	if err != nil {
		return nil, err
	}
	at, err := u.places(ctx, e, entries)
	if err != nil {
		return nil, err
	}
	var all []pick.Picked
	line := 0
	for part := range slices.Chunk(entries, chunk) {
		var found []found
		err := pick.Snapshot(ctx, e, func(d provision.Directory) (err error) {
			found, err = u.look(ctx, d, sc.Policy, part)
			return err
		})
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			if !u.wanted(f.past) {
				continue
			}
			row := len(all) + 1
			if line++; f.past.row > 0 {
				line = f.past.row
			}
			stood, known := at[f.past.row]
			if !known {
				stood = record.Place{File: u.Typed, Line: line}
			}
			if err := w.Row(f.row(stood, row, sc.Policy.VisibleBrands)); err != nil {
				return nil, err
			}
			one := u.picked(f, row)
			if one.Account != "" {
				u.began[one.Account] = f.entry
			}
			all = append(all, one)
		}
	}
	return all, nil
}

// Recall reads the pasts of some people again, to judge them by.
func (u *Undo) Recall(ctx context.Context, d provision.Directory, sc provision.Scope, accounts []string) error {
	part := make([]provision.RunEntry, len(accounts))
	for i, a := range accounts {
		part[i] = u.began[a]
	}
	_, err := u.look(ctx, d, sc.Policy, part)
	return err
}

// entries are the first entries of the run about each account, and all about
// nobody, by row.
func (u *Undo) entries(ctx context.Context, e *provision.Engine, policy dedupe.Policy) ([]provision.RunEntry, error) {
	wanted, err := u.rows(ctx, e)
	if err != nil {
		return nil, err
	}
	var all []provision.RunEntry
	err = pick.Snapshot(ctx, e, func(d provision.Directory) (err error) {
		all, err = d.Written(ctx, policy.Organization, u.Run.ID)
		return err
	})
	slices.SortStableFunc(all, func(x, y provision.RunEntry) int { return compareBool(x.Row == 0, y.Row == 0) })
	seen := map[string]bool{}
	return slices.DeleteFunc(all, func(e provision.RunEntry) bool {
		again := e.Account != "" && seen[e.Account]
		seen[e.Account] = true
		return again || len(wanted) > 0 && !inRows(wanted, e.Row)
	}), err
}

// compareBool orders what is not so before what is.
func compareBool(x, y bool) int {
	switch {
	case x == y:
		return 0
	case x:
		return 1
	}
	return -1
}

// rows are those that were asked for, and those that they were merged into: what was
// done to their people stands there.
func (u *Undo) rows(ctx context.Context, e *provision.Engine) ([]Rows, error) {
	all := slices.Clone(u.Rows)
	for _, r := range u.Rows {
		for after, more := r.First-1, true; more; {
			ledger, err := e.Store.Ledger(ctx, u.Run.ID, after, chunk)
			if err != nil {
				return nil, fmt.Errorf("reading whose rows were merged: %w", err)
			}
			more = len(ledger) == chunk
			for _, row := range ledger {
				after = row.Row
				if r.Last > 0 && after > r.Last {
					more = false
				} else if row.Into > 0 {
					all = append(all, Rows{row.Into, row.Into})
				}
			}
		}
	}
	return all, nil
}

func inRows(all []Rows, row int) bool {
	return slices.ContainsFunc(all, func(r Rows) bool { return row >= r.First && (r.Last == 0 || row <= r.Last) })
}

// look reads the pasts of some entries, in their order.
func (u *Undo) look(
	ctx context.Context, d provision.Directory, policy dedupe.Policy, part []provision.RunEntry,
) ([]found, error) {
	u.pasts = map[string]past{}
	u.mails = map[string][]provision.MailState{}
	var ids, accounts []string
	for _, e := range part {
		ids = append(ids, e.ID)
		if e.Account != "" {
			accounts = append(accounts, e.Account)
		}
	}
	history, err := d.History(ctx, policy.Organization, ids)
	if err != nil {
		return nil, err
	}
	mails, err := d.RunMails(ctx, u.Run.ID, accounts)
	if err != nil {
		return nil, err
	}
	for _, m := range mails {
		u.mails[m.Account] = append(u.mails[m.Account], m.State)
	}
	people, err := d.Accounts(ctx, policy.Organization, accounts, policy.Now)
	if err != nil {
		return nil, err
	}
	all, err := u.pastsOf(part, history, people)
	if err == nil {
		err = u.foundSince(ctx, d, policy, accounts)
	}
	if err == nil {
		err = joinedWith(ctx, d, policy, all)
	}
	if err != nil {
		return nil, err
	}
	return all, remembered(ctx, d, policy, u.Run.ID, all)
}

// foundSince looks by which runs of other lists people were found in place.
func (u *Undo) foundSince(ctx context.Context, d provision.Directory, policy dedupe.Policy, accounts []string) error {
	all, err := d.FoundSince(ctx, policy.Organization, u.Run.ID, accounts)
	for _, f := range all {
		p := u.pasts[f.Account]
		p.found = append(p.found, f)
		u.pasts[f.Account] = p
	}
	return err
}

// joinedWith looks with whom accounts were joined that are gone.
func joinedWith(ctx context.Context, d provision.Directory, policy dedupe.Policy, all []found) error {
	var gone []string
	for _, f := range all {
		if f.past.account != "" && f.account.ID == "" {
			gone = append(gone, f.past.account)
		}
	}
	with, err := d.JoinedWith(ctx, policy.Organization, gone)
	if err != nil || len(with) == 0 {
		return err
	}
	stayed, err := d.Accounts(ctx, policy.Organization, slices.Sorted(maps.Values(with)), policy.Now)
	for i := range all {
		for _, a := range stayed {
			if id := with[all[i].past.account]; id != "" && a.ID == id && a.Visible(policy.VisibleBrands) {
				all[i].stayed = a
			}
		}
	}
	return err
}

// pastsOf tells the pasts of entries.
func (u *Undo) pastsOf(
	part []provision.RunEntry, history []provision.HistoryEntry, people []dedupe.Account,
) ([]found, error) {
	of := map[string][]provision.HistoryEntry{}
	for _, h := range history {
		who := whose(h.Account, h.ID)
		of[who] = append(of[who], h)
	}
	accounts := map[string]dedupe.Account{}
	for _, a := range people {
		accounts[a.ID] = a
	}
	var all []found
	for _, e := range part {
		p, err := pastOf(u.Run.ID, of[whose(e.Account, e.ID)])
		if err != nil {
			return nil, err
		}
		p = p.renamed(u.names)
		p.row = e.Row
		p.account = e.Account
		if e.Account != "" {
			u.pasts[e.Account] = p
		}
		all = append(all, found{entry: e, past: p, account: accounts[e.Account]})
	}
	return all, nil
}

// whose is the account of an entry, or the entry itself where it is about nobody.
func whose(account, entry string) string {
	if account == "" {
		return entry
	}
	return account
}

// remembered looks which decisions of the run about nobody are still remembered.
func remembered(ctx context.Context, d provision.Directory, policy dedupe.Policy, run string, all []found) error {
	var digests []string
	for _, f := range all {
		for _, c := range f.done {
			if r, is := c.Change.(change.Remember); is && f.past.account == "" {
				digests = append(digests, r.Digest)
			}
		}
	}
	if len(digests) == 0 {
		return nil
	}
	rows, err := d.Decided(ctx, policy.Organization, digests)
	known := map[[2]string]bool{}
	for _, r := range rows {
		if r.Run == run {
			known[[2]string{r.Digest, r.Record}] = true
		}
	}
	for i := range all {
		all[i].known = known
	}
	return err
}

// wanted reports whether somebody is a row: the run did something to them, and
// where a brand is asked for, something there.
func (u *Undo) wanted(p past) bool {
	if len(p.done) == 0 {
		return p.taken
	}
	did := slices.ContainsFunc(p.done, func(d deed) bool { return d.Op() != change.OpReveal })
	return did && (u.Brand == "" || slices.ContainsFunc(p.done, func(d deed) bool { return brandOf(d.Change) == u.Brand }))
}
