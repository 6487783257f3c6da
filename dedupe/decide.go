package dedupe

import (
	"slices"
	"strings"

	"muster/importer/identity"
	"muster/importer/reason"
	"muster/importer/record"
)

// Decide chooses for one person. It is total: every match gets a decision,
// and the same match always gets the same one. The cases are the lines of the
// table in the package comment, in its order. Permissions that nobody may be
// given are line 1 for whoever would get them.
func Decide(m Match, p Policy) Decision {
	d := decide(m, p)
	switch why := m.refusesPermissions(d, p); {
	case why != "":
		return m.rejectWish(why)
	case m.foreign(d, p):
		return m.review(reason.ForeignDomain, p)
	}
	d.Seat = m.seat(d)
	return d
}

// foreign reports whether a decision makes somebody a member of the staff whose
// address is where the organization has no staff.
func (m Match) foreign(d Decision, p Policy) bool {
	if len(p.StaffDomains) == 0 || len(d.Write.Memberships)+len(d.Write.Offers) == 0 || m.Person.kind() != record.Staff {
		return false
	}
	email := m.Person.email().Value
	if email == "" {
		email = m.account(d).Email.Value
	}
	_, domain, _ := strings.Cut(email, "@")
	return !slices.Contains(p.StaffDomains, domain)
}

// seat is the kind of which a decision makes the organization have one person
// more, "" for none.
func (m Match) seat(d Decision) record.Kind {
	kind := m.Person.kind()
	if len(d.Write.Memberships)+len(d.Write.Offers) == 0 || kind == record.Creator {
		return ""
	}
	for _, held := range m.account(d).Memberships {
		if held.Kind == kind {
			return ""
		}
	}
	return kind
}

// account is the account that a decision is about; the zero Account for a new
// one.
func (m Match) account(d Decision) Account {
	if i := m.index(d.Account); d.Account != "" && i >= 0 {
		return m.Reached[i].Account
	}
	return Account{}
}

func decide(m Match, p Policy) Decision {
	claimants := m.Claimants()
	switch {
	case !m.Person.Records[0].Usable():
		return m.reject(firstFatal(m.Person.Records[0]), p)
	case len(claimants) > 1:
		return m.review(reason.AccountsConflict, p)
	case m.Person.Held != "":
		return m.review(m.Person.Held, p)
	case m.Erased:
		return m.review(reason.Erased, p)
	case len(claimants) == 1 && claimants[0].Strength() == Strong:
		return decideStrong(m, claimants[0], p)
	case len(claimants) == 1:
		return decideWeak(m, claimants[0], p)
	default:
		return decideNew(m, p)
	}
}

func firstFatal(r record.Record) reason.Code {
	i := slices.IndexFunc(r.Problems, func(p record.Problem) bool { return p.Fatal })
	return r.Problems[i].Code
}

func (m Match) decision(a Action, why reason.Code) Decision {
	d := Decision{Rows: m.Person.Rows(), Action: a, Reason: why}
	if a != Review { // nobody's name was taken
		d.Notes = m.rowNotes()
	}
	return d
}

// rowNotes tells of rows of the person that have another name than the first,
// or spell the address differently.
func (m Match) rowNotes() []Note {
	var notes []Note
	name, email := m.Person.name(), m.Person.email()
	for _, r := range m.Person.Records {
		if r.Name != "" && !SameName(r.Name, name) {
			notes = append(notes, Note{Code: reason.OtherName, Row: r.Row, Said: r.Name, Holds: name})
		}
		if r.Email.Value != email.Value && sameMailbox(r.Email, email) {
			notes = append(notes, Note{Code: reason.OtherSpelling, Row: r.Row, Said: r.Email.Address, Holds: email.Address})
		}
	}
	return notes
}

func (m Match) reject(why reason.Code, p Policy) Decision {
	d := m.decision(Reject, why)
	if !m.Person.Records[0].Usable() {
		return d // the row's own problems say it
	}
	missing := record.Problem{Code: why, Message: reason.Of(why).Meaning, Fatal: true}
	if p.SignUpURL != "" {
		missing.Message += "; the person can sign up at " + p.SignUpURL
	}
	d.Problems = []record.Problem{missing}
	return d
}

func (m Match) review(why reason.Code, p Policy) Decision {
	d := m.decision(Review, why)
	d.Held = m.Person.Held
	d.Contested = m.Contested
	d.Sharers = m.Person.Sharers
	for _, r := range m.shown() {
		c := Candidate{Account: r.Account.ID, Evidence: r.Evidence, Masked: !r.Account.Visible(p.VisibleBrands)}
		if !c.Masked {
			c.Name = r.Account.Name
			c.Email = r.Account.Email.Address
		}
		d.Candidates = append(d.Candidates, c)
	}
	return d
}

// reviewWith holds the person and notes what stands against what.
func (m Match) reviewWith(why reason.Code, notes []Note, p Policy) Decision {
	d := m.review(why, p)
	d.Notes = notes
	return d
}

// hintHolds reports whether a hint alone is reason enough to look: a role
// address known already, a mailbox that is somebody's, a website with a person
// of the same name. Handles that differ do not clear a mailbox here as they do
// inside a list: what an account declares may be there tomorrow and not today,
// and a held row must not turn into a second account overnight.
func (m Match) hintHolds() bool { return slices.ContainsFunc(m.Reached, m.hintCounts) }

// hintCounts reports whether the hints for one account are worth a look.
func (m Match) hintCounts(r Reached) bool {
	if r.by(Hint, func(k identity.Key) bool { return isEmail(k) || isMailbox(k) }) {
		return true
	}
	whole := len(nameTokens(r.Account.Name)) > 1
	return len(r.Evidence) > 0 && whole && m.Person.anyName(func(n string) bool { return SameName(n, r.Account.Name) })
}

// decideNew creates, if what is required is there and no hint speaks against
// it.
func decideNew(m Match, p Policy) Decision {
	person, kind := m.Person, m.Person.kind()
	switch {
	case wantsBlock(person): // a hint leads to somebody tomorrow who is not there today
		return m.rejectWish(reason.NobodyToBlock)
	case person.email().IsZero():
		return m.reject(reason.EmailNeeded, p)
	case kind == record.Creator && person.name() == "":
		return m.reject(reason.NameNeeded, p)
	case m.hintHolds():
		return m.review(reason.LooksLike, p)
	}
	return m.creation(p, person.email())
}

// creation is the decision to make a new account with everything the person
// brings.
func (m Match) creation(p Policy, email identity.Email) Decision {
	person := m.Person
	d := m.decision(Create, reason.NewPerson)
	d.Watch = m.Watch
	d.Write = additions(m, Account{}, p)
	d.Write.ExternalID = person.externalID()
	d.Write.Profiles = person.profiles()
	d.Write.New = &NewAccount{Email: email, Name: person.name(), Details: person.details()}
	switch {
	case p.SSO:
		d.Link = SignIn
	case p.Inactive:
		d.Link = NotNow
	case p.Invite != InviteNone:
		d.Link = IssueLink
	default:
		d.Link = NotInvited
	}
	d.Notes = append(d.Notes, accessNotes(d.Write.Memberships, Account{}, d.Write.Campaigns, p)...)
	d.Mails = mailings(d, Reached{}, p)
	d.open(Account{}, p)
	return d
}
