package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"muster/cmd/muster/flags"
	"muster/provision"
	"muster/provision/accounts"
	"muster/provision/pick"
)

func (a *app) accountsExportCommand() *cobra.Command {
	var o door
	var out string
	c := &cobra.Command{
		Use:   "export TARGET",
		Short: "Hand out everything that is kept of one person, as JSON",
		Long: `Export writes everything that is kept of one person, table by table: their
account, what they are found by, access they have and had, links (never a
token), mails, what they answered and agreed to, what runs and the audit have of
them; and in which folders reports of runs name them. What other organizations
keep is not theirs to hand out, and left out; of an account that another one
owns that is the account itself.

It is put on record that it was done. It needs the right people:export.`,
		Example: `  muster accounts export ana@example.com -o ana.json
  muster accounts export external:A-7`,
		Args: arguments(1, 1, "who is meant: "+pick.Forms),
		RunE: func(cmd *cobra.Command, args []string) error {
			target, err := pick.ParseTarget(args[0])
			if err != nil {
				return flags.Usage(err.Error(), "name the person like this: "+pick.Forms)
			}
			return a.exportAccount(cmd.Context(), o, target, out)
		},
	}
	o.flags(c.Flags())
	c.Flags().StringVarP(&out, "out", "o", "", "write into this new `file`, for its owner alone")
	return c
}

func (a *app) exportAccount(ctx context.Context, o door, target pick.Target, out string) error {
	s, err := a.openThere(ctx, a.out.View())
	if err != nil {
		return err
	}
	defer s.close()
	terms := o.terms()
	terms.Invite = inviteNobody
	sc, err := s.oversight(ctx, terms, provision.MayExport, "take out what is kept of people")
	if err != nil {
		return err
	}
	if out == "" {
		text, err := copyOf(ctx, s, sc, target)
		if err == nil {
			_, err = a.out.Stdout.Write(text)
		}
		return err
	}
	f, err := flags.CreatePrivate(out)
	if err != nil {
		return err
	}
	text, err := copyOf(ctx, s, sc, target)
	if err == nil {
		_, err = f.Write(text)
	}
	if err != nil {
		return errors.Join(err, f.Drop())
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("writing %s: %w", out, err)
	}
	fmt.Fprintln(a.out.Stdout, out)
	return nil
}

// copyOf is everything about a person, as text.
func copyOf(ctx context.Context, s *session, sc provision.Scope, target pick.Target) ([]byte, error) {
	everything, err := accounts.Export(ctx, s.Engine, sc, target)
	if err != nil {
		return nil, err
	}
	text, err := json.MarshalIndent(everything, "", "  ")
	return append(text, '\n'), err
}
