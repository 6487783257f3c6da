package report

import (
	"fmt"
	"iter"
	"time"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
)

// The sample is one run over two lists with different columns; every outcome
// of a row, every way a link can stand, and cells that want to be formulas.

const token = "mst1_AQE0WnXGAAECAwQFBgcICQoLDA0OD3Db2ICHNL_L4aScL-chxD9ozxbq0IvhU7N2QCFhqloPa8iuvw"

var (
	rosterColumns  = []string{"Name", "E-Mail", "Instagram"}
	agencyColumns  = []string{"Talent", "Contact", "Handle", "Fee"}
	sampleFinished = time.Date(2030, 3, 5, 14, 31, 0, 0, time.UTC)
)

func account(n int) string { return fmt.Sprintf("01950000-0000-7000-8000-%012d", n) }

func email(address string) identity.Email {
	return identity.Email{Address: address, Value: address, Mailbox: address}
}

func roster(row int, cells ...string) record.Record {
	r := record.Record{Row: row, Place: record.Place{File: "roster.csv", Line: row + 1}, Cells: cells, Name: cells[0]}
	if cells[1] != "" {
		r.Email = email(cells[1])
	}
	if cells[2] != "" {
		r.Profiles = []identity.Profile{{Network: "instagram", Kind: "handle", Value: cells[2][1:], Display: cells[2], URL: "https://www.instagram.com/" + cells[2][1:]}}
	}
	return r
}

func agency(row, line int, cells ...string) record.Record {
	return record.Record{
		Row: row, Place: record.Place{File: "agency.xlsx", Sheet: "Talents", Line: line},
		Cells: cells, Name: cells[0], Email: email(cells[1]),
	}
}

func linkTo(state provision.LinkWord, name, address string, live bool) *provision.Link {
	l := &provision.Link{Email: address, Name: name, ExpiresAt: sampleFinished.Add(24 * time.Hour), State: state}
	if live {
		l.URL = "https://claim.example.com/c/" + token
	}
	if state == provision.LinkExpired {
		l.ExpiresAt = sampleFinished.Add(-48 * time.Hour)
	}
	return l
}

