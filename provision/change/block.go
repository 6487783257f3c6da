package change

import (
	"muster/importer/identity"
	"muster/provision"
)

// The kinds of change to whether an account may use the organization.
const (
	OpBlock   Op = "block"
	OpUnblock Op = "unblock"
)

// Block ends the access of an account to the organization, and a live link
// that the organization gave it, whether or not one was known of.
type Block struct {
	EndsLink bool `json:"ends_link,omitempty"` // one was, and is counted as ended
}

// Op is OpBlock.
func (Block) Op() Op { return OpBlock }

// Reverse lifts the block and leaves roles as they are. A link that ended
// stays dead.
func (Block) Reverse() (Change, bool) { return Unblock{Roles: true}, true }

func (c Block) audited(func(identity.Key) string) (Change, bool) { return c, true }

func (c Block) into(b *provision.Batch, t *target) error {
	b.Blocks = append(b.Blocks, provision.BlockRow{Account: t.account, Organization: t.organization.ID})
	return nil
}

// Unblock lifts the block of an account by the organization. Without Roles
// every role above member is lowered to it.
type Unblock struct {
	Roles bool `json:"roles,omitempty"`
}

// Op is OpUnblock.
func (Unblock) Op() Op { return OpUnblock }

// Reverse blocks again where roles were left alone. Those that were lowered
// are not on record, and could not be given back.
func (c Unblock) Reverse() (Change, bool) {
	if !c.Roles {
		return nil, false
	}
	return Block{}, true
}

func (c Unblock) audited(func(identity.Key) string) (Change, bool) { return c, true }

func (c Unblock) into(b *provision.Batch, t *target) error {
	b.Lifts = append(b.Lifts, provision.Lift{Account: t.account, Roles: c.Roles, Default: provision.MemberRole})
	return nil
}
