package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
)

func (a *app) manCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "man FOLDER",
		Short: "Write the manual pages into a folder",
		Long: `Man writes a manual page for each command, as man reads them, into a folder that
it makes where it is missing. make install puts them where man looks.`,
		Example: "  muster man /usr/local/share/man/man1\n  muster man man && man ./man/muster-import.1",
		Args:    arguments(1, 1, "a folder"),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.manual(cmd.Root(), args[0]) },
	}
}

func (a *app) manual(root *cobra.Command, folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return fmt.Errorf("making a folder for manual pages: %w", err)
	}
	written := 0
	var write func(*cobra.Command) error
	write = func(c *cobra.Command) error {
		name := strings.ReplaceAll(c.CommandPath(), " ", "-") + ".1"
		if err := os.WriteFile(filepath.Join(folder, name), []byte(manPage(c)), 0o644); err != nil {
			return fmt.Errorf("writing a manual page: %w", err)
		}
		written++
		for _, sub := range c.Commands() {
			if !sub.IsAvailableCommand() {
				continue
			}
			if err := write(sub); err != nil {
				return err
			}
		}
		return nil
	}
	if err := write(root); err != nil {
		return err
	}
	if a.common.JSON {
		a.out.Emit("summary", map[string]any{"pages": written, "folder": folder})
		return nil
	}
	fmt.Fprintf(a.out.Stdout, "wrote %d manual pages into %s\n", written, folder)
	return nil
}

// manPage is the manual page of a command: its help, in the order that manual
// pages have. The generator of cobra would show Go types, the zero values of
// flags and none of their sections.
func manPage(c *cobra.Command) string {
	var p roff
	name := strings.ReplaceAll(c.CommandPath(), " ", "-")
	p.macro("TH", strings.ToUpper(name), "1", "", "muster "+versionText(), "muster")
	p.macro("SH", "NAME")
	p.text(name + ` - ` + c.Short)
	p.macro("SH", "SYNOPSIS")
	p.verbatim(strings.Join(usageLines(c), "\n"))
	if c.Long != "" {
		p.macro("SH", "DESCRIPTION")
		p.text(c.Long)
	}
	if c.Example != "" {
		p.macro("SH", "EXAMPLES")
		p.verbatim(c.Example)
	}
	p.columns("COMMANDS", commandGroups(c))
	p.columns("OPTIONS", flagSections(c.LocalNonPersistentFlags()))
	if c.HasParent() {
		p.macro("SH", "SEE ALSO")
		p.text("muster(1) for the flags of all commands, settings and exit codes")
		return p.String()
	}
	p.macro("SH", "FLAGS AND SETTINGS")
	p.verbatim(flagsTopic(c))
	p.macro("SH", "EXIT STATUS")
	p.verbatim(exitTable())
	return p.String()
}

// roff is a text in the language of manual pages.
type roff struct{ strings.Builder }

func (p *roff) macro(name string, arguments ...string) {
	p.WriteString("." + name)
	for _, a := range arguments {
		p.WriteString(` "` + strings.ReplaceAll(escaped(a), `"`, `\(dq`) + `"`)
	}
	p.WriteByte('\n')
}

// text is prose: an empty line begins a paragraph.
func (p *roff) text(text string) {
	for i, paragraph := range strings.Split(text, "\n\n") {
		if i > 0 {
			p.macro("PP")
		}
		if strings.HasPrefix(paragraph, "  ") {
			p.verbatim(paragraph)
			continue
		}
		p.WriteString(escaped(paragraph) + "\n")
	}
}

func (p *roff) verbatim(text string) {
	p.macro("nf")
	p.WriteString(escaped(strings.TrimRight(text, "\n")) + "\n")
	p.macro("fi")
}

// columns lists names with what they mean.
func (p *roff) columns(title string, parts []titled) {
	if len(parts) == 0 {
		return
	}
	p.macro("SH", title)
	for _, part := range parts {
		p.macro("SS", strings.TrimSuffix(part.title, ":"))
		for _, line := range part.lines {
			p.macro("TP")
			p.WriteString(`\fB` + escaped(strings.TrimSpace(line[0])) + "\\fR\n" + escaped(line[1]) + "\n")
		}
	}
}

// escaped takes their meaning from backslashes, dashes and from dots and
// apostrophes at the beginning of a line.
func escaped(text string) string {
	lines := strings.Split(strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(text), "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}
