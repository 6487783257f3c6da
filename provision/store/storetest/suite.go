package storetest

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/reason"
	"muster/provision"
	"muster/provision/directory"
)

// Run runs the conformance suite: what every Store has to do, whatever
// database is behind it. open returns a store on a fresh, migrated database.
func Run(t *testing.T, open func(t *testing.T) provision.Store) {
	try(t, open, directoryTrials, applyTrials, linkTrials, runTrials, compareTrials, leaseTrials, organizationTrials, loadTrials,
		raceTrials, settingTrials, decisionTrials, changeTrials, endedTrials, peopleTrials, mailTrials, outboxTrials,
		administratorTrials, shardTrials, sourceTrials, namedTrials)
}

// RunGone runs the part of the suite that takes away, which the role of runs
// is not granted.
func RunGone(t *testing.T, open func(t *testing.T) provision.Store) { try(t, open, goneTrials) }

// RunClaims runs the part of the suite that the page behind a link needs, which
// the role of runs is not granted.
func RunClaims(t *testing.T, open func(t *testing.T) provision.Store) {
	try(t, open, claimTrials, offerTrials)
}

func try(t *testing.T, open func(t *testing.T) provision.Store, groups ...[]trial) {
	for _, group := range groups {
		for _, one := range group {
			t.Run(one.name, func(t *testing.T) {
				t.Parallel()
				one.test(newWorld(t, open(t)))
			})
		}
	}
}

// A trial is one promise and how it is tried.
type trial struct {
	name string
	test func(*world)
}

// A world is a database with two organizations in it and a test beside it.
type world struct {
	*testing.T
	ctx   context.Context
	s     provision.Store
	here  provision.Organization // brands "Zeta", "alpha" and "beta" with campaigns; products
	there provision.Organization // under single sign-on, with brand "other"
	by    provision.Author
	why   reason.Code // of steps
}

func newWorld(t *testing.T, s provision.Store) *world {
	w := &world{T: t, ctx: t.Context(), s: s}
	w.by = provision.Author{Source: "suite", At: time.Date(2026, 11, 22, 10, 0, 0, 123456000, time.UTC)}
	w.here = w.save(provision.Organization{Slug: "here", Name: "Here", Products: []string{"reports", "Chat"},
		Roles: []provision.Role{{Name: "manager", Rank: 50, Dashboard: true, Capabilities: []string{"links:reissue"}}},
		Brands: []provision.Brand{
			{Slug: "beta", Campaigns: []provision.Campaign{{Slug: "launch"}, {Slug: "Autumn"}}},
			{Slug: "alpha", Campaigns: []provision.Campaign{{Slug: "launch"}}},
			{Slug: "Zeta"},
		}}).Organization
	w.there = w.save(provision.Organization{Slug: "there", SignIn: "sso", Brands: []provision.Brand{{Slug: "other"}}}).Organization
	w.by.Organization = w.here.ID
	return w
}

func (w *world) save(o provision.Organization) directory.OrganizationChanges {
	w.Helper()
	changes, err := directory.SaveOrganization(w.ctx, w.s, o, w.by, id)
	w.ok(err)
	return changes
}

func (w *world) ok(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// is fails the test unless err wraps want.
func (w *world) is(err, want error) {
	w.Helper()
	if !errors.Is(err, want) {
		w.Fatalf("got error %v, want %v", err, want)
	}
}

func (w *world) same(got, want any) {
	w.Helper()
	if d := cmp.Diff(want, got); d != "" {
		w.Fatalf("(-want +got)\n%s", d)
	}
}

// id makes a UUID.
func id() string { return uuid.Must(uuid.NewV7()).String() }

// brand returns the id of a brand.
func (w *world) brand(slug string) string {
	w.Helper()
	for _, o := range []provision.Organization{w.here, w.there} {
		for _, b := range o.Brands {
			if b.Slug == slug {
				return b.ID
			}
		}
	}
	w.Fatalf("no brand %q", slug)
	return ""
}

func (w *world) campaign(brand, slug string) string {
	w.Helper()
	for _, b := range w.here.Brands {
		for _, c := range b.Campaigns {
			if b.Slug == brand && c.Slug == slug {
				return c.ID
			}
		}
	}
	w.Fatalf("no campaign %s/%s", brand, slug)
	return ""
}

func email(address string) identity.Email {
	return identity.Email{Address: address, Value: address, Mailbox: "box+" + address}
}

func emailKey(address string) identity.Key {
	return identity.Key{Space: identity.EmailSpace, Value: address}
}

func handle(name string) identity.Profile {
	return identity.Profile{Network: "instagram", Kind: "handle", Value: name, Display: "@" + name, URL: "https://instagram.com/" + name}
}

// create makes an account with an address and returns its id.
func (w *world) create(address string) string {
	w.Helper()
	b, account := w.newAccount(address)
	w.ok(w.apply(b))
	return account
}

func (w *world) newAccount(address string) (provision.Batch, string) {
	account := id()
	return provision.Batch{By: w.by,
		Accounts: []provision.AccountRow{{ID: account, Status: dedupe.Created, Owner: w.here.ID,
			NewAccount: dedupe.NewAccount{Email: email(address), Name: "Name of " + address}}},
		Keys: []provision.KeyRow{{Key: emailKey(address), Account: account}},
	}, account
}

func (w *world) apply(b provision.Batch) error {
	return w.s.InTx(w.ctx, func(tx provision.Tx) error { return tx.Apply(w.ctx, b) })
}

func (w *world) resolve(keys, hints []identity.Key) (found []provision.Found) {
	w.Helper()
	w.ok(w.s.Snapshot(w.ctx, func(d provision.Directory) (err error) {
		found, err = d.Resolve(w.ctx, keys, hints)
		return err
	}))
	return found
}

func (w *world) owner(k identity.Key) string {
	w.Helper()
	found := w.resolve([]identity.Key{k}, nil)
	if len(found) == 0 {
		return ""
	}
	return found[0].Account
}

func (w *world) accounts(organization string, ids ...string) (all []dedupe.Account) {
	w.Helper()
	w.ok(w.s.Snapshot(w.ctx, func(d provision.Directory) (err error) {
		all, err = d.Accounts(w.ctx, organization, ids, w.by.At)
		return err
	}))
	return all
}

// account reads one account as the first organization sees it.
func (w *world) account(id string) dedupe.Account {
	w.Helper()
	all := w.accounts(w.here.ID, id)
	if len(all) != 1 {
		w.Fatalf("account %s: found %d", id, len(all))
	}
	return all[0]
}

func (w *world) bump(id string, epoch bool) []provision.Bump {
	w.Helper()
	return []provision.Bump{{Account: id, Version: w.account(id).Version, Epoch: epoch}}
}
