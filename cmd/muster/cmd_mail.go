package main

import (
	"context"

	"github.com/spf13/cobra"

	"muster/cmd/muster/view"
	"muster/provision"
	"muster/provision/link"
)

func (a *app) mailCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "mail",
		Short: "Send the mails that wait, and read those that come back",
		Example: "  muster mail status\n  muster mail preview invite\n" +
			"  muster mail send --smtp smtps://ada@mail.example.com --from ada@example.com\n" +
			"  muster mail bounces < report.eml",
	}
	group(c, "muster")
	c.AddCommand(a.mailSendCommand(), a.mailStatusCommand(), a.mailPreviewCommand(), a.mailBouncesCommand())
	return c
}

// openToMail opens the database with the keys of its links: those that it knows.
func (a *app) openToMail(ctx context.Context, v view.View) (*session, *link.Keyring, error) {
	s, err := a.openToRead(ctx, v)
	if err != nil {
		return nil, nil, err
	}
	ring, err := a.keyring(s.db)
	if err == nil {
		s.Links = link.Maker(ring)
		_, err = provision.FitKeys(ctx, s.Store, s.Links.Checks())
	}
	if err != nil {
		s.close()
		return nil, nil, err
	}
	return s, ring, nil
}
