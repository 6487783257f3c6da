package pick

import (
	"context"
	"slices"

	"muster/dedupe"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/plan"
)

// targets are people who were named one by one.
type targets struct{ Selection }

func (t targets) Lists() []provision.ListInfo { return typedList(t.Typed) }
func (t targets) Asked() any                  { return t.Targets }
func (t targets) Close() error                { return nil }

// Pick looks everybody up who was named.
func (t targets) Pick(
	ctx context.Context, e *provision.Engine, sc provision.Scope, w *plan.Writer,
) ([]Picked, error) {
	var all []Picked
	for part := range slices.Chunk(t.Targets, chunk) {
		found, records, err := t.find(ctx, e, sc, part, len(all))
		if err != nil {
			return nil, err
		}
		for _, r := range records {
			if err := w.Row(r); err != nil {
				return nil, err
			}
		}
		all = append(all, found...)
	}
	return all, nil
}

// find looks some targets up; before is how many came before them.
func (t targets) find(
	ctx context.Context, e *provision.Engine, sc provision.Scope, part []Target, before int,
) ([]Picked, []record.Record, error) {
	records := make([]record.Record, len(part))
	for i, one := range part {
		records[i] = one.record()
		records[i].Row = before + i + 1
		records[i].Place = place(t.Typed, records[i].Row)
		records[i].Cells = cells(records[i])
	}
	var found []Picked
	err := snapshot(ctx, e, func(d provision.Directory) error {
		byKey, err := identify(ctx, d, sc.Policy, records)
		if err != nil {
			return err
		}
		byID, err := accounts(ctx, d, sc.Policy, part)
		found = byKey
		for i, one := range part {
			if one.Account == "" {
				continue
			}
			found[i] = Vain([]int{records[i].Row}, reason.NobodyMatches)
			if a, there := byID[one.Account]; there {
				found[i] = Picked{Rows: []int{records[i].Row}, Account: a.ID}
				records[i] = named(records[i], a, sc.Policy.VisibleBrands)
			}
		}
		return err
	})
	return found, records, err
}

// accounts reads those of the targets that are named by their ids, and that the
// operator may know of.
func accounts(
	ctx context.Context, d provision.Directory, policy dedupe.Policy, part []Target,
) (map[string]dedupe.Account, error) {
	var ids []string
	for _, one := range part {
		if one.Account != "" {
			ids = append(ids, one.Account)
		}
	}
	all, err := d.Accounts(ctx, policy.Organization, ids, policy.Now)
	known := map[string]dedupe.Account{}
	for _, a := range all {
		if a.KnownTo(policy.VisibleBrands) {
			known[a.ID] = a
		}
	}
	return known, err
}
