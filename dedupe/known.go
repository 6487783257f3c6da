package dedupe

import (
	"slices"

	"muster/importer/identity"
	"muster/importer/reason"
	"muster/importer/record"
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
	case a.Barred && activate != "":
		return m.rejectWish(reason.BlockedEverywhere)
	case a.Blocked && wantsBlock(m.Person):
		return m.blocks(a, p)
	case a.Blocked && (activate == "" || !p.MayActivate || a.rank(p) > p.OperatorRank):
		return m.known(Blocked, blockedBy(a), a)
	case kindDiffers(m.Person, a):
		return m.reviewWith(reason.KindDiffers, m.kindNotes(a, p), p)
	case wantsBlock(m.Person):
		return m.blocks(a, p)
	}
	if !a.Blocked {
		activate = ""
	}
	return settle(m, r, p, activate)
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
		return settle(m, r, p, "")
	case sameEmail && additions(m, a, p).IsZero():
		d := m.unchanged(a, p, m.columnNotes(a, p)...)
		d.Link = linkAction(r, p, false)
		return d
	default:
		return m.review(reason.LooksLike, p)
	}
}

// settle claims, updates or leaves an account that is the person's.
func settle(m Match, r Reached, p Policy, activate string) Decision {
	a := r.Account
	w := additions(m, a, p)
	w.Activate = activate
	var left []Note
	if r.proven() {
		w.Kept = m.kept(a, p)
	} else { // somebody else on the list may be, and say otherwise
		left = m.columnNotes(a, p)
	}
	if r.Strength() == Strong {
		w.Profiles = m.newProfiles(a)
		w.Fill = m.fill(a)
	}
	if r.by(Strong, isEmail) { // an id that a profile brought in would be proof of itself tomorrow
		w.ExternalID = m.newExternalID(a)
	}
	d := m.unchanged(a, p, left...)
	d.Write = w
	if d.Link = linkAction(r, p, activate != ""); d.Link == KeepLink || d.Link == ExpiredLink {
		d.LinkID = a.Link.ID
	}
	d.Notes = append(d.Notes, accessNotes(w.Memberships, a, w.Campaigns, p)...)
	if claims(m.Person, a, p) {
		d.Action, d.Reason = Claim, matchedBy(r)
		if p.OnEmailMatch == HoldMatches && r.by(Strong, isEmail) {
			return m.review(reason.EmailMatchHeld, p)
		}
		return d
	}
	switch why := updateReason(d); {
	case why != "":
		d.Action, d.Reason = Update, why
	case activation(m.Person) != "":
		d.Reason = reason.NotBlocked
	}
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

func (m Match) known(action Action, why reason.Code, a Account) Decision {
	d := m.decision(action, why)
	d.Account, d.Watch = a.ID, m.Watch
	return d
}

func activation(p Person) string {
	best := ""
	for _, r := range p.Records {
		if r.Status == "activate+roles" || r.Status == "activate" && best == "" {
			best = r.Status
		}
	}
	return best
}

// connectedDiffers reports whether the account has connected a handle on a
// network where the person says another.
func (m Match) connectedDiffers(a Account) bool {
	return slices.ContainsFunc(m.Person.profiles(), func(p identity.Profile) bool {
		return !p.Shared && disagreement(m.Person, a, p.Space(), true)
	})
}

// emailDiffers reports whether an external id alone led to the account, and
// the person brings another address than the account's: an id is no proof of
// an address, whatever the names say.
func (m Match) emailDiffers(r Reached) bool {
	own := r.Account.Email
	if m.Person.email().IsZero() || own.IsZero() || r.by(Weak, isEmail) || sameMailbox(m.Person.email(), own) {
		return false
	}
	return r.by(Strong, isExternal) && !r.by(Strong, func(k identity.Key) bool { return !isExternal(k) })
}

// sameMailbox reports whether two addresses reach one mailbox, as its provider
// documents.
func sameMailbox(a, b identity.Email) bool { return a.Folds() && b.Folds() && a.Mailbox == b.Mailbox }

// addressShared reports whether the account's address alone led to it, the
// names have nothing in common, and the address is an office's or the account
// declares another handle: then people share it. Another name alone is common.
func (m Match) addressShared(r Reached) bool {
	a := r.Account
	if !r.by(Strong, isEmail) || r.by(Weak, func(k identity.Key) bool { return !isEmail(k) }) || !m.namesContradict(a) {
		return false
	}
	return a.Email.Role || slices.ContainsFunc(m.Person.profiles(), func(p identity.Profile) bool {
		return !p.Shared && disagreement(m.Person, a, p.Space(), false)
	})
}

// nothingAgrees reports whether everything that can be compared, beside the
// evidence itself, disagrees, and there is something to compare. Against an
// account's own address another name is not enough, people call themselves
// many things; another name and another external id are.
func (m Match) nothingAgrees(r Reached) bool {
	person, a := m.Person, r.Account
	otherID := person.externalID() != "" && len(a.ExternalIDs) > 0 && !slices.Contains(a.ExternalIDs, person.externalID())
	if r.by(Strong, isEmail) {
		return otherID && m.namesContradict(a) && !r.by(Weak, func(k identity.Key) bool { return !isEmail(k) })
	}
	compared := otherID
	agree := func(said, held string, equal bool) bool {
		if said == "" || held == "" {
			return false
		}
		compared = true
		return equal
	}
	if agree(person.email().Value, a.Email.Value, person.at(a.Email) || sameMailbox(person.email(), a.Email)) ||
		agree(person.name(), a.Name, !m.namesContradict(a)) {
		return false
	}
	isProfile := func(k identity.Key) bool { return !isExternal(k) }
	if r.by(Strong, isExternal) && r.by(Weak, isProfile) || r.by(Strong, isProfile) && slices.Contains(a.ExternalIDs, person.externalID()) {
		return false
	}
	return compared
}

// namesContradict reports whether none of the names that the rows give has
// anything in common with the account's.
func (m Match) namesContradict(a Account) bool {
	contradicts := func(n string) bool { return namesContradict(n, a.Name) }
	return m.Person.anyName(contradicts) && !m.Person.anyName(func(n string) bool { return !contradicts(n) })
}

// kindDiffers reports whether the account is in the organization as another
// kind.
func kindDiffers(p Person, a Account) bool {
	return slices.ContainsFunc(a.Memberships, func(m Membership) bool { return m.Kind != p.kind() })
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
	case len(w.Memberships)+len(w.Campaigns)+len(w.Products) > 0:
		return reason.AccessAdded
	case len(w.Profiles) > 0 || w.ExternalID != "":
		return reason.DetailsAdded
	case d.Link == IssueLink:
		return reason.InvitedNow
	case len(w.Kept) > 0:
		return reason.DetailsChanged
	case w.Fill != nil:
		return reason.DetailsFilled
	case d.Link == ReissueLink:
		return reason.Reissued
	}
	return ""
}

