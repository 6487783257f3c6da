package dedupe

import (
	"slices"

	"muster/importer/identity"
	"muster/importer/reason"
	"muster/importer/record"
)

// resolve decides for a held person as a reviewer chose. It is total and pure:
// the same match, policy and resolution give the same decision or the same
// refusal.
//
//	claim                   the account joins the brand. Its email stays, and
//	                        links go to its own address alone
//	create                  a new account. A profile or id that somebody else
//	                        has is recorded without its key: disputed
//	create as contact       the same without a sign-in address, and no link
//	same person, new email  the account takes the row's address; its links die
//	skip                    stays held, and is not asked about again
//
// The choice "same as row" is for the resolver, which knows the other row.
func (m Match) resolve(p Policy, r Resolution) (Decision, *refusal) {
	d, refused := m.chosen(p, r)
	if refused != nil {
		return Decision{}, refused
	}
	if why := m.refusesPermissions(d, p); why != "" {
		return Decision{}, &refusal{why: reason.Of(why).Meaning, hint: reason.Of(why).Remedy}
	}
	if r.By != "" {
		d.Notes = append(d.Notes, Note{Code: reason.DecidedBy, Row: m.Person.First(), Said: r.By})
	}
	return d, nil
}

func (m Match) chosen(p Policy, r Resolution) (Decision, *refusal) {
	switch {
	case r.Choice == ChooseSkip:
		return m.review(reason.Skipped, p), nil
	case m.Erased:
		return m.readmitted(p, r)
	case r.Choice == ChooseClaim:
		return m.claimed(p, r.Account, identity.Email{})
	case r.Choice == ChooseCreate:
		return m.createdAnyway(p)
	case r.Choice == ChooseContact:
		return m.createdAsContact(p)
	case r.Choice == ChooseNewEmail:
		return m.readdressed(p, r.Account)
	}
	return Decision{}, noChoice(r.Choice)
}

// readmitted makes somebody who was erased, and lifts the marks of that: they asked
// to be there again, and the operator may bring them back.
func (m Match) readmitted(p Policy, r Resolution) (Decision, *refusal) {
	if !p.MayReadmit || m.Barred || len(m.Marks) == 0 {
		return Decision{}, personErased
	}
	var d Decision
	refused := personErased // nobody else's account is theirs
	switch r.Choice {
	case ChooseCreate:
		d, refused = m.createdAnyway(p)
	case ChooseContact:
		d, refused = m.createdAsContact(p)
	}
	d.Write.Readmit = m.Marks
	return d, refused
}

// claimed takes the account to be the person's, whatever else speaks against
// it, and adds what the rows want for them. Email is the address that the
// account is to have, if it is not to keep its own.
func (m Match) claimed(p Policy, account string, email identity.Email) (Decision, *refusal) {
	i := m.index(account)
	if i < 0 {
		return Decision{}, notACandidate
	}
	r := m.Reached[i]
	if !email.IsZero() { // as the address will lead to the account the next night
		r.Evidence = append(slices.Clone(r.Evidence), Evidence{Key: email.Key(), Row: m.Person.rowOf(email), Strength: Strong})
	}
	switch why := r.Account.MayBeBlocked(p); {
	case wantsBlock(m.Person) && (why == "" || why == reason.AlreadyBlocked):
		return m.blockedAsDecided(r.Account, p), nil
	case wantsBlock(m.Person):
		return Decision{}, mayNotBlock
	case r.Account.Blocked:
		return Decision{}, accountBlocked
	}
	p.OnEmailMatch = ClaimMatches // the reviewer has looked
	d := decideKnown(m, r, p, "")
	if len(d.Write.Offers) > 0 && r.Account.Email.IsZero() {
		return Decision{}, cannotBeAsked
	}
	d.Write.Profiles = m.newProfiles(r.Account)
	d.Write.ExternalID = ""
	if d.Write.Clear == nil {
		d.Write.Fill = m.fill(r.Account, p)
	}
	own := r.Account.Email.Key()
	if !email.IsZero() || r.by(Hint, func(k identity.Key) bool { return k == own }) {
		// as the address alone would bring about the next night
		if !r.Account.outside(p) {
			d.Write.ExternalID = m.newExternalID(r.Account)
		}
		d.Write.Kept = m.kept(r.Account, p)
	}
	m.keepDisputed(&d, r.Account)
	d.watch(r.Account)
	if d.Action != Claim {
		d.Action = Unchanged
		if updateReason(d) != "" {
			d.Action = Update
		}
	}
	d.Reason = reason.Decided
	return d, nil
}

// blockedAsDecided blocks the account that a reviewer took the person to be.
func (m Match) blockedAsDecided(a Account, p Policy) Decision {
	d := m.blocks(a, p)
	d.watch(a)
	if d.Action == Update {
		d.Reason = reason.Decided
	}
	return d
}

