package provision

import (
	"context"
	"fmt"
	"slices"
	"time"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/reason"
	"muster/importer/record"
)

// ReviewSettings say what of a review is asked for, and on whose authority.
type ReviewSettings struct {
	Operator string // address, "" = the operator of the run
	All      bool   // those that somebody decided to skip, too
	Out      string // folder of the report of an applied review
	MaxHeld  Limit
}

// HeldReview is everybody of a run who is still held, as an operator may see
// them.
type HeldReview struct {
	Source       string // run, or path of a plan
	Organization string
	Brand        string
	Operator     string
	Lists        []ListInfo
	People       []HeldPerson
	Settled      int // people who were held then and are no longer

	header heldHeader
}

// HeldPerson is one held person: the rows, and the accounts they may be.
type HeldPerson struct {
	Number     int
	Reason     reason.Code
	Digest     string // of the evidence as it is now
	Before     string // who decided about them before, on other evidence or to skip; "" for nobody
	Rows       []HeldRow
	Candidates []HeldCandidate
	Sharers    []record.Record // rows of others that reach the same mailbox

	match dedupe.Match
}

// HeldRow is a row of a held person and what may be decided about it.
type HeldRow struct {
	record.Record
	Options []string     // what may be decided, as a program says it
	Words   []string     // the same as a person would say it
	Way     []dedupe.Tie // how it hangs together with the first row

	choices []dedupe.Resolution // beside the options
}

// HeldCandidate is an account that a held person may be. Of a masked one
// nothing but the evidence is shown.
type HeldCandidate struct {
	Letter string // A, B, …: what a decision calls it
	dedupe.Candidate
	Profiles    []dedupe.AccountProfile
	Status      dedupe.Status
	Memberships []dedupe.Membership // in brands of the organization that the operator sees
	Ours        bool                // the organization made it and nobody has registered
}

// Review looks at the held people of a run or a plan again: who is still
// held, on what evidence, and what may be decided.
func (e *Engine) Review(ctx context.Context, source string, s ReviewSettings) (HeldReview, error) {
	header, people, err := e.openHeld(ctx, source)
	if err != nil || len(people) == 0 {
		return HeldReview{Source: source, header: header}, err
	}
	sc, err := e.reviewScope(ctx, header, s)
	if err != nil {
		return HeldReview{}, err
	}
	r := HeldReview{Source: source, Organization: header.Organization, Brand: header.Brand, Operator: sc.authority.Operator.Email, Lists: header.Lists, header: header}
	if header.Run != "" {
		r.Source = header.Run
	}
	judged, err := e.rejudged(ctx, sc, people)
	if err != nil {
		return r, err
	}
	for i, j := range judged {
		if p, open := heldNow(people[i], j, sc, s.All); open {
			r.People = append(r.People, p)
		} else {
			r.Settled++
		}
	}
	r.options(sc.policy)
	return r, nil
}

// reviewScope is the scope of the run, on the reviewer's authority.
func (e *Engine) reviewScope(ctx context.Context, h heldHeader, s ReviewSettings) (scope, error) {
	sc, err := e.scope(ctx, Settings{
		Organization: h.Organization, Brand: h.Brand, Operator: orDefault(s.Operator, h.Operator), Kind: h.Policy.Kind, OnEmailMatch: h.Policy.OnEmailMatch,
		OnProfileMatch: h.Policy.OnProfileMatch, Invite: h.Policy.Invite, ReissueExpired: h.Policy.ReissueExpired,
		LinkTTL: time.Duration(h.Policy.LinkTTL), BaseURL: h.BaseURL,
	})
	if err == nil && h.Database != sc.database && h.Database != NewDatabase {
		err = &StalePlanError{Msg: "these people were held in another database"}
	}
	return sc, err
}

// rejudged judges held people again, as the directory is now.
func (e *Engine) rejudged(ctx context.Context, sc scope, held []heldPerson) ([]dedupe.Judged, error) {
	p := e.planner(sc)
	contested := map[int]bool{}
	for _, h := range held {
		contested[h.Records[0].Row] = h.Contested
	}
	mark := func(m *dedupe.Match) { m.Contested = contested[m.Person.First()] }
	var all []dedupe.Judged
	for chunk := range slices.Chunk(held, planChunk) {
		people := make([]dedupe.Person, len(chunk))
		for i, h := range chunk {
			people[i] = h.person()
		}
		judged, err := p.judge(ctx, people, mark)
		if err != nil {
			return nil, err
		}
		all = append(all, judged...)
	}
	return all, nil
}

// heldNow returns a held person as they stand, and whether they are open: not
// settled by the directory or by somebody since.
func heldNow(h heldPerson, j dedupe.Judged, sc scope, all bool) (HeldPerson, bool) {
	d := j.Decisions[0]
	skipped := d.Reason == reason.Skipped
	if len(j.Decisions) > 1 || d.Action != dedupe.Review || skipped && !all {
		return HeldPerson{}, false
	}
	if skipped { // shown as it would be without that
		d = dedupe.Decide(j.Match, sc.policy)
		j.Before = noteSaid(j.Decisions[0], reason.DecidedBy) + ": skip"
	}
	p := HeldPerson{
		Number: h.Person, Reason: d.Reason, Digest: dedupe.EvidenceDigest(j.Match, d), Before: j.Before, match: j.Match,
	}
	ways := dedupe.Ways(dedupe.Path(j.Match, sc.authority.Organization.ID))
	for _, r := range h.Records {
		p.Rows = append(p.Rows, HeldRow{Record: r, Way: ways(r.Row)})
	}
	for i, c := range j.Match.Candidates() {
		at := slices.IndexFunc(d.Candidates, func(o dedupe.Candidate) bool { return o.Account == c.Account.ID })
		p.Candidates = append(p.Candidates, candidate(letter(i), d.Candidates[at], c.Account, sc.policy))
	}
	return p, true
}

