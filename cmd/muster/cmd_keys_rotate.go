package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"muster/provision/link"
)

func (a *app) keysRotateCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "rotate",
		Short: "Make new links with a new key",
		Long: `Rotate adds a fresh key to the keyring: links are made with it from then on.
Links that were made with the former key still open, until muster keys retire.
The file is replaced as a whole; it keeps its owner and its mode.

An import that is under way goes on with the keys that it has read. A muster
serve that reads this file has the new key within seconds, one that reads a copy
once that was replaced: give it the new file before the next import makes links,
or it cannot open them. A secret that is mounted is changed where it is kept.`,
		Example: "  muster keys rotate\n  muster keys rotate --key-file /etc/muster/muster.key",
		Args:    arguments(0, 0, ""),
		RunE:    func(*cobra.Command, []string) error { return a.rotateKeys() },
	}
}

func (a *app) rotateKeys() error {
	d, err := a.database()
	if err != nil {
		return err
	}
	before, err := a.keyring(d)
	if err != nil {
		return err
	}
	ring, err := link.RotateKeyring(d.Keys, a.common.KeyFileGroup)
	if err != nil {
		return err
	}
	if a.common.JSON {
		a.out.Emit("summary", map[string]string{"path": d.Keys, "kid": ring.Active(), "former": before.Active()})
		return nil
	}
	fmt.Fprintf(a.out.Stdout, `made key %s in %s; with key %s links are only opened from now on
Keep a copy of the file. Where muster serve reads another copy, replace that one before links are made.
An import that is under way goes on with the former key. Once its links are used or expired:
  muster keys retire %s
`, ring.Active(), d.Keys, before.Active(), before.Active())
	return nil
}
