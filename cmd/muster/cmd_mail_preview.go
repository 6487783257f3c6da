package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"muster/cmd/muster/flags"
	"muster/importer/identity"
	"muster/provision"
	"muster/provision/mail"
	"muster/provision/mail/letter"
)

// mailPreviewOptions are the flags of mail preview.
type mailPreviewOptions struct {
	door
	For       string
	Language  string
	Output    string
	Templates string

	template string // the argument
}

func (a *app) mailPreviewCommand() *cobra.Command {
	var o mailPreviewOptions
	c := &cobra.Command{
		Use:   "preview [TEMPLATE]",
		Short: "Show how a mail looks",
		Long: `Preview prints a mail as text, and writes its HTML with -o. TEMPLATE is one of
` + strings.Join(provision.MailTemplates(), ", ") + `.
The link in it opens nothing. Nothing is sent.`,
		Example: `  muster mail preview
  muster mail preview dashboard --language de
  muster mail preview invite --for ann@example.com -o invite.html
  muster mail preview invite --templates our-templates`,
		Args: arguments(0, 1, ""),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.template = provision.InviteMail
			if len(args) > 0 {
				o.template = args[0]
			}
			return a.previewMail(cmd.Context(), o)
		},
	}
	o.flags(c.Flags())
	return c
}

func (o *mailPreviewOptions) flags(f *pflag.FlagSet) {
	f.StringVar(&o.For, "for", "", "`email` of somebody for whom it is written (default nobody there is)")
	f.StringVar(&o.Language, "language", "", "language, like de (default that of the person)")
	f.StringVarP(&o.Output, "output", "o", "", "HTML `file` to write")
	f.StringVar(&o.Templates, "templates", "", "`folder` of templates that go before those of muster")
	o.reading(f)
}

func (a *app) previewMail(ctx context.Context, o mailPreviewOptions) error {
	templates, err := letter.Load(o.Templates)
	if err != nil {
		return err
	}
	s, err := a.openToRead(ctx, a.out.View())
	if err != nil {
		return err
	}
	defer s.close()
	authority, err := s.authority(ctx, o.door, "", "")
	if err != nil {
		return err
	}
	org := authority.Organization
	m, err := somebody(ctx, s.Engine, authority, o)
	if err != nil {
		return err
	}
	base, err := s.Store.Setting(ctx, provision.BaseURLSetting)
	if err != nil {
		return err
	}
	written, err := mail.Preview(templates, org, m, base, time.Now())
	if err != nil {
		return flags.Usage(err.Error(), "the templates are "+strings.Join(provision.MailTemplates(), ", "))
	}
	if o.Output != "" {
		if err := os.WriteFile(o.Output, []byte(written.HTML), 0o600); err != nil {
			return fmt.Errorf("writing the mail: %w", err)
		}
	}
	a.out.Letter(written, o.Output)
	return nil
}

// somebody is whom a mail is previewed for: an account that the operator sees, or
// nobody there is.
func somebody(
	ctx context.Context, e *provision.Engine, a *provision.Authority, o mailPreviewOptions,
) (provision.Mail, error) {
	org := a.Organization
	m := provision.Mail{Template: o.template, Name: "Ann Example", Other: "Ben Example", Language: o.Language}
	if len(org.Brands) > 0 {
		m.Brand = org.Brands[0].ID
	}
	if o.For == "" {
		return m, nil
	}
	email, _, err := identity.ParseEmail(o.For)
	if err != nil {
		return m, flags.Usage(fmt.Sprintf("--for %q is no address", o.For), "give it like ann@example.com")
	}
	err = e.Store.Snapshot(ctx, func(d provision.Directory) error {
		found, err := d.Resolve(ctx, []identity.Key{email.Key()}, nil)
		if err != nil || len(found) == 0 {
			return err
		}
		accounts, err := d.Accounts(ctx, org.ID, []string{found[0].Account}, e.Now())
		if err != nil || len(accounts) == 0 || !accounts[0].Visible(a.VisibleBrands()) {
			return err
		}
		account := accounts[0]
		m.Name, m.TimeZone, m.Status, m.Email = account.Name, account.TimeZone, account.Status, account.Email
		if m.Language == "" {
			m.Language = account.Language
		}
		return nil
	})
	if err == nil && m.Email.IsZero() {
		err = &provision.ConfigError{Msg: email.Address + " is nobody in organization " + org.Slug, Hint: "leave out --for"}
	}
	return m, err
}
