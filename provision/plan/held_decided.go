package plan

import (
	"context"
	"slices"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
)

// decidedPeople are those of some held people of whom rows were decided, as they were
// held: a file that was made then is read by it.
func decidedPeople(
	ctx context.Context, e *provision.Engine, sc provision.Scope, held []heldPerson, judged []dedupe.Judged,
) ([]provision.DecidedPerson, error) {
	memories, err := decidedRows(ctx, e, sc, held)
	if err != nil || len(memories) == 0 {
		return nil, err
	}
	sharers := map[identity.Key][]record.Record{}
	for _, h := range held {
		if h.Why == reason.SameMailbox {
			for _, r := range h.Records {
				if key := r.Email.MailboxKey(); len(sharers[key]) < mostSharers { // as many as were offered
					sharers[key] = append(sharers[key], r)
				}
			}
		}
	}
	var all []provision.DecidedPerson
	for i, h := range held {
		by := map[int]provision.DecisionRow{}
		for _, r := range h.Records {
			if memory, known := memories[dedupe.RecordDigest(r)]; known {
				by[r.Row] = memory
			}
		}
		if len(by) > 0 && sees(sc.Authority, h) {
			all = append(all, provision.DecidedPerson{HeldPerson: h.asked(judged[i].Match, sharers), By: by})
		}
	}
	return all, nil
}

// decidedRows are what was decided about the rows of people, by their digests.
func decidedRows(
	ctx context.Context, e *provision.Engine, sc provision.Scope, held []heldPerson,
) (map[string]provision.DecisionRow, error) {
	all := map[string]provision.DecisionRow{}
	for chunk := range slices.Chunk(held, planChunk) {
		var digests []string
		for _, h := range chunk {
			for _, r := range h.Records {
				digests = append(digests, dedupe.RecordDigest(r))
			}
		}
		err := provision.Persist(ctx, func() error {
			return e.Store.Snapshot(ctx, func(d provision.Directory) error {
				rows, err := d.Decided(ctx, sc.Authority.Organization.ID, digests)
				for _, r := range rows {
					all[r.Record] = r
				}
				return err
			})
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// asked is a person with everything that somebody could have been asked about them when
// they were held; now is who they lead to by now.
func (h heldPerson) asked(now dedupe.Match, sharers map[identity.Key][]record.Record) provision.HeldPerson {
	then := dedupe.Match{Person: h.person()}
	for _, c := range h.Candidates {
		r := dedupe.Reached{Account: dedupe.Account{ID: c.Account, Name: c.Name}, Evidence: c.Evidence}
		if at := slices.IndexFunc(now.Reached, func(n dedupe.Reached) bool { return n.Account.ID == c.Account }); at >= 0 {
			r.Account = now.Reached[at].Account
		}
		then.Reached = append(then.Reached, r)
	}
	p := provision.HeldPerson{Number: h.Person, Reason: h.Reason, Digest: h.Digest, Match: then}
	choices := []dedupe.Resolution{{Choice: dedupe.ChooseSkip}, {Choice: dedupe.ChooseCreate}, {Choice: dedupe.ChooseContact}}
	for i, c := range then.Candidates() {
		p.Candidates = append(p.Candidates, provision.HeldCandidate{Letter: letter(i), Candidate: dedupe.Candidate{Account: c.Account.ID}})
		choices = append(choices, dedupe.Resolution{Choice: dedupe.ChooseClaim, Account: c.Account.ID},
			dedupe.Resolution{Choice: dedupe.ChooseNewEmail, Account: c.Account.ID})
	}
	for _, r := range h.Records {
		p.Rows = append(p.Rows, provision.HeldRow{Record: r})
	}
	for i := range p.Rows {
		row := &p.Rows[i]
		row.Choices = slices.Clone(choices)
		for _, other := range h.Records[:min(len(h.Records), dedupe.MostSame)] {
			if other.Row != row.Row {
				row.Choices = append(row.Choices, dedupe.Resolution{Choice: dedupe.ChooseSame, Row: other.Row})
			}
		}
		sharing(&p, row, sharers[row.Email.MailboxKey()])
		for _, c := range row.Choices {
			row.Options = append(row.Options, words(&p, c, row.Choices))
		}
	}
	return p
}
