package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"muster/cmd/muster/exit"
	"muster/cmd/muster/view"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/directory"
	"muster/provision/report"
)

// directoryOptions are the flags of directory load.
type directoryOptions struct {
	door
	Out string
}

func (a *app) directoryCommand() *cobra.Command {
	c := &cobra.Command{
		Use:     "directory",
		Short:   "Accounts that the platform has already",
		Example: "  muster directory load accounts.csv",
	}
	group(c, "muster")
	var o directoryOptions
	load := &cobra.Command{
		Use:   "load FILE",
		Short: "Load an export of the platform's accounts",
		Long: `Load takes in an export of the platform's accounts (CSV or XLSX), so that an
import knows everybody who is there. Its columns are email, name, status,
external_id, connected_profiles, declared_profiles, organization, brand, kind
and role; only the email column has to be there. The file is read whole before
anything is written; loading it again changes nothing. Loading needs the right
directory:load; a role above member is given only where the operator may, in
their own organization, and only people of brands that they see are loaded, and
blocked where they have people:block. Rows of another organization that somebody
administers are left out: its own operators load them. Accounts that such an
organization holds, or that may do more than the operator, stay as they are.
Organizations and brands that are missing are made by who may edit their own.

An export may contradict itself: one external id or connected profile with two
emails, or one person with two external ids. Such rows are left out, and so is
who would take a seat more than the plan of the organization has. They stand in
directory-rejected.csv with their lines and what is wrong; the code is 3. A
profile that no account can have stands there, too: its account is loaded
without it.`,
		Example: "  muster directory load accounts.csv\n  muster directory load accounts.csv --org northwind-social",
		Args:    arguments(1, 1, "an export of accounts"),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.loadDirectory(cmd.Context(), args[0], o) },
	}
	o.flags(load.Flags())
	c.AddCommand(load)
	return c
}

func (o *directoryOptions) flags(f *pflag.FlagSet) {
	o.door.flags(f)
	f.StringVar(&o.Out, "out", ".", "`folder` of directory-rejected.csv")
}

func (a *app) loadDirectory(ctx context.Context, path string, o directoryOptions) error {
	s, err := a.openToWrite(ctx, a.out.View(), &firstUse{operator: o.As, lists: []string{path}}, false)
	if err != nil {
		return err
	}
	defer s.close()
	if err := a.signIfAny(ctx, s); err != nil {
		return err
	}
	load, err := s.directory(ctx, path, o.terms(), o.Out)
	if err != nil {
		return err
	}
	if a.common.JSON {
		a.out.Emit("summary", struct {
			Added     int `json:"added"`
			Updated   int `json:"updated"`
			Unchanged int `json:"unchanged"`
			Rejected  int `json:"rejected"`
			Lowered   int `json:"lowered"`
			Withheld  int `json:"withheld"`
			Elsewhere int `json:"elsewhere"`
			Unread    int `json:"unread_profiles"`
			Moved     int `json:"other_addresses"`
		}{load.Added, load.Updated, load.Unchanged, len(load.Rejected), load.Lowered, load.Withheld, load.Elsewhere, len(load.Unread), len(load.Moved)})
	} else {
		fmt.Fprintln(a.out.Stdout, loadedWords(path, load))
	}
	a.leftOut(s)
	return nil
}

// directory loads an export, and writes down which of its rows were left out.
func (s *session) directory(
	ctx context.Context, path string, t provision.Terms, out string,
) (provision.DirectoryLoad, error) {
	load, err := directory.Load(ctx, s.Engine, path, t)
	if err != nil {
		return load, err
	}
	for _, text := range limitWords(path, load) {
		s.view.Tell(provision.Notice{Text: text})
	}
	s.rejected = len(load.Rejected)
	left := leftOutRows(load)
	s.leftOutFor = leftOutReasons(left)
	if out == "" {
		out = "."
	} else if out != "." {
		err = s.Folders.Prepare(out)
	}
	if err = errors.Join(err, report.WriteAccounts(out, load)); err != nil {
		return load, fmt.Errorf("the directory is loaded, but which rows were left out could not be written: %w", err)
	}
	file := filepath.Join(out, report.AccountsFile)
	for i, rows := range left {
		if len(rows) > 0 {
			s.view.Tell(provision.Notice{Text: fmt.Sprintf("%s %s: %s", path, leavings[i].notice, leftOutWords(rows, file))})
		}
	}
	if n := len(load.Moved); n > 0 {
		s.view.Tell(provision.Notice{Text: fmt.Sprintf("%s: %s another address than the account has that they are of (%s): "+
			"it keeps its own, and rows of lists with the other one are held; muster accounts edit EMAIL --set email=ADDRESS corrects it",
			path, saysRows(n), linesOf(load.Moved))})
	}
	if n := len(load.Unread); n > 0 {
		s.view.Tell(provision.Notice{Text: fmt.Sprintf("%s has profiles that nobody can have: %s left out of accounts that are loaded (%s); %s says why",
			path, view.Plural(n, "profile"), linesOf(placesOf(load.Unread)), file)})
	}
	return load, nil
}

