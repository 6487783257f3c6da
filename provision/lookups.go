package provision

import (
	"context"
	"fmt"

	"muster/importer/failure"
)

// What commands look up beside a run: organizations, who may act for them,
// past runs and the locks. Nothing is written but by ReleaseLock.

// Organizations returns the organization of a slug, or all of them where the
// slug is "", each with its administrators. That there is none is an error.
func Organizations(ctx context.Context, e *Engine, slug string) ([]Organization, error) {
	all, err := e.Store.Organizations(ctx)
	if err != nil {
		return nil, err
	}
	if slug != "" || len(all) == 0 {
		one, err := e.Organization(ctx, slug)
		if err != nil {
			return nil, err
		}
		all = []Organization{one}
	}
	for i := range all {
		operators, err := e.Store.Operators(ctx, all[i].ID)
		if err != nil {
			return nil, err
		}
		all[i].Administrators = nil
		for _, o := range operators {
			if o.Role.Name == AdministratorRole {
				all[i].Administrators = append(all[i].Administrators, o.Email)
			}
		}
	}
	return all, nil
}

// Operators returns who may act for an organization.
func Operators(ctx context.Context, e *Engine, org Organization) ([]Operator, error) {
	return e.Store.Operators(ctx, org.ID)
}

// Runs returns the newest runs of an organization by slug, of all of them
// where the slug is "".
func Runs(ctx context.Context, e *Engine, organization string, limit int) ([]Run, error) {
	id := ""
	if organization != "" {
		org, err := e.Organization(ctx, organization)
		if err != nil {
			return nil, err
		}
		id = org.ID
	}
	return e.Store.Runs(ctx, id, limit)
}

// RunCalled returns the run of a name: its id, the beginning or the end of it,
// or LastRun. It is ErrNotFound or ErrSeveral where that is not one run.
func RunCalled(ctx context.Context, e *Engine, name string) (Run, error) {
	return e.Store.Run(ctx, name)
}

// LeaseName names the lease of an organization's runs, by its slug.
func LeaseName(organization string) string { return "organization:" + organization }

// Locks returns the leases of runs: those that are held, and those that lapsed
// and that nobody has taken over.
func Locks(ctx context.Context, e *Engine) ([]Lease, error) { return e.Store.Leases(ctx) }

// ReleaseLock takes the lease with a token away from its holder, and returns
// it. The organization, a slug, tells apart leases with the same token; it may
// be "" where there is one alone.
func ReleaseLock(ctx context.Context, e *Engine, token int64, organization string) (Lease, error) {
	leases, err := e.Store.Leases(ctx)
	if err != nil {
		return Lease{}, err
	}
	var found []Lease
	for _, l := range leases {
		if l.Token == token && (organization == "" || l.Name == LeaseName(organization)) {
			found = append(found, l)
		}
	}
	switch len(found) {
	case 0:
		return Lease{}, &ConfigError{Msg: fmt.Sprintf("no lock has token %d", token), Class: failure.NoLock}
	case 1:
		return found[0], e.Store.Release(ctx, found[0].Name, token)
	}
	return Lease{}, &ConfigError{Msg: fmt.Sprintf("several locks have token %d", token), Class: failure.SeveralLocks}
}
