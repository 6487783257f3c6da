package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"go.yaml.in/yaml/v3"

	"muster/cmd/muster/flags"
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
	c.AddCommand(a.orgApplyCommand(), a.orgShowCommand())
	return c
}

// orgApplyOptions are the flags of org apply.
type orgApplyOptions struct {
	As    string
	Yes   bool
	Prune bool
}

func (a *app) orgApplyCommand() *cobra.Command {
	var o orgApplyOptions
	c := &cobra.Command{
		Use:   "apply FILE",
		Short: "Make the organization that a file describes, or bring it up to date",
		Long: `Apply reads an organization file (YAML, "-" is standard input), shows what it
would change, asks, and does that. What the file leaves out stays as it is; a
list, plan or tree that it gives takes the place of the one before, and an empty
one ends it. Brands, campaigns, products and roles are only ever added, unless
--prune puts away what the file lacks of them: it is refused while somebody uses
it, and comes back when a file names it again. A list that the file has not got
at all says nothing. People are never pruned. fixtures/organization.yaml shows
all that a file may hold. A new organization is made without asking.

It takes somebody who may edit the organization (organization:edit), and nobody
gets by a file what they have not: no role above their own, no capability that
they lack. An organization that goes over to single sign-on loses its live
invite links: nobody sets a password there any more.`,
		Example: "  muster org apply organization.yaml\n  muster org show | muster org apply --yes -",
		Args:    arguments(1, 1, "an organization file"),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.applyOrganization(cmd.Context(), args[0], o) },
	}
	o.flags(c.Flags())
	return c
}

func (o *orgApplyOptions) flags(f *pflag.FlagSet) {
	f.StringVar(&o.As, "as", "", "`email` of the operator on whose authority this is done (default the only administrator)")
	f.BoolVar(&o.Prune, "prune", false, "put away the brands, campaigns, products and roles that the file lacks")
	f.BoolVarP(&o.Yes, "yes", "y", false, "do not ask; needed where nobody can be asked")
}

// orgShowOptions are the flags of org show.
type orgShowOptions struct{ Org, As string }

func (o *orgShowOptions) flags(f *pflag.FlagSet) {
	f.StringVar(&o.Org, "org", "", "organization (default the only one)")
	f.StringVar(&o.As, "as", "", "`email` of the operator who looks (default the only administrator)")
}

func (a *app) orgShowCommand() *cobra.Command {
	var o orgShowOptions
	c := &cobra.Command{
		Use:   "show",
		Short: "Show an organization as such a file",
		Long: `Show prints an organization as a file that "muster org apply" reads: applied
again it changes nothing. Whoever may not edit the organization sees the brands
that they manage, and neither administrators nor logins of the database.`,
		Example: "  muster org show\n  muster org show --org northwind-social",
		Args:    arguments(0, 0, ""),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.showOrganization(cmd.Context(), o) },
	}
	o.flags(c.Flags())
	return c
}

func (a *app) applyOrganization(ctx context.Context, path string, o orgApplyOptions) error {
	file, err := a.readOrganization(path)
	if err != nil {
		return err
	}
	s, err := a.openToWrite(ctx, a.out.View(), nil, false)
	if err != nil {
		return err
	}
	defer s.close()
	if err := a.signIfAny(ctx, s); err != nil {
		return err
	}
	settings := directory.ApplySettings{
		Operator: o.As,
		Prune:    o.Prune,
		Confirm:  func(wanted directory.OrganizationChanges) (bool, error) { return a.agreeToApply(ctx, wanted, o) },
	}
	done, err := directory.ApplyOrganization(ctx, s.Engine, file, settings)
	if err == nil {
		a.appliedOrganization(file.Slug, done)
	}
	return err
}

// agreeToApply says what a file would change, and asks. Nobody has to agree to
// an organization that was not there.
func (a *app) agreeToApply(ctx context.Context, wanted directory.OrganizationChanges, o orgApplyOptions) (bool, error) {
	if o.Yes || wanted.New {
		return true, nil
	}
	if !a.asks {
		for _, change := range wanted.Changes {
			a.out.Say("%s", change)
		}
		return false, flags.Usage("nobody can be asked whether to apply this: this is no terminal", "say --yes")
	}
	return a.ask(ctx, fmt.Sprintf("%s\nApply this? Type yes to go on: ", strings.Join(wanted.Changes, "\n")))
}

// appliedOrganization says what a file has changed.
func (a *app) appliedOrganization(slug string, done directory.OrganizationChanges) {
	if a.common.JSON {
		for _, change := range done.Changes {
			a.out.Emit("change", map[string]string{"text": change})
		}
		a.out.Emit("summary", map[string]any{"organization": slug, "changes": len(done.Changes)})
		return
	}
	for _, change := range done.Changes {
		fmt.Fprintln(a.out.Stdout, change)
	}
	if len(done.Changes) == 0 {
		fmt.Fprintf(a.out.Stdout, "organization %q is up to date\n", slug)
	}
}

func (a *app) readOrganization(path string) (provision.Organization, error) {
	in := a.stdin
	if path == "-" {
		path = "standard input"
	} else {
		f, err := os.Open(path)
		if err != nil {
			return provision.Organization{}, &provision.ConfigError{
				Msg:  fmt.Sprintf("%s: cannot be read: %v", path, errors.Unwrap(err)),
				Hint: "name an organization file, like fixtures/organization.yaml",
			}
		}
		defer f.Close()
		in = f
	}
	o, err := directory.ReadOrganization(in)
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
	org, err := directory.ShowOrganization(ctx, s.Engine, o.Org, o.As)
	if err != nil {
		return err
	}
	if a.common.JSON {
		a.out.Emit("organization", listsAsLists(org))
		a.out.Emit("summary", map[string]int{"organizations": 1})
		return nil
	}
	text, err := yaml.Marshal(org)
	if err == nil {
		fmt.Fprint(a.out.Stdout, string(text))
	}
	return err
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
