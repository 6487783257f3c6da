package directory

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"muster/importer"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
)

// Load takes in an export of accounts the platform has. The file is read whole
// before anything is written; loading it again changes nothing. Rows that
// contradict each other are left out: whose they are is not guessed, and no
// status or block of theirs goes anywhere. The terms name the organization whose
// accounts they are where the export does not say, and the operator: roles that
// they may not give are "member" instead. Rows of organizations that somebody else
// administers are left out, and so are those that the operator may not load; what
// is not theirs to change stays as it is.
func Load(
	ctx context.Context, e *provision.Engine, path string, t provision.Terms,
) (provision.DirectoryLoad, error) {
	var load provision.DirectoryLoad
	authority, err := e.FirstAuthority(ctx, t)
	if err == nil {
		err = authority.Operator.Needs(provision.MayLoadDirectory, "load an export of accounts")
	}
	if err != nil {
		return load, err
	}
	l, err := importer.Open(path, importer.Options{})
	if err != nil {
		return load, err
	}
	defer l.Close()
	load.Columns = l.Info().Columns
	x, err := newExport(path, l, authority)
	if err != nil {
		return load, err
	}
	found, err := x.contradictions(ctx)
	if err != nil {
		return load, err
	}
	by := authority.Author("directory load", e.Now())
	if err := x.settle(ctx, e, by); err != nil {
		return load, err
	}
	in := intake{engine: e, loader: NewLoader(slices.Collect(maps.Values(x.organizations)), by, e.NewID)}
	in.loader.rights = x.rights
	err = x.accounts(ctx, func(row record.Row, a Account) error {
		if x.rights.theirs[a.Organization] {
			load.Elsewhere++
			return nil
		}
		code, why, rejected := found.rejects(a, x.slug(row))
		if !rejected {
			code, why = x.rights.leaves(a)
		}
		if code != "" {
			left := provision.RejectedAccount{Place: row.Place, Cells: slices.Clone(row.Cells), Reason: code, Why: why}
			load.Rejected = append(load.Rejected, left)
			return nil
		}
		load.Unread = append(load.Unread, unread(a, row)...)
		return in.add(ctx, a, row)
	})
	if err == nil {
		err = in.flush(ctx)
	}
	load.Rejected = append(load.Rejected, in.rejected...)
	slices.SortFunc(load.Rejected, func(x, y provision.RejectedAccount) int { return cmp.Compare(x.Line, y.Line) })
	load.LoadCounts, load.Moved = in.counts, in.moved
	load.Lowered = in.lowered
	if err == nil && load.Added+load.Updated >= provision.ManyRows {
		e.Refreshed(e.Store.Refresh(ctx))
	}
	return load, err
}

// unread are the profiles without which the account of a row is loaded.
func unread(a Account, row record.Row) []provision.RejectedAccount {
	var all []provision.RejectedAccount
	for _, u := range a.Unread {
		all = append(all, provision.RejectedAccount{Place: row.Place, Cells: slices.Clone(row.Cells), Reason: u.Refusal.Reason,
			Why: fmt.Sprintf("%s %q; the account is loaded without it", u.Column, u.Refusal.Text)})
	}
	return all
}

// chunkSize is how many accounts of an export go into one transaction.
const chunkSize = 1000

// An intake loads accounts chunk by chunk.
type intake struct {
	engine *provision.Engine
	loader *Loader
	chunk  []Account
	counts provision.LoadCounts

	lowered int // rows whose role may not be given

	rows     []record.Row    // of the chunk
	erasing  map[string]bool // organization → whether anybody of it was ever erased
	rejected []provision.RejectedAccount
	moved    []record.Place
}

// add takes an account, and loads the chunk once it is full.
func (in *intake) add(ctx context.Context, a Account, row record.Row) error {
	a.ID = idOf(a)
	a.Before = a.ID
	if a.Lowered {
		in.lowered++
	}
	in.chunk = append(in.chunk, a)
	any, err := in.anyErased(ctx, a.Organization)
	if err != nil {
		return err
	}
	kept := record.Row{Place: row.Place}
	if any || len(in.loader.limits[a.Organization]) > 0 { // it may have to be left out
		kept.Cells = slices.Clone(row.Cells)
	}
	in.rows = append(in.rows, kept)
	if len(in.chunk) < chunkSize {
		return nil
	}
	return in.flush(ctx)
}

// flush loads what there is of a chunk.
func (in *intake) flush(ctx context.Context) error {
	if err := in.leaveErased(ctx); err != nil {
		return err
	}
	defer func() { in.chunk, in.rows = in.chunk[:0], in.rows[:0] }()
	if len(in.chunk) == 0 {
		return nil
	}
	counts, err := in.loader.Load(ctx, in.engine.Store, in.chunk)
	for full, is := errors.AsType[*seatless](err); is && len(full.rows) > 0; full, is = errors.AsType[*seatless](err) {
		in.take(full.rows, reason.PlanLimit, full.Error())
		counts, err = in.loader.Load(ctx, in.engine.Store, in.chunk)
	}
	if errors.Is(err, provision.ErrMoved) { // an id of before may belong to somebody who has another address by now
		for i := range in.chunk {
			in.chunk[i].ID = in.engine.NewID()
		}
		counts, err = in.loader.Load(ctx, in.engine.Store, in.chunk)
	}
	in.counts.Added += counts.Added
	in.counts.Updated += counts.Updated
	in.counts.Unchanged += counts.Unchanged
	in.counts.Withheld += counts.Withheld
	for _, i := range counts.Addresses {
		in.moved = append(in.moved, in.rows[i].Place)
	}
	return err
}
