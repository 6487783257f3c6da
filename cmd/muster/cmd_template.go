package main

import (
	"bytes"
	"context"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"muster/cmd/muster/flags"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/template"
)

// templateOptions are the flags of template.
type templateOptions struct {
	door
	File    string
	OrgFile string
}

// templateKinds are the lists there are templates for.
var templateKinds = map[string]record.Kind{"creators": record.Creator, "staff": record.Staff, "clients": record.Client}

func (a *app) templateCommand() *cobra.Command {
	var o templateOptions
	c := &cobra.Command{
		Use:   "template creators|staff|clients -o FILE.xlsx",
		Short: "Make a workbook to hand out, to be filled in and imported",
		Long: `Template makes a workbook with one column for each thing to know about a
person, help at every column, and drop-downs of the organization's brands,
campaigns, products and roles. Whoever fills it in needs nothing else, and
importing it needs no flags: its title says what the people are, and the two
example rows are left out.`,
		Example: `  muster template creators -o creators.xlsx
  muster template staff -o staff.xlsx --org northwind-social
  muster template clients -o clients.xlsx --org-file organization.yaml`,
		Args: arguments(1, 1, "what the list will hold: creators, staff or clients"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.validate(args[0]); err != nil {
				return err
			}
			return a.template(cmd.Context(), templateKinds[args[0]], o)
		},
	}
	o.flags(c.Flags())
	return c
}

func (o *templateOptions) flags(f *pflag.FlagSet) {
	f.StringVarP(&o.File, "output", "o", "", "the workbook to make, a `file`")
	o.reading(f)
	f.StringVar(&o.OrgFile, "org-file", "", "take brands and the like from this organization `file` instead")
}

func (o *templateOptions) validate(what string) error {
	if templateKinds[what] == "" {
		return flags.Usage(fmt.Sprintf("there is no template %q", what), "make one for creators, staff or clients")
	}
	if o.File == "" {
		return flags.Usage("template needs the name of the workbook to make", "say it like -o "+what+".xlsx")
	}
	if o.Org != "" && o.OrgFile != "" {
		return flags.Usage("--org and --org-file both name an organization", "leave one of them out")
	}
	return nil
}

func (a *app) template(ctx context.Context, kind record.Kind, o templateOptions) error {
	org, err := a.templateOrganization(ctx, o)
	if err != nil {
		return err
	}
	var book bytes.Buffer
	if err := template.Write(&book, kind, org); err != nil {
		return err
	}
	if err := flags.WriteNew(o.File, o.File, book.Bytes()); err != nil {
		return err
	}
	if a.common.JSON {
		a.out.Emit("summary", map[string]string{"template": o.File, "kind": string(kind), "organization": org.Slug})
		return nil
	}
	fmt.Fprintf(a.out.Stdout, "made %s; once it is filled in: muster import %s\n", o.File, o.File)
	return nil
}

// templateOrganization is the organization whose brands and the like are
// offered. Without a database there is none, and none is made.
func (a *app) templateOrganization(ctx context.Context, o templateOptions) (provision.Organization, error) {
	if o.OrgFile != "" {
		return a.readOrganization(o.OrgFile)
	}
	d, err := a.database()
	if err != nil {
		return provision.Organization{}, err
	}
	if d.Absent() && o.Org == "" {
		a.out.Say("there is no database, so brands, campaigns, products and roles cannot be offered; --org-file takes " +
			"them from a file")
		return provision.Organization{}, nil
	}
	s, err := a.openToRead(ctx, a.out.View())
	if err != nil {
		return provision.Organization{}, err
	}
	defer s.close()
	authority, err := s.FirstAuthority(ctx, o.terms())
	if err != nil {
		return provision.Organization{}, err
	}
	return authority.Only(), nil
}
