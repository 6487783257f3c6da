package directory

import (
	"cmp"
	"maps"
	"slices"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
)

// The actions of a loaded export.
const (
	LoadedAction      change.Action = "account added from the directory"
	LoadedAgainAction change.Action = "account updated from the directory"
)

// A comparison is what a chunk of an export changes, and what is known of the
// directory while its rows are compared with it one by one.
type comparison struct {
	steps  []*placedStep
	later  []*placedStep // on accounts that steps make, to be written after those
	counts provision.LoadCounts

	owner  map[identity.Key]string // of keys, with those that this chunk adds
	people map[string]*known       // by account, with those that this chunk adds
	brands map[string]string       // id → slug
	rights *rights                 // nil where everything may be written
	at     map[stepKey]*placedStep

	row       int  // at hand, by its place in the chunk
	withholds bool // of the row at hand something is not written
}

// A placedStep is what changes about one account in one organization.
type placedStep struct {
	organization string // id
	rows         []int  // of the chunk, from 0
	change.Step
}

// stepKey is what rows have in common that make one step.
type stepKey struct{ account, organization string }

// known is an account as it is after the rows that were compared so far.
type known struct {
	id       string
	version  int64 // 0 for an account of this chunk
	made     bool  // by a step of this chunk
	status   dedupe.Status
	email    string
	name     string
	owner    string                 // id of the organization that owns it, "" for its person
	link     string                 // id of the organization whose link is live
	profiles map[provision.Pin]bool // → connected
	brands   map[string]bool        // ids of brands it is a member of
	roles    map[string]string      // as they were: id of a brand → role
	blocks   map[string]bool        // ids of organizations
	changes  change.Changes         // of the row at hand
}

