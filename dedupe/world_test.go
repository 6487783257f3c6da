package dedupe_test

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/reason"
	"muster/importer/record"
)

// A world is a directory and lists, written down in a line each, as one
// organization O with the brands b1 and b2 sees it:
//
//	A email=a@example.com name=Ana_Lima ig=@a ig!=@connected ext=7 in=b1 in=b2:staff:manager
//	  status=registered of=X link=live blocked site=https://… campaign=b1/c1 tier=Gold lang=de contact=c@example.org
//
//	email=a@example.com name=Ana_Lima ig=a yt=@h site=… ext=7 kind=staff brand=b1,b2 campaign=b1/c1
//	  status=activate role=manager relation=agency tier=Gold lang=de contact=c@example.org first=Ana last=Lima
type world struct {
	policy   dedupe.Policy
	accounts []dedupe.Account
	records  []record.Record
	erased   []identity.Key
	former   map[identity.Key]string // addresses that accounts had before
	memories []dedupe.Memory
	chunk    int // people who are judged at once
}

var now = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func newWorld() *world {
	return &world{chunk: 2, policy: dedupe.Policy{
		Organization:   "O",
		Brand:          "b1",
		Kind:           record.Creator,
		OnEmailMatch:   dedupe.ClaimMatches,
		OnProfileMatch: dedupe.HoldMatches,
		Invite:         dedupe.InviteReport,
		Ranks:          map[string]int{"member": 10, "manager": 50, "administrator": 100},
		Dashboards:     map[string]bool{"manager": true, "administrator": true},
		VisibleBrands:  []string{"b1", "b2"},
		MayActivate:    true,
		OperatorRank:   100,
		Now:            now,
	}}
}

var networks = map[string]string{"ig": "instagram", "tt": "tiktok", "yt": "youtube", "site": "", "x": "x"}

func profileOf(t testing.TB, field, value string) identity.Profile {
	t.Helper()
	p, _, err := identity.ParseProfile(value, networks[field])
	if err != nil {
		t.Fatalf("%s=%s: %v", field, value, err)
	}
	return p
}

func emailOf(t testing.TB, value string) identity.Email {
	t.Helper()
	e, _, err := identity.ParseEmail(value)
	if err != nil {
		t.Fatalf("%s: %v", value, err)
	}
	return e
}

func (w *world) account(t testing.TB, line string) {
	t.Helper()
	words := strings.Fields(line)
	a := dedupe.Account{ID: words[0], Version: 1, Status: dedupe.Created, OwnedHere: true, Known: true}
	for _, word := range words[1:] {
		field, value, _ := strings.Cut(word, "=")
		switch field {
		case "email":
			a.Email = emailOf(t, value)
		case "name":
			a.Name = strings.ReplaceAll(value, "_", " ")
		case "ext":
			a.ExternalIDs = append(a.ExternalIDs, value)
		case "in":
			a.Memberships = append(a.Memberships, membershipOf(value))
		case "status":
			a.Status = dedupe.Status(value)
			a.OwnedHere = a.OwnedHere && a.Status != dedupe.Registered
		case "of":
			a.OwnedHere = false
		case "blocked":
			a.Blocked = true
			a.Barred = value == "everywhere"
		case "sso":
			a.SSO = true
		case "offer":
			brand, declined := strings.CutSuffix(value, "!")
			a.Offers = append(a.Offers, dedupe.OpenOffer{Brand: brand, Declined: declined, ExpiresAt: now.Add(time.Hour)})
		case "campaign":
			a.Campaigns = append(a.Campaigns, value)
		case "tier":
			a.Attributes = map[string]map[string]string{}
			for _, m := range a.Memberships {
				a.Attributes[m.Brand] = map[string]string{"Tier": value, "City": "Faro"}
			}
		case "lang":
			a.Language = value
		case "contact":
			a.ContactEmail = value
		case "link":
			a.Link = dedupe.LinkState{Ever: true, ID: "l" + a.ID, Here: a.OwnedHere, ExpiresAt: now.Add(time.Hour)}
			switch value {
			case "expired":
				a.Link.ExpiresAt = now.Add(-time.Hour)
			case "withdrawn":
				a.Link = dedupe.LinkState{Ever: true, Withdrawn: true}
			}
		default:
			network, connected := strings.CutSuffix(field, "!")
			a.Profiles = append(a.Profiles, dedupe.AccountProfile{Profile: profileOf(t, network, value), Connected: connected})
		}
	}
	a.Known = a.OwnedHere || len(a.Memberships) > 0
	w.accounts = append(w.accounts, a)
}

