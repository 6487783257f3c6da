package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"muster/cmd/muster/flags"
	"muster/cmd/muster/view"
	"muster/provision"
	"muster/provision/mail"
)

func (a *app) mailBouncesCommand() *cobra.Command {
	var d door
	c := &cobra.Command{
		Use:   "bounces [MAILDIR]",
		Short: "Read the reports of mails that came back",
		Long: `Bounces reads what mail servers report of mails that they could not deliver:
one mail from standard input, as a mail server pipes it, or all new ones of a
Maildir, which are moved to those that were read. Each names the mail by the
address that muster mail send --bounce-domain gave it.

An address that there is not, or that takes no mail from us, gets no further
mail; muster mail status lists its people. Reports that go on trying change
nothing. Reports that are forged, and mails that are none, are passed over.`,
		Example: "  muster mail bounces < report.eml\n  muster mail bounces /var/mail/bounces",
		Args:    arguments(0, 1, ""),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.readBounces(cmd.Context(), args, d)
		},
	}
	d.flags(c.Flags())
	return c
}

func (a *app) readBounces(ctx context.Context, args []string, d door) error {
	if len(args) == 0 && view.IsTerminal(a.stdin) {
		return flags.Usage("no report stands in standard input", "like this: muster mail bounces < report.eml")
	}
	s, ring, err := a.openToMail(ctx, a.out.View())
	if err != nil {
		return err
	}
	defer s.close()
	if _, err := s.authority(ctx, d, "", ""); err != nil {
		return err
	}
	var read view.Bounces
	if len(args) == 0 {
		err = takeBack(ctx, s.Engine, ring, a.stdin, &read)
	} else {
		err = takeBackAll(ctx, s.Engine, ring, args[0], &read)
	}
	a.out.Bounces(read)
	return err
}

// takeBack reads one report, and counts it.
func takeBack(ctx context.Context, e *provision.Engine, tags mail.Tags, r io.Reader, read *view.Bounces) error {
	b, err := mail.TakeBack(ctx, e, tags, r)
	switch {
	case errors.Is(err, mail.ErrNoReport):
		read.Other++
	case errors.Is(err, mail.ErrForged), errors.Is(err, provision.ErrNotFound):
		read.Forged++
	case err != nil:
		return err
	case b.Hard():
		read.Hard++
	case b.Failed:
		read.Failed++
	default:
		read.Delayed++
	}
	return nil
}

// takeBackAll reads the new mails of a Maildir, and moves each to those that were
// read.
func takeBackAll(ctx context.Context, e *provision.Engine, tags mail.Tags, maildir string, read *view.Bounces) error {
	entries, err := os.ReadDir(filepath.Join(maildir, "new"))
	if err != nil {
		return &provision.ConfigError{Msg: fmt.Sprintf("%s is no Maildir: %v", maildir, errors.Unwrap(err)),
			Hint: "name a folder with new and cur in it, or give one mail to standard input"}
	}
	for _, entry := range entries {
		path := filepath.Join(maildir, "new", entry.Name())
		file, err := os.Open(path)
		if err != nil {
			return fmt.Errorf("reading a report: %w", err)
		}
		err = errors.Join(takeBack(ctx, e, tags, file, read), file.Close())
		if err != nil {
			return err
		}
		if err := os.Rename(path, filepath.Join(maildir, "cur", entry.Name()+":2,S")); err != nil {
			return fmt.Errorf("moving a report that was read: %w", err)
		}
	}
	return nil
}
