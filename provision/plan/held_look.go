package plan

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
)

// HeldSettings say whom of a run's held people to show, and on whose
// authority.
type HeldSettings struct {
	Operator string // address, "" = the operator of the run
	All      bool   // those that somebody decided to skip, too
	Decided  bool   // and what was decided about the others
}

// Held looks at the held people of a run or a plan again: who is still
// held, on what evidence, and what may be decided.
func Held(ctx context.Context, e *provision.Engine, source string, s HeldSettings) (provision.HeldReview, error) {
	header, people, err := openHeld(ctx, e, source)
	if err != nil || len(people) == 0 {
		return provision.HeldReview{Source: source, Binding: header.Binding}, err
	}
	sc, err := HeldScope(ctx, e, header.Binding, s.Operator)
	if err != nil {
		return provision.HeldReview{}, err
	}
	r := provision.HeldReview{Source: cmp.Or(header.Run, source), Binding: header.Binding}
	r.Operator, r.Language = sc.Authority.Operator.Email, sc.Authority.Organization.Language
	r.Names = sc.Authority.Organization.Names()
	judged, err := rejudged(ctx, e, sc, people)
	if err != nil {
		return r, err
	}
	if s.Decided {
		if r.Decided, err = decidedPeople(ctx, e, sc, people, judged); err != nil {
			return r, err
		}
	}
	for i, j := range judged {
		if !sees(sc.Authority, people[i]) {
			continue
		}
		if p, open := heldNow(people[i], j, sc, s.All); open {
			r.People = append(r.People, p)
		} else {
			r.Settled++
		}
	}
	offer(&r, sc.Policy)
	return r, nil
}

// sees reports whether the reviewer may see a held person: one of the rows is
// about a brand they see.
func sees(a *provision.Authority, h heldPerson) bool {
	return slices.ContainsFunc(h.Records, func(r record.Record) bool { return a.SeesRow(r.Brands) })
}

// HeldScope is the scope that people were held in, on the authority of the
// reviewer, "" for whose it was.
func HeldScope(
	ctx context.Context, e *provision.Engine, h provision.Binding, operator string,
) (provision.Scope, error) {
	terms := h.Terms()
	terms.Operator = cmp.Or(operator, terms.Operator)
	sc, err := e.Scope(ctx, terms)
	if err == nil && h.Database != sc.Database && h.Database != provision.NewDatabase {
		err = &provision.StalePlanError{Msg: "these people were held in another database"}
	}
	return sc, err
}

// rejudged judges held people again, as the directory is now.
func rejudged(
	ctx context.Context, e *provision.Engine, sc provision.Scope, held []heldPerson,
) ([]dedupe.Judged, error) {
	p := newPlanner(e, sc)
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
// settled by the directory or by somebody since. Of rows that a reviewer told
// apart those are open that were left out.
func heldNow(h heldPerson, j dedupe.Judged, sc provision.Scope, all bool) (provision.HeldPerson, bool) {
	open := func(d dedupe.Decision) bool { return d.Action == dedupe.Review && d.Reason != reason.Skipped }
	leftOut := func(d dedupe.Decision) bool { return d.Reason == reason.Skipped }
	at := slices.IndexFunc(j.Decisions, open)
	if at < 0 {
		at = slices.IndexFunc(j.Decisions, leftOut)
	}
	if at < 0 {
		return provision.HeldPerson{}, false
	}
	d, m := j.Decisions[at], j.Match
	skipped := d.Reason == reason.Skipped
	if skipped && !all {
		return provision.HeldPerson{}, false
	}
	if len(j.Decisions) > 1 {
		m = m.Only(d.Rows, sc.Policy)
	}
	j.Before = cmp.Or(j.Before, noteSaid(d, reason.DecidedBefore))
	if skipped { // shown as it would be without that
		j.Before = noteSaid(d, reason.DecidedBy)
		d = dedupe.Asked(m, sc.Policy)
	}
	p := provision.HeldPerson{
		Number:  h.Person,
		Reason:  d.Reason,
		Digest:  dedupe.EvidenceDigest(m, d),
		Before:  j.Before,
		LeftOut: skipped,
		Match:   m,
	}
	ways := dedupe.Ways(dedupe.Path(m, sc.Authority.Organization.ID))
	for _, r := range h.Records {
		if slices.Contains(d.Rows, r.Row) {
			p.Rows = append(p.Rows, provision.HeldRow{Record: r, Way: ways(r.Row)})
		} else {
			p.Settled = append(p.Settled, r.Row)
		}
	}
	for i, c := range m.Candidates() {
		at := slices.IndexFunc(d.Candidates, func(o dedupe.Candidate) bool { return o.Account == c.Account.ID })
		p.Candidates = append(p.Candidates, candidate(letter(i), d.Candidates[at], c.Account, sc.Policy))
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

func candidate(letter string, c dedupe.Candidate, a dedupe.Account, p dedupe.Policy) provision.HeldCandidate {
	shown := provision.HeldCandidate{Letter: letter, Candidate: c}
	if c.Masked {
		return shown
	}
	shown.Status = a.Status
	shown.Ours = a.OwnedHere
	shown.Profiles = a.Profiles
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

// mostSharers is how many rows of others that reach its mailbox are offered for
// a row: a list may have thousands, each beside all others. Others can still be
// named.
const mostSharers = 10

// offer fills in what may be decided about each row.
func offer(r *provision.HeldReview, p dedupe.Policy) {
	sharers := map[identity.Key][]record.Record{}
	for _, person := range r.People {
		if person.Match.Person.Held == reason.SameMailbox {
			for _, row := range person.Rows {
				if key := row.Email.MailboxKey(); len(sharers[key]) < mostSharers {
					sharers[key] = append(sharers[key], row.Record)
				}
			}
		}
	}
	for i := range r.People {
		person := &r.People[i]
		for n := range person.Rows {
			row := &person.Rows[n]
			if n > 0 && person.Match.Person.Held == "" {
				row.Choices = []dedupe.Resolution{{Choice: dedupe.ChooseSame, Row: person.Rows[0].Row}}
			} else {
				row.Choices = person.Match.Options(row.Row, p)
				sharing(person, row, sharers[row.Email.MailboxKey()])
			}
			for _, c := range row.Choices {
				row.Options = append(row.Options, words(person, c, row.Choices))
			}
		}
	}
}

// sharing offers the rows of others that reach a row's mailbox, in front of
// "skip".
func sharing(p *provision.HeldPerson, row *provision.HeldRow, sharers []record.Record) {
	for _, other := range sharers {
		same := dedupe.Resolution{Choice: dedupe.ChooseSame, Row: other.Row}
		if other.Row != row.Row && !slices.Contains(row.Choices, same) {
			row.Choices = slices.Insert(row.Choices, len(row.Choices)-1, same)
			p.Sharers = append(p.Sharers, other)
		}
	}
}

// words says a choice as a program does.
func words(p *provision.HeldPerson, r dedupe.Resolution, among []dedupe.Resolution) string {
	which := p.LetterOf(r.Account)
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
