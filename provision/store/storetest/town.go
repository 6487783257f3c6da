package storetest

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/directory"
	"muster/provision/link"
	"muster/provision/store"
)

// BaseURL is where the links of a Town lead.
const BaseURL = "https://claim.example.com"

// A Town is an organization whose people have links that can be opened: a
// database and the keyring of its links. Its brand is "lake".
type Town struct {
	testing.TB
	Store        *store.Store
	SQL          *sql.DB // beside the store, as a platform has it, or a thief
	Ring         *link.Keyring
	Organization provision.Organization
	Now          time.Time // when what happens to people happens
}

// NewTown makes a Town in a fresh database. What the organization does not say
// is filled in.
func NewTown(t testing.TB, url string, o provision.Organization) *Town {
	t.Helper()
	ring, err := link.CreateKeyring(filepath.Join(t.TempDir(), "muster.key"))
	if err != nil {
		t.Fatal(err)
	}
	o.Slug = "lakeside"
	o.Name = "Lakeside Creators"
	o.Brands = append(o.Brands, provision.Brand{Slug: "lake", Name: "Lake", Campaigns: []provision.Campaign{{Slug: "launch", Name: "Launch"}}})
	w := &Town{TB: t, Store: Open(t, url), SQL: beside(t, url), Ring: ring, Now: time.Now().UTC().Truncate(time.Microsecond)}
	w.Save(o)
	return w
}

// beside opens a database a second time.
func beside(t testing.TB, url string) *sql.DB {
	t.Helper()
	driver, name := "postgres", url
	if !store.IsPostgres(url) {
		driver, name = "sqlite", "file:"+url+"?_pragma=busy_timeout(20000)"
	}
	db, err := sql.Open(driver, name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// Save makes the organization what is given.
func (w *Town) Save(o provision.Organization) {
	w.Helper()
	saved, err := directory.SaveOrganization(context.Background(), w.Store, o, w.author(), id)
	if err != nil {
		w.Fatal(err)
	}
	w.Organization = saved.Organization
	w.Organization.Page, w.Organization.Active = o.Page, o.Active // also what would not be taken back
	err = w.Store.InTx(context.Background(), func(tx provision.Tx) error {
		return tx.SaveOrganization(context.Background(), provision.OrganizationRows{ID: w.Organization.ID, Itself: &w.Organization})
	})
	if err != nil {
		w.Fatal(err)
	}
}

func (w *Town) author() provision.Author {
	return provision.Author{Organization: w.Organization.ID, Source: "town", At: w.Now}
}

// Create makes a creator of the brand who has an address, and what is given
// beyond that. It returns the id of the account.
func (w *Town) Create(address, name string, more ...change.Change) string {
	w.Helper()
	email, _, err := identity.ParseEmail(address)
	if err != nil {
		w.Fatal(err)
	}
	account := id()
	first := change.Changes{
		change.Create{NewAccount: dedupe.NewAccount{Email: email, Name: name}},
		change.Join{Membership: dedupe.Membership{Brand: "lake", Kind: record.Creator, Role: provision.MemberRole}},
	}
	step := change.On(account, 0, "test", append(first, more...)...)
	if err := w.Store.InTx(context.Background(), func(tx provision.Tx) error { return w.carry(tx, step, nil) }); err != nil {
		w.Fatal(err)
	}
	return account
}

// Change makes changes to an account as it is now, as a run does.
// provision.ErrMoved where somebody else is faster.
func (w *Town) Change(account string, changes ...change.Change) error {
	return w.ChangeIf(account, func(provision.Holding) bool { return true }, changes...)
}

// ChangeIf makes changes to an account if they are to be made to it as it is
// now.
func (w *Town) ChangeIf(account string, may func(provision.Holding) bool, changes ...change.Change) error {
	return w.Store.InTx(context.Background(), func(tx provision.Tx) error {
		key := identity.Key{Space: dedupe.AccountSpace, Value: account}
		found, err := tx.Resolve(context.Background(), []identity.Key{key}, nil)
		if err != nil || len(found) != 1 {
			return errors.Join(err, errors.New("there is no account "+account))
		}
		held, err := tx.Holdings(context.Background(), []string{account})
		if err != nil || !may(held[0]) {
			return err
		}
		step := change.On(account, found[0].Version, "test", changes...)
		return w.carry(tx, step, step.Seen(found[0].Epoch, found[0].Email))
	})
}

func (w *Town) carry(tx provision.Tx, step change.Step, found map[identity.Key]provision.Found) error {
	terms := change.LinkTerms{BaseURL: BaseURL, Life: 24 * time.Hour}
	b := change.NewBatch(w.author(), 1)
	if _, err := change.NewCarrier(w.Organization, link.Maker(w.Ring), id, terms).Carry(&b, step, found); err != nil {
		return err
	}
	return tx.Apply(context.Background(), b)
}

// Issue gives an account a link, shows it, and returns it with its token. A
// link that is not by mail has been seen by whoever handed it over.
func (w *Town) Issue(account string, issue change.IssueLink) (provision.LinkRow, string) {
	w.Helper()
	if err := w.Change(account, issue); err != nil {
		w.Fatal(err)
	}
	l := w.Show(w.Live(account), !issue.Mail)
	return l, w.Token(l)
}

// Show lets the life of a link begin.
func (w *Town) Show(link string, revealed bool) provision.LinkRow {
	w.Helper()
	if err := w.Store.StartLinks(context.Background(), []provision.LinkRow{w.Link(link)}, w.Now, revealed); err != nil {
		w.Fatal(err)
	}
	return w.Link(link)
}

// Account reads an account as the organization sees it.
func (w *Town) Account(account string) dedupe.Account {
	w.Helper()
	var all []dedupe.Account
	err := w.Store.Snapshot(context.Background(), func(d provision.Directory) (err error) {
		all, err = d.Accounts(context.Background(), w.Organization.ID, []string{account}, w.Now)
		return err
	})
	if err != nil || len(all) != 1 {
		w.Fatalf("account %s: %d are found: %v", account, len(all), err)
	}
	return all[0]
}

// Live is the id of the live link of an account, "" for none.
func (w *Town) Live(account string) string { return w.Account(account).Link.ID }

// Link reads a link with its account as it is now.
func (w *Town) Link(id string) provision.LinkRow {
	w.Helper()
	links, err := w.Store.Links(context.Background(), []string{id})
	if err != nil || len(links) != 1 {
		w.Fatalf("link %s: %d are found: %v", id, len(links), err)
	}
	return links[0]
}

// Token is the token of a link.
func (w *Town) Token(l provision.LinkRow) string {
	w.Helper()
	url, err := link.Maker(w.Ring).URL(l)
	if err != nil {
		w.Fatal(err)
	}
	return strings.TrimPrefix(url, l.Audience+"/c/")
}

// Credentials are what a platform's sign-in reads of an account.
type Credentials struct {
	Password     string // PHC form, "" for none
	SessionEpoch int64
	Registered   bool // it is known since when
	Verified     bool // the mailbox is known to be its person's
}

// Credentials reads those of an account.
func (w *Town) Credentials(account string) (c Credentials) {
	w.Helper()
	err := w.SQL.QueryRow(`SELECT password, session_epoch, registered_at IS NOT NULL, email_verified_at IS NOT NULL
		FROM accounts WHERE id = $1`, account).Scan(&c.Password, &c.SessionEpoch, &c.Registered, &c.Verified)
	if err != nil {
		w.Fatal(err)
	}
	return c
}
