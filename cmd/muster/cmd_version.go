package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version is set when a release is built: -ldflags "-X main.version=1.2.3".
var version = ""

// versionText is the version, or the commit this was built from.
func versionText() string {
	if version != "" {
		return version
	}
	text := "development"
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" && len(s.Value) >= 12 {
				text += "-" + s.Value[:12]
			}
		}
	}
	return text
}

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Say which muster this is",
		Example: "  muster version",
		Args:    arguments(0, 0, ""),
		RunE: func(*cobra.Command, []string) error {
			platform := runtime.GOOS + "/" + runtime.GOARCH
			if a.common.JSON {
				a.emit("summary", map[string]string{"version": versionText(), "go": runtime.Version(), "platform": platform})
				return nil
			}
			fmt.Fprintf(a.stdout, "muster %s (%s, %s)\n", versionText(), runtime.Version(), platform)
			return nil
		},
	}
}
