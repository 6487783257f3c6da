package main

import (
	"context"
	"errors"

	"github.com/spf13/pflag"

	"muster/importer/failure"
	"muster/provision"
)

// door are the flags that say on whose authority a command acts, and in which
// organization: of every command that reads or writes people.
type door struct{ Org, As string }

// flags defines them for a command that does something.
func (d *door) flags(f *pflag.FlagSet) {
	d.define(f, "on whose authority this is done")
}

// reading defines them for a command that shows something.
func (d *door) reading(f *pflag.FlagSet) { d.define(f, "who will see it") }

func (d *door) define(f *pflag.FlagSet, which string) {
	f.StringVar(&d.Org, "org", "", "organization (default the only one)")
	f.StringVar(&d.As, "as", "", "`email` of the operator "+which+" (default the only administrator)")
}

// terms are on whose authority the command acts.
func (d door) terms() provision.Terms { return provision.Terms{Organization: d.Org, Operator: d.As} }

// authority is that of a command that needs a capability ("" for none).
func (s *session) authority(ctx context.Context, d door, capability, to string) (*provision.Authority, error) {
	a, err := s.Authority(ctx, d.terms())
	if err == nil && capability != "" {
		err = a.Operator.Needs(capability, to)
	}
	return a, err
}

// isNoOrganization reports whether there is nobody yet on whose authority
// anything could be done, and so nothing that they could see.
func isNoOrganization(err error) bool {
	found := failure.Find(err)
	if found == nil {
		return false
	}
	class, _ := found.Failure()
	return class == failure.NoOrganization
}

// runOf finds the run of a name, and on whose authority it is looked at. Where
// no organization is named it is that of the run.
func (s *session) runOf(ctx context.Context, d door, name string) (provision.Run, *provision.Authority, error) {
	if d.Org == "" {
		org, err := s.organizationOf(ctx, name)
		if err != nil {
			return provision.Run{}, nil, err
		}
		d.Org = org
	}
	a, err := s.authority(ctx, d, "", "")
	if isNoOrganization(err) {
		return provision.Run{}, nil, noRuns(name)
	}
	if err != nil {
		return provision.Run{}, nil, err
	}
	r, err := s.run(ctx, a, name)
	return r, a, err
}

// organizationOf is the slug of the organization that a run is of, "" where no
// one run has the name.
func (s *session) organizationOf(ctx context.Context, name string) (string, error) {
	r, err := provision.RunCalled(ctx, s.Engine, name)
	if errors.Is(err, provision.ErrNotFound) || errors.Is(err, provision.ErrSeveral) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	all, err := s.Store.Organizations(ctx)
	for _, o := range all {
		if o.ID == r.Organization {
			return o.Slug, err
		}
	}
	return "", err
}
