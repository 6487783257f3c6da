package pick

import (
	"context"
	"fmt"

	"muster/dedupe"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/plan"
)

// Snapshot looks at the directory, as often as it takes to get through.
func Snapshot(ctx context.Context, e *provision.Engine, look func(provision.Directory) error) error {
	err := provision.Persist(ctx, func() error { return e.Store.Snapshot(ctx, look) })
	if err != nil {
		return fmt.Errorf("looking people up: %w", err)
	}
	return nil
}

// identify says which accounts rows are of, each for itself.
func identify(
	ctx context.Context, d provision.Directory, policy dedupe.Policy, records []record.Record,
) ([]Picked, error) {
	people := make([]dedupe.Person, len(records))
	for i, r := range records {
		people[i] = dedupe.Person{Records: []record.Record{r}}
	}
	matches, err := plan.Find(ctx, d, people, policy)
	if err != nil {
		return nil, err
	}
	all := make([]Picked, len(matches))
	for i, m := range matches {
		all[i].Rows = m.Person.Rows()
		account, open := dedupe.Identify(m, policy)
		if open == nil {
			all[i].Account = account.ID
			continue
		}
		step := plan.FromDecision(*open, policy.Organization)
		all[i].Settled = &step
	}
	return all, nil
}
