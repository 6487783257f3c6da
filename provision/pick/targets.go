package pick

import (
	"context"
	"slices"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/plan"
)

// targets are people who were named one by one.
type targets struct{ Selection }

func (t targets) Lists() []provision.ListInfo { return TypedList(t.Typed) }
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
	records := t.records(part, before)
	var found []Picked
	err := Snapshot(ctx, e, func(d provision.Directory) error {
		byKey, err := identify(ctx, d, sc.Policy, records)
		if err != nil {
			return err
		}
		found = byKey
		if t.Former {
			every := func(*change.Step) bool { return true }
			if err := former(ctx, d, sc.Policy, records, found, every); err != nil {
				return err
			}
		}
		for i, one := range part {
			if one.Account != "" {
				found[i] = Picked{Rows: []int{records[i].Row}, Account: one.Account}
			}
		}
		known, err := accounts(ctx, d, sc.Policy, found, t.Former)
		for i := range found {
			if found[i].Settled != nil {
				continue
			}
			a, there := known[found[i].Account]
			if !there {
				found[i] = Vain(found[i].Rows, reason.NobodyMatches)
				continue
			}
			records[i] = named(records[i], a, sc.Policy.VisibleBrands)
		}
		return err
	})
	return found, records, err
}

// records are the rows of some targets, as they were typed.
func (t targets) records(part []Target, before int) []record.Record {
	records := make([]record.Record, len(part))
	for i, one := range part {
		records[i] = one.record()
		records[i].Row = before + i + 1
		records[i].Place = place(t.Typed, records[i].Row)
		records[i].Cells = cells(records[i])
	}
	return records
}

// accounts reads those accounts of the found that the operator may know of: with gone
// also who is in no brand any more, where the operator sees all that they were in.
func accounts(
	ctx context.Context, d provision.Directory, policy dedupe.Policy, found []Picked, gone bool,
) (map[string]dedupe.Account, error) {
	var ids []string
	for _, one := range found {
		if one.Account != "" {
			ids = append(ids, one.Account)
		}
	}
	all, err := d.Accounts(ctx, policy.Organization, ids, policy.Now)
	if err != nil {
		return nil, err
	}
	known := map[string]dedupe.Account{}
	var strangers []string
	for _, a := range all {
		switch {
		case a.KnownTo(policy.VisibleBrands):
			known[a.ID] = a
		case gone && !a.Known:
			strangers = append(strangers, a.ID)
		}
	}
	if len(strangers) == 0 {
		return known, nil
	}
	left, err := d.Left(ctx, policy.Organization, strangers)
	unseen := func(brand string) bool { return !slices.Contains(policy.VisibleBrands, brand) }
	for _, a := range all {
		if brands := left[a.ID]; len(brands) > 0 && !slices.ContainsFunc(brands, unseen) {
			known[a.ID] = a
		}
	}
	return known, err
}

// former finds those who are nobody by what the operator may know of everybody: people
// in no brand any more, and those by an address that was theirs before, which still
// leads to them alone. Of says which rows are looked at; whether the operator may know
// of the people is not.
func former(
	ctx context.Context, d provision.Directory, policy dedupe.Policy, records []record.Record, found []Picked,
	of func(*change.Step) bool,
) error {
	named := make([][]identity.Key, len(found))
	var keys []identity.Key
	for i := range found {
		if found[i].Settled == nil || !of(found[i].Settled) {
			continue
		}
		r := records[i]
		if !r.Email.IsZero() {
			named[i] = append(named[i], r.Email.Key())
		}
		if r.ExternalID != "" {
			named[i] = append(named[i], identity.Key{Space: dedupe.ExternalSpace(policy.Organization), Value: r.ExternalID})
		}
		keys = append(keys, named[i]...)
	}
	leads, err := d.Resolve(ctx, keys, nil)
	owners := map[identity.Key]string{}
	for _, f := range leads {
		owners[f.Key] = f.Account
	}
	for i := range found {
		for _, k := range named[i] {
			if account := owners[k]; account != "" {
				found[i].Account, found[i].Settled = account, nil
				break
			}
		}
	}
	return err
}
