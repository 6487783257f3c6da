package main

import (
	"bufio"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"muster/cmd/muster/flags"
	"muster/cmd/muster/view"
	"muster/provision/explain"
)

func (a *app) auditExportCommand() *cobra.Command {
	var o auditOptions
	var out string
	c := &cobra.Command{
		Use:   "export",
		Short: "Write the audit as JSON Lines, the earliest first",
		Long: `Export writes one JSON object a line for every entry of the audit that the
operator may see, the earliest first: to standard output, or with -o into a file
for its owner alone. It names nobody but operators: accounts stand there by id,
keys by keyed marks.`,
		Example: `  muster audit export -o audit.jsonl
  muster audit export --since 2026-11-01 --until 2026-11-30 | jq .action`,
		Args: arguments(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.validate(); err != nil {
				return err
			}
			entries := func(take func(explain.AuditLine) error) error { return a.audit(cmd.Context(), o, true, take) }
			if out == "" {
				_, err := view.WriteAudit(a.out.Stdout, entries)
				return err
			}
			return a.auditInto(out, entries)
		},
	}
	c.Flags().StringVarP(&out, "out", "o", "", "write into this new `file`")
	o.flags(c.Flags(), 0, ", the default")
	return c
}

// auditInto writes the audit into a new file, which is taken back where that
// fails.
func (a *app) auditInto(path string, entries func(take func(explain.AuditLine) error) error) error {
	f, err := flags.CreatePrivate(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	n, err := view.WriteAudit(w, entries)
	if err = errors.Join(err, w.Flush()); err != nil {
		return errors.Join(err, f.Drop())
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	a.out.AuditWritten(path, n)
	return nil
}