// keepDisputed leaves identifiers that others have with them.
func (m Match) keepDisputed(d *Decision, a Account) {
	d.Write.Profiles = slices.DeleteFunc(slices.Clone(d.Write.Profiles), func(profile identity.Profile) bool {
		owner := m.ownerOf(profile.Key())
		return !profile.Shared && owner != "" && owner != a.ID
	})
	for _, w := range m.Watch {
		if w.Taken() && w.Account != a.ID && !isEmail(w.Key) {
			d.leave(w.Key, m.Person.First())
		}
	}
}

// createdAnyway makes a new account although something looked alike.
func (m Match) createdAnyway(p Policy) (Decision, *refusal) {
	email := m.Person.email()
	switch {
	case email.IsZero():
		return Decision{}, noEmailToCreate
	case m.ownerOf(email.Key()) != "":
		return Decision{}, emailOfAccount
	}
	if refused := m.creatable(); refused != nil {
		return Decision{}, refused
	}
	d := m.creation(p, email)
	d.leaveTaken(m.Person.First())
	d.Reason = reason.Decided
	return d, nil
}

// createdAsContact makes a new account that nobody can sign in to by the
// row's address: it is an agency's or a manager's.
func (m Match) createdAsContact(p Policy) (Decision, *refusal) {
	email := m.Person.email()
	if email.IsZero() {
		return Decision{}, noContact
	}
	if refused := m.creatable(); refused != nil {
		return Decision{}, refused
	}
	d := m.creation(p, email)
	d.Write.New.Email = identity.Email{}
	d.Write.New.ContactEmail = email.Address
	d.Link = NoAddress
	d.Mails = nil // to whom?
	d.unwatch(isEmail)
	d.leaveTaken(m.Person.First())
	if len(d.NewKeys()) == 0 {
		return Decision{}, nothingOfTheirOwn
	}
	d.Reason = reason.Decided
	return d, nil
}

// creatable refuses to make an account of a person whose rows do not allow it.
func (m Match) creatable() *refusal {
	switch {
	case m.Person.kind() == record.Creator && m.Person.name() == "":
		return noName
	case wantsBlock(m.Person):
		return newAndBlocked
	}
	return nil
}

// leaveTaken leaves the keys of a create that somebody has with them.
func (d *Decision) leaveTaken(row int) {
	for _, w := range d.Watch {
		if w.Taken() {
			d.leave(w.Key, row)
		}
	}
}

// leave notes that a key of the row stays somebody else's. An external id is
// not written, either.
func (d *Decision) leave(k identity.Key, row int) {
	d.Notes = append(d.Notes, Note{Code: reason.Disputed, Row: row, Said: k.Value})
	if isExternal(k) && k.Value == d.Write.ExternalID {
		d.Write.ExternalID = ""
	}
}

// readdressed gives the account the person's address.
func (m Match) readdressed(p Policy, account string) (Decision, *refusal) {
	i := m.index(account)
	if i < 0 {
		return Decision{}, notACandidate
	}
	email, a := m.Person.email(), m.Reached[i].Account
	if refused := m.readdressable(p, a); refused != nil {
		return Decision{}, refused
	}
	d, refused := m.claimed(p, account, email)
	if refused != nil {
		return d, refused
	}
	d.Notes = slices.DeleteFunc(d.Notes, func(n Note) bool { return n.Code == reason.EmailDiffers })
	d.Write.Email = &email
	d.Write.Former = a.Email
	if d.Action == Unchanged {
		d.Action = Update
	}
	if wantsBlock(m.Person) { // nobody who is blocked is sent a link
		return d, nil
	}
	d.LinkID = ""
	switch {
	case p.SSO || a.SSO:
		d.Link = SignIn
	case p.Inactive:
		d.Link = NotNow
	case p.Invite == InviteNone:
		d.Link = NotInvited
	case a.Link.Ever:
		d.Link = ReissueLink
	default:
		d.Link = IssueLink
	}
	d.Mails = mailings(d, m.Reached[i], p)
	return d, nil
}

// readdressable refuses to give the account the person's address. Only an
// account that this organization owns and nobody registered has an address
// that a list may correct. Only a reviewer who sees every brand of the account,
// and holds every right it has, may say where its link goes.
func (m Match) readdressable(p Policy, a Account) *refusal {
	email := m.Person.email()
	owner := m.ownerOf(email.Key())
	switch {
	case email.IsZero():
		return noNewEmail
	case !a.OwnedHere:
		return notOurs
	case !a.Visible(p.VisibleBrands):
		return inUnseenBrands
	case a.Beyond(p):
		return aboveReviewer
	case !a.within(p.VisibleBrands):
		return inUnseenBrands
	case email.Value == a.Email.Value:
		return hasThisEmail
	case owner != "" && owner != a.ID:
		return emailOfAnother
	}
	return nil
}
