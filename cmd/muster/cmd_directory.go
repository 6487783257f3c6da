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
their own organization.

An export may contradict itself: one external id or connected profile with two
emails, or one person with two external ids. Such rows are left out, and stand
in directory-rejected.csv with their lines and what is wrong; the code is 3.`,
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
	if s.Links == nil { // who was erased is known by them
		ring, err := a.keyringIfAny(s.db)
		if err == nil {
			err = s.sign(ctx, ring)
		}
		if err != nil {
			return err
		}
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
		}{load.Added, load.Updated, load.Unchanged, len(load.Rejected), load.Lowered})
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
	if load.Lowered > 0 {
		s.view.Tell(provision.Notice{Text: loweredWords(path, load)})
	}
	s.rejected = len(load.Rejected)
	s.leftOutFor = "it contradicts itself"
	erased, contradicted := leftOutRows(load)
	if len(erased) > 0 {
		s.leftOutFor = "their people were erased"
		if len(contradicted) > 0 {
			s.leftOutFor = "it contradicts itself, or their people were erased"
		}
	}
	if out == "" {
		out = "."
	} else if out != "." {
		err = s.Folders.Prepare(out)
	}
	if err = errors.Join(err, report.WriteAccounts(out, load)); err != nil {
		return load, fmt.Errorf("the directory is loaded, but which rows were left out could not be written: %w", err)
	}
	file := filepath.Join(out, report.AccountsFile)
	if len(contradicted) > 0 {
		s.view.Tell(provision.Notice{Text: fmt.Sprintf("%s contradicts itself: %s", path, leftOutWords(contradicted, file))})
	}
	if len(erased) > 0 {
		s.view.Tell(provision.Notice{Text: fmt.Sprintf("%s has people who were erased here: %s", path, leftOutWords(erased, file))})
	}
	return load, nil
}

// leftOutRows are the rows of an export that were left out: of people who were
// erased, and those that contradict each other.
func leftOutRows(load provision.DirectoryLoad) (erased, contradicted []provision.RejectedAccount) {
	for _, r := range load.Rejected {
		if r.Reason == reason.Erased {
			erased = append(erased, r)
		} else {
			contradicted = append(contradicted, r)
		}
	}
	return erased, contradicted
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
	const shown = 3
	var lines []string
	for _, r := range left[:min(shown, len(left))] {
		lines = append(lines, strconv.Itoa(r.Line))
	}
	where := strings.Join(lines, ", ")
	if more := len(left) - shown; more > 0 {
		where += fmt.Sprintf(" and %d more", more)
	}
	return fmt.Sprintf("%s left out (lines %s); %s says why", view.Plural(len(left), "row"), where, file)
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
		view.EmitTo(a.out.Stderr, "exit", e)
		return
	}
	fmt.Fprintf(a.out.Stderr, "muster: exit code %d: %s\nmuster: hint: %s\n", e.Code, e.Message, e.Hint)
}
