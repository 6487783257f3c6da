package plan

import (
	"context"

	"muster/dedupe"
	"muster/provision"
	"muster/provision/source"
)

// recalled is what is on record of some accounts, by account.
type recalled struct {
	name     string
	people   map[string]provision.SourcePerson
	own      map[string][]source.Owned
	others   map[string][]source.Owned
	ended    map[string]source.Ended
	imported map[string][]source.Grant
	wrote    map[string]source.Writers
}

func (r recalled) of(account string) source.Standing {
	s := source.Standing{
		Source:   r.name,
		Own:      r.own[account],
		Others:   r.others[account],
		Ended:    r.ended[account],
		Imported: r.imported[account],
		Wrote:    r.wrote[account],
	}
	if p, named := r.people[account]; named {
		s.Person = &p
	}
	return s
}

// Standings are what is on record of accounts beside the source of a scope, by account.
func Standings(
	ctx context.Context, d provision.Directory, sc provision.Scope, accounts []string,
) (map[string]source.Standing, error) {
	known, err := newSourced(sc).recall(ctx, d, sc.Authority.Organization.ID, accounts)
	all := make(map[string]source.Standing, len(accounts))
	for _, id := range accounts {
		all[id] = known.of(id)
	}
	return all, err
}

// recall reads what is on record of accounts.
func (s *sourced) recall(ctx context.Context, d provision.Directory, organization string, accounts []string) (recalled, error) {
	r := recalled{
		name:     s.source.Name,
		people:   map[string]provision.SourcePerson{},
		own:      map[string][]source.Owned{},
		others:   map[string][]source.Owned{},
		ended:    map[string]source.Ended{},
		imported: map[string][]source.Grant{},
	}
	people, err := d.SourcePeople(ctx, organization, s.source.Name, accounts)
	if err != nil {
		return r, err
	}
	var removed []string
	for _, p := range people {
		r.people[p.Account] = p
		if p.Absences >= provision.RemovedAfter {
			removed = append(removed, p.Account)
		}
	}
	if err := s.recallGrants(ctx, d, organization, accounts, r); err != nil {
		return r, err
	}
	ended, err := d.EndedByAbsence(ctx, organization, removed)
	for _, e := range ended {
		r.ended[e.Account] = s.endedNamed(e)
	}
	return r, err
}

// writersOf reads which sources but one wrote last what some accounts keep, and still
// name them.
func writersOf(
	ctx context.Context, d provision.Directory, organization string, accounts []string, but string,
) (map[string]source.Writers, error) {
	if len(accounts) == 0 {
		return nil, nil
	}
	told, err := d.Told(ctx, organization, accounts)
	if err != nil {
		return nil, err
	}
	entries := map[string][]provision.AuditEntry{}
	for _, e := range told {
		entries[e.Account] = append(entries[e.Account], e)
	}
	wrote := map[string]source.Writers{}
	others := map[string][]string{} // source → accounts of which it wrote something
	for account, of := range entries {
		w, err := source.WritersOf(of)
		if err != nil {
			return nil, err
		}
		wrote[account] = w
		for _, name := range w.But(but) {
			others[name] = append(others[name], account)
		}
	}
	names := map[string]map[string]bool{} // account → sources that name it
	for name, of := range others {
		people, err := d.SourcePeople(ctx, organization, name, of)
		if err != nil {
			return nil, err
		}
		for _, p := range people {
			if p.Absences >= provision.RemovedAfter {
				continue
			}
			if names[p.Account] == nil {
				names[p.Account] = map[string]bool{}
			}
			names[p.Account][name] = true
		}
	}
	for account, w := range wrote {
		wrote[account] = w.Of(names[account])
	}
	return wrote, nil
}

// recallGrants reads what sources gave accounts, and what imports did that is to
// be adopted.
func (s *sourced) recallGrants(
	ctx context.Context, d provision.Directory, organization string, accounts []string, r recalled,
) error {
	grants, err := d.SourceGrants(ctx, organization, accounts)
	if err != nil {
		return err
	}
	owned := map[string]map[source.Grant]bool{}
	for _, g := range grants {
		o, named := s.named(g)
		if !named {
			continue
		}
		if owned[g.Account] == nil {
			owned[g.Account] = map[source.Grant]bool{}
		}
		owned[g.Account][o.Grant] = true
		if g.Source == s.source.Name {
			r.own[g.Account] = append(r.own[g.Account], o)
		} else {
			r.others[g.Account] = append(r.others[g.Account], o)
		}
	}
	if !s.adopt {
		return nil
	}
	imported, err := d.Imported(ctx, organization, accounts)
	for _, g := range imported {
		if o, named := s.named(g); named && !owned[g.Account][o.Grant] {
			r.imported[g.Account] = append(r.imported[g.Account], o.Grant)
		}
	}
	return err
}

// named is a grant in the words of plans; false where what it names is put away.
func (s *sourced) named(g provision.SourceGrant) (source.Owned, bool) {
	target, known := grantTarget(g, s.names)
	return source.Owned{Grant: source.Grant{What: g.What, Target: target}, Former: g.Former, Given: g.Given}, known
}

// endedNamed is what ended in the words of plans.
func (s *sourced) endedNamed(e provision.Ended) source.Ended {
	named := source.Ended{Products: e.Products}
	for _, m := range e.Memberships {
		if brand, known := s.names[m.Brand]; known {
			held := dedupe.Membership{Brand: brand, Kind: m.Kind, Role: m.Role}
			named.Memberships = append(named.Memberships, source.EndedMembership{Membership: held, Columns: m.Columns})
		}
	}
	for _, id := range e.Campaigns {
		if name, known := s.names[id]; known {
			named.Campaigns = append(named.Campaigns, name)
		}
	}
	return named
}
