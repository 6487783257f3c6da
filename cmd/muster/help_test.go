package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// everyCommand calls f for each command of the program.
func everyCommand(f func(*cobra.Command)) {
	var visit func(*cobra.Command)
	visit = func(c *cobra.Command) {
		f(c)
		for _, sub := range c.Commands() {
			visit(sub)
		}
	}
	visit(newApp(strings.NewReader(""), &bytes.Buffer{}, &bytes.Buffer{}).root())
}

func TestHelpFitsEightyColumns(t *testing.T) {
	everyCommand(func(c *cobra.Command) {
		for line := range strings.SplitSeq(helpText(c), "\n") {
			if n := text.StringWidthWithoutEscSequences(line); n > helpWidth {
				t.Errorf("%s: %d characters: %s", c.CommandPath(), n, line)
			}
		}
	})
}

// Every command begins with an example, and every flag that takes a value says
// which in capitals.
func TestHelpShowsWhatFlagsTake(t *testing.T) {
	everyCommand(func(c *cobra.Command) {
		if c.Example == "" {
			t.Errorf("%s has no example", c.CommandPath())
		}
		c.LocalFlags().VisitAll(func(f *pflag.Flag) {
			name := flagLine(f)[0]
			if _, takes, _ := strings.Cut(name, "--"+f.Name); f.Value.Type() != "bool" && (takes == "" || takes != strings.ToUpper(takes) && !strings.Contains(takes, "N or N%")) {
				t.Errorf("%s: %q", c.CommandPath(), name)
			}
		})
	})
}
