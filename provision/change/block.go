package change

import (
	"muster/dedupe"
	"muster/importer/identity"
	"muster/provision"
)

// The kinds of change to whether an account may use the organization.
const (
	OpBlock   Op = "block"
	OpUnblock Op = "unblock"
)

// Block ends the access of an account to the organization, its sessions, mail
// that waits to be sent to it, and a live link that the organization gave it,
// whether or not any was known of.
type Block struct {
	Everywhere bool      `json:"everywhere,omitempty"` // on the whole platform: the links and mail of all organizations end
	EndsLink   bool      `json:"ends_link,omitempty"`  // one was live, and is counted as ended
	EndsMail   int       `json:"ends_mail,omitempty"`  // mails that were known to wait
	Elsewhere  int       `json:"elsewhere,omitempty"`  // other organizations that it is a member of
	Roles      []SetRole `json:"roles,omitempty"`      // that had been lowered, and are put back
	Again      bool      `json:"again,omitempty"`      // the block that was lifted, by whom and why it was first
	Why        string    `json:"why,omitempty"`        // in the operator's own words
}

// Op is OpBlock.
func (Block) Op() Op { return OpBlock }

// Reverse lifts the block, and lowers roles again that it had put back. Links
// and mail that ended stay so.
func (c Block) Reverse() (Change, bool) {
	return Unblock{Everywhere: c.Everywhere, Roles: len(c.Roles) == 0, Lowered: turned(c.Roles)}, true
}

// What the operator said may be about the person.
func (c Block) audited(func(identity.Key) string) (Change, bool) {
	whole := c.Why == ""
	c.Why = ""
	return c, whole
}

func (c Block) into(b *provision.Batch, t *target) error {
	row := provision.BlockRow{Account: t.account, Organization: t.organization.ID, Why: c.Why, Again: c.Again}
	if c.Everywhere {
		row.Organization = provision.Everywhere
	}
	b.Blocks = append(b.Blocks, row)
	return t.roles(b, c.Roles)
}

// Unblock lifts the block of an account. Without Roles those above the default
// are lowered.
type Unblock struct {
	Everywhere bool      `json:"everywhere,omitempty"` // the one of the whole platform
	Roles      bool      `json:"roles,omitempty"`      // they stay as they are
	Lowered    []SetRole `json:"lowered,omitempty"`
	Why        string    `json:"why,omitempty"` // in the operator's own words
}

// Lifted is the change that lifts the block of the organization, and lowers roles.
func Lifted(lower []dedupe.Raise) Unblock {
	lift := Unblock{Roles: len(lower) == 0}
	for _, r := range lower {
		lift.Lowered = append(lift.Lowered, SetRole{Brand: r.Brand, From: r.From, To: r.To, Lowers: true})
	}
	return lift
}

// Op is OpUnblock.
func (Unblock) Op() Op { return OpUnblock }

// Reverse blocks again, and puts roles back that were lowered. Entries of
// before those were on record cannot be taken back.
func (c Unblock) Reverse() (Change, bool) {
	if !c.Roles && len(c.Lowered) == 0 {
		return nil, false
	}
	return Block{Everywhere: c.Everywhere, Roles: turned(c.Lowered), Again: true}, true
}

func (c Unblock) audited(func(identity.Key) string) (Change, bool) {
	whole := c.Why == ""
	c.Why = ""
	return c, whole
}

func (c Unblock) into(b *provision.Batch, t *target) error {
	lift := provision.Lift{Account: t.account, Organization: t.organization.ID}
	if c.Everywhere {
		lift.Organization = provision.Everywhere
	}
	b.Lifts = append(b.Lifts, lift)
	return t.roles(b, c.Lowered)
}

// roles gives the account other roles.
func (t *target) roles(b *provision.Batch, roles []SetRole) error {
	for _, r := range roles {
		if err := r.into(b, t); err != nil {
			return err
		}
	}
	return nil
}

// turned are roles as they were before they were given.
func turned(roles []SetRole) []SetRole {
	var all []SetRole
	for _, r := range roles {
		all = append(all, SetRole{Brand: r.Brand, From: r.To, To: r.From, Lowers: !r.Lowers})
	}
	return all
}