func noteSaid(d dedupe.Decision, code reason.Code) string {
	for _, n := range d.Notes {
		if n.Code == code {
			return n.Said
		}
	}
	return ""
}

func candidate(letter string, c dedupe.Candidate, a dedupe.Account, p dedupe.Policy) HeldCandidate {
	shown := HeldCandidate{Letter: letter, Candidate: c}
	if c.Masked {
		return shown
	}
	shown.Status, shown.Ours, shown.Profiles = a.Status, a.OwnedHere, a.Profiles
	for _, m := range a.Memberships {
		if slices.Contains(p.VisibleBrands, m.Brand) {
			shown.Memberships = append(shown.Memberships, m)
		}
	}
	return shown
}

// letter names the i-th candidate: A to Z, then AA.
func letter(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return letter(i/26-1) + letter(i%26)
}

// options fills in what may be decided about each row.
func (r *HeldReview) options(p dedupe.Policy) {
	sharers := map[identity.Key][]record.Record{}
	for _, person := range r.People {
		if person.match.Person.Held == reason.SameMailbox {
			for _, row := range person.Rows {
				sharers[row.Email.MailboxKey()] = append(sharers[row.Email.MailboxKey()], row.Record)
			}
		}
	}
	for i := range r.People {
		person := &r.People[i]
		for n := range person.Rows {
			row := &person.Rows[n]
			if n > 0 && person.match.Person.Held == "" {
				row.choices = []dedupe.Resolution{{Choice: dedupe.ChooseSame, Row: person.Rows[0].Row}}
			} else {
				row.choices = person.match.Options(row.Row, p)
				person.sharing(row, sharers[row.Email.MailboxKey()])
			}
			for _, c := range row.choices {
				row.Options = append(row.Options, person.words(c, row.choices))
				row.Words = append(row.Words, person.said(c, *row))
			}
		}
	}
}

// sharing offers the rows of others that reach a row's mailbox, in front of
// "skip".
func (p *HeldPerson) sharing(row *HeldRow, sharers []record.Record) {
	for _, other := range sharers {
		same := dedupe.Resolution{Choice: dedupe.ChooseSame, Row: other.Row}
		if other.Row != row.Row && !slices.Contains(row.choices, same) {
			row.choices = slices.Insert(row.choices, len(row.choices)-1, same)
			p.Sharers = append(p.Sharers, other)
		}
	}
}

// said says a choice as a person would.
func (p HeldPerson) said(r dedupe.Resolution, row HeldRow) string {
	which := p.letterOf(r.Account)
	switch r.Choice {
	case dedupe.ChooseClaim:
		return "It is " + which
	case dedupe.ChooseNewEmail:
		return "It is " + which + ", with a new address"
	case dedupe.ChooseCreate:
		return "Somebody new"
	case dedupe.ChooseContact:
		return "Somebody new, with an agency's address"
	case dedupe.ChooseSame:
		return "The same person as " + p.Place(r.Row, row.Place)
	}
	return "Leave out"
}

// Place names a row of the person, or one that shares something with it, as a
// list shows it; file and sheet only where they are others than those given.
func (p HeldPerson) Place(row int, from record.Place) string {
	at := record.Place{}
	for _, r := range p.Rows {
		if r.Row == row {
			at = r.Place
		}
	}
	for _, r := range p.Sharers {
		if r.Row == row {
			at = r.Place
		}
	}
	if at.Line == 0 {
		return fmt.Sprintf("row %d", row)
	}
	text := fmt.Sprintf("line %d", at.Line)
	if at.Sheet != from.Sheet && at.Sheet != "" {
		text += ", sheet " + at.Sheet
	}
	if at.File != from.File {
		text += " of " + at.File
	}
	return text
}

func (p HeldPerson) letterOf(account string) string {
	for _, c := range p.Candidates {
		if c.Account == account {
			return c.Letter
		}
	}
	return ""
}

// words says a choice as a program does.
func (p HeldPerson) words(r dedupe.Resolution, among []dedupe.Resolution) string {
	which := p.letterOf(r.Account)
	switch r.Choice {
	case dedupe.ChooseClaim:
		return "claim " + which
	case dedupe.ChooseSame:
		return fmt.Sprintf("same as row %d", r.Row)
	case dedupe.ChooseNewEmail:
		several := 0
		for _, other := range among {
			if other.Choice == dedupe.ChooseNewEmail {
				several++
			}
		}
		if several > 1 {
			return fmt.Sprintf("same person %s, new email", which)
		}
	}
	return string(r.Choice)
}
