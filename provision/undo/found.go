package undo

import (
	"slices"

	"muster/dedupe"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/pick"
)

// found is what is known of somebody whom the run did something to.
type found struct {
	past
	entry   provision.RunEntry
	account dedupe.Account // zero where it is gone, or about nobody
	stayed  dedupe.Account // that one was joined with
	known   map[[2]string]bool
}

// row is somebody's row, at the place where it stood in the lists of the run. Whoever was
// on none of its rows comes behind all others.
func (f found) row(at record.Place, n int, brands []string) record.Record {
	a := f.account
	if !a.Visible(brands) && f.left(brands) {
		a.Memberships = []dedupe.Membership{{Brand: brands[0]}} // they were, until the run
	}
	r := pick.Row(at, n, a, brands)
	r.OfRow = f.past.row
	return r
}

// left reports whether the run took somebody out of the last brand that they were
// in, and the operator sees that one.
func (f found) left(brands []string) bool {
	return len(f.account.Memberships) == 0 && slices.ContainsFunc(f.done, func(d deed) bool {
		return d.Op() == change.OpLeave && slices.Contains(brands, brandOf(d.Change))
	})
}

// picked says who a row is, or what becomes of one that is about no account.
func (u *Undo) picked(f found, row int) pick.Picked {
	rows := []int{row}
	if f.account.ID != "" {
		return pick.Picked{Rows: rows, Account: f.account.ID}
	}
	step := change.Step{Rows: rows, First: u.reopened(f)}
	if f.stayed.ID != "" && step.First.Reason == reason.AccountGone {
		step.First.Reason = reason.AccountJoined
		step.Detail = &provision.Detail{Notes: []dedupe.Note{{Code: reason.JoinedWith, Said: f.stayed.Email.Address}}}
	}
	if f.past.account == "" && step.First.Reason == reason.Reversed {
		step.Action = Action
		step.Undoes = u.Run.ID
		for _, d := range f.stillKnown() {
			back, _ := d.Reverse()
			step.Changes = append(step.Changes, back)
		}
	}
	return pick.Picked{Rows: rows, Settled: &step}
}

// reopened is the verdict on somebody of whom there is no account: it went, or a
// decision was about nobody.
func (u *Undo) reopened(f found) change.Verdict {
	switch {
	case f.past.account == "" && len(f.stillKnown()) > 0:
		return change.Verdict{Outcome: provision.Updated, Reason: reason.Reversed}
	case f.past.account == "", f.gone:
		return change.Verdict{Outcome: provision.Unchanged, Reason: reason.NothingLeft}
	}
	return change.Verdict{Outcome: provision.Rejected, Reason: reason.AccountGone}
}

// stillKnown are the decisions that are still remembered.
func (f found) stillKnown() []deed {
	return slices.DeleteFunc(slices.Clone(f.done), func(d deed) bool {
		r, is := d.Change.(change.Remember)
		return !is || !f.known[[2]string{r.Digest, r.Record}]
	})
}
