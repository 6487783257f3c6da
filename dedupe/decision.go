package dedupe

import (
	"muster/importer/identity"
	"muster/importer/reason"
	"muster/importer/record"
)

// Action is what is to be done for one person: the closed set of the decision
// table.
type Action string

// The actions. The first line of the table that fits gives one.
const (
	Reject    Action = "reject"
	Review    Action = "review"
	Blocked   Action = "blocked"
	Claim     Action = "claim"
	Update    Action = "update"
	Unchanged Action = "unchanged"
	Create    Action = "create"
)

// Decision is what will be done for one person, and why: plain data that
// survives a trip through a plan file unchanged.
type Decision struct {
	Rows    []int       `json:"rows"` // rows of the person in list order; the first carries the decision
	Action  Action      `json:"action"`
	Reason  reason.Code `json:"reason"`
	Account string      `json:"account,omitempty"` // the account claimed, updated, unchanged or blocked

	Candidates []Candidate      `json:"candidates,omitempty"` // of a held person, by account id
	Notes      []Note           `json:"notes,omitempty"`      // differences and proposals, reported and never written
	Problems   []record.Problem `json:"problems,omitempty"`   // of a rejected person, beside those of its rows

	Watch  []Watched  `json:"watch,omitempty"` // sorted by key; absent where nothing will be written or shown
	Write  Write      `json:"write,omitzero"`
	Link   LinkAction `json:"link,omitempty"`
	LinkID string     `json:"link_id,omitempty"` // of the link kept or expired
	Mails  []Mailing  `json:"mails,omitempty"`
	Opens  bool       `json:"opens,omitempty"` // the dashboard, which the person had no role for so far

	// Of a held person: what a reviewer's decision is made on.
	Digest    string      `json:"digest,omitempty"`    // EvidenceDigest
	Held      reason.Code `json:"held,omitempty"`      // Person.Held
	Contested bool        `json:"contested,omitempty"` // Match.Contested
	Sharers   []int       `json:"sharers,omitempty"`   // Person.Sharers

	Path     []Tie    `json:"path,omitempty"`     // how several rows hang together
	Remember []Memory `json:"remember,omitempty"` // of a reviewer's decision, for every night to come

	// Seat is the kind of which the organization has one person more; "" where
	// it has not. It is for whoever counts, and not part of the plan.
	Seat record.Kind `json:"-"`

	// Marks are the RowMarks of the rows, by which runs are compared: for the
	// ledger, and not part of the decision.
	Marks []string `json:"-"`

	// Beside is what whoever judges knows of the person beside the directory. It
	// is for whoever makes a step of the decision, and not part of the plan.
	Beside any `json:"-"`
}

// Write is everything a decision writes. It adds, but for Activate, which lifts
// a block, Block, which sets one, and Kept and Clear, which follow the list.
type Write struct {
	New         *NewAccount        `json:"new,omitempty"`   // create only
	Email       *identity.Email    `json:"email,omitempty"` // the account's new address, as a reviewer decided
	Former      identity.Email     `json:"former,omitzero"` // the address it takes the place of
	Profiles    []identity.Profile `json:"profiles,omitempty"`
	ExternalID  string             `json:"external_id,omitempty"`
	Memberships []Membership       `json:"memberships,omitempty"` // new ones
	Offers      []Offer            `json:"offers,omitempty"`      // new ones that wait for their person to accept
	Raise       []Raise            `json:"raise,omitempty"`       // memberships that get a higher role
	Campaigns   []string           `json:"campaigns,omitempty"`   // "brand/campaign"
	Products    []string           `json:"products,omitempty"`
	Activate    string             `json:"activate,omitempty"` // "", activate, activate+roles
	Lower       []Raise            `json:"lower,omitempty"`    // with activate alone: roles that go back to the default
	Block       bool               `json:"block,omitempty"`
	Kept        []Kept             `json:"kept,omitempty"`       // free columns that change
	Clear       *Fill              `json:"clear,omitempty"`      // what the account held, where Fill says otherwise
	Fill        *Fill              `json:"fill,omitempty"`       // blanks of the account, and what was cleared
	Attributes  []record.Attribute `json:"attributes,omitempty"` // kept with the new memberships
	Readmit     []string           `json:"readmit,omitempty"`    // marks of somebody who was erased, and comes back
}

