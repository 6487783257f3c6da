package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"muster/cmd/muster/flags"
	"muster/importer/spelling"
)

// People bring habits from other programs. What is plainly meant is done, or
// answered with the command that does it; all else with what is nearest.

// otherFlags are flags of other programs, and what does the same here.
var otherFlags = map[string]string{
	"dry-run":    "muster plan LIST shows what would happen and writes nothing",
	"n":          "muster plan LIST shows what would happen and writes nothing",
	"preview":    "muster plan LIST shows what would happen and writes nothing",
	"limit":      "--rows 1-5 takes the first five rows of a list",
	"head":       "--rows 1-5 takes the first five rows of a list",
	"v":          "--verbose says more while importing; muster --version says which muster this is",
	"verbose":    "--log-level info says more, as JSON",
	"debug":      "--log-level debug says more, as JSON",
	"log-format": "--log-level info logs as JSON",
	"log-file":   "--log-level info logs to standard error, as JSON: 2> FILE keeps it",
	"force":      "--yes does not ask; nothing else is held back that a flag would let through",
	"separator":  "--delimiter says what stands between cells",
	"charset":    "--encoding says how a CSV file is encoded",
	"database":   "--db names the database",
	"output":     "-o or --out says where to write; muster help COMMAND tells which",
}

// otherCommands are commands of other programs, and what does the same here.
var otherCommands = map[string]string{
	"history":  "muster runs",
	"log":      "muster runs",
	"logs":     "muster runs",
	"list":     "muster runs, or muster inspect FILE",
	"ls":       "muster runs",
	"status":   "muster runs; muster lock show says who is at work",
	"diff":     "muster plan LIST",
	"dry-run":  "muster plan LIST",
	"validate": "muster inspect FILE",
	"check":    "muster inspect FILE",
	"invite":   "muster import LIST, or muster links issue for people who are there",
	"sync":     "muster import LIST",
	"man":      "muster help",
	"send":     "muster mail send",
	"smtp":     "muster mail send --smtp smtps://…",
	"config":   "muster help flags",
}

// group makes a command that only holds others: without one of them it shows
// its help, with an unknown one it says so.
func group(c *cobra.Command, parent string) *cobra.Command {
	path := strings.TrimSpace(parent + " " + c.Name())
	c.Args = func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return nil
		}
		return unknownCommand(cmd, path, args[0])
	}
	c.RunE = func(cmd *cobra.Command, args []string) error {
		if err := cmd.Help(); err != nil || parent == "" {
			return err
		}
		return flags.Usage(fmt.Sprintf("%s needs one of its commands", path),
			"they are: "+strings.Join(commandNames(cmd), ", "))
	}
	return c
}

// unknownCommand says what was most likely meant by a command that there is
// none of.
func unknownCommand(cmd *cobra.Command, path, word string) error {
	hint := fmt.Sprintf("%s --help lists the commands", path)
	near := spelling.Nearest(word, commandNames(cmd))
	elsewhere := commandsCalled(cmd.Root(), word)
	switch {
	case isFile(word):
		hint = fmt.Sprintf("muster import %s imports it, muster plan shows what that would do, muster inspect how it is "+
			"read", flags.Quoted(word))
	case len(elsewhere) > 0:
		hint = "there is " + strings.Join(elsewhere, ", ")
	case cmd == cmd.Root() && otherCommands[word] != "":
		hint = "that would be " + otherCommands[word]
	case near != "":
		hint = fmt.Sprintf("did you mean %s %s?", path, near)
	}
	return flags.Usage(fmt.Sprintf("there is no command %q", path+" "+word), hint)
}

// isFile reports whether a word names a file that is there.
func isFile(word string) bool {
	info, err := os.Stat(word)
	return err == nil && info.Mode().IsRegular()
}

// commandsCalled finds the commands of a name anywhere below.
func commandsCalled(c *cobra.Command, name string) []string {
	var found []string
	for _, sub := range c.Commands() {
		if sub.Hidden {
			continue
		}
		if sub.Name() == name {
			found = append(found, strings.TrimSuffix(sub.UseLine(), " [flags]"))
		}
		found = append(found, commandsCalled(sub, name)...)
	}
	return found
}

func commandNames(c *cobra.Command) []string {
	var names []string
	for _, sub := range c.Commands() {
		if !sub.Hidden {
			names = append(names, sub.Name())
		}
	}
	return names
}

// flagError turns what pflag says about a flag into a usage error.
func flagError(cmd *cobra.Command, err error) error {
	if errors.Is(err, pflag.ErrHelp) {
		return err
	}
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return flags.Usage(err.Error(), cmd.CommandPath()+" --help explains the flags")
	}
	name, typed := unknown.GetSpecifiedName(), "--"+unknown.GetSpecifiedName()
	if unknown.GetSpecifiedShortnames() != "" {
		typed = "-" + name
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	hint := cmd.CommandPath() + " --help lists the flags"
	switch near := spelling.Nearest(name, names); {
	case otherFlags[name] != "":
		hint = otherFlags[name]
	case near != "" && len(name) > 1:
		hint = "did you mean --" + near + "?"
	}
	return flags.Usage(fmt.Sprintf("%s has no flag %s", cmd.CommandPath(), typed), hint)
}
