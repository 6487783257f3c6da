package plan

import (
	"context"
	"errors"

	"muster/provision"
)

// Vouched refuses, with a *provision.StalePlanError, a plan that was made against
// another database, or is not sealed with the keys of this one. One that was made
// before the embedded database was has no seal, as there were no keys: it holds for
// that database alone, as long as no other run was there.
func (p *Plan) Vouched(ctx context.Context, e *provision.Engine) error {
	database, err := e.Store.Database(ctx)
	if err != nil {
		return err
	}
	org, err := e.Organization(ctx, p.Header.Organization)
	if err != nil {
		return err
	}
	h, s := p.Header, p.Summary
	switch h.Database {
	case provision.NewDatabase:
		first, err1 := e.Store.Runs(ctx, org.ID, 1)
		own, err2 := e.Store.RunsOf(ctx, org.ID, p.ApplyFingerprint())
		if err := errors.Join(err1, err2); err != nil {
			return err
		}
		if org.ID == provision.FirstUseID && (len(first) == 0 || len(own) > 0) {
			return nil
		}
	case database:
		if e.Links == nil || e.Links.Sealed(s.SHA256, s.Seal) { // who writes nothing has no keys
			return nil
		}
		return &provision.StalePlanError{
			Msg: "the plan is not sealed with the keys of this database: it was altered, or made without --key-file",
		}
	}
	return &provision.StalePlanError{Msg: "the plan was made against another database"}
}

// ApplyFingerprint names the run that carries out the plan: the same for every copy
// of its file.
func (p *Plan) ApplyFingerprint() string { return "apply:" + p.Summary.SHA256 }
