package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"go.yaml.in/yaml/v3"

	"muster/provision"
	"muster/provision/directory"
)

func (a *app) orgCommand() *cobra.Command {
	c := &cobra.Command{
		Use:     "org",
		Short:   "Organizations: brands, campaigns, products, roles",
		Example: "  muster org apply organization.yaml\n  muster org show",
	}
	group(c, "muster")
	c.AddCommand(&cobra.Command{
		Use:   "apply FILE",
		Short: "Make the organization that a file describes, or bring it up to date",
		Long: `Apply reads an organization file (YAML) and adds and renames what differs from
the database. What the file leaves out stays as it is; nothing is ever removed,
but for sign-up fields that a list no longer names, and terms that are empty.
fixtures/organization.yaml shows all that a file may hold. An organization that
goes over to single sign-on loses its live invite links: nobody sets a password
there any more.`,
		Example: "  muster org apply organization.yaml",
		Args:    arguments(1, 1, "an organization file"),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.applyOrganization(cmd.Context(), args[0]) },
	})
	c.AddCommand(a.orgShowCommand())
	return c
}

// orgShowOptions are the flags of org show.
type orgShowOptions struct{ Org string }

func (o *orgShowOptions) flags(f *pflag.FlagSet) {
	f.StringVar(&o.Org, "org", "", "organization (default all)")
}

func (a *app) orgShowCommand() *cobra.Command {
	var o orgShowOptions
	c := &cobra.Command{
		Use:     "show",
		Short:   "Show an organization as such a file",
		Example: "  muster org show\n  muster org show --org northwind-social",
		Args:    arguments(0, 0, ""),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.showOrganization(cmd.Context(), o) },
	}
	o.flags(c.Flags())
	return c
}

func (a *app) applyOrganization(ctx context.Context, path string) error {
	o, err := readOrganization(path)
	if err != nil {
		return err
	}
	s, err := a.openToWrite(ctx, a.out.View(), nil, false)
	if err != nil {
		return err
	}
	defer s.close()
	done, err := directory.ApplyOrganization(ctx, s.Engine, o)
	if err != nil {
		return err
	}
	if a.common.JSON {
		for _, change := range done.Changes {
			a.out.Emit("change", map[string]string{"text": change})
		}
		a.out.Emit("summary", map[string]any{"organization": o.Slug, "changes": len(done.Changes)})
		return nil
	}
	for _, change := range done.Changes {
		fmt.Fprintln(a.out.Stdout, change)
	}
	if len(done.Changes) == 0 {
		fmt.Fprintf(a.out.Stdout, "organization %q is up to date\n", o.Slug)
	}
	return nil
}

func readOrganization(path string) (provision.Organization, error) {
	f, err := os.Open(path)
	if err != nil {
		return provision.Organization{}, &provision.ConfigError{
			Msg:  fmt.Sprintf("%s: cannot be read: %v", path, errors.Unwrap(err)),
			Hint: "name an organization file, like fixtures/organization.yaml",
		}
	}
	defer f.Close()
	o, err := directory.ReadOrganization(f)
	var wrong *provision.ConfigError
	if errors.As(err, &wrong) {
		err = &provision.ConfigError{Msg: path + ": " + wrong.Msg, Hint: wrong.Hint}
	}
	return o, err
}

func (a *app) showOrganization(ctx context.Context, o orgShowOptions) error {
	s, err := a.openToRead(ctx, a.out.View())
	if err != nil {
		return err
	}
	defer s.close()
	all, err := provision.Organizations(ctx, s.Engine, o.Org)
	if err != nil {
		return err
	}
	if a.common.JSON {
		for _, org := range all {
			a.out.Emit("organization", listsAsLists(org))
		}
		a.out.Emit("summary", map[string]int{"organizations": len(all)})
		return nil
	}
	return a.printOrganizations(all)
}

// listsAsLists makes what an organization has none of an empty list in JSON.
func listsAsLists(o provision.Organization) provision.Organization {
	if o.Brands == nil {
		o.Brands = []provision.Brand{}
	}
	if o.Products == nil {
		o.Products = []string{}
	}
	return o
}

func (a *app) printOrganizations(all []provision.Organization) error {
	for i, o := range all {
		if i > 0 {
			fmt.Fprintln(a.out.Stdout, "---")
		}
		text, err := yaml.Marshal(o)
		if err != nil {
			return err
		}
		fmt.Fprint(a.out.Stdout, string(text))
	}
	return nil
}
