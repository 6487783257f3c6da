package dedupe

import (
	"slices"

	"muster/importer/reason"
)

// decideStrong decides for a person who is known for certain: lines 5 to 8 of
// the table, and what speaks against the match in spite of its strength.
func decideStrong(m Match, r Reached, p Policy) Decision {
	a, activate := r.Account, activation(m.Person)
	switch {
	case m.connectedDiffers(a):
		return m.reviewWith(reason.ConnectedDiffers, m.connectedNotes(a, p), p)
	case m.emailDiffers(r):
		return m.reviewWith(reason.EmailDiffers, m.differences(a, p), p)
	case m.addressShared(r):
		return m.reviewWith(reason.SharedAddress, m.differences(a, p), p)
	case m.nothingAgrees(r):
		return m.review(reason.NothingElseAgrees, p)
	case m.Contested:
		return m.review(reason.SharedAccount, p)
	case activate != "" && a.MayBeActivated(p) == reason.BlockedEverywhere:
		return m.rejectWish(reason.BlockedEverywhere)
	case a.Blocked && wantsBlock(m.Person):
		return m.blocks(a, p)
	case a.Blocked && (activate == "" || !p.MayActivate || a.MayBeActivated(p) != ""):
		return m.known(Blocked, blockedBy(a), a)
	case kindDiffers(m.Person, a):
		return m.reviewWith(reason.KindDiffers, m.kindNotes(a, p), p)
	case wantsBlock(m.Person):
		return m.blocks(a, p)
	}
	if !a.Blocked {
		activate = ""
	}
	return m.joining(r, p, activate)
}

// decideWeak decides for a person who only looks like an account: line 9.
func decideWeak(m Match, r Reached, p Policy) Decision {
	a := r.Account
	sameEmail := m.Person.email().IsZero() || m.Person.at(a.Email)
	switch {
	case a.Blocked && wantsBlock(m.Person) && sameEmail:
		return m.blocks(a, p)
	case a.Blocked, m.RivalBlocks:
		return m.review(reason.BlockedCandidate, p)
	case m.connectedDiffers(a), kindDiffers(m.Person, a):
		return m.review(reason.LooksLike, p)
	case wantsBlock(m.Person):
		return m.review(reason.BlockRequested, p)
	case p.OnProfileMatch == ClaimMatches && !m.Contested && !m.namesContradict(a):
		return m.joining(r, p, "")
	case sameEmail && additions(m, a, p).IsZero():
		d := m.unchanged(a, p, m.columnNotes(a, p)...)
		d.Link = linkAction(r, p, false)
		return d
	default:
		return m.review(reason.LooksLike, p)
	}
}

// joining is decideKnown, but that it holds a person who has to be asked and
// cannot be.
func (m Match) joining(r Reached, p Policy, activate string) Decision {
	d := decideKnown(m, r, p, activate)
	if len(d.Write.Offers) > 0 && !askable(r, p) {
		return m.review(reason.CannotBeAsked, p)
	}
	return d
}

