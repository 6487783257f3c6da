package provision

import "context"

// What commands look up beside a run: organizations, who may act for them,
// past runs. Nothing is written.

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

// RunCalled returns the run of a name: its id, the beginning or the end of it,
// or LastRun. It is ErrNotFound or ErrSeveral where that is not one run.
func RunCalled(ctx context.Context, e *Engine, name string) (Run, error) {
	return e.Store.Run(ctx, name)
}

// LeaseName names the lease of an organization's runs, by its slug.
func LeaseName(organization string) string { return "organization:" + organization }
