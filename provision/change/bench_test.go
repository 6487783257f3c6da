package change

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
)

// benchLinks makes links without keys.
type benchLinks struct{ provision.LinkMaker }

func (benchLinks) NewLink() (id, keyID string, err error) {
	return "00112233445566778899aabbccddeeff", "0a0b0c0d", nil
}

func (benchLinks) Mark(identity.Key, string) string {
	return "0a0b0c0d-00112233445566778899aabbccddeeff"
}

// benchStep makes an account with an address, two profiles, an external id, a
// membership and a link.
func benchStep(b *testing.B, n int) Step {
	email, _, err := identity.ParseEmail(fmt.Sprintf("ana.lima.%d@example.com", n))
	if err != nil {
		b.Fatal(err)
	}
	changes := Changes{Create{NewAccount: dedupe.NewAccount{Email: email, Name: "Ana Lima"}},
		Join{Membership: dedupe.Membership{Brand: "b", Kind: record.Creator, Role: "member"}, Attributes: json.RawMessage(`{"country":"PT"}`)}}
	for _, network := range []string{"instagram", "tiktok"} {
		p, _, err := identity.ParseProfile(fmt.Sprintf("@ana.lima.%d", n), network)
		if err != nil {
			b.Fatal(err)
		}
		changes = append(changes, AddProfile{Profile: p})
	}
	changes = append(changes, TakeKey{identity.Key{Space: "external:o", Value: fmt.Sprint(n)}}, IssueLink{})
	return Step{Rows: []int{n}, Action: CreateAction, First: Verdict{provision.Created, reason.NewPerson}, Link: dedupe.IssueLink, Changes: changes}
}

// BenchmarkCarry makes the rows of somebody new: batch and ledger.
func BenchmarkCarry(b *testing.B) {
	org := provision.Organization{ID: "o", Brands: []provision.Brand{{ID: "b-id", Slug: "b"}}}
	carrier := NewCarrier(org, benchLinks{}, func() string { return "01a22990-e9ca-78b0-8096-22313fd851dd" }, LinkTerms{BaseURL: "https://claim.example.com", Life: time.Hour})
	const people = 2000
	var steps []Step
	for n := range people {
		steps = append(steps, benchStep(b, n+1))
	}
	by := provision.Author{Organization: "o", Run: "r", At: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)}
	batch := NewBatch(by, people)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if i%people == 0 {
			batch = NewBatch(by, people)
		}
		done, err := carrier.Carry(&batch, steps[i%people], nil)
		if err != nil {
			b.Fatal(err)
		}
		if rows := steps[i%people].Ledger(done); len(rows) != 1 {
			b.Fatal(rows)
		}
	}
}

// BenchmarkStepJSON writes a step as a plan has it, and reads it.
func BenchmarkStepJSON(b *testing.B) {
	step := benchStep(b, 1)
	text, err := json.Marshal(step)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("write", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := json.Marshal(step); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("read", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			var s Step
			if err := json.Unmarshal(text, &s); err != nil {
				b.Fatal(err)
			}
		}
	})
}
