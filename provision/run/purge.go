package run

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"muster/provision"
	"muster/provision/change"
)

// PurgeSettings say which finished runs are purged, and on whose authority.
type PurgeSettings struct {
	Organization string // slug, "" = the only one
	Operator     string // address, "" = the only administrator
	Before       time.Time
}

// Purged is a finished run and what of it holds personal data, or held it.
type Purged struct {
	Run   provision.Run
	Files []string // in the folder of the run
	Rows  int      // whose details were kept in the database; known once they are gone
	Left  string   // why something of the run is left where it is, "" for nothing
}

// Purge removes what holds personal data of finished runs: files of their
// reports, and the details of their rows in the database. Outcomes, accounts
// and reasons of rows stay, and so does the audit. Confirm is shown what there
// is to purge, and not asked where that is nothing. No run of the organization
// is at work meanwhile: it may be about to put a report into the same folder.
func Purge(
	ctx context.Context, e *provision.Engine, s PurgeSettings, confirm func([]Purged) (bool, error),
) ([]Purged, error) {
	authority, err := e.Authority(ctx, provision.Terms{Organization: s.Organization, Operator: s.Operator})
	if err == nil {
		err = authority.Operator.Needs(provision.MayForget, "remove what is kept of people")
	}
	if err != nil {
		return nil, err
	}
	org := authority.Organization
	all, err := purgeable(ctx, e, authority, s.Before)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	if yes, err := confirm(all); err != nil || !yes {
		return nil, cmp.Or(err, provision.ErrDeclined)
	}
	work, h, err := Keep(ctx, e, provision.Lease{Name: provision.LeaseName(org.Slug)})
	if err != nil {
		return nil, err
	}
	defer Release(ctx, e, h)
	if all, err = left(ctx, e, authority, all, s.Before); err != nil {
		return nil, err
	}
	by := provision.Author{Organization: org.ID, Account: authority.Operator.Account, Source: "runs purge"}
	for i := range all {
		if err := purge(work, e, h, by, &all[i]); err != nil {
			return all[:i], interrupted(ctx, e, err)
		}
	}
	return all, nil
}

// purgeable lists the runs to purge with their files: those that the operator sees
// whole.
func purgeable(
	ctx context.Context, e *provision.Engine, a *provision.Authority, before time.Time,
) ([]Purged, error) {
	runs, err := e.Store.Purgeable(ctx, a.Organization.ID, before)
	var all []Purged
	for _, run := range runs {
		if !a.Sees(run) || !a.SeesWhole(run) {
			continue
		}
		left, err := leavings(e, run, false)
		if err != nil {
			return nil, err
		}
		all = append(all, Purged{Run: run, Files: left.Files, Left: left.Left})
	}
	return all, err
}

// left are those runs that nobody has purged while a question was open.
func left(ctx context.Context, e *provision.Engine, a *provision.Authority, all []Purged, before time.Time) ([]Purged, error) {
	now, err := e.Store.Purgeable(ctx, a.Organization.ID, before)
	return slices.DeleteFunc(all, func(p Purged) bool {
		return !slices.ContainsFunc(now, func(r provision.Run) bool { return r.ID == p.Run.ID })
	}), err
}

// purge removes the files of a run, then its details in one transaction with
// the audit of both. A run whose files cannot be removed is not marked, so that
// the next purge meets it again.
func purge(ctx context.Context, e *provision.Engine, h *Holding, by provision.Author, p *Purged) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	left, err := leavings(e, p.Run, true)
	if err != nil {
		return err
	}
	p.Files = left.Files
	p.Left = left.Left
	by.Run = p.Run.ID
	by.At = e.Now().UTC()
	return e.Store.InTx(ctx, func(tx provision.Tx) error {
		if err := h.fence(ctx, tx); err != nil {
			return err
		}
		if p.Rows, err = tx.Purge(ctx, p.Run.ID, by.At); err != nil {
			return err
		}
		detail, err := json.Marshal(map[string]any{"files": len(p.Files), "rows": p.Rows})
		if err != nil {
			return err
		}
		p.Run.PurgedAt = by.At
		entry := provision.AuditRow{ID: e.NewID(), Action: string(change.PurgeAction), Detail: detail}
		return tx.Apply(ctx, provision.Batch{By: by, Audit: []provision.AuditRow{entry}})
	})
}

// leavings finds the files of a run, or removes them.
func leavings(e *provision.Engine, run provision.Run, remove bool) (provision.Leavings, error) {
	left, err := e.Folders.Leavings(run, remove)
	if err != nil {
		return left, &provision.ConfigError{
			Msg:  fmt.Sprintf("the files of run %s in %s: %v", run.ID, run.Out, err),
			Hint: "make the folder readable and writable, then run the same command again: it goes on with this run",
		}
	}
	if left.None && run.Host != e.Host && len(run.Summary) > 0 {
		left.Left = fmt.Sprintf("its folder is not on this machine: %s on %s may still hold its report",
			run.Out, run.Host)
	}
	return left, nil
}
