package change

import (
	"muster/importer/identity"
	"muster/provision"
)

// The kinds of change to the profiles of an account.
const (
	OpAddProfile  Op = "add_profile"
	OpDropProfile Op = "drop_profile"
	OpConnect     Op = "connect"
	OpDisconnect  Op = "disconnect"
)

// AddProfile attaches a profile to an account. Its key comes with it, or, of a
// profile that people share, a hint.
type AddProfile struct {
	identity.Profile
	Connected bool   `json:"connected,omitempty"` // its owner authorised it; else a list declared it
	Disputed  bool   `json:"disputed,omitempty"`  // its key is somebody else's and stays theirs
	Mark      string `json:"mark,omitempty"`      // stands for its key in the audit
}

// Op is OpAddProfile.
func (AddProfile) Op() Op { return OpAddProfile }

// Reverse takes the profile away.
func (c AddProfile) Reverse() (Change, bool) { return DropProfile(c), true }

func (c AddProfile) audited(mark func(identity.Key) string) (Change, bool) {
	c.Mark = mark(c.Key())
	c.Profile = unnamed(c.Profile)
	return c, false
}

func (c AddProfile) into(b *provision.Batch, t *target) error {
	b.Profiles = append(b.Profiles, provision.ProfileRow{Profile: c.Profile, Account: t.account, Connected: c.Connected})
	key := provision.KeyRow{Key: c.Key(), Account: t.account}
	switch {
	case c.Shared:
		b.Hints = append(b.Hints, key)
	case !c.Disputed:
		b.Keys = append(b.Keys, key)
	}
	return nil
}

func (c AddProfile) short() any {
	return struct {
		Network   string `json:"network"`
		Kind      string `json:"kind"`
		Value     string `json:"value,omitempty"`
		Shared    bool   `json:"shared,omitempty"`
		Display   string `json:"display,omitempty"`
		URL       string `json:"url,omitempty"`
		Connected bool   `json:"connected,omitempty"`
		Disputed  bool   `json:"disputed,omitempty"`
		Mark      string `json:"mark,omitempty"`
	}{c.Network, c.Kind, c.Value, c.Shared, c.Display, c.URL, c.Connected, c.Disputed, c.Mark}
}

// DropProfile takes a profile away from an account, and its key, so that
// somebody else can have it.
type DropProfile struct {
	identity.Profile
	Connected bool   `json:"connected,omitempty"`
	Disputed  bool   `json:"disputed,omitempty"` // its key was somebody else's all along
	Mark      string `json:"mark,omitempty"`     // stands for its key in the audit
}

// Op is OpDropProfile.
func (DropProfile) Op() Op { return OpDropProfile }

// Reverse attaches the profile again.
func (c DropProfile) Reverse() (Change, bool) { return AddProfile(c), true }

func (c DropProfile) audited(mark func(identity.Key) string) (Change, bool) {
	c.Mark = mark(c.Key())
	c.Profile = unnamed(c.Profile)
	return c, false
}

func (c DropProfile) into(b *provision.Batch, t *target) error {
	b.Gone.Profiles = append(b.Gone.Profiles, provision.ProfileRow{Profile: c.Profile, Account: t.account})
	key := provision.KeyRow{Key: c.Key(), Account: t.account}
	switch {
	case c.Shared:
		b.Gone.Hints = append(b.Gone.Hints, key)
	case !c.Disputed:
		b.Gone.Keys = append(b.Gone.Keys, key)
	}
	return nil
}

// Connect marks a profile of an account, declared so far, as authorised by its
// owner.
type Connect struct {
	identity.Profile
	Mark string `json:"mark,omitempty"` // stands for its key in the audit
}

// Op is OpConnect.
func (Connect) Op() Op { return OpConnect }

// Reverse leaves the profile declared.
func (c Connect) Reverse() (Change, bool) { return Disconnect(c), true }

func (c Connect) audited(mark func(identity.Key) string) (Change, bool) {
	return Connect{unnamed(c.Profile), mark(c.Key())}, false
}

func (c Connect) into(b *provision.Batch, t *target) error {
	b.Connects = append(b.Connects, provision.ProfileRow{Profile: c.Profile, Account: t.account})
	return nil
}

// Disconnect leaves a profile of an account declared that was connected.
type Disconnect struct {
	identity.Profile
	Mark string `json:"mark,omitempty"` // stands for its key in the audit
}

// Op is OpDisconnect.
func (Disconnect) Op() Op { return OpDisconnect }

// Reverse connects the profile again.
func (c Disconnect) Reverse() (Change, bool) { return Connect(c), true }

func (c Disconnect) audited(mark func(identity.Key) string) (Change, bool) {
	return Disconnect{unnamed(c.Profile), mark(c.Key())}, false
}

func (c Disconnect) into(b *provision.Batch, t *target) error {
	b.Gone.Connects = append(b.Gone.Connects, provision.ProfileRow{Profile: c.Profile, Account: t.account})
	return nil
}

// unnamed says on which network a profile is, and not whose it is.
func unnamed(p identity.Profile) identity.Profile {
	return identity.Profile{Network: p.Network, Kind: p.Kind, Shared: p.Shared}
}
