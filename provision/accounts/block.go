package accounts

import (
	"muster/dedupe"
	"muster/importer/reason"
	"muster/provision/change"
	"muster/provision/pick"
)

// Block ends the access of people to the organization, or everywhere.
type Block struct {
	Everywhere bool   `json:",omitempty"`
	Why        string `json:",omitempty"` // in the operator's own words
}

// Kind is that of accounts block.
func (Block) Kind() string { return "accounts block" }

// Options are all of it.
func (b Block) Options() any { return b }

// Insists says that nobody gets away by changing something meanwhile.
func (Block) Insists() {}

// Judge says whether a person is blocked, as a list that says so does.
func (b Block) Judge(p pick.Person, policy dedupe.Policy) pick.Judgement {
	a := p.Account
	switch why := a.MayBeBlocked(policy); {
	case why == reason.AlreadyBlocked && (!b.Everywhere || a.Barred):
		return pick.Left(why)
	case why == reason.AlreadyBlocked && a.Beyond(policy):
		return pick.Rejected(reason.NotAllowed)
	case why != "" && why != reason.AlreadyBlocked:
		return pick.Rejected(why)
	}
	block := change.Block{
		Everywhere: b.Everywhere,
		EndsLink:   a.Link.ID != "" && (a.Link.Here || b.Everywhere),
		EndsMail:   p.Ties.Mails,
		Elsewhere:  p.Ties.Organizations,
		Why:        b.Why,
	}
	if b.Everywhere {
		block.EndsMail = p.Ties.MailsOfAll
	}
	j := pick.Done(reason.BlockedNow, BlockAction, block)
	j.Ends = a.Link.Here && p.Invitation.Lives(policy.Now)
	return j
}
