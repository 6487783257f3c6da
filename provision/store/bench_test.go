package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/provision"
	"muster/provision/directory"
	"muster/provision/store"
	"muster/provision/store/storetest"
)

// chunkSize is what provisioning sends at a time.
const chunkSize = 2000

// chunk is what one chunk of new people adds: an account, an email, two
// handles, a mailbox, a membership, a campaign, a link, an audit entry and a
// row of the ledger each.
func chunk(o provision.Organization, run string, first int) (provision.Batch, []provision.LedgerRow) {
	at := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	b := provision.Batch{By: provision.Author{Organization: o.ID, Run: run, Source: "bench", At: at}}
	var ledger []provision.LedgerRow
	for n := first; n < first+chunkSize; n++ {
		id := uuid.Must(uuid.NewV7()).String()
		e, ig, tt := person(n)
		b.Accounts = append(b.Accounts, provision.AccountRow{ID: id, Status: dedupe.Created, Owner: o.ID, Epoch: 1,
			NewAccount: dedupe.NewAccount{Email: e, Name: "Ann Example", Details: dedupe.Details{FirstName: "Ann", LastName: "Example", Language: "en"}}})
		b.Keys = append(b.Keys, provision.KeyRow{Key: e.Key(), Account: id},
			provision.KeyRow{Key: ig.Key(), Account: id}, provision.KeyRow{Key: tt.Key(), Account: id})
		b.Hints = append(b.Hints, provision.KeyRow{Key: e.MailboxKey(), Account: id})
		b.Profiles = append(b.Profiles, provision.ProfileRow{Profile: ig, Account: id}, provision.ProfileRow{Profile: tt, Account: id})
		b.Memberships = append(b.Memberships, provision.MembershipRow{Account: id, Brand: o.Brands[0].ID, Kind: "creator", Role: "member"})
		b.Campaigns = append(b.Campaigns, provision.CampaignRow{Account: id, Campaign: o.Brands[0].Campaigns[0].ID})
		link := fmt.Sprintf("%032x", n)
		b.Links = append(b.Links, provision.LinkRow{ID: link, Account: id, Organization: o.ID, Purpose: 1, KeyID: "0a0b0c0d",
			Audience: "https://claim.example.com", Email: e.Value, Epoch: 1, ExpiresAt: at.Add(24 * time.Hour), State: "live", Run: run, CreatedAt: at})
		b.Audit = append(b.Audit, provision.AuditRow{ID: uuid.Must(uuid.NewV7()).String(), Account: id, Action: "created", Row: n})
		ledger = append(ledger, provision.LedgerRow{Row: n, Outcome: provision.Created, Account: id, Link: link})
	}
	return b, ledger
}

func person(n int) (identity.Email, identity.Profile, identity.Profile) {
	address := fmt.Sprintf("person.%d.%d@example.com", n*7919%1000003, n)
	ig := identity.Profile{Network: "instagram", Kind: "handle", Value: fmt.Sprintf("ig_%d_%d", n*104729%1000003, n), Display: "@x", URL: "https://www.instagram.com/x/"}
	tt := ig
	tt.Network = "tiktok"
	return identity.Email{Address: address, Value: address, Mailbox: address}, ig, tt
}

type bench struct {
	*testing.B
	s    *store.Store
	o    provision.Organization
	run  string
	next int
}

func newBench(b *testing.B, url string) *bench {
	s := storetest.Open(b, url)
	ctx := context.Background()
	c, err := directory.SaveOrganization(ctx, s, provision.Organization{Slug: "o", Brands: []provision.Brand{{Slug: "b", Campaigns: []provision.Campaign{{Slug: "c"}}}}}, provision.Author{At: time.Now()}, uuid.NewString)
	if err != nil {
		b.Fatal(err)
	}
	r, _, err := s.OpenRun(ctx, provision.Run{ID: uuid.NewString(), Fingerprint: "f", Organization: c.Organization.ID, StartedAt: time.Now()})
	if err != nil {
		b.Fatal(err)
	}
	w := &bench{B: b, s: s, o: c.Organization, run: r.ID, next: 1}
	chunks := 10
	if testing.Short() {
		chunks = 1
	}
	for range chunks {
		w.add()
	}
	return w
}

func (w *bench) add() {
	b, ledger := chunk(w.o, w.run, w.next)
	w.next += chunkSize
	err := w.s.InTx(context.Background(), func(tx provision.Tx) error {
		if err := tx.Apply(context.Background(), b); err != nil {
			return err
		}
		return tx.Record(context.Background(), w.run, ledger)
	})
	if err != nil {
		w.Fatal(err)
	}
}

func eachEngine(b *testing.B, run func(*bench)) {
	b.ReportAllocs()
	b.Run("sqlite", func(b *testing.B) { run(newBench(b, storetest.SQLite(b))) })
	b.Run("postgres", func(b *testing.B) { run(newBench(b, storetest.Postgres(b))) })
}

// BenchmarkApply writes chunks of new people.
func BenchmarkApply(b *testing.B) {
	eachEngine(b, func(w *bench) {
		for w.Loop() {
			w.add()
		}
	})
}

// BenchmarkResolve looks up the keys of a chunk, half of whose people exist.
func BenchmarkResolve(b *testing.B) {
	eachEngine(b, func(w *bench) {
		var keys, hints []identity.Key
		for n := range chunkSize {
			e, ig, tt := person(w.next - chunkSize/2 + n)
			keys, hints = append(keys, e.Key(), ig.Key(), tt.Key()), append(hints, e.MailboxKey())
		}
		for w.Loop() {
			err := w.s.Snapshot(context.Background(), func(d provision.Directory) error {
				found, err := d.Resolve(context.Background(), keys, hints)
				if len(found) != chunkSize/2*4 {
					b.Fatalf("found %d", len(found))
				}
				return err
			})
			if err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkAccounts reads the accounts of a chunk whole.
func BenchmarkAccounts(b *testing.B) {
	eachEngine(b, func(w *bench) {
		batch, _ := chunk(w.o, w.run, w.next)
		if err := w.s.InTx(context.Background(), func(tx provision.Tx) error { return tx.Apply(context.Background(), batch) }); err != nil {
			b.Fatal(err)
		}
		var ids []string
		for _, a := range batch.Accounts {
			ids = append(ids, a.ID)
		}
		for w.Loop() {
			err := w.s.Snapshot(context.Background(), func(d provision.Directory) error {
				_, err := d.Accounts(context.Background(), w.o.ID, ids, time.Now())
				return err
			})
			if err != nil {
				b.Fatal(err)
			}
		}
	})
}
