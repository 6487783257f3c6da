package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/provision"
)

// LoadAccounts puts a chunk of accounts the platform has already into the
// directory. An account is the one that owns its email, else its external id
// in that organization, else a profile that both have connected, else the one
// that an earlier load made of the row; otherwise it is new. What is new is
// added, a status raised, a declared profile becomes connected; nothing is
// taken away or rewritten, so that loading a file again changes nothing. A key
// that another account owns stays with that one: the profile is recorded
// without it.
func (s *Store) LoadAccounts(ctx context.Context, accounts []provision.DirectoryAccount, by provision.Author) (provision.LoadCounts, error) {
	var counts provision.LoadCounts
	err := s.again(ctx, func(t tx) error {
		l := loader{t: t, batch: provision.Batch{By: by}, owner: map[identity.Key]string{}, people: map[string]*person{}}
		if err := l.look(ctx, accounts); err != nil {
			return err
		}
		for _, d := range accounts {
			if err := l.add(d); err != nil {
				return err
			}
		}
		counts = l.counts
		return l.write(ctx)
	})
	if err != nil {
		return provision.LoadCounts{}, fmt.Errorf("loading accounts: %w", err)
	}
	return counts, nil
}

// A loader compares one chunk with the directory. It lives for one
// transaction.
type loader struct {
	t      tx
	owner  map[identity.Key]string // of keys, with what this chunk adds
	people map[string]*person      // by account
	batch  provision.Batch
	counts provision.LoadCounts
}

// A person is what the loader has to know of an account.
type person struct {
	id, email, name string
	status          dedupe.Status
	version         int64           // 0 for an account this chunk makes
	link            string          // id of the organization whose link is live
	profiles        map[pin]bool    // → connected
	brands          map[string]bool // ids of brands it is a member of
	blockedBy       map[string]bool // ids of organizations
	changed         bool
	revoked         string   // why its live link ends, "" where it does not
	changes         []string // by the row at hand
}

// A pin is what makes a profile one of an account's.
type pin struct{ network, kind, value string }

func pinOf(p identity.Profile) pin { return pin{p.Network, p.Kind, p.Value} }

// accountKeys are the keys an account could be known by, the strongest first.
func accountKeys(d provision.DirectoryAccount) []identity.Key {
	var all []identity.Key
	if d.Email.Value != "" {
		all = append(all, d.Email.Key())
	}
	if d.ExternalID != "" {
		all = append(all, identity.Key{Space: externalSpace(d.Organization), Value: d.ExternalID})
	}
	for _, ps := range [][]identity.Profile{d.Connected, d.Declared} {
		for _, p := range ps {
			if p.Value != "" && !p.Shared {
				all = append(all, p.Key())
			}
		}
	}
	return all
}

// match finds the account a row speaks of, "" for a new one.
func (l *loader) match(d provision.DirectoryAccount) string {
	if id := l.owner[d.Email.Key()]; id != "" {
		return id
	}
	if id := l.owner[identity.Key{Space: externalSpace(d.Organization), Value: d.ExternalID}]; id != "" {
		return id
	}
	for _, c := range d.Connected {
		if id := l.owner[c.Key()]; id != "" && !c.Shared && l.people[id].profiles[pinOf(c)] {
			return id
		}
	}
	if d.Email.IsZero() && d.ExternalID == "" && l.people[d.Before] != nil { // somebody else declared its profile first, and owns the key
		return d.Before
	}
	return ""
}

// add compares one row and counts it.
func (l *loader) add(d provision.DirectoryAccount) error {
	id := l.match(d)
	p := l.people[id]
	if p == nil {
		p = l.create(d)
		l.counts.Added++
	} else {
		l.fill(p, d)
	}
	l.key(p, identity.Key{Space: externalSpace(d.Organization), Value: d.ExternalID}, "external id")
	l.attach(p, d.Connected, true)
	l.attach(p, d.Declared, false)
	l.join(p, d)
	if id != "" {
		if len(p.changes) == 0 {
			l.counts.Unchanged++
			return nil
		}
		l.counts.Updated++
		p.changed = true
	}
	return l.audit(p, id == "")
}

// create makes the account of a row. It belongs to the organization until
// its person has registered.
func (l *loader) create(d provision.DirectoryAccount) *person {
	p := &person{id: d.ID, status: cmp.Or(d.Status, dedupe.Created), name: d.Name,
		profiles: map[pin]bool{}, brands: map[string]bool{}, blockedBy: map[string]bool{}}
	row := provision.AccountRow{ID: d.ID, NewAccount: dedupe.NewAccount{Name: d.Name}, Status: p.status}
	if p.status != dedupe.Registered {
		row.Owner = d.Organization
	}
	if d.Email.Value != "" {
		row.Email, p.email = d.Email, d.Email.Value
		l.key(p, d.Email.Key(), "email")
		if d.Email.Folds() {
			l.hint(p, d.Email.MailboxKey())
		}
	}
	l.people[p.id] = p
	l.batch.Accounts = append(l.batch.Accounts, row)
	return p
}

