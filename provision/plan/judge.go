package plan

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"muster/dedupe"
	"muster/provision"
)

// judge looks people up and decides about them, all in one snapshot. Mark is
// as in dedupe.Judge.
func (p *planner) judge(
	ctx context.Context, people []dedupe.Person, mark func(*dedupe.Match),
) ([]dedupe.Judged, error) {
	if len(people) == 0 {
		return nil, nil
	}
	var judged []dedupe.Judged
	look := func(d provision.Directory) (err error) {
		judged, err = dedupe.Judge(people, view{ctx, d, p.policy, p.marks}, p.policy, mark)
		switch {
		case err != nil:
		case p.sourced != nil:
			err = p.sourced.attach(ctx, d, judged, p.policy)
		case p.synced:
			err = p.given(ctx, d, judged)
		}
		return err
	}
	if err := p.look(ctx, look); err != nil {
		return nil, fmt.Errorf("looking up rows from %d on: %w", people[0].First(), err)
	}
	for _, j := range judged {
		for i := range j.Decisions {
			d := &j.Decisions[i]
			d.Marks = j.Match.Person.Marks(d.Rows)
		}
	}
	return judged, nil
}

// A view answers dedupe from one snapshot of the directory.
type view struct {
	ctx       context.Context
	directory provision.Directory
	policy    dedupe.Policy
	marks     marksFunc
}

// LookUp looks up every key and hint of the people who can be used.
func (v view) LookUp(people []dedupe.Person) (dedupe.Found, error) {
	q := newQuery(people, v.policy.Organization)
	err := q.run(v.ctx, v.directory, v.policy, v.marks)
	return q.found, err
}

// Decided returns what reviewers decided, by the digests of records.
func (v view) Decided(records []string) (map[string]dedupe.Memory, error) {
	rows, err := v.directory.Decided(v.ctx, v.policy.Organization, records)
	memories := map[string]dedupe.Memory{}
	for _, r := range rows {
		r.By = decided(r)
		memories[r.Record] = r.Memory
	}
	return memories, err
}

// Accounts returns accounts by their ids.
func (v view) Accounts(ids []string) (map[string]dedupe.Account, error) {
	found, err := v.directory.Accounts(v.ctx, v.policy.Organization, ids, v.policy.Now)
	accounts := make(map[string]dedupe.Account, len(found))
	for _, a := range found {
		accounts[a.ID] = a
	}
	return accounts, err
}

// DecidedBefore returns who decided what about people, by their first keys.
func (v view) DecidedBefore(firstKeys []string) (map[string]string, error) {
	rows, err := v.directory.DecidedPeople(v.ctx, v.policy.Organization, firstKeys)
	if err != nil {
		return nil, err
	}
	before := map[string]string{}
	for _, r := range rows {
		before[r.Person] = decided(r)
	}
	return before, nil
}

// decided says who decided, when, and what.
func decided(r provision.DecisionRow) string { return fmt.Sprintf("%s: %s", Decider(r), r.Choice) }

// Decider says who decided and when.
func Decider(r provision.DecisionRow) string {
	words := cmp.Or(r.Decider, "somebody") + " on " + r.At.UTC().Format(time.DateOnly)
	if r.Note != "" {
		words += ": " + r.Note
	}
	return words
}
