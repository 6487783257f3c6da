package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"muster/cmd/muster/flags"
	"muster/importer/spelling"
)

// A topic is something help explains that is no command.
type topic struct {
	name, short string
	text        func(*cobra.Command) string
	objects     func(*app) // the same as JSON; nil where there is none
}

// topics are all of them. It is filled in before main: help shows the topics,
// and a topic shows help.
var topics []topic

func init() {
	topics = []topic{
		{"flags", "Flags that every command takes, and settings that stay", flagsTopic, nil},
		{"runs", "How a run is named", func(*cobra.Command) string { return namesOfRuns + "\n" }, nil},
		{"watching", "How to watch what runs unattended", func(*cobra.Command) string { return watchingTopic }, nil},
		{"exit-codes", "What each exit code means and what to do then",
			func(*cobra.Command) string { return exitIntro + exitTable() }, (*app).emitExitCodes},
		{"reasons", "What each reason in a report means and what to do about it",
			func(*cobra.Command) string { return reasonsTopic() }, (*app).emitReasons},
	}
}

func flagsTopic(root *cobra.Command) string {
	flags := flagSections(root.PersistentFlags())
	var b strings.Builder
	b.WriteString("Every command takes these flags.\n\n")
	for _, s := range flags {
		b.WriteString(twoColumns(s.lines))
	}
	b.WriteString(`
Every flag of every command can also be set in the environment, where
--base-url is MUSTER_BASE_URL, or in the file muster.yaml of the current folder:

  db: postgres://db.example.com/muster
  base-url: https://claim.example.com
  brand: outdoor
  map:
    Insta: instagram
    Notes: ""

The command line wins, then the environment, then the file.

muster completion bash (zsh, fish, powershell) prints what makes the shell
complete commands, flags and their values, runs and files.
`)
	return b.String()
}

func (a *app) helpCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:     "help [COMMAND | TOPIC]",
		Short:   "Explain a command or a topic",
		Example: "  muster help import\n  muster help exit-codes",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return root.Help()
			}
			for _, t := range topics {
				if t.name == args[0] {
					a.showTopic(root, t)
					return nil
				}
			}
			c, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 || c == root {
				return noHelp(root, strings.Join(args, " "))
			}
			return c.Help()
		},
	}
}

func (a *app) showTopic(root *cobra.Command, t topic) {
	if a.common.JSON && t.objects != nil {
		t.objects(a)
		return
	}
	fmt.Fprint(a.out.Stdout, t.text(root))
}

func noHelp(root *cobra.Command, asked string) error {
	names := commandNames(root)
	for _, t := range topics {
		names = append(names, t.name)
	}
	hint := "muster --help lists the commands and topics"
	if near := spelling.Nearest(asked, names); near != "" {
		hint = "did you mean muster help " + near + "?"
	}
	return flags.Usage(fmt.Sprintf("there is no help on %q: it is neither a command nor a topic", asked), hint)
}
