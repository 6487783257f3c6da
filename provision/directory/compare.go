package directory

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/record"
	"muster/provision"
)

// compareAccounts says what a chunk of an export adds to the directory. found
// says whose the keys of the chunk are, holdings what those accounts hold.
//
// An account is the one that owns its email, else its external id in that
// organization, else a profile that both have connected, else the one that an
// earlier load made of the row; otherwise it is new. What is new is added, a
// status raised, a declared profile becomes connected; nothing is taken away
// or rewritten, so that loading a file again changes nothing. A key that
// another account owns stays with that one: the profile is recorded without
// it.
func compareAccounts(
	accounts []Account, found []provision.Found, holdings []provision.Holding, by provision.Author, newID func() string,
) (provision.Batch, provision.LoadCounts) {
	c := comparison{
		newID:  newID,
		owner:  make(map[identity.Key]string, len(found)),
		people: make(map[string]*known, len(holdings)),
		batch:  provision.Batch{By: by},
	}
	for _, f := range found {
		c.owner[f.Key] = f.Account
	}
	for _, h := range holdings {
		c.people[h.Account] = knownAs(h)
	}
	for _, d := range accounts {
		c.add(d)
	}
	c.close()
	return c.batch, c.counts
}

// A comparison is a chunk of an export being compared with the directory.
type comparison struct {
	newID  func() string
	owner  map[identity.Key]string // of keys, with those that this chunk adds
	people map[string]*known       // by account, with those that this chunk adds
	batch  provision.Batch
	counts provision.LoadCounts
}

// known is an account as it is after the rows that were compared so far.
type known struct {
	id, email, name string
	status          dedupe.Status
	version         int64                  // 0 for an account of this chunk
	link            string                 // id of the organization whose link is live
	profiles        map[provision.Pin]bool // → connected
	brands          map[string]bool        // ids of brands it is a member of
	blocks          map[string]bool        // ids of organizations
	changed         bool
	linkEnded       bool
	changes         []string // by the row at hand
}

func knownAs(h provision.Holding) *known {
	p := &known{
		id: h.Account, email: h.Email, name: h.Name, status: h.Status, version: h.Version, link: h.Link,
		profiles: make(map[provision.Pin]bool, len(h.Profiles)),
		brands:   make(map[string]bool, len(h.Roles)),
		blocks:   make(map[string]bool, len(h.Blocks)),
	}
	maps.Copy(p.profiles, h.Profiles)
	for brand := range h.Roles {
		p.brands[brand] = true
	}
	for _, organization := range h.Blocks {
		p.blocks[organization] = true
	}
	return p
}

// add compares one row and counts it.
func (c *comparison) add(d Account) {
	p := c.people[c.match(d)]
	isNew := p == nil
	if isNew {
		p = c.create(d)
		c.counts.Added++
	} else {
		c.fill(p, d)
	}
	c.key(p, externalKey(d), "external id")
	c.attach(p, d.Connected, true)
	c.attach(p, d.Declared, false)
	c.join(p, d)
	c.block(p, d)
	switch {
	case isNew:
	case len(p.changes) == 0:
		c.counts.Unchanged++
		return
	default:
		c.counts.Updated++
		p.changed = true
	}
	c.audit(p, isNew)
}

// match finds the account a row speaks of, "" for a new one.
func (c *comparison) match(d Account) string {
	if id := c.owner[d.Email.Key()]; id != "" {
		return id
	}
	if id := c.owner[externalKey(d)]; id != "" {
		return id
	}
	for _, p := range d.Connected {
		if id := c.owner[p.Key()]; id != "" && !p.Shared && c.people[id].profiles[provision.PinOf(p)] {
			return id
		}
	}
	// Somebody else may have declared the profile first, and owns the key.
	if d.Email.IsZero() && d.ExternalID == "" && c.people[d.Before] != nil {
		return d.Before
	}
	return ""
}

// create makes the account of a row. It belongs to the organization until
// its person has registered.
func (c *comparison) create(d Account) *known {
	p := knownAs(provision.Holding{Account: d.ID, Status: cmp.Or(d.Status, dedupe.Created), Name: d.Name})
	row := provision.AccountRow{ID: d.ID, NewAccount: dedupe.NewAccount{Name: d.Name, Email: d.Email}, Status: p.status}
	if p.status != dedupe.Registered {
		row.Owner = d.Organization
	}
	c.people[p.id] = p
	c.batch.Accounts = append(c.batch.Accounts, row)
	c.address(p, d.Email)
	return p
}

