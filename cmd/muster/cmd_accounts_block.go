package main

import (
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"muster/cmd/muster/flags"
	"muster/provision"
	"muster/provision/accounts"
)

// blockOptions are the flags of commands that set or lift blocks.
type blockOptions struct {
	peopleOptions
	Everywhere bool
	Reason     string
}

func (o *blockOptions) flags(f *pflag.FlagSet, a *app, everywhere, kept string) {
	f.BoolVar(&o.Everywhere, "everywhere", false, everywhere)
	f.StringVar(&o.Reason, "reason", "", "why, in a few `words`: "+kept)
	o.namedFlags(f, a)
}

// maxReason is how long a reason may be.
const maxReason = 500

// needs is the capability that the command needs.
func (o *blockOptions) needs() (string, error) {
	o.Reason = strings.Join(strings.Fields(o.Reason), " ")
	if utf8.RuneCountInString(o.Reason) > maxReason || !utf8.ValidString(o.Reason) {
		return "", flags.Usage("--reason is too long", "say it in 500 characters")
	}
	if o.Everywhere {
		return provision.MayBlockEverywhere, nil
	}
	return provision.MayBlock, nil
}

func (a *app) accountsBlockCommand() *cobra.Command {
	var o blockOptions
	c := &cobra.Command{
		Use:   "block " + aTarget,
		Short: "End people's access to the organization",
		Long: `Block ends the access of people to the organization: they are signed out, a live
invite link that it gave them stops working, mail that waits for them is
cancelled. Other organizations are untouched. Nothing is taken away: muster
accounts activate lifts the block. Nobody is blocked who may do more than the
operator, or manages a brand that they do not see.

It needs the right people:block; --everywhere, on the whole platform, the right
platform:block, which no organization gives: muster db operators does.`,
		Example: `  muster accounts block ann@example.com --reason "asked to leave"
  muster accounts block --from left.csv --yes`,
		RunE: func(cmd *cobra.Command, args []string) error {
			needs, err := o.needs()
			if err != nil {
				return err
			}
			return a.accountsRun(cmd, args, o.peopleOptions, picked{
				verb:  accounts.Block{Everywhere: o.Everywhere, Why: o.Reason},
				needs: needs,
				to:    "block anybody" + where(o.Everywhere),
			})
		},
	}
	o.flags(c.Flags(), a, "block people on the whole platform", "accounts show says it, and the audit does not")
	return c
}

// where says where a block holds that is no organization's own.
func where(everywhere bool) string {
	if everywhere {
		return " on the whole platform"
	}
	return ""
}
