package provision

import (
	"context"
	"errors"

	"muster/importer/file"
)

// Import plans lists, applies the plan, and reports. An import that was killed
// goes on when it is asked for again.
func Import(ctx context.Context, e *Engine, s Settings, end Ending) (Summary, error) {
	src, err := openLists(s)
	if err != nil {
		return Summary{}, err
	}
	defer src.close()
	sc, err := e.Scope(ctx, s.Terms)
	if err != nil {
		return Summary{}, err
	}
	fingerprint, err := src.fingerprint(sc, s)
	if err != nil {
		return Summary{}, err
	}
	job := &importing{Engine: e, s: s, sc: sc, src: src, fingerprint: fingerprint}
	return Do(ctx, e, sc, job, s.Reading, end)
}

// importing is the job of an import.
type importing struct {
	*Engine
	s           Settings
	sc          Scope
	src         *sources
	fingerprint string
}

func (i *importing) Kind() string        { return "import" }
func (i *importing) Fingerprint() string { return i.fingerprint }
func (i *importing) Lists() []ListInfo   { return i.src.infos }
func (i *importing) Replans() bool       { return true }

// Plan reads the lists, and decides about everybody on them.
func (i *importing) Plan(ctx context.Context, path string) (*Plan, error) {
	return i.Engine.plan(ctx, i.s, i.sc, i.src, path)
}

// Closes ends a run whose lists cannot be read: there is nothing to go on with.
func (i *importing) Closes(err error) (int, bool) {
	var unread *file.Error
	return ExitInput, errors.As(err, &unread)
}

// Agreed keeps the base URL of the first run that names one, for runs that name
// none. The one that first use made may be replaced.
func (i *importing) Agreed(ctx context.Context) error {
	if i.s.BaseURL == "" {
		return nil
	}
	kept, err := i.Store.Setting(ctx, BaseURLSetting)
	if err != nil || kept != "" && kept != FirstUseBaseURL {
		return err
	}
	return i.Store.SetSetting(ctx, BaseURLSetting, i.s.BaseURL)
}
