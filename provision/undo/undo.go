package undo

import (
	"fmt"
	"slices"
	"time"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/pick"
)

// Action is what the audit calls that a run was taken back.
const Action change.Action = "undone"

// Kind is that of the runs that take others back.
const Kind = provision.UndoKind

// An Undo takes back what a run did. It is both the verb and where its people come
// from.
type Undo struct {
	Run   provision.Run
	Typed string // the command as it was typed
	Brand string // slug: only what was done there; "" for all
	Rows  []Rows // of the run; none for all

	Found bool // also of people whom another list found in place since

	Campaigns []string // of the organization, as "brand/campaign": what is put away does not come back

	sources []provision.Source // that will stand otherwise, as they will
	names   map[string]string  // of sources now, by former ones

	began map[string]provision.RunEntry // by account: the first that the run did to it

	// Of those who are looked at, by account.
	pasts map[string]past
	mails map[string][]provision.MailState
}

// Rows are rows of a run from the first to the last; a Last of 0 is the end.
type Rows struct{ First, Last int }

// Kind is that of undo.
func (*Undo) Kind() string { return Kind }

// Options are all that is asked for.
func (u *Undo) Options() any { return u.Asked() }

// Reads is nothing: there are no rows of a list.
func (*Undo) Reads(record.Record) any { return nil }

// Wants are the keys that a person would get again, or lose.
func (u *Undo) Wants(p pick.Person) []identity.Key {
	var keys []identity.Key
	for _, d := range u.pasts[p.Account.ID].done {
		switch c := d.Change.(type) {
		case change.TakeKey:
			keys = append(keys, c.Key)
		case change.DropKey:
			keys = append(keys, c.Key)
		case change.DropProfile:
			if !c.Shared && d.whole {
				keys = append(keys, c.Profile.Key())
			}
		}
	}
	return keys
}

// Judge says what of the run is taken back of a person.
func (u *Undo) Judge(p pick.Person, policy dedupe.Policy) pick.Judgement {
	t := taking{past: u.pasts[p.Account.ID], Person: p, policy: policy, campaigns: u.Campaigns, own: u.Run.Operator == policy.Operator}
	deeds, wholly := u.asked(t.done)
	a := p.Account
	switch {
	case len(deeds) == 0:
		return pick.Left(reason.NothingLeft)
	case a.ID == policy.Operator:
		return pick.Rejected(reason.Yourself)
	case a.Above(policy):
		return pick.Rejected(reason.NotAllowed)
	case slices.ContainsFunc(deeds, func(d deed) bool { return d.Op() == change.OpMerge || d.Op() == change.OpErase }):
		return pick.Rejected(reason.Impossible)
	}
	mails := u.mails[a.ID]
	switch {
	case !u.Found && len(t.found) > 0 && slices.ContainsFunc(deeds, gives):
		return foundSince(&t)
	case t.made && wholly && t.stays(mails) == "":
		return u.goes(&t, mails)
	case t.made:
		u.reduces(&t, deeds, wholly, mails)
	case t.changedSince(a):
		return kept(&t)
	default:
		t.all(deeds)
		if wholly {
			t.mails(u.Run.ID, mails)
		}
	}
	return u.judged(&t)
}

// asked are the deeds that are to be taken back, and whether those are all there
// are.
func (u *Undo) asked(done []deed) (deeds []deed, wholly bool) {
	if u.Brand == "" {
		return done, true
	}
	elsewhere := slices.ContainsFunc(done, func(d deed) bool { brand := brandOf(d.Change); return brand != "" && brand != u.Brand })
	if !elsewhere {
		return done, true
	}
	return slices.DeleteFunc(slices.Clone(done), func(d deed) bool { return brandOf(d.Change) != u.Brand }), false
}

// goes removes an account that nobody has seen.
func (u *Undo) goes(t *taking, mails []provision.MailState) pick.Judgement {
	if t.Account.OutOfReach(t.policy) {
		return pick.Rejected(reason.NotAllowed)
	}
	t.mails(u.Run.ID, mails)
	t.change(change.Unmake{EndsLink: t.Account.Link.ID != ""})
	return u.judged(t)
}