// membershipOf reads "brand:kind:role"; of a creator who is a member the brand
// is enough.
func membershipOf(text string) dedupe.Membership {
	parts := append(strings.Split(text, ":"), "creator", "member")
	return dedupe.Membership{Brand: parts[0], Kind: record.Kind(parts[1]), Role: parts[2]}
}

func (w *world) row(t testing.TB, line string) {
	t.Helper()
	r := record.Record{Row: len(w.records) + 1, Kind: w.policy.Kind}
	for _, word := range strings.Fields(line) {
		field, value, _ := strings.Cut(word, "=")
		switch field {
		case "email":
			r.Email = emailOf(t, value)
		case "malformed":
			r.Problems = append(r.Problems, record.Problem{Code: reason.EmailMalformed, Fatal: true})
		case "name":
			r.Name = strings.ReplaceAll(value, "_", " ")
		case "ext":
			r.ExternalID = value
		case "kind":
			r.Kind = record.Kind(value)
		case "brand":
			r.Brands = strings.Split(value, ",")
		case "campaign":
			r.Campaigns = append(r.Campaigns, value)
		case "status":
			r.Status = value
		case "role":
			r.Role = value
		case "relation":
			r.Relation = value
		case "tier":
			r.Attributes = append(r.Attributes, record.Attribute{Column: "Tier", Value: value})
		case "lang":
			r.Language = value
		case "contact":
			r.ContactEmail = value
		case "first":
			r.FirstName = value
		case "last":
			r.LastName = value
		default:
			r.Profiles = append(r.Profiles, profileOf(t, field, value))
		}
	}
	w.records = append(w.records, r)
}

// hits is what the directory answers.
func (w *world) hits() (map[identity.Key][]string, map[string]dedupe.Account) {
	hits := map[identity.Key][]string{}
	accounts := map[string]dedupe.Account{}
	for _, a := range w.accounts {
		accounts[a.ID] = a
		add := func(k identity.Key) { hits[k] = append(hits[k], a.ID) }
		own := func(k identity.Key) { // whoever came later recorded it only
			if len(hits[k]) == 0 {
				add(k)
			}
		}
		if !a.Email.IsZero() {
			add(a.Email.Key())
			if a.Email.Folds() {
				add(a.Email.MailboxKey())
			}
		}
		for _, id := range a.ExternalIDs {
			own(identity.Key{Space: dedupe.ExternalSpace("O"), Value: id})
		}
		for _, p := range a.Profiles {
			if p.Profile.Shared {
				add(p.Profile.Key())
			} else {
				own(p.Profile.Key())
			}
		}
	}
	for k, account := range w.former {
		if !slices.Contains(hits[k], account) {
			hits[k] = append(hits[k], account)
		}
	}
	return hits, accounts
}

// LookUp answers as the directory would. Test worlds have a view of their own.
func (w *world) LookUp(people []dedupe.Person) (dedupe.Found, error) {
	hits, accounts := w.hits()
	erased := map[identity.Key]bool{}
	marks := map[identity.Key][]string{}
	for _, k := range w.erased {
		erased[k] = true
		marks[k] = []string{markOf(k)}
	}
	cloned := map[identity.Key]dedupe.Account{}
	for _, p := range people {
		for _, id := range hits[p.Cloned()] {
			cloned[p.Cloned()] = accounts[id]
		}
	}
	return dedupe.Found{Hits: hits, Accounts: accounts, Erased: erased, Marks: marks, Cloned: cloned, Decided: len(w.memories) > 0}, nil
}

func markOf(k identity.Key) string { return "mark of " + k.Space + "/" + k.Value }

// Decided answers from what is remembered, the last about each record.
func (w *world) Decided(records []string) (map[string]dedupe.Memory, error) {
	memories := map[string]dedupe.Memory{}
	for _, m := range w.memories {
		if slices.Contains(records, m.Record) {
			memories[m.Record] = m
		}
	}
	return memories, nil
}

// Accounts are those of the directory.
func (w *world) Accounts(ids []string) (map[string]dedupe.Account, error) {
	_, accounts := w.hits()
	maps.DeleteFunc(accounts, func(id string, _ dedupe.Account) bool { return !slices.Contains(ids, id) })
	return accounts, nil
}

