package main

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"muster/cmd/muster/flags"
	"muster/cmd/muster/outside"
	"muster/cmd/muster/view"
)

// runProgram is the whole program: it returns the exit code.
func runProgram(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, stop := interruptible(ctx)
	defer stop()
	return newApp(stdin, stdout, stderr).run(ctx, args)
}

// app is one start of the program.
type app struct {
	stdin io.Reader
	typed *bufio.Reader // see answers
	asks  bool          // there is a person to ask: standard input and standard error are terminals
	shows bool          // standard output is a terminal, too

	common  flags.Common
	talk    flags.Talk
	out     *view.Output
	sources flags.Sources // where the value of each flag came from
	code    int           // exit code of a command that came to its end

	outside  flags.Outside
	watching *outside.Watch // of a command that runs unattended
}

func newApp(stdin io.Reader, stdout, stderr io.Writer) *app {
	a := &app{stdin: stdin, asks: view.IsTerminal(stdin) && view.IsTerminal(stderr),
		shows: view.IsTerminal(stdout), sources: flags.Sources{}}
	a.out = view.NewOutput(stdout, stderr, &a.common, &a.talk)
	return a
}

func (a *app) run(ctx context.Context, args []string) int {
	root := a.root()
	root.SetArgs(args)
	root.SetIn(a.stdin)
	root.SetOut(a.out.Stdout)
	root.SetErr(a.out.Stderr)
	crashes := true
	defer func() {
		if crashes {
			a.tellCrash(ctx)
		}
	}()
	cmd, err := root.ExecuteContextC(ctx)
	crashes = false
	code := a.code
	if err != nil {
		// Flags may not have been read when the error is about them.
		a.common.JSON = a.common.JSON || asksForJSON(args)
		a.out.StartLogLate()
		code = a.fail(ctx, err)
	}
	a.tellOutside(ctx, cmd, args, err, code)
	return code
}

// configure settles the flags that the command line leaves open, and begins
// the log.
func (a *app) configure(cmd *cobra.Command) error {
	if strings.HasPrefix(cmd.Name(), cobra.ShellCompRequestCmd) { // a shell asks; it cannot be told what is wrong
		return nil
	}
	if err := a.sources.Settle(cmd, a.common.Config); err != nil {
		return err
	}
	if err := cmp.Or(flags.RefuseDash(cmd), flags.RefuseDevice(cmd)); err != nil {
		return err
	}
	if err := a.out.StartLog(); err != nil {
		return err
	}
	return a.watch(cmd)
}

// database says which database the flags name.
func (a *app) database() (flags.Database, error) { return a.common.Database(a.sources) }

func asksForJSON(args []string) bool {
	for _, arg := range args {
		if arg == "--" {
			return false
		}
		if arg == "--json" || arg == "--json=true" {
			return true
		}
	}
	return false
}

const about = `Muster imports lists of creators, staff and clients (CSV and Excel): every row
becomes an account, a claim of an account that exists already, or a reason why
not. It hands back a report and one invite link per person.`

const rootExamples = `  muster inspect creators.csv         how is this file understood?
  muster plan creators.csv            what would happen to these people?
  muster import creators.csv          show that, ask, do it
  muster import creators.csv --directory accounts.csv --yes`

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:               "muster",
		Short:             "Import lists of people, invite each of them once",
		Long:              about,
		Example:           rootExamples,
		SilenceErrors:     true,
		SilenceUsage:      true,
		Version:           versionText(),
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return a.configure(cmd) },
	}
	group(root, "")
	root.SetVersionTemplate(versionLine())
	a.common.Flags(root.PersistentFlags())
	root.SetFlagErrorFunc(flagError)
	root.AddGroup(&cobra.Group{ID: "work", Title: "Importing:"}, &cobra.Group{ID: "look", Title: "Looking:"},
		&cobra.Group{ID: "setup", Title: "Setting up:"})
	add := func(id string, commands ...*cobra.Command) {
		for _, c := range commands {
			c.GroupID = id
			root.AddCommand(c)
		}
	}
	add("work", a.planCommand(), a.importCommand(), a.syncCommand(), a.applyCommand(), a.reviewCommand(), a.undoCommand(), a.reportCommand(),
		a.linksCommand(), a.accountsCommand(), a.mailCommand(), a.runsCommand(), a.sourcesCommand(), a.serveCommand())
	add("look", a.explainCommand(), a.auditCommand(), a.inspectCommand(), a.lockCommand(), a.versionCommand())
	add("setup", a.templateCommand(), a.orgCommand(), a.directoryCommand(), a.keysCommand(), a.dbCommand(),
		a.completionCommand(), a.manCommand())
	root.SetHelpCommand(a.helpCommand(root))
	root.SetHelpFunc(func(c *cobra.Command, _ []string) { fmt.Fprint(a.out.Stdout, helpText(c)) })
	root.InitDefaultHelpCmd()
	a.letWatch(root)
	a.completeValues(root)
	return root
}

// arguments checks how many arguments a command got, in words.
func arguments(least, most int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return flags.Usage(fmt.Sprintf("%s needs %s", cmd.CommandPath(), what), "like this: "+firstExample(cmd))
		case most >= 0 && len(args) > most:
			return flags.Usage(fmt.Sprintf("%s takes no %q", cmd.CommandPath(), args[most]), "like this: "+firstExample(cmd))
		}
		return nil
	}
}

func firstExample(cmd *cobra.Command) string {
	line, _, _ := strings.Cut(strings.TrimSpace(cmd.Example), "\n")
	line, _, _ = strings.Cut(line, "   ")
	return strings.TrimSpace(line)
}
