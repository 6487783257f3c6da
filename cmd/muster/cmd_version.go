package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// version is set when a release is built: -ldflags "-X main.version=1.2.3".
var version = ""

// versionText is the version, or the commit this was built from and its day.
func versionText() string {
	if version != "" {
		return version
	}
	return builtFrom().text()
}

// builtFrom is what this was built from, as far as the Go command noted it.
func builtFrom() vcs {
	var built vcs
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			built.take(s)
		}
	}
	return built
}

// vcs is what the Go command notes about the sources it built from.
type vcs struct {
	commit, day string
	modified    bool
}

func (v *vcs) take(s debug.BuildSetting) {
	switch {
	case s.Key == "vcs.revision" && len(s.Value) >= 12:
		v.commit = s.Value[:12]
	case s.Key == "vcs.time" && len(s.Value) >= len(time.DateOnly):
		v.day = s.Value[:len(time.DateOnly)]
	case s.Key == "vcs.modified":
		v.modified = s.Value == "true"
	}
}

func (v vcs) text() string {
	if v.commit == "" {
		return "development"
	}
	return "development-" + v.source()
}

// source is the commit and its day, "" where they are not known.
func (v vcs) source() string {
	text := v.commit
	if v.commit != "" && v.day != "" {
		text += " of " + v.day
	}
	if v.modified {
		text += ", with changes that are not committed"
	}
	return text
}

// versionLine is what muster --version prints: the version, the commit and day
// of a release, and what it was built with and for.
func versionLine() string {
	details := []string{runtime.Version(), runtime.GOOS + "/" + runtime.GOARCH}
	if source := builtFrom().source(); version != "" && source != "" {
		details = append([]string{"commit " + source}, details...)
	}
	return fmt.Sprintf("muster %s (%s)\n", versionText(), strings.Join(details, ", "))
}

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Say which muster this is",
		Long: `Version says which muster this is, what it was built with and for, and, in a
container or unit with a limit of memory, what muster keeps to: 90 % of it,
unless GOMEMLIMIT says otherwise.`,
		Example: "  muster version",
		Args:    arguments(0, 0, ""),
		RunE:    func(*cobra.Command, []string) error { return a.showVersion() },
	}
}

func (a *app) showVersion() error {
	if a.common.JSON {
		platform := runtime.GOOS + "/" + runtime.GOARCH
		said := map[string]any{"version": versionText(), "go": runtime.Version(), "platform": platform}
		if source := builtFrom().source(); source != "" {
			said["commit"] = source
		}
		if limit := memoryLimit(); limit > 0 {
			said["memory_limit"] = limit
		}
		a.out.Emit("summary", said)
		return nil
	}
	fmt.Fprint(a.out.Stdout, versionLine()+memoryLine())
	return nil
}