// additions returns the access the person is to have and the account has not:
// memberships, higher roles, campaigns, products.
func additions(m Match, a Account, p Policy) Write {
	var w Write
	person, kind := m.Person, m.Person.kind()
	role := highest(person.union(func(r record.Record) []string { return []string{r.Role} }), p)
	for _, brand := range p.brands(person) {
		held, in := a.In(brand)
		switch {
		case !in && role == "":
			w.Memberships = append(w.Memberships, Membership{Brand: brand, Kind: kind, Role: p.DefaultRole(kind)})
		case !in:
			w.Memberships = append(w.Memberships, Membership{Brand: brand, Kind: kind, Role: role})
		case role != "" && p.Ranks[role] > p.Ranks[held.Role]:
			w.Raise = append(w.Raise, Raise{Brand: brand, From: held.Role, To: role})
		}
	}
	w.Campaigns = missing(person.union(func(r record.Record) []string { return r.Campaigns }), a.Campaigns)
	w.Products = missing(person.union(func(r record.Record) []string { return r.Products }), a.Products)
	if len(w.Memberships) > 0 {
		w.Attributes = person.attributes()
	}
	return w
}

func highest(roles []string, p Policy) string {
	best := ""
	for _, role := range roles {
		if role != "" && (best == "" || p.Ranks[role] > p.Ranks[best]) {
			best = role
		}
	}
	return best
}

func missing(wanted, held []string) []string {
	return slices.DeleteFunc(wanted, func(s string) bool { return slices.Contains(held, s) })
}

// newProfiles returns the declared profiles to attach: only to an account
// this organization owns, and only where it declares no other handle.
func (m Match) newProfiles(a Account) []identity.Profile {
	if !a.OwnedHere {
		return nil
	}
	return slices.DeleteFunc(m.unheld(a), func(p identity.Profile) bool { return disagreement(m.Person, a, p.Space(), false) && !p.Shared })
}

// unheld returns the person's profiles that the account does not have.
func (m Match) unheld(a Account) []identity.Profile {
	return slices.DeleteFunc(m.Person.profiles(), func(p identity.Profile) bool {
		return slices.ContainsFunc(a.Profiles, func(held AccountProfile) bool { return held.Profile.Key() == p.Key() })
	})
}

// newExternalID returns the external id to attach, where the account has none
// here.
func (m Match) newExternalID(a Account) string {
	if len(a.ExternalIDs) > 0 {
		return ""
	}
	return m.Person.externalID()
}
