package run

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"muster/importer"
	"muster/importer/identity"
	"muster/provision"
	"muster/provision/plan"
)

// Apply carries out a saved plan, exactly: what changed since is reported as
// stale. A plan that is finished already is reported again, from the ledger.
func Apply(ctx context.Context, e *provision.Engine, path string, end Ending) (provision.Summary, error) {
	planned, sc, err := openSaved(ctx, e, path)
	if err != nil {
		return provision.Summary{}, err
	}
	defer planned.Close()
	job := &applying{planned: planned}
	before, err := Before(ctx, e, sc, job.Fingerprint())
	if err := cmp.Or(err, before.over()); err != nil {
		return provision.Summary{}, err
	}
	if before.Finished != nil {
		return reportFinished(ctx, e, planned, sc, *before.Finished, end)
	}
	return Do(ctx, e, sc, job, importer.Options{}, end)
}

// openSaved opens a saved plan that still holds.
func openSaved(ctx context.Context, e *provision.Engine, path string) (*plan.Plan, provision.Scope, error) {
	planned, err := plan.Open(path)
	if err != nil {
		return nil, provision.Scope{}, err
	}
	sc, err := planScope(ctx, e, planned)
	if err == nil {
		err = checkLists(planned)
	}
	if err != nil {
		_ = planned.Close()
		return nil, sc, err
	}
	return planned, sc, nil
}

// applying is the job of a saved plan.
type applying struct{ planned *plan.Plan }

func (a *applying) Kind() string                 { return provision.ApplyKind }
func (a *applying) Fingerprint() string          { return a.planned.ApplyFingerprint() }
func (a *applying) Lists() []provision.ListInfo  { return a.planned.Summary.Lists }
func (a *applying) Replans() bool                { return false }
func (a *applying) List() string                 { return a.planned.Header.List }
func (a *applying) Agreed(context.Context) error { return nil }
func (a *applying) Closes(error) (int, bool)     { return 0, false }

// Plan is the plan that was opened before, and looked at: by now another one may stand
// where it was saved. It stays there.
func (a *applying) Plan(context.Context, string) (*plan.Plan, error) { return a.planned, nil }

// planScope checks that the plan was made for this database and policy, and
// that its operator may still do what it does.
func planScope(ctx context.Context, e *provision.Engine, planned *plan.Plan) (provision.Scope, error) {
	h := planned.Header
	if err := planned.Vouched(ctx, e); err != nil {
		return provision.Scope{}, err
	}
	sc, err := e.Scope(ctx, h.Terms())
	if err != nil {
		return sc, cmp.Or(withdrawn(ctx, e, h), err)
	}
	now := sc.Policy
	now.Now = h.Policy.Now
	now.Operator = h.Policy.Operator // the terms name them by their address; a plan for a new database knows no id
	before, err1 := json.Marshal(h.Policy)
	after, err2 := json.Marshal(now)
	if err1 != nil || err2 != nil || string(before) != string(after) {
		return sc, &provision.StalePlanError{
			Msg: "roles, brands or rights of the organization changed after the plan was made",
		}
	}
	return sc, nil
}

// withdrawn is why whoever made a plan may not carry it out any more, nil where that is
// not what is wrong.
func withdrawn(ctx context.Context, e *provision.Engine, h provision.PlanHeader) error {
	org, err := e.Organization(ctx, h.Organization)
	email, _, unread := identity.ParseEmail(h.Operator)
	if err != nil || unread != nil {
		return nil
	}
	now, err := e.Store.Operator(ctx, org.ID, email)
	if err != nil && !errors.Is(err, provision.ErrNotFound) {
		return nil
	}
	then := provision.Operator{Email: h.Operator, Manages: []string{h.Brand}, Role: provision.Role{Dashboard: true}}
	gone, is := errors.AsType[*provision.WithdrawnError](provision.Withdrawn(then, now, err == nil))
	if !is {
		return nil
	}
	return &provision.StalePlanError{
		Msg:  "whoever made the plan may not carry it out any more: " + gone.Msg,
		Hint: "have somebody who may make the plan again",
	}
}

// checkLists refuses a plan whose lists were changed since. Lists that are
// gone do not matter: the plan holds what is needed of them.
func checkLists(planned *plan.Plan) error {
	for _, l := range planned.Header.Lists {
		f, err := os.Open(l.File)
		if err != nil {
			continue
		}
		h := sha256.New()
		_, err = io.Copy(h, f)
		_ = f.Close()
		if err == nil && hex.EncodeToString(h.Sum(nil)) != l.SHA256 {
			return &provision.StalePlanError{Msg: fmt.Sprintf("%s changed after the plan was made", l.File)}
		}
	}
	return nil
}

func reportFinished(
	ctx context.Context, e *provision.Engine, planned *plan.Plan, sc provision.Scope, run provision.Run, end Ending,
) (provision.Summary, error) {
	if err := run.Unpurged(); err != nil {
		return provision.Summary{}, err
	}
	e.Tell(provision.Notice{Text: "this plan was applied already, by run " + run.ID + "; nothing is written"})
	if end.Out != "" {
		run.Out = end.Out
	}
	if err := prepare(e, run.Out); err != nil {
		return provision.Summary{}, err
	}
	w := &work{Engine: e, sc: sc, run: run}
	return w.report(ctx, planned, 0)
}