// decideKnown claims, updates or leaves an account that is the person's.
func decideKnown(m Match, r Reached, p Policy, activate string) Decision {
	a := r.Account
	w, waits := offered(additions(m, a, p), a, p)
	if w.Activate = activate; activate == "activate" {
		w.Lower = m.lowered(a, p)
	}
	var left []Note // what is not taken over
	if r.proven() {
		w.Kept = m.kept(a, p)
	} else { // the account may be somebody else's of the list, whose row says otherwise
		left = m.columnNotes(a, p)
	}
	if r.Strength() == Strong {
		w.Profiles = m.newProfiles(a)
		w.Fill = m.fill(a, p)
	}
	if r.proven() {
		m.replace(&w, a, p)
	}
	if r.by(Strong, isEmail) && !a.outside(p) { // an id that a profile brought in would be proof of itself tomorrow
		w.ExternalID = m.newExternalID(a)
	}
	d := m.unchanged(a.with(w), p, left...)
	d.Write = w
	d.Link = linkAction(r, p, activate != "")
	if d.Link == KeepLink || d.Link == ExpiredLink {
		d.LinkID = a.Link.ID
	}
	if a.outside(p) && (len(w.Offers) > 0 || waits != "") {
		d.Link = AskedFirst
		d.LinkID = ""
	}
	joins := claims(m.Person, a, p) && len(w.Memberships)+len(w.Offers) > 0
	d.Notes = append(d.Notes, accessNotes(w.Memberships, a, w.Campaigns, p)...)
	why := updateReason(d)
	switch {
	case joins && p.OnEmailMatch == HoldMatches && r.by(Strong, isEmail):
		return m.review(reason.EmailMatchHeld, p)
	case joins:
		d.Action = Claim
		d.Reason = matchedBy(r)
		if len(w.Offers) > 0 {
			d.Reason = reason.MembershipOffered
		}
	case why != "":
		d.Action = Update
		d.Reason = why
	case waits != "":
		d.Reason = waits
	case activation(m.Person) != "":
		d.Reason = reason.NotBlocked
	}
	d.Mails = mailings(d, r, p)
	d.open(a, p)
	return d
}

// blockedBy says whose block an account is under.
func blockedBy(a Account) reason.Code {
	if a.Barred {
		return reason.BlockedEverywhere
	}
	return reason.BlockedHere
}

// unchanged leaves the account as it is, noting where the row disagrees.
func (m Match) unchanged(a Account, p Policy, more ...Note) Decision {
	d := m.known(Unchanged, reason.NothingNew, a)
	d.Notes = append(append(d.Notes, m.differences(a, p)...), more...)
	if slices.ContainsFunc(d.Notes, func(n Note) bool { return n.Code.Difference() }) {
		d.Reason = reason.RowDiffers
	}
	return d
}

// known is a decision about the account that the person is.
func (m Match) known(action Action, why reason.Code, a Account) Decision {
	d := m.decision(action, why)
	d.Account = a.ID
	d.Watch = m.Watch
	return d
}

// activation returns the strongest status of the rows that lifts a block, ""
// for none.
func activation(p Person) string {
	best := ""
	for _, r := range p.Records {
		if r.Status == "activate+roles" || r.Status == "activate" && best == "" {
			best = r.Status
		}
	}
	return best
}

// claims reports whether taking the person into the wanted brands is a claim:
// the account was in none of them; or, of several, in none of the
// organization's at all.
func claims(person Person, a Account, p Policy) bool {
	wanted := p.brands(person)
	if len(wanted) > 1 {
		return len(a.Memberships) == 0
	}
	_, in := a.In(wanted[0])
	return !in
}

func matchedBy(r Reached) reason.Code {
	switch {
	case r.by(Strong, isEmail):
		return reason.EmailMatch
	case r.by(Strong, isExternal):
		return reason.ExternalIDMatch
	case r.by(Strong, isMailbox):
		return reason.MailboxMatch
	case r.Strength() == Strong:
		return reason.ConnectedMatch
	default:
		return reason.ProfileMatch
	}
}

// updateReason names the weightiest thing an update does, or "" where the
// decision does nothing.
func updateReason(d Decision) reason.Code {
	switch w := d.Write; {
	case w.Activate != "":
		return reason.Activated
	case len(w.Raise) > 0:
		return reason.RoleRaised
	case len(w.Offers) > 0:
		return reason.MembershipOffered
	case len(w.Memberships)+len(w.Campaigns)+len(w.Products) > 0:
		return reason.AccessAdded
	case len(w.Profiles) > 0 || w.ExternalID != "":
		return reason.DetailsAdded
	case d.Link == IssueLink:
		return reason.InvitedNow
	case len(w.Kept) > 0:
		return reason.DetailsChanged
	case w.Clear != nil:
		return reason.DetailsReplaced
	case w.Fill != nil:
		return reason.DetailsFilled
	case d.Link == ReissueLink:
		return reason.Reissued
	}
	return ""
}