// fill gives a known account the status, address and name it has not got.
func (l *loader) fill(p *person, d provision.DirectoryAccount) {
	u := provision.EditRow{Account: p.id}
	if statusRank[d.Status] > statusRank[p.status] {
		p.change("status " + string(d.Status))
		p.status, u.Status = d.Status, d.Status
		if d.Status == dedupe.Registered {
			p.revoke(p.link, "registered")
		}
	}
	if d.Email.Value != "" && p.email == "" { // nobody owns it, or that account would be p
		p.email, u.Email = d.Email.Value, d.Email
		l.key(p, d.Email.Key(), "email")
		if d.Email.Folds() {
			l.hint(p, d.Email.MailboxKey())
		}
	}
	if d.Name != "" && p.name == "" {
		p.change("name")
		p.name, u.Name = d.Name, d.Name
	}
	if u != (provision.EditRow{Account: p.id}) {
		l.batch.Edits = append(l.batch.Edits, u)
	}
}

var statusRank = map[dedupe.Status]int{dedupe.Created: 1, dedupe.Invited: 2, dedupe.Registering: 3, dedupe.Registered: 4}

// key gives p a key that nobody owns.
func (l *loader) key(p *person, k identity.Key, what string) {
	if k.Value == "" || l.owner[k] != "" {
		return
	}
	l.owner[k] = p.id
	l.batch.Keys = append(l.batch.Keys, provision.KeyRow{Key: k, Account: p.id})
	p.change(what)
}

func (l *loader) hint(p *person, k identity.Key) {
	if k.Value != "" {
		l.batch.Hints = append(l.batch.Hints, provision.KeyRow{Key: k, Account: p.id})
	}
}

// attach records profiles that p has not got, or has only declared.
func (l *loader) attach(p *person, profiles []identity.Profile, connected bool) {
	for _, one := range profiles {
		if one.Value == "" {
			continue
		}
		was, has := p.profiles[pinOf(one)]
		switch {
		case !has:
			p.profiles[pinOf(one)] = connected
			p.change("profile " + one.Network)
			l.batch.Profiles = append(l.batch.Profiles, provision.ProfileRow{Profile: one, Account: p.id, Connected: connected})
			if one.Shared {
				l.hint(p, one.Key())
			} else {
				l.key(p, one.Key(), "profile "+one.Network)
			}
		case connected && !was:
			p.profiles[pinOf(one)] = true
			p.change("profile " + one.Network + " connected")
			l.batch.Connects = append(l.batch.Connects, provision.ProfileRow{Profile: one, Account: p.id})
		}
	}
}

// join adds the membership and the block of a row. A block that was lifted
// here since stays lifted: the export may be older than that.
func (l *loader) join(p *person, d provision.DirectoryAccount) {
	if d.Brand != "" && !p.brands[d.Brand] {
		p.brands[d.Brand] = true
		p.change("membership")
		l.batch.Memberships = append(l.batch.Memberships, provision.MembershipRow{Account: p.id, Brand: d.Brand,
			Kind: cmp.Or(d.Kind, "creator"), Role: cmp.Or(d.Role, provision.MemberRole)})
	}
	if d.Blocked && !p.blockedBy[d.Organization] {
		p.blockedBy[d.Organization] = true
		p.change("blocked")
		p.revoke(d.Organization, "blocked")
		l.batch.Blocks = append(l.batch.Blocks, provision.BlockRow{Account: p.id, Organization: d.Organization})
	}
}

func (l *loader) audit(p *person, added bool) error {
	id, err := newID()
	if err != nil {
		return err
	}
	row := provision.AuditRow{ID: id, Account: p.id, Action: "account updated from the directory"}
	if added {
		row.Action = "account added from the directory"
	} else if row.Detail, err = json.Marshal(map[string]any{"changes": p.changes}); err != nil {
		return err
	}
	p.changes = nil
	l.batch.Audit = append(l.batch.Audit, row)
	return nil
}

// revoke ends the live link where it is the organization's: nobody who has
// registered or is blocked holds an invitation.
func (p *person) revoke(organization, why string) {
	if p.link == "" || p.link != organization {
		return
	}
	p.link, p.revoked = "", why
	p.change("link revoked")
}

func (p *person) change(what string) { p.changes = append(p.changes, what) }