func sampleLines() []provision.Line {
	created := provision.Line{Record: roster(1, "José Ñandú", "jose@example.com", "@jose"), Outcome: provision.Created, Reason: reason.NewPerson, Account: account(1), Link: linkTo(provision.LinkIssued, "José Ñandú", "jose@example.com", true)}
	formula := provision.Line{Record: roster(2, `=HYPERLINK("https://example.org","Ann")`, "ann@example.com", "@ann"), Outcome: provision.Created, Reason: reason.NewPerson, Account: account(2), Link: linkTo(provision.LinkIssued, `=HYPERLINK("https://example.org","Ann")`, "ann@example.com", true)}
	claimed := provision.Line{Record: roster(3, "Bea Moor", "bea@example.com", ""), Outcome: provision.Claimed, Reason: reason.EmailMatch, Account: account(3), Link: linkTo(provision.LinkByMail, "What X stored", "stored-by-x@example.org", false),
		Notes: []dedupe.Note{{Code: reason.NameDiffers, Row: 3, Said: "Bea Moor"}}}
	updated := provision.Line{Record: roster(4, "Cem Aydin", "cem@example.com", "@cem"), Outcome: provision.Updated, Reason: reason.InvitedNow, Account: account(4), Link: linkTo(provision.LinkIssued, "Cem Aydın", "cem@example.com", true),
		Notes: []dedupe.Note{{Code: reason.HandleDiffers, Row: 4, Said: "@cem", Holds: "@cem.a"}}}
	kept := provision.Line{Record: roster(5, "Dee Fox", "dee@example.com", ""), Outcome: provision.Unchanged, Reason: reason.NothingNew, Account: account(5), Link: linkTo(provision.LinkKept, "Dee Fox", "dee@example.com", true)}
	expired := provision.Line{Record: roster(6, "Eli Roe", "eli@example.com", ""), Outcome: provision.Unchanged, Reason: reason.NothingNew, Account: account(6), Link: linkTo(provision.LinkExpired, "Eli Roe", "eli@example.com", false)}
	created.Attributes = []record.Attribute{{Column: "Tier", Value: "gold"}, {Column: "=Note", Value: "=1+1"}}
	merged := provision.Line{Record: agency(7, 5, "José", "jose@example.com", "@jose", "100"), Outcome: provision.Merged, Reason: reason.SamePerson, Account: account(1), MergedInto: &record.Place{File: "roster.csv", Line: 2}}
	review := provision.Line{Record: agency(8, 6, "Fay Lin", "fay@example.com", "@fay", "200"), Outcome: provision.Review, Reason: reason.AccountsConflict, Candidates: []dedupe.Candidate{
		{Account: account(7), Name: "Fay Lin", Email: "fay@example.com", Evidence: []dedupe.Evidence{{Key: identity.Key{Space: "email", Value: "fay@example.com"}, Row: 8, Strength: dedupe.Strong}}},
		{Account: account(8), Masked: true, Name: "must never be seen", Email: "hidden@example.org", Evidence: []dedupe.Evidence{{Key: identity.Key{Space: "instagram", Value: "fay"}, Row: 8, Strength: dedupe.Weak}, {Key: identity.Key{Space: "website", Value: "fay.example.net"}, Row: 11, Strength: dedupe.Hint}}},
	}}
	review.Profiles = []identity.Profile{{Network: "instagram", Kind: "handle", Value: "fay", Display: "@fay"}, {Network: "website", Kind: "blog", Value: "fay.example.net", Display: "fay.example.net", Shared: true}}
	held := provision.Line{Record: agency(9, 7, "Gus Ode", "team@example.com", "@gus", ""), Outcome: provision.Review, Reason: reason.SharedAddress,
		Held: &provision.Held{Rows: []int{3, 9, 10}}, HeldWith: []record.Place{{File: "roster.csv", Line: 4}}}
	blocked := provision.Line{Record: agency(10, 8, "Hal Pim", "hal@example.com", "", ""), Outcome: provision.Blocked, Reason: reason.BlockedHere, Account: account(9)}
	bad := provision.Line{Record: agency(11, 9, "+49 30 1234", "", "@ivy\nsecond line", "'=1+1"), Outcome: provision.Rejected, Reason: reason.EmailMalformed, Problems: []record.Problem{
		{Column: "Contact", Code: reason.EmailMalformed, Message: `"ivy@" has no domain`, Fatal: true},
		{Column: "Handle", Code: reason.SeveralValues, Message: "two handles in one cell"},
	}}
	bad.Email, bad.Cells[1] = identity.Email{}, "ivy@"
	needed := provision.Line{Record: roster(12, "@Jo", "", "@jo"), Outcome: provision.Rejected, Reason: reason.EmailNeeded, Problems: []record.Problem{{Code: reason.EmailNeeded, Message: "nobody matches @jo; sign up at https://join.example.com", Fatal: true}}}
	needed.Cells = append(needed.Cells, "surplus, \"quoted\"")
	stale := provision.Line{Record: roster(13, "Kim Low", "kim@example.com", ""), Outcome: provision.Stale, Reason: reason.AccountChanged}
	failed := provision.Line{Record: roster(14, "Lou Ray", "lou@example.com", ""), Outcome: provision.Failed, Reason: reason.DatabaseRefused, Error: "value too long, while issuing " + token}
	pending := provision.Line{Record: roster(15, "Max Orr", "max@example.com", ""), Outcome: provision.Pending, Reason: reason.NotReached}
	return []provision.Line{created, formula, claimed, updated, kept, expired, merged, review, held, blocked, bad, needed, stale, failed, pending}
}

func sampleSummary() provision.Summary {
	return provision.Summary{
		Run: "01950000-0000-7000-8000-00000000feed", Command: "import", Organization: "acme", Brand: "summer", Operator: "ops@example.com",
		Lists: []provision.ListInfo{
			{File: "roster.csv", SHA256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", Rows: 10, Format: "csv", Columns: rosterColumns, Free: []string{"Tier", "=Note", "Notes"}, Notes: []string{"read as UTF-8, separated by semicolons", "the header has two rows, which were joined"}},
			{File: "agency.xlsx", Sheet: "Talents", SHA256: "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752", Rows: 5, Format: "xlsx", Columns: agencyColumns, Ignored: []string{"Fee"}, Notes: []string{"rows above the header in line 4 were left out"}},
		},
		Rows: 15, Outcomes: map[provision.Outcome]int{provision.Created: 2, provision.Removed: 3},
		StartedAt: sampleFinished.Add(-time.Minute), FinishedAt: sampleFinished, ExitCode: 3,
		Program: "muster 0.1.0", Database: "muster.db", Report: "muster-runs/sample",
	}
}

func seq(lines []provision.Line) iter.Seq2[provision.Line, error] {
	return func(yield func(provision.Line, error) bool) {
		for _, l := range lines {
			if !yield(l, nil) {
				return
			}
		}
	}
}
