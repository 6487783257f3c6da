package plan

import (
	"fmt"
	"path/filepath"
	"testing"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/record"
	"muster/provision"
)

// benchRows is how many people a plan of a benchmark has.
const benchRows = 2000

// benchPeople are new people, each with an address, two profiles and a free column.
func benchPeople(b *testing.B) (records []record.Record, decisions []dedupe.Decision) {
	for n := range benchRows {
		r := benchRecord(b, n+1)
		records, decisions = append(records, r), append(decisions, benchDecision(r))
	}
	return records, decisions
}

// writePlan writes rows and steps of people to path.
func writePlan(b *testing.B, path string, records []record.Record, decisions []dedupe.Decision) {
	w, err := NewWriter(path, provision.PlanHeader{})
	if err != nil {
		b.Fatal(err)
	}
	defer w.Discard()
	for _, r := range records {
		if err := w.Row(r); err != nil {
			b.Fatal(err)
		}
	}
	for _, d := range decisions {
		if err := w.Step(FromDecision(d, "o")); err != nil {
			b.Fatal(err)
		}
	}
	p, err := w.Close(nil)
	if err != nil {
		b.Fatal(err)
	}
	p.Close()
}

func benchRecord(b *testing.B, n int) record.Record {
	r := record.Record{Row: n, Name: "Ana Lima", ExternalID: fmt.Sprint(n), Attributes: []record.Attribute{{Column: "country", Value: "PT"}}}
	r.File, r.Line = "list.csv", n+1
	var err error
	if r.Email, _, err = identity.ParseEmail(fmt.Sprintf("ana.lima.%d@example.com", n)); err != nil {
		b.Fatal(err)
	}
	for _, network := range []string{"instagram", "tiktok"} {
		p, _, err := identity.ParseProfile(fmt.Sprintf("@ana.lima.%d", n), network)
		if err != nil {
			b.Fatal(err)
		}
		r.Profiles = append(r.Profiles, p)
	}
	return r
}

// benchDecision makes an account for whom a record is about.
func benchDecision(r record.Record) dedupe.Decision {
	d := dedupe.Decision{Rows: []int{r.Row}, Action: dedupe.Create, Link: dedupe.IssueLink}
	keys, _ := dedupe.Keys(r, "o")
	for _, k := range keys {
		d.Watch = append(d.Watch, dedupe.Watched{Key: k})
	}
	d.Write.New = &dedupe.NewAccount{Email: r.Email, Name: r.Name}
	d.Write.Profiles, d.Write.Attributes = r.Profiles, r.Attributes
	d.Write.Memberships = []dedupe.Membership{{Brand: "b", Kind: record.Creator, Role: "member"}}
	return d
}

// BenchmarkWritePlan writes rows and steps of new people.
func BenchmarkWritePlan(b *testing.B) {
	path := filepath.Join(b.TempDir(), File)
	records, decisions := benchPeople(b)
	b.ReportAllocs()
	for b.Loop() {
		writePlan(b, path, records, decisions)
	}
}

// BenchmarkReadPlan opens a plan and reads rows and steps.
func BenchmarkReadPlan(b *testing.B) {
	path := filepath.Join(b.TempDir(), File)
	records, decisions := benchPeople(b)
	writePlan(b, path, records, decisions)
	b.ReportAllocs()
	for b.Loop() {
		p, err := Open(path)
		if err != nil {
			b.Fatal(err)
		}
		read := 0
		for _, err := range p.Rows() {
			if read++; err != nil {
				b.Fatal(err)
			}
		}
		for _, err := range p.Steps() {
			if read++; err != nil {
				b.Fatal(err)
			}
		}
		if p.Close(); read != 2*benchRows {
			b.Fatal(read)
		}
	}
}