// leavings are why rows of an export are left out, in words.
var leavings = []struct{ notice, ending string }{
	{"contradicts itself", "it contradicts itself"},
	{"has people who were erased here", "their people were erased"},
	{"has rows that the operator may not load", "the operator may not load them"},
	{"has more people than the plan has seats for", "there is no seat for them"},
}

// leftOutRows are the rows of an export that were left out, by leavings.
func leftOutRows(load provision.DirectoryLoad) [][]provision.RejectedAccount {
	left := make([][]provision.RejectedAccount, len(leavings))
	for _, r := range load.Rejected {
		i := 0
		switch r.Reason {
		case reason.Erased:
			i = 1
		case reason.BlockNotAllowed, reason.BrandNotAllowed:
			i = 2
		case reason.PlanLimit:
			i = 3
		}
		left[i] = append(left[i], r)
	}
	return left
}

func leftOutReasons(left [][]provision.RejectedAccount) string {
	var words []string
	for i, rows := range left {
		if len(rows) > 0 {
			words = append(words, leavings[i].ending)
		}
	}
	return strings.Join(words, ", or ")
}

// limitWords say what of an export was not done, because it is not the
// operator's to do.
func limitWords(path string, load provision.DirectoryLoad) []string {
	var words []string
	if load.Lowered > 0 {
		words = append(words, loweredWords(path, load))
	}
	if n := load.Elsewhere; n > 0 {
		words = append(words, fmt.Sprintf("%s: %s of organizations that somebody else administers left out; "+
			"their own operators load them (--org, --as)", path, view.Plural(n, "row")))
	}
	if n := load.Withheld; n > 0 {
		words = append(words, fmt.Sprintf("%s: %s more of people than the operator may write, and that stays as it is: "+
			"another organization holds them, they may do more than the operator, or they are asked before they are added "+
			"(muster import asks them)", path, saysRows(n)))
	}
	return words
}

func saysRows(n int) string {
	if n == 1 {
		return "1 row says"
	}
	return view.Plural(n, "row") + " say"
}

// loweredWords says how many people an export gives a role that the operator may
// not give, and how they come by it.
func loweredWords(path string, load provision.DirectoryLoad) string {
	return fmt.Sprintf("%s: %s a role that the operator may not give, and new people among them became members; "+
		"whoever may gives it with muster accounts role EMAIL --role ROLE --brand BRAND", path, asks(load.Lowered))
}

func asks(rows int) string {
	if rows == 1 {
		return "1 row names"
	}
	return view.Plural(rows, "row") + " name"
}

// leftOutWords says which rows of an export were left out, and where that stands.
func leftOutWords(left []provision.RejectedAccount, file string) string {
	return fmt.Sprintf("%s left out (%s); %s says why", view.Plural(len(left), "row"), linesOf(placesOf(left)), file)
}

func placesOf(left []provision.RejectedAccount) []record.Place {
	places := make([]record.Place, len(left))
	for i, r := range left {
		places[i] = r.Place
	}
	return places
}

// linesOf names the first lines of rows of an export.
func linesOf(left []record.Place) string {
	const shown = 3
	var lines []string
	for _, r := range left[:min(shown, len(left))] {
		lines = append(lines, strconv.Itoa(r.Line))
	}
	where := strings.Join(lines, ", ")
	if more := len(left) - shown; more > 0 {
		where += fmt.Sprintf(" and %d more", more)
	}
	if len(left) == 1 {
		return "line " + where
	}
	return "lines " + where
}

// leftOut ends with 3 where rows of an export were left out, unless something
// worse is to be said.
func (a *app) leftOut(s *session) {
	if s.rejected == 0 || a.code != exit.OK {
		return
	}
	a.code = exit.Partial
	e := view.Ended{Code: a.code, Name: exit.Name(a.code),
		Hint:    "correct what directory-rejected.csv lists and load the export again",
		Message: view.Plural(s.rejected, "row") + " of the directory left out, because " + s.leftOutFor}
	if a.common.JSON {
		view.EmitTo(a.out.Stderr, "exit", a.out.Event("warning"), e)
		return
	}
	fmt.Fprintf(a.out.Stderr, "muster: exit code %d: %s\nmuster: hint: %s\n", e.Code, e.Message, e.Hint)
}
