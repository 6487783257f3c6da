package undo

import (
	"maps"
	"slices"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/reason"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/pick"
)

// A taking gathers what takes the past of a person back.
type taking struct {
	past
	pick.Person
	policy    dedupe.Policy
	campaigns []string // that there are

	changes change.Changes
	notes   []dedupe.Note
	watch   []dedupe.Watched
	barred  bool     // the operator may not do something of it
	own     bool     // the run was the operator's
	missing []string // rights that it takes, and the operator has not
}

// all takes back whatever the run did, the last first.
func (t *taking) all(deeds []deed) {
	for _, d := range slices.Backward(deeds) {
		t.back(d)
	}
}

// back takes one change back, if it stands as the run left it.
func (t *taking) back(d deed) {
	if !d.whole {
		t.note(reason.NoLongerKept)
		return
	}
	back, why := t.turned(d.Change)
	if why != "" {
		t.note(why)
	}
	if back == nil {
		return
	}
	t.change(back)
}

// change makes a change, if the operator may.
func (t *taking) change(back change.Change) {
	t.barred = t.barred || !may(back, t.Account, t.policy)
	right := needed(back, t.own)
	if right != "" && !provision.OperatorMay(t.policy, right) && !slices.Contains(t.missing, right) {
		t.missing = append(t.missing, right)
	}
	t.changes = append(t.changes, back)
}

// note says once why something stays.
func (t *taking) note(code reason.Code) {
	if !slices.ContainsFunc(t.notes, func(n dedupe.Note) bool { return n.Code == code }) {
		t.notes = append(t.notes, dedupe.Note{Code: code})
	}
}

// turned is what takes a change back, nil where it no longer stands or cannot be;
// then a reason may say why.
func (t *taking) turned(c change.Change) (change.Change, reason.Code) {
	a := t.Account
	switch c := c.(type) {
	case change.Join, change.Leave, change.SetRole, change.SetPermissions, change.SetColumns, change.Offer, change.Withdraw:
		return t.turnedMembership(c)
	case change.GrantCampaign:
		return reversed(c, slices.Contains(a.Campaigns, c.Campaign))
	case change.RevokeCampaign:
		return reversed(c, !slices.Contains(a.Campaigns, c.Campaign) && slices.Contains(t.campaigns, c.Campaign))
	case change.GrantProduct:
		return reversed(c, slices.Contains(a.Products, c.Product))
	case change.RevokeProduct:
		return reversed(c, !slices.Contains(a.Products, c.Product))
	case change.Block:
		if c.EndsLink {
			t.note(reason.LinkStaysEnded)
		}
		return reversed(c, a.Blocked && (!c.Everywhere || a.Barred))
	case change.Unblock:
		return reversed(c, !a.Blocked)
	case change.Remember:
		return reversed(c, true)
	case change.Own, change.Disown, change.Attend:
		return t.turnedSource(c)
	case change.IssueLink:
		if c.Live {
			t.note(reason.LinkStaysEnded)
		}
		return reversed(c, a.Link.ID != "" && a.Link.ID == c.Link)
	case change.EndLink:
		return nil, reason.LinkStaysEnded
	case change.HandOver, change.Erase, change.Merge, change.Unmake:
		return nil, reason.CannotBeUndone
	}
	return t.turnedAccount(c)
}

// reversed is the reverse of a change that still stands.
func reversed(c change.Change, stands bool) (change.Change, reason.Code) {
	if !stands {
		return nil, reason.NoLongerSo
	}
	back, reversible := c.Reverse()
	if !reversible {
		return nil, reason.CannotBeUndone
	}
	return back, ""
}

// turnedSource takes back what a source of lists came to know of somebody, unless it
// has come to know something else since.
func (t *taking) turnedSource(c change.Change) (change.Change, reason.Code) {
	again := slices.ContainsFunc(t.since, func(e event) bool {
		return slices.ContainsFunc(e.Changes, func(other change.Change) bool { return subject(other) == subject(c) })
	})
	if again {
		return nil, ""
	}
	return reversed(c, true)
}

// turnedMembership takes back what was done to a membership.
func (t *taking) turnedMembership(c change.Change) (change.Change, reason.Code) {
	m, in := t.Account.In(brandOf(c))
	switch c := c.(type) {
	case change.Join:
		return reversed(c, in && m.Role == c.Role)
	case change.Leave:
		return reversed(c, !in && t.isRole(c.Role))
	case change.SetRole:
		return reversed(c, in && m.Role == c.To && t.isRole(c.From))
	case change.SetPermissions:
		return reversed(c, in && samePermissions(m, c))
	case change.SetColumns:
		return t.turnedColumns(c, in)
	case change.Offer:
		waits := slices.ContainsFunc(t.Account.Offers, func(o dedupe.OpenOffer) bool {
			return o.Brand == c.Brand && o.Link == c.Link && !o.Declined
		})
		if in {
			return nil, reason.AcceptedSince
		}
		return reversed(c, waits)
	}
	return nil, reason.CannotBeUndone // an offer that was withdrawn: nobody is asked twice
}

