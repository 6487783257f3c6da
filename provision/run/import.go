package run

import (
	"context"
	"errors"

	"muster/importer/file"
	"muster/provision"
	"muster/provision/plan"
)

// Import plans lists, applies the plan, and reports. An import that was killed
// goes on when it is asked for again.
func Import(ctx context.Context, e *provision.Engine, s plan.Settings, end Ending) (provision.Summary, error) {
	if err := s.CheckAge(e.Now()); err != nil {
		return provision.Summary{}, err
	}
	src, err := plan.OpenLists(s)
	if err != nil {
		return provision.Summary{}, err
	}
	defer src.Close()
	sc, err := e.Scope(ctx, s.Terms)
	if err != nil {
		return provision.Summary{}, err
	}
	fingerprint, err := src.Fingerprint(sc, s)
	if err != nil {
		return provision.Summary{}, err
	}
	job := &importing{Engine: e, s: s, sc: sc, src: src, fingerprint: fingerprint}
	return Do(ctx, e, sc, job, s.Reading, end)
}

// importing is the job of an import.
type importing struct {
	*provision.Engine
	s           plan.Settings
	sc          provision.Scope
	src         *plan.Sources
	fingerprint string
}

func (i *importing) Fingerprint() string         { return i.fingerprint }
func (i *importing) Lists() []provision.ListInfo { return i.src.Infos }
func (i *importing) Replans() bool               { return true }
func (i *importing) List() string                { return i.src.Name(i.sc, i.s) }

// Kind is sync where the lists are those of a source.
func (i *importing) Kind() string {
	if i.s.Source != "" {
		return provision.SyncKind
	}
	return provision.ImportKind
}

// Plan reads the lists, and decides about everybody on them.
func (i *importing) Plan(ctx context.Context, path string) (*plan.Plan, error) {
	return plan.New(ctx, i.Engine, i.s, i.sc, i.src, path)
}

// Closes ends a run whose lists cannot be read: there is nothing to go on with.
func (i *importing) Closes(err error) (int, bool) { return Unread(err) }

// Unread is the exit code of a run whose lists cannot be read, and whether that
// is what the error says.
func Unread(err error) (exit int, unread bool) {
	var e *file.Error
	return provision.ExitInput, errors.As(err, &e)
}

// Agreed keeps the base URL of the first run that names one, for runs that name
// none. The one that first use made may be replaced.
func (i *importing) Agreed(ctx context.Context) error {
	if i.s.BaseURL == "" {
		return nil
	}
	kept, err := i.Store.Setting(ctx, provision.BaseURLSetting)
	if err != nil || kept != "" && kept != provision.FirstUseBaseURL {
		return err
	}
	return i.Store.SetSetting(ctx, provision.BaseURLSetting, i.s.BaseURL)
}
