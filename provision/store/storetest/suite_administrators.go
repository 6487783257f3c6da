package storetest

import (
	"errors"
	"sync"
	"sync/atomic"

	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
)

var administratorTrials = []trial{
	{"the last administrator stays one, whatever would end that", administratorLast},
	{"one of two administrators may go", administratorOneOfTwo},
	{"a block everywhere spares the last administrator of each organization", administratorEverywhere},
	{"an organization that nobody administers may lose anybody", administratorNone},
	{"of two administrators who take each other's rights at once one stays", raceAdministrators},
	{"a role that the last administrator has keeps its right", administratorRole},
}

// administrator makes an account administrator of a brand.
func (w *world) administrator(address, brand string) string {
	w.Helper()
	account := w.member(address, brand, record.Staff)
	w.ok(w.apply(provision.Batch{By: w.by, Bumps: w.bump(account, false), Raises: []provision.MembershipRow{
		{Account: account, Brand: w.brand(brand), Role: provision.AdministratorRole},
	}}))
	return account
}

// endings are the ways in which somebody may lose what they may do.
func (w *world) endings(account string) map[string]change.Change {
	return map[string]change.Change{
		"blocked": change.Block{},
		"lowered": change.SetRole{Brand: "alpha", From: provision.AdministratorRole, To: "manager"},
		"removed": change.Leave{Membership: w.account(account).Memberships[0]},
	}
}

// isLast wants an error that names the organization and the account.
func (w *world) isLast(err error, organization, account string) {
	w.Helper()
	last, is := errors.AsType[*provision.LastAdministratorError](err)
	if !is {
		w.Fatalf("%v, want the last administrator of %s", err, organization)
	}
	w.same(last.Organization, organization)
	w.same(last.Accounts, []string{account})
}

func administratorLast(w *world) {
	ada := w.administrator("ada@example.com", "alpha")
	w.member("mia@example.com", "alpha", record.Staff) // who may do nothing
	before := w.stateOf(ada)
	for name, ending := range w.endings(ada) {
		w.Log(name)
		w.isLast(w.step(ada, ending), "here", ada)
		w.same(w.stateOf(ada), before)
	}
}

func administratorOneOfTwo(w *world) {
	ada := w.administrator("ada@example.com", "alpha")
	eva := w.administrator("eva@example.com", "beta")
	w.ok(w.step(ada, change.Block{}))
	w.isLast(w.step(eva, change.Block{}), "here", eva)
	w.ok(w.step(ada, change.Unblock{Roles: true}))
	w.ok(w.step(eva, change.Block{}))
}

func administratorEverywhere(w *world) {
	ada := w.administrator("ada@example.com", "alpha")
	w.administrator("eva@example.com", "beta")
	by := w.by
	by.Organization = w.there.ID
	w.ok(w.apply(provision.Batch{By: by, Bumps: w.bump(ada, false), Memberships: []provision.MembershipRow{
		{Account: ada, Brand: w.there.Brands[0].ID, Kind: "staff", Role: provision.AdministratorRole},
	}}))
	everywhere := provision.BlockRow{Account: ada, Organization: "00000000-0000-0000-0000-000000000000"}
	err := w.apply(provision.Batch{By: w.by, Bumps: w.bump(ada, false), Blocks: []provision.BlockRow{everywhere}})
	w.isLast(err, "there", ada)
}

func administratorNone(w *world) {
	mia := w.member("mia@example.com", "alpha", record.Staff)
	w.ok(w.step(mia, change.Block{}))
}

// raceAdministrators lets two administrators block each other, or both be
// removed, at once.
func raceAdministrators(w *world) {
	ada := w.administrator("ada@example.com", "alpha")
	eva := w.administrator("eva@example.com", "alpha")
	for round := range 6 {
		var kept atomic.Int64
		var group sync.WaitGroup
		start := make(chan struct{})
		for _, account := range []string{ada, eva} {
			batch := provision.Batch{By: w.by, Bumps: w.bump(account, false)}
			if round%2 == 0 {
				batch.Blocks = []provision.BlockRow{{Account: account, Organization: w.here.ID}}
			} else {
				batch.Raises = []provision.MembershipRow{{Account: account, Brand: w.brand("alpha"), Role: "manager"}}
			}
			group.Go(func() {
				<-start
				err := provision.Retry(func() error { return w.apply(batch) })
				if _, last := errors.AsType[*provision.LastAdministratorError](err); last {
					kept.Add(1)
				} else if err != nil {
					w.Error(err)
				}
			})
		}
		close(start)
		group.Wait()
		w.same(kept.Load(), int64(1))
		for _, account := range []string{ada, eva} {
			w.restore(account)
		}
	}
}

// restore makes somebody the administrator again that they were.
func (w *world) restore(account string) {
	w.Helper()
	a := w.account(account)
	if a.Blocked {
		w.ok(w.step(account, change.Unblock{Roles: true}))
	}
	if role := a.Memberships[0].Role; role != provision.AdministratorRole {
		w.ok(w.step(account, change.SetRole{Brand: "alpha", From: role, To: provision.AdministratorRole}))
	}
}

func administratorRole(w *world) {
	w.save(provision.Organization{Slug: "here", Roles: []provision.Role{
		{Name: "editor", Rank: 60, Dashboard: true, Capabilities: []string{provision.MayEditOrganization}},
	}})
	eve := w.member("eve@example.com", "alpha", record.Staff)
	w.ok(w.step(eve, change.SetRole{Brand: "alpha", From: "member", To: "editor"}))
	lowered := provision.OrganizationRows{ID: w.here.ID, Roles: []provision.Role{{Name: "editor", Rank: 60, Dashboard: true}}}
	err := w.s.InTx(w.ctx, func(tx provision.Tx) error {
		if err := tx.SaveOrganization(w.ctx, lowered); err != nil {
			return err
		}
		return tx.Administered(w.ctx, w.here.ID)
	})
	if _, last := errors.AsType[*provision.LastAdministratorError](err); !last {
		w.Errorf("the last right to edit went with its role: %v", err)
	}
	ada := w.administrator("ada@example.com", "beta")
	w.ok(w.s.InTx(w.ctx, func(tx provision.Tx) error {
		if err := tx.SaveOrganization(w.ctx, lowered); err != nil {
			return err
		}
		return tx.Administered(w.ctx, w.here.ID)
	}))
	now, err := operatorOf(w, ada)
	w.ok(err)
	w.same(now.May(provision.MayEditOrganization), true)
	_, err = operatorOf(w, id())
	w.is(err, provision.ErrNotFound)
}

// operatorOf reads a member within a transaction.
func operatorOf(w *world, account string) (now provision.Operator, err error) {
	err = w.s.InTx(w.ctx, func(tx provision.Tx) error {
		now, err = tx.Operator(w.ctx, w.here.ID, account)
		return err
	})
	return now, err
}