// isRole reports whether the organization still has a role.
func (t *taking) isRole(name string) bool {
	_, known := t.policy.Ranks[name]
	return known
}

// samePermissions reports whether a membership has the permissions that it was
// given.
func samePermissions(m dedupe.Membership, c change.SetPermissions) bool {
	if m.Permissions == nil || c.To == nil {
		return m.Permissions == c.To
	}
	return m.Permissions.Same(*c.To)
}

// turnedColumns puts back what free columns said that still say what the run
// wrote; the others stay as they are by now.
func (t *taking) turnedColumns(c change.SetColumns, in bool) (change.Change, reason.Code) {
	held := t.Account.Attributes[c.Brand]
	back := change.SetColumns{Brand: c.Brand, From: map[string]string{}, To: map[string]string{}, Rest: maps.Clone(held)}
	var why reason.Code
	for column, value := range c.To {
		if !in || held[column] != value {
			why = reason.NoLongerSo
			continue
		}
		back.From[column] = value
		back.To[column] = c.From[column]
		delete(back.Rest, column)
	}
	if len(back.To) == 0 {
		return nil, why
	}
	return back, why
}

// turnedAccount takes back what was written to the account itself, while it is the
// organization's own: of whoever has registered it is theirs. An id is always the
// organization's that gave it.
func (t *taking) turnedAccount(c change.Change) (change.Change, reason.Code) {
	a := t.Account
	holds := func(p identity.Profile) bool {
		return slices.ContainsFunc(a.Profiles, func(h dedupe.AccountProfile) bool { return h.Profile.Key() == p.Key() })
	}
	switch c.(type) {
	case change.Create, change.Reveal, change.SendMail, change.OpenDashboard, change.TellAdministrators, change.CancelMail,
		change.StopMail:
		return nil, "" // looked at as a whole
	}
	if !a.OwnedHere && !t.ours(c) {
		return nil, reason.TheirsByNow
	}
	switch c := c.(type) {
	case change.SetStatus:
		handed := slices.ContainsFunc(t.done, func(d deed) bool { return d.Op() == change.OpHandOver })
		return reversed(c, a.Status == c.To && !handed)
	case change.Fill, change.Clear:
		return reversed(c, true) // what says something else by now stays
	case change.Readdress:
		return reversed(c, a.Email.Value == c.To.Value)
	case change.TakeKey:
		return reversed(c, t.Owners[c.Key] == a.ID)
	case change.DropKey:
		return t.takes(c, c.Key)
	case change.AddProfile:
		return reversed(c, holds(c.Profile))
	case change.DropProfile:
		if holds(c.Profile) {
			return nil, reason.NoLongerSo
		}
		if c.Shared || c.Disputed {
			return reversed(c, true)
		}
		return t.takes(c, c.Profile.Key())
	case change.Connect, change.Disconnect:
		return reversed(c, true)
	}
	return nil, reason.CannotBeUndone
}

// ours reports whether a change is of an id that the organization gave.
func (t *taking) ours(c change.Change) bool {
	var k identity.Key
	switch c := c.(type) {
	case change.TakeKey:
		k = c.Key
	case change.DropKey:
		k = c.Key
	}
	return k.Space == dedupe.ExternalSpace(t.policy.Organization)
}

// takes gives the account a key again, if nobody has it by now.
func (t *taking) takes(c change.Change, k identity.Key) (change.Change, reason.Code) {
	t.watch = append(t.watch, dedupe.Watched{Key: k, Account: t.Owners[k]})
	return reversed(c, t.Owners[k] == "" && !t.Erased[k])
}

// mails cancels what the run queued and nobody has sent.
func (t *taking) mails(run string, mails []provision.MailState) {
	waiting, left := counted(mails)
	told := slices.ContainsFunc(t.done, func(d deed) bool { return d.Op() == change.OpTellAdministrators })
	if left > 0 {
		t.note(reason.MailLeft)
	}
	if waiting > 0 || told {
		t.changes = append(t.changes, change.CancelMail{Run: run, Mails: waiting, Told: told})
	}
}

// counted counts mails that wait, and those that may have reached somebody.
func counted(mails []provision.MailState) (waiting, left int) {
	for _, state := range mails {
		switch state {
		case provision.MailQueued, provision.MailDeferred:
			waiting++
		case provision.MailAccepted, provision.MailLeased, provision.MailUnknown:
			left++
		}
	}
	return waiting, left
}
