package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
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
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "development"
	}
	var built vcs
	for _, s := range info.Settings {
		built.take(s)
	}
	return built.text()
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
	text := "development"
	if v.commit == "" {
		return text
	}
	text += "-" + v.commit
	if v.day != "" {
		text += " of " + v.day
	}
	if v.modified {
		text += ", with changes that are not committed"
	}
	return text
}

// versionLine is what muster --version prints.
func versionLine() string {
	return fmt.Sprintf("muster %s (%s, %s)\n", versionText(), runtime.Version(), runtime.GOOS+"/"+runtime.GOARCH)
}

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Say which muster this is",
		Example: "  muster version",
		Args:    arguments(0, 0, ""),
		RunE:    func(*cobra.Command, []string) error { return a.showVersion() },
	}
}

func (a *app) showVersion() error {
	if a.common.JSON {
		platform := runtime.GOOS + "/" + runtime.GOARCH
		a.out.Emit("summary", map[string]string{"version": versionText(), "go": runtime.Version(), "platform": platform})
		return nil
	}
	fmt.Fprint(a.out.Stdout, versionLine())
	return nil
}