func knownAs(h provision.Holding) *known {
	p := &known{
		id: h.Account, version: h.Version, status: h.Status, email: h.Email, name: h.Name, owner: h.Owner,
		link: h.Link, roles: h.Roles,
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

func (p *known) change(c change.Change) { p.changes = append(p.changes, c) }

// compareAccounts says what a chunk of an export changes. found says whose the
// keys of the chunk are, holdings what those accounts hold; brands are the
// slugs of brands by id.
//
// An account is the one that owns its email, else its external id in that
// organization, else a profile that both have connected, else the one that an
// earlier load made of the row; otherwise it is new. What is new is added, a
// status raised, a declared profile becomes connected; nothing is taken away
// or rewritten, so that loading a file again changes nothing. Another
// address than the account has leads there, too, so that no list makes a second
// account of it. A key that another account owns stays with that one: the profile
// is recorded without it. What is not the operator's to change is withheld, and counted.
func compareAccounts(
	accounts []Account, found []provision.Found, holdings []provision.Holding, brands map[string]string, may *rights,
) *comparison {
	c := &comparison{
		owner:  make(map[identity.Key]string, len(found)),
		people: make(map[string]*known, len(holdings)),
		brands: brands,
		rights: may,
		at:     map[stepKey]*placedStep{},
	}
	for _, f := range found {
		c.owner[f.Key] = f.Account
	}
	for _, h := range holdings {
		c.people[h.Account] = knownAs(h)
	}
	for i, d := range accounts {
		c.row = i
		c.add(d)
	}
	return c
}

// add compares one row, counts it, and adds what it changes to its step.
func (c *comparison) add(d Account) {
	p := c.people[c.match(d)]
	isNew := p == nil
	if isNew {
		p = c.create(d)
	}
	switch {
	case !isNew && c.rights.holds(p):
		c.withholds = c.differs(p, d)
	default:
		c.fill(p, d)
		c.key(p, externalKey(d))
		c.attach(p, d.Connected, true)
		c.attach(p, d.Declared, false)
	}
	c.join(p, d)
	c.block(p, d)
	if c.withholds {
		c.counts.Withheld++
		c.withholds = false
	}
	switch {
	case isNew:
		c.counts.Added++
	case len(p.changes) > 0:
		c.counts.Updated++
	default:
		c.counts.Unchanged++
		return
	}
	c.record(p, d.Organization)
}

// differs reports whether a row says something of an account that it has not got.
func (c *comparison) differs(p *known, d Account) bool {
	lacks := func(profiles []identity.Profile, connected bool) bool {
		return slices.ContainsFunc(profiles, func(one identity.Profile) bool {
			was, has := p.profiles[provision.PinOf(one)]
			return one.Value != "" && (!has || connected && !was)
		})
	}
	return provision.MayFollow(p.status, d.Status) ||
		p.email == "" && !d.Email.IsZero() || p.name == "" && d.Name != "" ||
		d.ExternalID != "" && c.owner[externalKey(d)] == "" ||
		lacks(d.Connected, true) || lacks(d.Declared, false)
}

// record adds the changes of a row to the step of its account and organization.
func (c *comparison) record(p *known, organization string) {
	key := stepKey{p.id, organization}
	s := c.at[key]
	if s == nil {
		s = &placedStep{organization: organization, Step: change.On(p.id, p.version, LoadedAgainAction)}
		c.at[key] = s
		switch {
		case p.version > 0:
			c.steps = append(c.steps, s)
		case p.made:
			s.Step = change.On(p.id, madeVersion, LoadedAgainAction)
			c.later = append(c.later, s)
		default:
			p.made = true
			s.Action = LoadedAction
			c.steps = append(c.steps, s)
		}
	}
	s.rows = append(s.rows, c.row)
	s.Changes = append(s.Changes, p.changes...)
	p.changes = nil
}

// madeVersion is the version of an account that was made just now.
const madeVersion = 1

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

// create makes the account of a row.
func (c *comparison) create(d Account) *known {
	status := cmp.Or(d.Status, dedupe.Created)
	p := knownAs(provision.Holding{Account: d.ID, Status: status, Name: d.Name, Email: d.Email.Value})
	c.people[p.id] = p
	if !d.Email.IsZero() {
		c.owner[d.Email.Key()] = p.id
	}
	p.change(change.Create{NewAccount: dedupe.NewAccount{Name: d.Name, Email: d.Email}, Status: status})
	return p
}

// fill gives a known account the status, address and name it has not got.
func (c *comparison) fill(p *known, d Account) {
	if provision.MayFollow(p.status, d.Status) {
		p.change(change.SetStatus{From: p.status, To: d.Status})
		p.status = d.Status
		if p.link != "" && !provision.MayBeInvited(p.status) {
			p.change(change.EndLink{Why: provision.EndRegistered})
			p.link = ""
		}
	}
	switch before := len(p.changes); {
	case d.Email.IsZero():
	case p.email == "": // nobody owns it, or that account would be p
		c.key(p, d.Email.Key())
		p.change(change.Readdress{To: d.Email})
		p.email = d.Email.Value
	case p.email != d.Email.Value:
		if c.key(p, d.Email.Key()); len(p.changes) > before {
			c.counts.Addresses = append(c.counts.Addresses, c.row)
		}
	}
	if d.Name != "" && p.name == "" {
		p.change(change.Fill{Fill: dedupe.Fill{Name: d.Name}})
		p.name = d.Name
	}
}

// key gives p a key that nobody owns.
func (c *comparison) key(p *known, k identity.Key) {
	if k.Value == "" || c.owner[k] != "" {
		return
	}
	c.owner[k] = p.id
	p.change(change.TakeKey{Key: k})
}

// attach records profiles that p has not got, or has only declared. What somebody
// else owned the key of when it was recorded leads to p once that is free.
func (c *comparison) attach(p *known, profiles []identity.Profile, connected bool) {
	for _, one := range profiles {
		if one.Value == "" {
			continue
		}
		was, has := p.profiles[provision.PinOf(one)]
		switch {
		case !has:
			p.profiles[provision.PinOf(one)] = connected
			p.change(change.AddProfile{Profile: one, Connected: connected, Disputed: c.disputed(p, one)})
		case connected && !was:
			p.profiles[provision.PinOf(one)] = true
			p.change(change.Connect{Profile: one})
		}
		if !one.Shared {
			c.key(p, one.Key())
		}
	}
}

// disputed reports whether the key of a profile is somebody's already;
// otherwise p owns it from now on.
func (c *comparison) disputed(p *known, one identity.Profile) bool {
	if one.Shared {
		return false
	}
	if c.owner[one.Key()] != "" {
		return true
	}
	c.owner[one.Key()] = p.id
	return false
}

// join adds the membership of a row.
func (c *comparison) join(p *known, d Account) {
	if d.Brand == "" || p.brands[d.Brand] {
		return
	}
	if c.rights.asks(p, d.Organization) {
		c.withholds = true
		return
	}
	p.brands[d.Brand] = true
	p.change(change.Join{Membership: dedupe.Membership{
		Brand: c.brands[d.Brand], Kind: cmp.Or(d.Kind, record.Creator), Role: cmp.Or(d.Role, provision.MemberRole),
	}})
}

// block adds the block of a row, which ends the link that the organization
// gave. A block that was lifted here since stays lifted: the export may be
// older than that.
func (c *comparison) block(p *known, d Account) {
	if !d.Blocked || p.blocks[d.Organization] {
		return
	}
	if !c.rights.mayBlock(p) {
		c.withholds = true
		return
	}
	p.blocks[d.Organization] = true
	ends := p.link != "" && p.link == d.Organization
	p.change(change.Block{EndsLink: ends})
	if ends {
		p.link = ""
	}
}
