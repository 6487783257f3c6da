package claim_test

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/google/uuid"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/directory"
	"muster/provision/link"
	"muster/provision/store"
)

// example is a database file, made for the example alone.
type example struct {
	*store.Store
	folder string
}

// Close closes the database and removes it.
func (e example) Close() {
	e.Store.Close()
	os.RemoveAll(e.folder)
}

func (e example) path() string { return filepath.Join(e.folder, "muster.db") }

// storedPassword is what a platform's sign-in reads.
func (e example) storedPassword(address string) (hash string) {
	db, err := sql.Open("sqlite", e.path())
	must(err)
	defer db.Close()
	must(db.QueryRow(`SELECT password FROM accounts WHERE email = $1`, address).Scan(&hash))
	return hash
}

// invited does what an import does: it makes an account, and gives it a link.
// It returns the database, the keyring, and the token of the link.
func invited(ctx context.Context, address string) (example, *link.Keyring, string) {
	folder, err := os.MkdirTemp("", "example")
	must(err)
	db := example{folder: folder}
	db.Store, err = store.Open(ctx, store.Config{URL: db.path(), Create: true})
	must(err)
	ring, err := link.CreateKeyring(filepath.Join(folder, "muster.key"))
	must(err)
	newID := func() string { return uuid.Must(uuid.NewV7()).String() }
	by := provision.Author{Source: "creators.csv", At: time.Now()}
	saved, err := directory.SaveOrganization(ctx, db, provision.Organization{
		Slug: "lakeside", Name: "Lakeside Creators", Brands: []provision.Brand{{Slug: "lake", Name: "Lake"}},
	}, by, newID)
	must(err)
	by.Organization = saved.Organization.ID

	email, _, err := identity.ParseEmail(address)
	must(err)
	account := newID()
	step := change.On(account, 0, change.CreateAction,
		change.Create{NewAccount: dedupe.NewAccount{Email: email, Name: "Ana Kim"}},
		change.Join{Membership: dedupe.Membership{Brand: "lake", Kind: record.Creator, Role: provision.MemberRole}},
		change.IssueLink{})
	terms := change.LinkTerms{BaseURL: "https://claim.example.com", Life: 7 * 24 * time.Hour}
	b := change.NewBatch(by, 1)
	done, err := change.NewCarrier(saved.Organization, link.Maker(ring), newID, terms).Carry(&b, step, nil)
	must(err)
	must(db.InTx(ctx, func(tx provision.Tx) error { return tx.Apply(ctx, b) }))
	return db, ring, handedOver(ctx, db, ring, done.Link)
}

// handedOver is the token of a link as a report shows it.
func handedOver(ctx context.Context, db provision.Store, ring *link.Keyring, id string) string {
	links, err := db.Links(ctx, []string{id})
	must(err)
	must(db.StartLinks(ctx, links, time.Now(), true))
	links, err = db.Links(ctx, []string{id})
	must(err)
	url, err := link.Maker(ring).URL(links[0])
	must(err)
	return url[strings.LastIndexByte(url, '/')+1:]
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
