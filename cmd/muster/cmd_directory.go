package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
)

func (a *app) directoryCommand() *cobra.Command {
	c := &cobra.Command{
		Use:     "directory",
		Short:   "Accounts that the platform has already",
		Example: "  muster directory load accounts.csv",
	}
	group(c, "muster")
	var org string
	load := &cobra.Command{
		Use:   "load FILE",
		Short: "Load an export of the platform's accounts",
		Long: `Load takes in an export of the platform's accounts (CSV or XLSX), so that an
import knows everybody who is there. Its columns are email, name, status,
external_id, connected_profiles, declared_profiles, organization, brand, kind
and role; only the email column has to be there. The file is read whole before
anything is written; loading it again changes nothing.`,
		Example: "  muster directory load accounts.csv\n  muster directory load accounts.csv --org northwind-social",
		Args:    arguments(1, 1, "an export of accounts"),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.loadDirectory(cmd.Context(), args[0], org) },
	}
	load.Flags().StringVar(&org, "org", "", "organization of accounts that name none (default the only one)")
	c.AddCommand(load)
	return c
}

func (a *app) loadDirectory(ctx context.Context, path, org string) error {
	s, err := a.openToWrite(ctx, a.view(), &firstUse{lists: []string{path}}, false)
	if err != nil {
		return err
	}
	defer s.close()
	counts, err := s.LoadDirectory(ctx, path, org)
	if err != nil {
		return err
	}
	if a.common.JSON {
		a.emit("summary", struct {
			Added     int `json:"added"`
			Updated   int `json:"updated"`
			Unchanged int `json:"unchanged"`
		}{counts.Added, counts.Updated, counts.Unchanged})
		return nil
	}
	fmt.Fprintln(a.stdout, loadedWords(path, counts))
	return nil
}
