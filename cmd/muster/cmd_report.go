package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"
)

func (a *app) reportCommand() *cobra.Command {
	var out string
	c := &cobra.Command{
		Use:   "report RUN [LIST…]",
		Short: "Write the report of a run again",
		Long: `Report writes the report of a run again, from what the database recorded. The
rows themselves are not kept in the database: muster reads them from the lists
again, from where they stood or from those named here. They have to be the same
to the byte. Links that are still live are the same as before.`,
		Example: `  muster report last
  muster report 5f0b2c4e -o reports/again`,
		Args: arguments(1, -1, aRun),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.report(cmd.Context(), args[0], args[1:], out)
		},
	}
	c.Flags().StringVarP(&out, "out", "o", "", "`folder` of the report (default that of the run)")
	return c
}

func (a *app) report(ctx context.Context, run string, lists []string, out string) error {
	v := a.view()
	s, err := a.openToRead(ctx, v)
	if err != nil {
		return errors.Join(err, closed(v))
	}
	defer s.close()
	ring, err := a.keyring(s.db)
	if err != nil {
		return err
	}
	s.Links = maker(ring)
	r, err := s.run(ctx, run)
	if err != nil {
		return err
	}
	summary, err := s.Rerender(ctx, r.ID, lists, out)
	if err != nil {
		return err
	}
	v.close()
	a.finish(summary) // the report is written: 0, however the run went
	return nil
}