// reduces takes back what the run gave to an account that it made, and that stays.
// What somebody else has changed since is kept, and with it the link that leads
// there.
func (u *Undo) reduces(t *taking, deeds []deed, wholly bool, mails []provision.MailState) {
	if wholly {
		t.note(t.stays(mails))
	}
	links, others := linksOf(accessOf(deeds))
	for _, d := range slices.Backward(others) {
		attend, attends := d.Change.(change.Attend)
		switch {
		case t.changedThere(d.Change):
			t.tellsOf(t.since)
		case attends && t.ownsStill(others, attend.Source):
		default:
			t.back(d)
		}
	}
	if t.leadsOn() {
		if len(links) > 0 && t.Account.Link.ID != "" {
			t.note(reason.LinkLeadsOn)
		}
		return
	}
	access := t.changes
	t.changes = nil
	t.all(links)
	t.changes = append(t.changes, access...)
	if wholly {
		t.mails(u.Run.ID, mails)
	}
}

// ownsStill reports whether a source goes on knowing of something that it gave, and that
// somebody took away since: it does not give it again.
func (t *taking) ownsStill(deeds []deed, source string) bool {
	return slices.ContainsFunc(deeds, func(d deed) bool {
		own, is := d.Change.(change.Own)
		return is && own.Source == source && t.changedThere(own)
	})
}

// kept is that somebody was changed by somebody else since.
func kept(t *taking) pick.Judgement {
	j := pick.Rejected(reason.Kept)
	t.tellsOf(t.since)
	if t.unexplained(t.Account) {
		t.note(reason.SinceUnknown)
	}
	j.Notes = t.notes
	return j
}

// foundSince is that another list relies on what the run gave somebody.
func foundSince(t *taking) pick.Judgement {
	j := pick.Rejected(reason.FoundSince)
	last := t.found[len(t.found)-1]
	j.Notes = []dedupe.Note{{Code: reason.Since, Said: fmt.Sprintf("found in place on %s by muster %s, run %s",
		last.At.Local().Format(time.DateOnly), last.Kind, provision.ShortRun(last.Run))}}
	return j
}

// gives reports whether a deed gave somebody an account or access.
func gives(d deed) bool {
	switch d.Op() {
	case change.OpCreate, change.OpJoin, change.OpOffer, change.OpGrantCampaign, change.OpGrantProduct:
		return true
	}
	return false
}

// judged is what a taking comes to.
func (u *Undo) judged(t *taking) pick.Judgement {
	switch {
	case t.barred:
		return pick.Rejected(reason.NotAllowed)
	case len(t.missing) > 0:
		j := pick.Rejected(reason.RightMissing)
		for _, right := range t.missing {
			j.Notes = append(j.Notes, dedupe.Note{Code: reason.NeedsRight, Said: right})
		}
		return j
	case len(t.changes) > 0:
		return u.takenBack(t)
	}
	j := pick.Rejected(reason.Impossible)
	switch {
	case slices.ContainsFunc(t.notes, func(n dedupe.Note) bool { return n.Code == reason.Since }):
		j = pick.Rejected(reason.Kept)
	case t.taken:
		return pick.Left(reason.NothingLeft)
	}
	j.Notes = t.notes
	return j
}

func (u *Undo) takenBack(t *taking) pick.Judgement {
	t.endsLink()
	why := reason.Reversed
	switch {
	case len(t.notes) > 0:
		why = reason.ReversedInPart
	case !slices.ContainsFunc(t.changes, func(c change.Change) bool { return !marks(c) }):
		why = reason.MarkReversed
	}
	j := pick.Done(why, Action, t.changes...)
	j.Undoes = u.Run.ID
	j.Notes = t.notes
	j.Watch = t.watch
	j.Ends = t.Invitation.Lives(t.policy.Now) && slices.ContainsFunc(t.changes, ends)
	return j
}

// ends reports whether a live link ends with a change.
func ends(c change.Change) bool {
	return c.Op() == change.OpEndLink || c.Op() == change.OpUnmake || c.Op() == change.OpBlock
}

// marks reports whether a change says no more than what a source knows of somebody.
func marks(c change.Change) bool {
	switch c.Op() {
	case change.OpOwn, change.OpDisown, change.OpAttend:
		return true
	}
	return false
}

// tellsOf says what somebody else did since, the last few.
func (t *taking) tellsOf(since []event) {
	const few = 3
	told := 0
	for _, e := range slices.Backward(since) {
		if e.onTheirWay() || told == few {
			continue
		}
		told++
		said := dedupe.Note{Code: reason.Since, Said: e.words()}
		if !slices.Contains(t.notes, said) {
			t.notes = append(t.notes, said)
		}
	}
}

// words say what an event was, without whose.
func (e event) words() string {
	by := e.Source
	if e.Run != "" {
		by = "muster " + by + ", run " + provision.ShortRun(e.Run)
	}
	return fmt.Sprintf("%s on %s by %s", e.Action, e.At.Local().Format(time.DateOnly), by)
}
