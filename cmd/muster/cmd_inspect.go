package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"muster/cmd/muster/flags"
	"muster/cmd/muster/view"
	"muster/importer"
	"muster/importer/identity"
	"muster/importer/spelling"
)

// inspectOptions are the flags of inspect list.
type inspectOptions struct {
	flags.Reading
	Cells       string
	Records     bool
	SaveMapping string

	reading importer.Options
	given   []string // the flags of reading, to be typed again
}

func (a *app) inspectCommand() *cobra.Command {
	c := a.inspectListCommand()
	c.Use = "inspect FILE…"
	c.Short = "See how a list or a cell is understood"
	c.Example = `  muster inspect creators.csv
  muster inspect creators.xlsx --sheet Talents
  printf 'https://instagram.com/ann\tInstagram\n' | muster inspect keys`
	inspect := c.Args
	c.Args = func(cmd *cobra.Command, files []string) error {
		if len(files) > 0 && !isFile(files[0]) && spelling.Nearest(files[0], commandNames(cmd)) != "" {
			return unknownCommand(cmd, "muster inspect", files[0])
		}
		return inspect(cmd, files)
	}
	c.AddCommand(a.inspectListCommand(), &cobra.Command{
		Use:   "keys",
		Short: "Say which key each value on standard input stands for",
		Long: `Keys reads lines of a value, a tab and a column header, and prints for each, as
JSON, the key that the value is compared by, or the reason why it has none.`,
		Example: `  printf 'https://instagram.com/ann\tInstagram\n' | muster inspect keys`,
		Args:    arguments(0, 0, ""),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.inspectKeys(cmd.Context()) },
	})
	return c
}

// inspectListCommand is inspect by its full name.
func (a *app) inspectListCommand() *cobra.Command {
	var o inspectOptions
	c := &cobra.Command{
		Use:   "list FILE…",
		Short: "Say how a file is understood: format, header, columns, problems",
		Long: `Inspect says how a file is understood, before anything is done with it: what was
read, what each column holds, what is wrong with the rows, and what to type.
With --json it prints exactly one object a file and no summary.`,
		Example: `  muster inspect list creators.csv
  muster inspect list creators.xlsx --sheet Talents --json
  muster inspect list export.csv --save-mapping export.yaml
                                    to be edited, and named by --mapping
  muster inspect list export.csv --cells table --records --json`,
		Args: arguments(1, -1, "at least one file"),
		RunE: func(cmd *cobra.Command, files []string) error {
			if err := o.validate(cmd, files); err != nil {
				return err
			}
			return a.inspectLists(cmd.Context(), files, o)
		},
	}
	o.flags(c.Flags())
	return c
}

func (o *inspectOptions) flags(f *pflag.FlagSet) {
	f.StringVar(&o.SaveMapping, "save-mapping", "",
		"write how the columns are read into this `file`, to be edited and named by --mapping")
	f.StringVar(&o.Cells, "cells", "",
		"with --json: also the cells, as table (rows under the header) or grid (by coordinates)")
	f.BoolVar(&o.Records, "records", false, "with --json: also who each row is about")
	o.Reading.Flags(f)
}

func (o *inspectOptions) validate(cmd *cobra.Command, files []string) (err error) {
	if o.Cells != "" && o.Cells != "table" && o.Cells != "grid" {
		return flags.Usage(fmt.Sprintf("--cells %q is not possible", o.Cells), "use table or grid")
	}
	if o.reading, err = o.Options(); err != nil {
		return err
	}
	if o.SaveMapping != "" && len(files) > 1 {
		return flags.Usage("--save-mapping takes one list", "name one of them")
	}
	if o.given = o.Given(cmd.Flags()); o.SaveMapping != "" {
		o.given = append(o.Given(cmd.Flags(), "map", "set", "mapping"), "--mapping", flags.Quoted(o.SaveMapping))
	}
	return nil
}

// inspectLists shows every file, also behind one that cannot be read.
func (a *app) inspectLists(ctx context.Context, files []string, o inspectOptions) error {
	var failed error
	for _, path := range files {
		if err := ctx.Err(); err != nil {
			return err
		}
		all, err := importer.Inspect(path, o.reading, o.Cells, o.Records)
		if err := a.showLists(all, o.given); err != nil {
			return err
		}
		switch {
		case err == nil && o.SaveMapping != "":
			if err := flags.SaveMapping(o.SaveMapping, all, o.reading); err != nil {
				return err
			}
			a.out.Say("wrote %s: edit it, then use it with --mapping %s", o.SaveMapping, flags.Quoted(o.SaveMapping))
		case err != nil && failed != nil && !a.common.JSON: // the first one is told at the end
			a.out.Say("error: %s", message(ctx, err))
		}
		if failed == nil {
			failed = err
		}
	}
	return failed
}

// showLists shows the lists of a file; as JSON also the one that failed.
func (a *app) showLists(all []importer.Inspection, given []string) error {
	for i, n := range all {
		switch {
		case a.common.JSON:
			if err := a.printObject(n); err != nil {
				return err
			}
		case n.Error == "":
			if i > 0 {
				fmt.Fprintln(a.out.Stdout)
			}
			fmt.Fprint(a.out.Stdout, view.InspectionText(n, given))
		}
	}
	return nil
}

// printObject writes exactly the object, without a type.
func (a *app) printObject(v any) error {
	text, err := view.Marshal(v)
	if err == nil {
		_, err = fmt.Fprintf(a.out.Stdout, "%s\n", text)
	}
	return err
}

// inspectKeys answers line by line, so that it can be talked to.
func (a *app) inspectKeys(ctx context.Context) error {
	in := bufio.NewReader(a.stdin)
	out := bufio.NewWriter(a.out.Stdout)
	defer out.Flush()
	for ctx.Err() == nil {
		line, err := in.ReadString('\n')
		if line != "" {
			line = strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r")
			value, header := line, ""
			if tab := strings.LastIndexByte(line, '\t'); tab >= 0 {
				value, header = line[:tab], line[tab+1:]
			}
			text, err := view.Marshal(identity.Inspect(value, header))
			if err != nil {
				return err
			}
			if out.Available() <= len(text) { // whole lines only, see plain
				_ = out.Flush()
			}
			fmt.Fprintf(out, "%s\n", text)
			if in.Buffered() == 0 {
				_ = out.Flush()
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading standard input: %w", err)
		}
	}
	return ctx.Err()
}
