package dedupe

import (
	"slices"

	"muster/importer/identity"
	"muster/importer/reason"
	"muster/importer/record"
)

// Settle decides for a held person as a reviewer chose. It is total and pure:
// the same match, policy and resolution give the same decision, or the same
// *ChoiceError.
//
//	claim                   the account joins the brand. Its email stays, and
//	                        links go to its own address alone
//	create                  a new account. A profile or id that somebody else
//	                        has is recorded without its key: disputed
//	create as contact       the same without a sign-in address, and no link
//	same person, new email  the account takes the row's address; its links die
//	skip                    stays held, and is not asked about again
//
// The choice "same as row" is for Resolve, which knows the other row.
func Settle(m Match, p Policy, r Resolution) (Decision, error) {
	if r.Digest != "" && r.Digest != EvidenceDigest(m, Decide(m, p)) {
		return Decision{}, impossible("export the review again and decide on what it shows now", "what this was decided on has changed")
	}
	return m.settled(p, r)
}

func (m Match) settled(p Policy, r Resolution) (Decision, error) {
	d, err := m.chosen(p, r)
	if err != nil {
		return Decision{}, err
	}
	if r.By != "" {
		d.Notes = append(d.Notes, Note{Code: reason.DecidedBy, Row: m.Person.First(), Said: r.By})
	}
	return d, nil
}

func (m Match) chosen(p Policy, r Resolution) (Decision, error) {
	switch {
	case r.Choice == ChooseSkip:
		return m.review(reason.Skipped, p), nil
	case m.Erased:
		return Decision{}, impossible("skip the row; lifting an erasure is a command of its own", "the person was erased earlier")
	case r.Choice == ChooseClaim:
		return m.claimed(p, r.Account, identity.Email{})
	case r.Choice == ChooseCreate:
		return m.createdAnyway(p)
	case r.Choice == ChooseContact:
		return m.createdAsContact(p)
	case r.Choice == ChooseNewEmail:
		return m.readdressed(p, r.Account)
	}
	return Decision{}, impossible("choose one of the list", "%q is no decision for one person", r.Choice)
}

