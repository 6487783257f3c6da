package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"muster/importer"
	"muster/importer/identity"
)

// inspectOptions are the flags of inspect list.
type inspectOptions struct {
	readingOptions
	Cells   string
	Records bool

	reading importer.Options
}

func (a *app) inspectCommand() *cobra.Command {
	c := &cobra.Command{
		Use:     "inspect",
		Short:   "See how a list or a cell is understood",
		Example: "  muster inspect list creators.csv\n  printf 'https://instagram.com/ann\\tInstagram\\n' | muster inspect keys",
	}
	group(c, "muster")
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

func (a *app) inspectListCommand() *cobra.Command {
	var o inspectOptions
	c := &cobra.Command{
		Use:   "list FILE…",
		Short: "Say how a file is understood: format, header, columns, problems",
		Example: `  muster inspect list creators.csv
  muster inspect list creators.xlsx --sheet Talents --json
  muster inspect list export.csv --cells table --records --json`,
		Args: arguments(1, -1, "at least one file"),
		RunE: func(cmd *cobra.Command, files []string) error {
			if err := o.validate(); err != nil {
				return err
			}
			return a.inspectLists(cmd.Context(), files, o)
		},
	}
	o.flags(c.Flags())
	c.Flags().StringVar(&o.Cells, "cells", "", "with --json: also the cells, as table (rows under the header) or grid (by coordinates)")
	c.Flags().BoolVar(&o.Records, "records", false, "with --json: also who each row is about")
	return c
}

func (o *inspectOptions) validate() (err error) {
	if o.Cells != "" && o.Cells != "table" && o.Cells != "grid" {
		return &usageError{fmt.Sprintf("--cells %q is not possible", o.Cells), "use table or grid"}
	}
	o.reading, err = o.options()
	return err
}

// inspectLists shows every file, also behind one that cannot be read.
func (a *app) inspectLists(ctx context.Context, files []string, o inspectOptions) error {
	var failed error
	for _, path := range files {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := importer.Inspect(path, o.reading, o.Cells, o.Records)
		switch {
		case a.common.JSON:
			if err := a.printObject(n); err != nil {
				return err
			}
		case err == nil:
			a.printInspection(n)
		case failed != nil: // the first one is told at the end
			fmt.Fprintf(a.stderr, "muster: error: %s\n", words(ctx, err))
		}
		if failed == nil {
			failed = err
		}
	}
	return failed
}

// printObject writes exactly the object, without a type.
func (a *app) printObject(v any) error {
	text, err := marshal(v)
	if err == nil {
		_, err = fmt.Fprintf(a.stdout, "%s\n", text)
	}
	return err
}

func (a *app) printInspection(n importer.Inspection) {
	fmt.Fprintf(a.stdout, "%s: %s, %d rows", n.Path, n.Info.Format, n.Rows)
	for _, part := range [][2]string{{"sheet", n.Sheet}, {"encoding", n.Encoding}, {"delimiter", n.Delimiter}} {
		if part[1] != "" {
			fmt.Fprintf(a.stdout, ", %s %q", part[0], part[1])
		}
	}
	if n.HeaderLine > 0 {
		fmt.Fprintf(a.stdout, ", header in line %d", n.HeaderLine)
	}
	fmt.Fprintln(a.stdout)
	for _, header := range n.Columns {
		meaning := n.Mapping[header]
		if meaning == "" {
			meaning = "kept as it is"
		}
		fmt.Fprintf(a.stdout, "  %-24s %-16s %s\n", header, meaning, samples(n.Samples[header]))
	}
	for _, p := range n.Problems {
		fmt.Fprintf(a.stdout, "  %s", p.Code)
		if p.Line > 0 {
			fmt.Fprintf(a.stdout, ", line %d", p.Line)
		}
		if p.Count > 1 {
			fmt.Fprintf(a.stdout, " and %d more", p.Count-1)
		}
		fmt.Fprintf(a.stdout, ": %s\n", p.Message)
	}
}

// samples shows the first cells of a column on one line.
func samples(cells []string) string {
	short := make([]string, len(cells))
	for i, cell := range cells {
		text := []rune(strings.Join(strings.Fields(cell), " "))
		if len(text) > 40 {
			text = append(text[:39], '…')
		}
		short[i] = string(text)
	}
	return strings.Join(short, " · ")
}

// inspectKeys answers line by line, so that it can be talked to.
func (a *app) inspectKeys(ctx context.Context) error {
	in := bufio.NewReader(a.stdin)
	out := bufio.NewWriter(a.stdout)
	defer out.Flush()
	for ctx.Err() == nil {
		line, err := in.ReadString('\n')
		if line != "" {
			line = strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r")
			value, header := line, ""
			if tab := strings.LastIndexByte(line, '\t'); tab >= 0 {
				value, header = line[:tab], line[tab+1:]
			}
			text, err := marshal(identity.Inspect(value, header))
			if err != nil {
				return err
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
