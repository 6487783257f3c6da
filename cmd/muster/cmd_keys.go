package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"muster/provision/link"
)

func (a *app) keysCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "keys",
		Short: "The keys that links are signed with",
		Example: `  muster keys init
  muster keys check             does the file belong to the database?
  muster keys rotate            new links are made with a new key
  muster keys retire 345a75c6   once no link of a former key is live`,
	}
	group(c, "muster")
	c.AddCommand(&cobra.Command{
		Use:   "init",
		Short: "Make a keyring with one fresh key",
		Long: `Init makes a file with a fresh key, readable by its owner alone. It never writes
over a file. Keep a copy in a safe place: without the key every link dies.`,
		Example: "  muster keys init\n  muster keys init --key-file /etc/muster/muster.key",
		Args:    arguments(0, 0, ""),
		RunE:    func(*cobra.Command, []string) error { return a.initKeys() },
	})
	c.AddCommand(a.keysCheckCommand(), a.keysRotateCommand(), a.keysRetireCommand())
	return c
}

func (a *app) initKeys() error {
	d, err := a.database()
	if err != nil {
		return err
	}
	ring, err := link.CreateKeyring(d.Keys)
	if err != nil {
		return err
	}
	if a.common.JSON {
		a.out.Emit("summary", map[string]string{"path": d.Keys, "kid": ring.Active()})
		return nil
	}
	fmt.Fprintf(a.out.Stdout, "made key %s in %s\nKeep a copy of the file, and keep it to yourself: whoever has it "+
		"can make links.\n", ring.Active(), d.Keys)
	return nil
}
