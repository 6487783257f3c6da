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

// Sources are those of an organization whose brands its operator sees, by name, as they
// are called now.
func Sources(ctx context.Context, e *provision.Engine, a *provision.Authority) ([]provision.Source, error) {
	all, err := e.Store.Sources(ctx, a.Organization.ID)
	seen := a.VisibleBrands()
	return slices.DeleteFunc(all, func(s provision.Source) bool { return s.RenamedTo != "" || !slices.Contains(seen, s.Brand) }), err
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
	if was, err := e.Store.Source(ctx, a.Organization.ID, name); err == nil && was.RenamedTo != "" && slices.Contains(a.VisibleBrands(), was.Brand) {
		return provision.Source{}, &provision.EndedError{Source: was}
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
	if err == nil && s.Ended() {
		err = &provision.EndedError{Source: s}
	}
	if err != nil || !s.Held() {
		return s, err
	}
	detail := map[string]any{"source": s.Name, "run": s.HeldRun}
	return s, ChangeSource(ctx, e, a, s.Name, "sources release", detail, func(ctx context.Context, tx provision.Tx, now provision.Source) error {
		now.HeldAt = time.Time{}
		now.HeldRun = ""
		now.HeldWhy = ""
		return tx.SaveSource(ctx, now)
	})
}

// ChangeSource changes what is known of a source, while no run is at work. The audit
// says by which command, and who gave it.
func ChangeSource(
	ctx context.Context, e *provision.Engine, a *provision.Authority, name, command string, detail map[string]any,
	change func(context.Context, provision.Tx, provision.Source) error,
) error {
	entry, err := noted(a.Author(command, e.Now()), e.NewID(), detail)
	if err != nil {
		return err
	}
	working, h, err := Keep(ctx, e, provision.Lease{Name: provision.LeaseName(a.Organization.Slug)})
	if err != nil {
		return err
	}
	defer Release(ctx, e, h)
	return provision.Retry(func() error {
		return h.Fencing(e.Store).InTx(working, func(tx provision.Tx) error {
			now, err := e.Store.Source(working, a.Organization.ID, name)
			if err == nil {
				err = change(working, tx, now)
			}
			if err != nil {
				return err
			}
			return tx.Apply(working, entry)
		})
	})
}

func noted(by provision.Author, id string, detail map[string]any) (provision.Batch, error) {
	return change.Noted(by, id, change.FreeAction, detail)
}