// fill gives a known account the status, address and name it has not got.
func (c *comparison) fill(p *known, d Account) {
	edit := provision.EditRow{Account: p.id}
	if provision.MayFollow(p.status, d.Status) {
		p.change("status " + string(d.Status))
		p.status = d.Status
		edit.Status = d.Status
		if d.Status == dedupe.Registered && p.link != "" {
			c.batch.Ends = append(c.batch.Ends, provision.EndRow{Account: p.id, Why: "registered"})
			p.endLink()
		}
	}
	if d.Email.Value != "" && p.email == "" { // nobody owns it, or that account would be p
		edit.Email = d.Email
		c.address(p, d.Email)
	}
	if d.Name != "" && p.name == "" {
		p.change("name")
		p.name = d.Name
		edit.Name = d.Name
	}
	if edit != (provision.EditRow{Account: p.id}) {
		c.batch.Edits = append(c.batch.Edits, edit)
	}
}

// address gives p the keys of its address.
func (c *comparison) address(p *known, e identity.Email) {
	p.email = e.Value
	if e.Value == "" {
		return
	}
	c.key(p, e.Key(), "email")
	if e.Folds() {
		c.hint(p, e.MailboxKey())
	}
}

// key gives p a key that nobody owns.
func (c *comparison) key(p *known, k identity.Key, what string) {
	if k.Value == "" || c.owner[k] != "" {
		return
	}
	c.owner[k] = p.id
	c.batch.Keys = append(c.batch.Keys, provision.KeyRow{Key: k, Account: p.id})
	p.change(what)
}

func (c *comparison) hint(p *known, k identity.Key) {
	if k.Value != "" {
		c.batch.Hints = append(c.batch.Hints, provision.KeyRow{Key: k, Account: p.id})
	}
}

// attach records profiles that p has not got, or has only declared.
func (c *comparison) attach(p *known, profiles []identity.Profile, connected bool) {
	for _, one := range profiles {
		if one.Value == "" {
			continue
		}
		row := provision.ProfileRow{Profile: one, Account: p.id, Connected: connected}
		was, has := p.profiles[provision.PinOf(one)]
		switch {
		case !has:
			p.profiles[provision.PinOf(one)] = connected
			p.change("profile " + one.Network)
			c.batch.Profiles = append(c.batch.Profiles, row)
			if one.Shared {
				c.hint(p, one.Key())
			} else {
				c.key(p, one.Key(), "profile "+one.Network)
			}
		case connected && !was:
			p.profiles[provision.PinOf(one)] = true
			p.change("profile " + one.Network + " connected")
			c.batch.Connects = append(c.batch.Connects, row)
		}
	}
}

// join adds the membership of a row.
func (c *comparison) join(p *known, d Account) {
	if d.Brand == "" || p.brands[d.Brand] {
		return
	}
	p.brands[d.Brand] = true
	p.change("membership")
	c.batch.Memberships = append(c.batch.Memberships, provision.MembershipRow{
		Account: p.id, Brand: d.Brand, Kind: string(cmp.Or(d.Kind, record.Creator)),
		Role: cmp.Or(d.Role, provision.MemberRole),
	})
}

// block adds the block of a row, which ends the link that the organization
// gave. A block that was lifted here since stays lifted: the export may be
// older than that.
func (c *comparison) block(p *known, d Account) {
	if !d.Blocked || p.blocks[d.Organization] {
		return
	}
	p.blocks[d.Organization] = true
	p.change("blocked")
	c.batch.Blocks = append(c.batch.Blocks, provision.BlockRow{Account: p.id, Organization: d.Organization})
	if p.link != "" && p.link == d.Organization {
		p.endLink()
	}
}

// endLink notes that nobody who has registered or is blocked holds an
// invitation.
func (p *known) endLink() {
	p.link = ""
	p.linkEnded = true
	p.change("link revoked")
}

func (p *known) change(what string) { p.changes = append(p.changes, what) }

func (c *comparison) audit(p *known, isNew bool) {
	row := provision.AuditRow{ID: c.newID(), Account: p.id, Action: provision.LoadedAgain}
	if isNew {
		row.Action = provision.Loaded
	} else {
		row.Detail, _ = json.Marshal(map[string]any{"changes": p.changes}) // strings always marshal
	}
	p.changes = nil
	c.batch.Audit = append(c.batch.Audit, row)
}

// close adds what is said once of every account that was there before and has
// changed.
func (c *comparison) close() {
	for _, id := range slices.Sorted(maps.Keys(c.people)) {
		if p := c.people[id]; p.changed && p.version > 0 {
			c.batch.Bumps = append(c.batch.Bumps, provision.Bump{Account: id, Version: p.version, Epoch: p.linkEnded})
		}
	}
}
