package pick

import (
	"context"
	"slices"

	"muster/dedupe"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/plan"
)

// listed are the people of lists.
type listed struct {
	Selection
	src   *plan.Sources
	reads func(record.Record) any // what an Editor takes from a row; nil for any other verb
}

func (l listed) Lists() []provision.ListInfo { return l.src.Infos }
func (l listed) Close() error                { return l.src.Close() }

func (l listed) Asked() any {
	reading := l.Reading
	reading.TempDir = ""
	return struct{ Lists, Reading any }{l.src.Named(), reading}
}

// Pick reads the lists, and looks everybody up chunk by chunk.
func (l listed) Pick(
	ctx context.Context, e *provision.Engine, sc provision.Scope, w *plan.Writer,
) ([]Picked, error) {
	var all []Picked
	var waiting []record.Record
	var failed error
	find := func() {
		if failed != nil || len(waiting) == 0 {
			return
		}
		var found []Picked
		failed = Snapshot(ctx, e, func(d provision.Directory) (err error) {
			if found, err = identify(ctx, d, sc.Policy, waiting); err == nil && l.Former {
				err = gone(ctx, d, sc.Policy, waiting, found)
			}
			return err
		})
		if l.reads != nil {
			said := map[int]any{}
			for _, r := range waiting {
				said[r.Row] = l.reads(r)
			}
			for i, p := range found {
				found[i].Said = []any{said[p.Rows[0]]}
			}
		}
		all = append(all, found...)
		waiting = waiting[:0]
	}
	err := plan.ReadRows(ctx, e, sc, w, l.src, func(r record.Record) {
		if waiting = append(waiting, r); len(waiting) == chunk {
			find()
		}
	})
	if err != nil {
		return nil, err
	}
	find()
	return all, failed
}

// gone finds who of those that are nobody is in no brand any more.
func gone(ctx context.Context, d provision.Directory, policy dedupe.Policy, records []record.Record, found []Picked) error {
	before := slices.Clone(found)
	nobody := func(s *change.Step) bool { return s.First.Reason == reason.NobodyMatches }
	if err := former(ctx, d, policy, records, found, nobody); err != nil {
		return err
	}
	known, err := accounts(ctx, d, policy, found, true)
	for i, p := range found {
		if _, there := known[p.Account]; !there {
			found[i] = before[i]
		}
	}
	return err
}
