package directory

import (
	"context"
	"maps"
	"slices"

	"muster/importer/reason"
	"muster/provision"
)

// whyErased is told of a row whose person was erased earlier.
const whyErased = "the platform still has who was erased here; if they asked to come back: muster accounts readmit"

// leaveErased takes the rows of people who were erased earlier out of a chunk:
// an export brings nobody back, who would be known by any of their keys.
func (in *intake) leaveErased(ctx context.Context) error {
	marks, err := in.marks(ctx)
	if err != nil || len(marks) == 0 {
		return err
	}
	erased := map[int]bool{}
	for organization, asked := range marks {
		var met []string
		err := provision.Persist(ctx, func() error {
			return in.engine.Store.Snapshot(ctx, func(d provision.Directory) (err error) {
				met, err = d.Suppressed(ctx, organization, slices.Sorted(maps.Keys(asked)))
				return err
			})
		})
		if err != nil {
			return err
		}
		for _, mark := range met {
			for _, i := range asked[mark] {
				erased[i] = true
			}
		}
	}
	in.take(erased, reason.Erased, whyErased)
	return nil
}

// marks are those by which anybody of the chunk may be known to have been
// erased: organization → mark → places in the chunk. There are none where nobody
// ever was.
func (in *intake) marks(ctx context.Context) (map[string]map[string][]int, error) {
	marks := map[string]map[string][]int{}
	for i, a := range in.chunk {
		any, err := in.anyErased(ctx, a.Organization)
		if err != nil || !any {
			if err != nil {
				return nil, err
			}
			continue
		}
		of := marks[a.Organization]
		if of == nil {
			of = map[string][]int{}
			marks[a.Organization] = of
		}
		for _, k := range accountKeys(a) {
			for _, mark := range append(in.engine.Links.Marks(k, a.Organization), in.engine.Links.Marks(k, "")...) {
				of[mark] = append(of[mark], i)
			}
		}
	}
	return marks, nil
}

// anyErased reports whether anybody of an organization was ever erased. Without
// the keys nobody could tell who.
func (in *intake) anyErased(ctx context.Context, organization string) (bool, error) {
	any, known := in.erasing[organization]
	if known {
		return any, nil
	}
	err := provision.Persist(ctx, func() error {
		return in.engine.Store.Snapshot(ctx, func(d provision.Directory) error {
			there, err := d.OnRecord(ctx, organization)
			any = there.Erased
			return err
		})
	})
	if err == nil && any && in.engine.Links == nil {
		err = keyless("the export")
	}
	if in.erasing == nil {
		in.erasing = map[string]bool{}
	}
	in.erasing[organization] = any
	return any, err
}

// keyless refuses what may bring somebody back who was erased.
func keyless(what string) error {
	return &provision.ConfigError{
		Msg:  "people were erased here, and without the keys of the links nobody can tell whether " + what + " brings them back",
		Hint: "name the keys with --keys",
	}
}

// take leaves rows of the chunk out.
func (in *intake) take(out map[int]bool, code reason.Code, why string) {
	chunk, rows := in.chunk[:0], in.rows[:0]
	for i, a := range in.chunk {
		row := in.rows[i]
		if !out[i] {
			chunk, rows = append(chunk, a), append(rows, row)
			continue
		}
		in.rejected = append(in.rejected, provision.RejectedAccount{Place: row.Place, Cells: row.Cells, Reason: code, Why: why})
	}
	in.chunk, in.rows = chunk, rows
}