// Raise gives a membership a higher role, or, under Lower, a lower one.
type Raise struct {
	Brand string `json:"brand"`
	From  string `json:"from"`
	To    string `json:"to"`
}

// IsZero reports whether nothing is written.
func (w Write) IsZero() bool {
	account := w.New == nil && w.Email == nil && w.ExternalID == "" && len(w.Profiles) == 0 && w.Fill == nil && w.Clear == nil
	access := len(w.Memberships) == 0 && len(w.Offers) == 0 && len(w.Raise) == 0 && len(w.Campaigns) == 0 && len(w.Products) == 0
	return account && access && len(w.Kept) == 0 && w.Activate == "" && !w.Block
}

// NewAccount is the account a create makes.
type NewAccount struct {
	Email identity.Email `json:"email,omitzero"`
	Name  string         `json:"name,omitempty"`
	Details
}

// LinkAction is what happens to the invite link of the person.
type LinkAction string

// The link actions; "" means that there is nothing to say about a link.
const (
	IssueLink     LinkAction = "issue"        // none was ever issued: issue one
	KeepLink      LinkAction = "keep"         // the live one is reported again
	ExpiredLink   LinkAction = "expired"      // the last one has expired: said so, not renewed
	RevokedLink   LinkAction = "revoked"      // the last one was revoked by hand, or with its run: said so, never renewed by a list
	TakenLink     LinkAction = "withdrawn"    // the last one ended with their access: said so, and renewed as an expired one is
	ReissueLink   LinkAction = "reissue"      // the expired one is renewed, as asked
	NoAddress     LinkAction = "no address"   // the account has no address to sign in with: a contact
	NotInvited    LinkAction = "none"         // no links are issued in this run
	ProfileOnly   LinkAction = "profile only" // known by a profile alone, which sends and shows nothing
	Elsewhere     LinkAction = "elsewhere"    // invited by other means: no link of ours is known
	AboveOperator LinkAction = "above"        // ranks above the operator, or manages what they do not see
	ByMail        LinkAction = "by mail"      // another organization's account: by mail alone, never reported
	SignIn        LinkAction = "sign in"      // single sign-on: the person is told where to sign in
	NotNow        LinkAction = "not now"      // the organization is not active: none is issued
	NeedlessLink  LinkAction = "needless"     // the person has registered
	EndedLink     LinkAction = "ended"        // the person is blocked: a live one ends
	AskedFirst    LinkAction = "asked"        // the person is asked by mail whether they want to be there
	ShowLink      LinkAction = "show"         // the live one is shown to the operator, also where it was mailed
)

// Issues reports whether a new link is issued.
func (l LinkAction) Issues() bool { return l == IssueLink || l == ReissueLink }

// Candidate is an account a held person may be, and what led to it.
type Candidate struct {
	Account  string     `json:"account"`
	Masked   bool       `json:"masked,omitempty"` // of another organization: name and email are not shown
	Name     string     `json:"name,omitempty"`
	Email    string     `json:"email,omitempty"`
	Evidence []Evidence `json:"evidence"`
}

// Evidence is one key that led from a row to an account.
type Evidence struct {
	Key      identity.Key `json:"key"`
	Row      int          `json:"row"`
	Strength Strength     `json:"strength"`
}

// Note is something worth knowing that changes nothing.
type Note struct {
	Code  reason.Code `json:"code"`
	Row   int         `json:"row,omitempty"`
	Said  string      `json:"said,omitempty"`  // what the row says
	Holds string      `json:"holds,omitempty"` // what the account holds; "" where the operator may not see it
}
