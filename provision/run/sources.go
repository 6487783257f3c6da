package run

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"muster/provision"
	"muster/provision/change"
)

// Sources are those of an organization whose brands its operator sees, by name.
func Sources(ctx context.Context, e *provision.Engine, a *provision.Authority) ([]provision.Source, error) {
	all, err := e.Store.Sources(ctx, a.Organization.ID)
	seen := a.VisibleBrands()
	return slices.DeleteFunc(all, func(s provision.Source) bool { return !slices.Contains(seen, s.Brand) }), err
}

// SourceNamed is one of them. That there is none of the name is a *ConfigError.
func SourceNamed(ctx context.Context, e *provision.Engine, a *provision.Authority, name string) (provision.Source, error) {
	all, err := Sources(ctx, e, a)
	if err != nil {
		return provision.Source{}, err
	}
	var names []string
	for _, s := range all {
		if s.Name == name {
			return s, nil
		}
		names = append(names, s.Name)
	}
	hint := "muster sync LIST --source " + name + " makes one"
	if len(names) > 0 {
		hint = "there are: " + strings.Join(names, ", ")
	}
	return provision.Source{}, &provision.ConfigError{Msg: fmt.Sprintf("there is no source %q", name), Hint: hint}
}

// ReleaseSource lets a source run again that was held. The audit says who did it.
func ReleaseSource(ctx context.Context, e *provision.Engine, a *provision.Authority, name string) (provision.Source, error) {
	s, err := SourceNamed(ctx, e, a, name)
	if err != nil || !s.Held() {
		return s, err
	}
	by := a.Author("sources release", e.Now())
	detail := map[string]any{"source": s.Name, "run": s.HeldRun}
	entry, err := change.Noted(by, e.NewID(), change.FreeAction, detail)
	if err != nil {
		return s, err
	}
	working, h, err := Keep(ctx, e, provision.Lease{Name: provision.LeaseName(a.Organization.Slug)})
	if err != nil {
		return s, err
	}
	defer Release(ctx, e, h)
	return s, provision.Retry(func() error {
		return h.Fencing(e.Store).InTx(working, func(tx provision.Tx) error {
			now, err := e.Store.Source(working, a.Organization.ID, s.Name)
			if err != nil {
				return err
			}
			now.HeldAt = time.Time{}
			now.HeldRun = ""
			now.HeldWhy = ""
			if err := tx.SaveSource(working, now); err != nil {
				return err
			}
			return tx.Apply(working, entry)
		})
	})
}
