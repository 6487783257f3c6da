package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"muster/cmd/muster/flags"
	"muster/cmd/muster/view"
)

// Help begins with examples. Each command shows its own flags, under titles;
// what all commands have in common is told once, by the topics.

// helpWidth is how wide help is written. Narrower terminals fold it.
const helpWidth = 80

// helpText is what --help shows of a command.
func helpText(c *cobra.Command) string {
	var b strings.Builder
	part := func(title, text string) {
		if text != "" {
			fmt.Fprintf(&b, "\n%s\n%s\n", title, strings.TrimRight(text, "\n"))
		}
	}
	b.WriteString(cmp.Or(c.Long, c.Short) + "\n")
	part("Examples:", c.Example)
	part("Usage:", "  "+strings.Join(usageLines(c), "\n  "))
	for _, g := range commandGroups(c) {
		part(g.title, twoColumns(g.lines))
	}
	for _, s := range flagSections(c.LocalNonPersistentFlags()) {
		part(s.title, twoColumns(s.lines))
	}
	b.WriteString("\n" + furtherHelp + "\n")
	return b.String()
}

const furtherHelp = `muster help flags has the flags of all commands and what may stand in settings,
muster help exit-codes what each exit code means.`

// usageLines are the ways to call a command.
func usageLines(c *cobra.Command) []string {
	if !c.HasAvailableSubCommands() {
		return []string{c.UseLine()}
	}
	lines := []string{c.CommandPath() + " COMMAND [flags]"}
	if c.Use != c.Name() {
		lines = append([]string{c.UseLine()}, lines...)
	}
	return lines
}

// A titled is a part of help that has a title and two columns.
type titled struct {
	title string
	lines [][2]string
}

// commandGroups lists the commands of a command, those of the program by what
// they are for.
func commandGroups(c *cobra.Command) []titled {
	rest := titled{title: "Commands:"}
	var groups []titled
	for _, g := range c.Groups() {
		groups = append(groups, titled{title: g.Title})
	}
	for _, sub := range c.Commands() {
		if !sub.IsAvailableCommand() && sub.Name() != "help" {
			continue
		}
		line := [2]string{sub.Name(), sub.Short}
		at := slices.IndexFunc(c.Groups(), func(g *cobra.Group) bool { return g.ID == sub.GroupID })
		if at < 0 {
			rest.lines = append(rest.lines, line)
			continue
		}
		groups[at].lines = append(groups[at].lines, line)
	}
	if len(groups) > 0 {
		rest.title = "More:"
		for _, t := range topics {
			rest.lines = append(rest.lines, [2]string{"help " + t.name, t.short})
		}
	}
	return slices.DeleteFunc(append(groups, rest), func(t titled) bool { return len(t.lines) == 0 })
}

// flagSections lists flags by section, in the order in which they are defined;
// those of no section come first.
func flagSections(f *pflag.FlagSet) []titled {
	sections := []titled{{title: "Flags:"}}
	f.SortFlags = false
	f.VisitAll(func(flag *pflag.Flag) {
		if flag.Hidden || flag.Name == "help" {
			return
		}
		title := cmp.Or(flags.SectionOf(flag), "Flags:")
		at := slices.IndexFunc(sections, func(s titled) bool { return s.title == title })
		if at < 0 {
			sections = append(sections, titled{title: title})
			at = len(sections) - 1
		}
		sections[at].lines = append(sections[at].lines, flagLine(flag))
	})
	return slices.DeleteFunc(sections, func(s titled) bool { return len(s.lines) == 0 })
}

// flagTakes says what stands behind a flag, where it is no file, folder or the
// like, which its own text marks.
var flagTakes = map[string]string{
	"map":               "COLUMN=FIELD",
	"set":               "FIELD=VALUE",
	"rows":              "FIRST-LAST",
	"encoding":          "NAME",
	"delimiter":         "CHARACTER",
	"kind":              "KIND",
	"org":               "NAME",
	"brand":             "NAME",
	"as":                "EMAIL",
	"base-url":          "URL",
	"invite":            "HOW",
	"on-email-match":    "WHAT",
	"on-profile-match":  "WHAT",
	"if-locked":         "WHAT",
	"link-ttl":          "TIME",
	"older":             "TIME",
	"max-rejects":       "N or N%",
	"max-held":          "N or N%",
	"limit":             "N",
	"workers":           "N",
	"max-file-size":     "SIZE",
	"max-unpacked-size": "SIZE",
	"max-cell-size":     "SIZE",
	"max-rows":          "N",
	"max-columns":       "N",
	"log-level":         "LEVEL",
	"cells":             "HOW",
	"db":                "DATABASE",
}

// flagLine is a flag with what it takes, and what it does.
func flagLine(flag *pflag.Flag) [2]string {
	marked, does := pflag.UnquoteUsage(flag)
	takes := cmp.Or(flagTakes[flag.Name], strings.ToUpper(marked))
	name := "    --" + flag.Name
	if flag.Shorthand != "" {
		name = "-" + flag.Shorthand + ", --" + flag.Name
	}
	if takes != "" {
		name += " " + takes
	}
	if flag.Value.Type() == "string" && flag.DefValue != "" {
		does += " (default " + flag.DefValue + ")"
	}
	return [2]string{name, does}
}

// columnLimit is how wide the first of two columns may become; a wider entry
// has its text on the next line.
const columnLimit = 26

// twoColumns lays out names and what they mean, the latter folded.
func twoColumns(lines [][2]string) string {
	width := 0
	for _, line := range lines {
		if n := len([]rune(line[0])); n <= columnLimit {
			width = max(width, n)
		}
	}
	var b strings.Builder
	for _, line := range lines {
		text := "  " + view.Padded(line[0], width) + "  "
		if len([]rune(line[0])) > width {
			b.WriteString("  " + line[0] + "\n")
			text = strings.Repeat(" ", width+4)
		}
		b.WriteString(view.Folded(text+line[1], helpWidth, width+4) + "\n")
	}
	return b.String()
}
