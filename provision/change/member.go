package change

import (
	"encoding/json"
	"maps"
	"slices"

	"muster/dedupe"
	"muster/dedupe/permission"
	"muster/importer/identity"
	"muster/provision"
)

// The kinds of change to the memberships of an account.
const (
	OpJoin    Op = "join"
	OpLeave   Op = "leave"
	OpRole    Op = "role"
	OpColumns Op = "columns"
	OpPermit  Op = "permit"
)

// Join makes an account a member of a brand.
type Join struct {
	dedupe.Membership
	Attributes json.RawMessage `json:"attributes,omitempty"` // free columns as {"column":"value"}, nil for none
	// Back says that it was one before, and is again as it was then: with its
	// permissions and campaigns, and who granted it.
	Back bool `json:"back,omitempty"`
}

// Op is OpJoin.
func (Join) Op() Op { return OpJoin }

// Reverse ends the membership.
func (c Join) Reverse() (Change, bool) {
	return Leave{Membership: c.Membership, Attributes: c.Attributes}, true
}

func (c Join) audited(func(identity.Key) string) (Change, bool) {
	return Join{Membership: c.Membership, Back: c.Back}, true
}

func (c Join) into(b *provision.Batch, t *target) error {
	row, err := t.membership(c.Membership, c.Attributes)
	if c.Back {
		b.Back.Memberships = append(b.Back.Memberships, provision.LeaveRow{Account: t.account, Brand: row.Brand})
		return err
	}
	b.Memberships = append(b.Memberships, row)
	return err
}

// Leave ends the membership of an account in a brand, and its access to the
// campaigns there.
type Leave struct {
	dedupe.Membership
	Attributes json.RawMessage `json:"attributes,omitempty"` // free columns that it kept
}

// Op is OpLeave.
func (Leave) Op() Op { return OpLeave }

// Reverse brings the membership back as it was.
func (c Leave) Reverse() (Change, bool) {
	return Join{Membership: c.Membership, Attributes: c.Attributes, Back: true}, true
}

// The columns are where the membership was moved to.
func (c Leave) audited(func(identity.Key) string) (Change, bool) {
	return Leave{Membership: c.Membership}, true
}

func (c Leave) into(b *provision.Batch, t *target) error {
	id, err := t.brand(c.Brand)
	b.Gone.Memberships = append(b.Gone.Memberships, provision.LeaveRow{Account: t.account, Brand: id, Why: t.why})
	return err
}

// SetRole gives a member of a brand another role.
type SetRole struct {
	Brand  string `json:"brand"` // slug
	From   string `json:"from"`
	To     string `json:"to"`
	Lowers bool   `json:"lowers,omitempty"` // the new one ranks below the former
}

// Op is OpRole.
func (SetRole) Op() Op { return OpRole }

// Reverse gives the former role back.
func (c SetRole) Reverse() (Change, bool) {
	return SetRole{Brand: c.Brand, From: c.To, To: c.From, Lowers: !c.Lowers}, true
}

func (c SetRole) audited(func(identity.Key) string) (Change, bool) { return c, true }

func (c SetRole) into(b *provision.Batch, t *target) error {
	row, err := t.membership(dedupe.Membership{Brand: c.Brand, Role: c.To}, nil)
	b.Raises = append(b.Raises, row)
	return err
}

// SetPermissions gives a member of a brand other permissions. From is nil where
// they were those that everybody has by default.
type SetPermissions struct {
	Brand string            `json:"brand"` // slug
	From  *permission.Grant `json:"from,omitempty"`
	To    *permission.Grant `json:"to,omitempty"`
}

// Op is OpPermit.
func (SetPermissions) Op() Op { return OpPermit }

// Reverse gives the former permissions back.
func (c SetPermissions) Reverse() (Change, bool) {
	return SetPermissions{Brand: c.Brand, From: c.To, To: c.From}, true
}

func (c SetPermissions) audited(func(identity.Key) string) (Change, bool) { return c, true }

func (c SetPermissions) into(b *provision.Batch, t *target) error {
	row, err := t.membership(dedupe.Membership{Brand: c.Brand, Permissions: c.To}, nil)
	b.Permits = append(b.Permits, row)
	return err
}

// SetColumns changes free columns that a membership keeps. From and To hold
// those that change, "" for nothing; Rest those that stay.
type SetColumns struct {
	Brand string            `json:"brand"` // slug
	From  map[string]string `json:"from,omitempty"`
	To    map[string]string `json:"to,omitempty"`
	Rest  map[string]string `json:"rest,omitempty"`
	Names []string          `json:"names,omitempty"` // in the audit: those that changed, without what they say
}

// Op is OpColumns.
func (SetColumns) Op() Op { return OpColumns }

// Reverse puts back what the columns said before.
func (c SetColumns) Reverse() (Change, bool) {
	return SetColumns{Brand: c.Brand, From: c.To, To: c.From, Rest: c.Rest}, true
}

func (c SetColumns) audited(func(identity.Key) string) (Change, bool) {
	return SetColumns{Brand: c.Brand, Names: slices.Sorted(maps.Keys(c.To))}, false
}

func (c SetColumns) into(b *provision.Batch, t *target) error {
	all := maps.Clone(c.Rest)
	if all == nil {
		all = map[string]string{}
	}
	for column, value := range c.To {
		if value != "" {
			all[column] = value
		}
	}
	text, err := json.Marshal(all)
	if err != nil {
		return err
	}
	row, err := t.membership(dedupe.Membership{Brand: c.Brand}, text)
	b.Kept = append(b.Kept, row)
	return err
}