// DecidedBefore knows of nobody.
func (w *world) DecidedBefore([]string) (map[string]string, error) { return nil, nil }

// A night is what came of the lists: everything dedupe does, as a plan does it.
type night struct {
	world   *world
	drafted []dedupe.Decision     // as they were made first
	revised dedupe.Revised        // those that stand instead
	last    map[int]dedupe.Judged // by first row, as they were judged last
}

// night decides about everybody.
func (w *world) night(t testing.TB) *night {
	t.Helper()
	n := &night{world: w, last: map[int]dedupe.Judged{}}
	g, means := n.means()
	var err error
	n.revised, err = dedupe.DecideAll(g, means)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// means are those of a world, and a gatherer that has its records.
func (n *night) means() (*dedupe.Gatherer, dedupe.Means) {
	g := dedupe.NewGatherer()
	for _, r := range n.world.records {
		g.Add(r)
	}
	load := func(row int) (record.Record, error) { return n.world.records[row-1], nil }
	return g, dedupe.Means{Rows: n.world.rows, Load: load, Chunk: n.world.chunk, Judge: n.judge, Spread: n.spread}
}

// rows are the records as a list is read.
func (w *world) rows(yield func(record.Record, error) bool) {
	for _, r := range w.records {
		if !yield(r, nil) {
			return
		}
	}
}

func (n *night) judge(people []dedupe.Person, mark func(*dedupe.Match)) ([]dedupe.Judged, error) {
	all, err := dedupe.Judge(people, n.world, n.world.policy, mark)
	for _, j := range all {
		n.last[j.Match.Person.First()] = j
	}
	return all, err
}

// spread judges one chunk after the other.
func (n *night) spread(
	chunks iter.Seq2[dedupe.Chunk, error],
	judge func([]dedupe.Person) ([]dedupe.Judged, error),
	keep func([]dedupe.Judged),
) error {
	for chunk, err := range chunks {
		if err != nil {
			return err
		}
		all, err := judge(chunk.People)
		if err != nil {
			return err
		}
		for _, j := range all {
			n.drafted = append(n.drafted, j.Decisions...)
		}
		keep(all)
	}
	return nil
}

// decide returns what is decided for everybody.
func (w *world) decide(t testing.TB) []dedupe.Decision {
	t.Helper()
	n := w.night(t)
	var decisions []dedupe.Decision
	for _, d := range n.drafted {
		if instead, revised := n.revised[d.Rows[0]]; revised {
			decisions = append(decisions, instead...)
		} else {
			decisions = append(decisions, d)
		}
	}
	return decisions
}

// matches returns everybody beside the accounts that look like them.
func (w *world) matches(t testing.TB) []dedupe.Match {
	t.Helper()
	n := w.night(t)
	var matches []dedupe.Match
	for _, first := range slices.Sorted(maps.Keys(n.last)) {
		if instead, revised := n.revised[first]; !revised || len(instead) > 0 { // or joined to somebody else
			matches = append(matches, n.last[first].Match)
		}
	}
	return matches
}

// held returns the people who are held, as a reviewer gets them.
func (w *world) held(t testing.TB) []dedupe.Case {
	t.Helper()
	var cases []dedupe.Case
	for _, m := range w.matches(t) {
		if d := dedupe.Decide(m, w.policy); d.Action == dedupe.Review {
			digest := dedupe.EvidenceDigest(m, d)
			cases = append(cases, dedupe.Case{Match: m, Digest: digest, Answers: map[int]dedupe.Resolution{}})
		}
	}
	return cases
}

// say writes a decision down in a line: rows, action, reason, account, link.
func say(d dedupe.Decision) string {
	s := fmt.Sprintf("%v %s %s", d.Rows, d.Action, d.Reason)
	if d.Account != "" {
		s += " " + d.Account
	}
	if d.Link != "" {
		s += " link:" + string(d.Link)
	}
	for _, r := range d.Write.Lower {
		s += " lower:" + r.Brand + ":" + r.To
	}
	for _, m := range d.Mails {
		s += " mail:" + string(m.Message)
		if m.About {
			s += "+link"
		}
	}
	for _, o := range d.Write.Offers {
		s += fmt.Sprintf(" offer:%s:%s%s%s", o.Brand, o.Role, o.Campaigns, o.Products)
	}
	for _, n := range d.Notes {
		s += " note:" + string(n.Code)
	}
	return s
}
