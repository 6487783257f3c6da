package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"muster/cmd/muster/exit"
	"muster/cmd/muster/flags"
	"muster/importer/identity"
	"muster/provision"
	"muster/provision/mail"
)

// mailSendOptions are the flags of mail send.
type mailSendOptions struct {
	flags.Mail
	door
	Limit      int
	Only       string
	RedirectTo string
	Watch      bool
	Hold       bool
	BaseURL    string
	Accepted   []string
}

// watchPause is how often the outbox is looked at by mail send --watch.
const watchPause = 5 * time.Second

func (a *app) mailSendCommand() *cobra.Command {
	var o mailSendOptions
	c := &cobra.Command{
		Use:   "send",
		Short: "Send the mails that wait",
		Long: `Send hands the mails that wait to the mail server, each written at that moment:
a link lives from then on. A mail whose link was used, replaced or withdrawn is
not sent, nor is one whose link does not lead to the claim page: --base-url and
--accept-base-url say where that is. What the server does not take now is tried
again later, by the next muster mail send or by one with --watch; nobody is sent
more than one mail in ten minutes and three a day. Two muster mail send at once
send no mail twice, but each at its own --rate and --domain-rate.

The server reads every link, so whoever sends needs the rights brands:all and
links:reveal, and a role that none ranks above.

Where the answer of the server is lost, it may have the mail: it is sent once
more, the same mail with the same link. Try it out first: --redirect-to sends
the mails to you, with links that open nothing, and leaves them waiting.`,
		Example: `  muster mail send --smtp smtps://ada@mail.example.com \
      --smtp-password-file smtp.txt --from 'Ada Example <ada@example.com>'
  muster mail send --redirect-to ada@example.com --limit 5
  muster mail send --only-domain example.com
  muster mail send --watch                         go on until stopped`,
		Args: arguments(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.validate(); err != nil {
				return err
			}
			return a.sendMail(cmd.Context(), o)
		},
	}
	o.flags(c.Flags())
	return c
}

func (o *mailSendOptions) flags(f *pflag.FlagSet) {
	f.IntVar(&o.Limit, "limit", 0, "how many mails at most (default all)")
	f.StringVar(&o.Only, "only-domain", "", "mail only people whose address is in this `domain`")
	f.StringVar(&o.RedirectTo, "redirect-to", "",
		"rehearse: send the mails to this `email` instead, with links that open nothing")
	f.BoolVar(&o.Watch, "watch", false, "go on sending what comes, until stopped")
	f.BoolVar(&o.Hold, "hold-unknown", false, "do not send a mail again that the server may have")
	f.StringVar(&o.BaseURL, "base-url", "", "where the claim page is found (default what links were made with)")
	f.StringArrayVar(&o.Accepted, "accept-base-url", nil,
		"another base `URL` that links may lead to; may be given again")
	o.door.flags(f)
	o.Mail.Flags(f)
}

func (o *mailSendOptions) validate() error {
	switch {
	case o.Limit < 0:
		return flags.Usage(fmt.Sprintf("--limit %d is not possible", o.Limit), "give a number from 1")
	case o.Watch && o.Limit > 0, o.Watch && o.RedirectTo != "":
		return flags.Usage("--watch goes on: it cannot be meant with --limit or --redirect-to", "leave one of them out")
	}
	if o.Only != "" {
		e, _, err := identity.ParseEmail("somebody@" + o.Only)
		if err != nil {
			return flags.Usage(fmt.Sprintf("--only-domain %q is no domain", o.Only), "give it like example.com")
		}
		o.Only = e.Domain()
	}
	if err := checkBases(append(o.Accepted, o.BaseURL)); err != nil {
		return err
	}
	return o.Mail.Validate()
}

func (a *app) sendMail(ctx context.Context, o mailSendOptions) error {
	settings, err := o.Settings()
	if err != nil {
		return err
	}
	v := a.out.View()
	s, ring, err := a.openToMail(ctx, v)
	if err != nil {
		return err
	}
	defer s.close()
	authority, err := s.authority(ctx, o.door, "", "")
	if err != nil {
		return err
	}
	if err := authority.MaySendMail(); err != nil {
		return err
	}
	org := authority.Organization
	kept, err := s.Store.Setting(ctx, provision.BaseURLSetting)
	if err != nil {
		return err
	}
	settings.BaseURLs = eitherSlash(append(o.Accepted, o.BaseURL, kept))
	settings.Sender = authority.Operator.Account
	settings.Tags = ring
	settings.Limit = o.Limit
	settings.Only = o.Only
	settings.HoldDoubtful = o.Hold
	if o.Watch {
		settings.Watch = watchPause
	}
	if o.RedirectTo != "" {
		to, err := flags.NamedAddress("--redirect-to", o.RedirectTo, "give it like ada@example.com")
		if err != nil {
			return err
		}
		taken, err := mail.Rehearse(ctx, s.Engine, org, settings, to)
		v.Close()
		a.out.Rehearsed(taken, to.Address)
		return err
	}
	sent, err := mail.Send(ctx, s.Engine, org, settings)
	v.Close()
	a.mailsLeft(ctx, s, org.ID)
	if err == nil || sent != (mail.Sent{}) {
		waiting, _ := s.Store.MailDomains(context.WithoutCancel(ctx), provision.MailSelection{Organization: org.ID}, time.Now())
		a.out.Sent(sent, waiting)
	}
	if sent.Refused+sent.Unknown > 0 {
		a.code = exit.Partial
	}
	return err
}