// claimed takes the account to be the person's, whatever else speaks against
// it, and adds what the rows want for them. Email is the address that the
// account is to have, if it is not to keep its own.
func (m Match) claimed(p Policy, account string, email identity.Email) (Decision, error) {
	r, err := m.reachedAs(account)
	if err != nil {
		return Decision{}, err
	}
	switch {
	case wantsBlock(m.Person) && (r.Account.Blocked || r.Account.blockable(p)):
		return m.blockedAsDecided(r.Account, p), nil
	case wantsBlock(m.Person):
		return Decision{}, impossible("skip the row; somebody who ranks above the person can block them", "the list says blocked, and you may not block this person")
	case r.Account.Blocked:
		return Decision{}, impossible("lift the block first, or skip the row", "the account is blocked here")
	}
	p.OnEmailMatch = ClaimMatches // the reviewer has looked
	d := settle(m, r, p, "")
	d.Write.Profiles, d.Write.ExternalID, d.Write.Fill = m.newProfiles(r.Account), "", m.fill(r.Account)
	own := r.Account.Email.Key()
	if !email.IsZero() || r.by(Hint, func(k identity.Key) bool { return k == own }) {
		d.Write.ExternalID, d.Write.Kept = m.newExternalID(r.Account), m.kept(r.Account, p) // as the email alone would tomorrow
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
	row := m.Person.First()
	d.Write.Profiles = slices.DeleteFunc(slices.Clone(d.Write.Profiles), func(profile identity.Profile) bool {
		owner := m.takenBy(profile.Key())
		return !profile.Shared && owner != "" && owner != a.ID
	})
	for _, w := range m.Watch {
		if w.Taken() && w.Account != a.ID && !isEmail(w.Key) {
			d.leave(w.Key, row)
		}
	}
}

// createdAnyway makes a new account although something looked alike.
func (m Match) createdAnyway(p Policy) (Decision, error) {
	email := m.Person.email()
	switch {
	case email.IsZero():
		return Decision{}, impossible("claim an account, or skip the row", "a new account needs an email, and the row has none")
	case m.takenBy(email.Key()) != "":
		return Decision{}, impossible("claim that account, or create as contact", "the email belongs to an account already")
	}
	if err := m.creatable(); err != nil {
		return Decision{}, err
	}
	d := m.creation(p, email)
	d.leaveTaken(m.Person.First())
	d.Reason = reason.Decided
	return d, nil
}

// createdAsContact makes a new account that nobody can sign in to by the
// row's address: it is an agency's or a manager's.
func (m Match) createdAsContact(p Policy) (Decision, error) {
	email := m.Person.email()
	if email.IsZero() {
		return Decision{}, impossible("claim an account, or skip the row", "the row has no address to keep as a contact")
	}
	if err := m.creatable(); err != nil {
		return Decision{}, err
	}
	d := m.creation(p, email)
	d.Write.New.Email, d.Write.New.ContactEmail = identity.Email{}, email.Address
	d.Link = NoAddress
	d.unwatch(isEmail)
	d.leaveTaken(m.Person.First())
	if len(d.NewKeys()) == 0 {
		return Decision{}, impossible("add a profile or an external id of the person's own to the list", "without the address nothing is left to know the person by")
	}
	d.Reason = reason.Decided
	return d, nil
}

func (m Match) creatable() error {
	switch {
	case m.Person.kind() == record.Creator && m.Person.name() == "":
		return impossible("add the name to the list", "a creator needs a name, and the row has none")
	case wantsBlock(m.Person):
		return impossible("take the status out of the list, or skip the row", "the list says blocked, and somebody new is nobody to block")
	}
	return nil
}

// leaveTaken leaves the keys of a creation that somebody has with them.
func (d *Decision) leaveTaken(row int) {
	for _, w := range d.Watch {
		if w.Taken() {
			d.leave(w.Key, row)
		}
	}
}

// leave notes that a key stays somebody else's. An external id is not written,
// either.
func (d *Decision) leave(k identity.Key, row int) {
	d.Notes = append(d.Notes, disputed(row, k.Value))
	if isExternal(k) && k.Value == d.Write.ExternalID {
		d.Write.ExternalID = ""
	}
}

// readdressed gives the account the person's address. Only an account that
// this organization owns and nobody registered has an address that a list may
// correct, and only a reviewer who sees every brand of the account, and holds every
// right it has, may say where its link goes.
func (m Match) readdressed(p Policy, account string) (Decision, error) {
	r, err := m.reachedAs(account)
	if err != nil {
		return Decision{}, err
	}
	email, a := m.Person.email(), r.Account
	switch {
	case email.IsZero():
		return Decision{}, impossible("claim the account, or skip the row", "the row has no email")
	case !a.OwnedHere:
		return Decision{}, impossible("claim the account: its owner can change the address", "the account is not this organization's to change")
	case !a.Visible(p.VisibleBrands):
		return Decision{}, impossible("claim the account, or have an administrator apply the review", "the account is in brands you do not see")
	case a.beyond(p):
		return Decision{}, impossible("have an administrator apply the review", "the account may do more than you: its address is an administrator's to change")
	case !a.within(p.VisibleBrands):
		return Decision{}, impossible("claim the account, or have an administrator apply the review", "the account is in brands you do not see")
	case email.Value == a.Email.Value:
		return Decision{}, impossible("claim the account", "the account has this email already")
	case m.takenBy(email.Key()) != "" && m.takenBy(email.Key()) != a.ID:
		return Decision{}, impossible("claim that account, or skip the row", "the email belongs to another account")
	}
	d, err := m.claimed(p, account, email)
	if err != nil {
		return d, err
	}
	d.Notes = slices.DeleteFunc(d.Notes, func(n Note) bool { return n.Code == reason.EmailDiffers })
	d.Write.Email, d.LinkID = &email, ""
	if d.Action == Unchanged {
		d.Action = Update
	}
	switch {
	case p.SSO || a.SSO:
		d.Link = SignIn
	case p.Invite != InviteReport:
		d.Link = NotInvited
	case a.Link.Ever:
		d.Link = ReissueLink
	default:
		d.Link = IssueLink
	}
	return d, nil
}
