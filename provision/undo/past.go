package undo

import (
	"encoding/json"
	"fmt"
	"slices"

	"muster/dedupe"
	"muster/provision"
	"muster/provision/change"
)

// A past is what a run did to somebody, as far as nobody has taken it back, and
// what happened since.
type past struct {
	row     int
	account string // id, "" where it is about nobody
	done    []deed
	made    bool // the run made the account
	taken   bool // something of it was taken back before
	gone    bool // the account was, with all that the run did
	version int64
	since   []event
	found   []provision.FoundIn // by runs of other lists since, which changed nothing
}

// A deed is a change that a run made.
type deed struct {
	change.Change
	whole bool // all that is needed to take it back is kept
}

// An event is what somebody else did to a person since.
type event struct {
	provision.HistoryEntry
	change.AuditDetail
}

// pastOf tells the past of a person from what the audit has of them, from the
// first entry of the run on. Runs that took the run back, or such a run, count
// with it: what they did is no change by somebody else.
func pastOf(run string, entries []provision.HistoryEntry) (past, error) {
	p := past{}
	does := map[string]bool{run: true} // or undoes it, by run
	for _, e := range entries {
		detail, err := detailOf(e)
		if err != nil {
			return p, err
		}
		if undone, of := does[detail.Undoes]; of {
			does[e.Run] = !undone
		}
		does, ours := does[e.Run]
		switch {
		case !ours:
			p.happened(event{e, detail})
		case does:
			p.does(e, detail)
		default:
			p.strike(detail.Changes)
		}
		if detail.Version > 0 {
			p.version = detail.Version
		}
	}
	return p, nil
}

// happened takes in what somebody else did since. What they took back again did not
// happen.
func (p *past) happened(e event) {
	before := len(p.since)
	p.since = slices.DeleteFunc(p.since, func(other event) bool {
		return e.Undoes != "" && other.Run == e.Undoes && other.takenBackBy(e)
	})
	if len(p.since) == before {
		p.since = append(p.since, e)
	}
}

// takenBackBy reports whether another event took all of this one back that counts.
func (e event) takenBackBy(other event) bool {
	return !slices.ContainsFunc(e.Changes, func(c change.Change) bool {
		return !slices.Contains(ways, c.Op()) && !slices.ContainsFunc(other.Changes, func(back change.Change) bool {
			return subject(back) == subject(c)
		})
	})
}

// detailOf reads an entry, with what it keeps apart in place of what it keeps for
// good.
func detailOf(e provision.HistoryEntry) (change.AuditDetail, error) {
	var detail change.AuditDetail
	if err := json.Unmarshal(e.Detail, &detail); err != nil {
		return detail, fmt.Errorf("reading entry %s of the audit: %w", e.ID, err)
	}
	if len(e.Private) == 0 {
		return detail, nil
	}
	var apart change.AuditPrivate
	if err := json.Unmarshal(e.Private, &apart); err != nil {
		return detail, fmt.Errorf("reading what entry %s of the audit keeps apart: %w", e.ID, err)
	}
	for i, c := range apart.Changes {
		if c != nil && i < len(detail.Changes) {
			detail.Changes[i] = c
		}
	}
	return detail, nil
}

func (p *past) does(e provision.HistoryEntry, detail change.AuditDetail) {
	if p.account == "" {
		p.account = e.Account
		p.row = e.Row
	}
	for _, c := range detail.Changes {
		if c.Op() == change.OpCreate {
			p.made = true
		}
		p.done = append(p.done, deed{c, whole(c)})
	}
}

// strike leaves out what was taken back.
func (p *past) strike(back change.Changes) {
	p.taken = true
	for _, c := range back {
		if c.Op() == change.OpUnmake {
			p.gone = true
			p.done = nil
			return
		}
		p.done = slices.DeleteFunc(p.done, func(d deed) bool { return subject(d.Change) == subject(c) })
	}
}

// whole reports whether what the audit kept of a change is enough to take it back:
// what is personal may have been purged, and of accounts that a run made it is
// not kept apart.
func whole(c change.Change) bool {
	switch c := c.(type) {
	case change.Fill:
		return len(c.Blanks()) > 0
	case change.Clear:
		return len(c.Blanks()) > 0
	case change.Readdress:
		return !c.To.IsZero()
	case change.TakeKey:
		return c.Value != ""
	case change.DropKey:
		return c.Value != ""
	case change.AddProfile:
		return c.Value != ""
	case change.DropProfile:
		return c.Value != ""
	case change.Connect:
		return c.Value != ""
	case change.Disconnect:
		return c.Value != ""
	case change.SetColumns:
		return len(c.To) > 0
	}
	return true
}

// ways are what happens to people on their way in, and to their links: it changes
// nothing that a run gave.
var ways = []change.Op{
	change.OpReveal, change.OpHandOver, change.OpMailed, change.OpStatus, change.OpIssueLink, change.OpEndLink,
	change.OpRedeem, change.OpPassword, change.OpAnswer, change.OpAgree, change.OpAccept, change.OpDecline,
	change.OpMail, change.OpDashboard, change.OpTellAdministrators, change.OpCancelMail, change.OpRemember, change.OpReopen,
	change.OpOwn, change.OpDisown, change.OpAttend, change.OpStopMail,
}

// onTheirWay reports whether an event is none but a step of the person's way in:
// what they do themselves is one, whatever it is.
func (e event) onTheirWay() bool {
	return e.OperatorID == "" || !slices.ContainsFunc(e.Changes, func(c change.Change) bool {
		return !slices.Contains(ways, c.Op())
	})
}

// unexplained reports whether somebody wrote to an account of whom the audit of the
// organization does not know: the platform, or another organization. Where nothing
// was written to the account, nobody can tell, and it is no matter.
func (p past) unexplained(a dedupe.Account) bool { return p.version > 0 && a.Version != p.version }

// changedSince reports whether somebody else changed a person after the run.
func (p past) changedSince(a dedupe.Account) bool {
	return p.unexplained(a) || slices.ContainsFunc(p.since, func(e event) bool { return !e.onTheirWay() })
}

// changedThere reports whether somebody else changed since what a change is about:
// the same thing, or something in the same brand.
func (p past) changedThere(c change.Change) bool {
	return slices.ContainsFunc(p.since, func(e event) bool {
		return !e.onTheirWay() && slices.ContainsFunc(e.Changes, func(other change.Change) bool {
			brand := brandOf(c)
			return subject(other) == subject(c) || brand != "" && brandOf(other) == brand
		})
	})
}
