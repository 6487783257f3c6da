package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/term"
)

// run is the whole program: it returns the exit code.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, stop := interruptible(ctx)
	defer stop()
	return newApp(stdin, stdout, stderr).run(ctx, args)
}

// app is one start of the program.
type app struct {
	stdin          io.Reader
	typed          *bufio.Reader // see answers
	stdout, stderr io.Writer     // of text: see plain
	terminal       io.Writer     // standard error as it is, for bars
	asks           bool          // there is a person to ask: standard input and standard error are terminals

	common  commonOptions
	sources map[string]source // where the value of each flag came from
	code    int               // exit code of a command that came to its end
}

// commonOptions are the flags every command takes.
type commonOptions struct {
	JSON         bool
	Config       string
	LogLevel     string
	DB           string
	DBFile       string
	KeyFile      string
	KeyFileGroup bool
}

func newApp(stdin io.Reader, stdout, stderr io.Writer) *app {
	return &app{stdin: stdin, stdout: plain{stdout}, stderr: plain{stderr}, terminal: stderr, asks: isTerminal(stdin) && isTerminal(stderr)}
}

func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// columns is how many characters fit on a line of a terminal, 0 for whatever
// is none and for lines of any length.
func columns(stream any) int {
	if p, ok := stream.(plain); ok {
		stream = p.to
	}
	if !isTerminal(stream) {
		return 0
	}
	width, _, err := term.GetSize(int(stream.(*os.File).Fd()))
	if err != nil {
		return 0
	}
	return width
}

func (a *app) run(ctx context.Context, args []string) int {
	root := a.root()
	root.SetArgs(args)
	root.SetIn(a.stdin)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return a.code
	}
	// Flags may not have been read when the error is about them.
	a.common.JSON = a.common.JSON || asksForJSON(args)
	return a.fail(ctx, err)
}

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

const rootExamples = `  muster import creators.csv                         show what would happen, ask, do it
  muster plan creators.csv                           only show what would happen
  muster import creators.csv --directory accounts.csv --yes
  muster inspect list creators.csv                   how is this file understood?`

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:               "muster",
		Short:             "Import lists of people, invite each of them once",
		Long:              about,
		Example:           rootExamples,
		SilenceErrors:     true,
		SilenceUsage:      true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return a.configure(cmd) },
	}
	group(root, "")
	a.commonFlags(root.PersistentFlags())
	root.SetFlagErrorFunc(flagError)
	root.AddGroup(&cobra.Group{ID: "work", Title: "Importing:"}, &cobra.Group{ID: "look", Title: "Looking:"}, &cobra.Group{ID: "setup", Title: "Setting up:"})
	add := func(id string, commands ...*cobra.Command) {
		for _, c := range commands {
			c.GroupID = id
			root.AddCommand(c)
		}
	}
	add("work", a.planCommand(), a.importCommand(), a.applyCommand(), a.reviewCommand(), a.reportCommand(), a.runsCommand())
	add("look", a.explainCommand(), a.inspectCommand(), a.lockCommand(), a.versionCommand())
	add("setup", a.templateCommand(), a.orgCommand(), a.directoryCommand(), a.keysCommand(), a.dbCommand())
	root.AddCommand(a.exitCodesCommand())
	root.SetUsageTemplate(usageTemplate)
	root.SetHelpTemplate(helpTemplate)
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	return root
}

func (a *app) commonFlags(f *pflag.FlagSet) {
	o := &a.common
	f.BoolVar(&o.JSON, "json", false, "print JSON Lines: a type on each line, the summary last")
	f.StringVar(&o.Config, "config", "", "`file` with settings (default muster.yaml where it exists)")
	f.StringVar(&o.LogLevel, "log-level", "", "also log to standard error, as JSON: debug or info")
	f.StringVar(&o.DB, "db", "", "database: postgres://… or the `path` of an SQLite file (default muster.db)")
	f.StringVar(&o.DBFile, "db-file", "", "`file` that holds the database URL, for URLs with a password")
	f.StringVar(&o.KeyFile, "key-file", "", "`file` with the keys of the links (default muster.key beside the SQLite file)")
	f.BoolVar(&o.KeyFileGroup, "key-file-group", false, "a key file of root may be readable by its group: a mounted secret")
}

// group makes a command that only holds others: without one of them it shows
// its help, with an unknown one it says so.
func group(c *cobra.Command, parent string) *cobra.Command {
	path := strings.TrimSpace(parent + " " + c.Name())
	c.Args = func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return nil
		}
		hint := fmt.Sprintf("%s --help lists the commands", path)
		if near := nearest(args[0], commandNames(cmd)); near != "" {
			hint = fmt.Sprintf("did you mean %s %s?", path, near)
		}
		return &usageError{fmt.Sprintf("there is no command %q", path+" "+args[0]), hint}
	}
	c.RunE = func(cmd *cobra.Command, args []string) error {
		if err := cmd.Help(); err != nil || parent == "" {
			return err
		}
		return &usageError{fmt.Sprintf("%s needs one of its commands", path), "they are: " + strings.Join(commandNames(cmd), ", ")}
	}
	return c
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
		return &usageError{err.Error(), cmd.CommandPath() + " --help explains the flags"}
	}
	name := unknown.GetSpecifiedName()
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	hint := cmd.CommandPath() + " --help lists the flags"
	if near := nearest(name, names); near != "" {
		hint = "did you mean --" + near + "?"
	}
	return &usageError{fmt.Sprintf("%s has no flag --%s", cmd.CommandPath(), name), hint}
}

// arguments checks how many arguments a command got, in words.
func arguments(least, most int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return &usageError{fmt.Sprintf("%s needs %s", cmd.CommandPath(), what), "like this: " + firstExample(cmd)}
		case most >= 0 && len(args) > most:
			return &usageError{fmt.Sprintf("%s takes no %q", cmd.CommandPath(), args[most]), "like this: " + firstExample(cmd)}
		}
		return nil
	}
}

func firstExample(cmd *cobra.Command) string {
	line, _, _ := strings.Cut(strings.TrimSpace(cmd.Example), "\n")
	line, _, _ = strings.Cut(line, "   ")
	return strings.TrimSpace(line)
}
