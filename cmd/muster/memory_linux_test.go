package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
)

// memoryGroup makes a control group that may have 512 MiB, and returns what a
// shell does to join it.
func memoryGroup(t *testing.T) string {
	t.Helper()
	for _, form := range [][2]string{{"memory", "memory.limit_in_bytes"}, {"", "memory.max"}} {
		group := filepath.Join("/sys/fs/cgroup", form[0], "muster-test-"+strconv.Itoa(os.Getpid()))
		if err := os.Mkdir(group, 0o755); err != nil {
			continue
		}
		t.Cleanup(func() { os.Remove(group) })
		if os.WriteFile(filepath.Join(group, form[1]), []byte("512M"), 0o644) == nil {
			return "echo $$ > " + filepath.Join(group, "cgroup.procs")
		}
	}
	t.Skip("NOT TRIED: a limit of memory from a control group, which this user or machine cannot make")
	return ""
}

// Go keeps to what the container may have, unless somebody said otherwise.
func TestMemoryOfTheContainerIsKept(t *testing.T) {
	join := memoryGroup(t)
	muster, err := program(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for set, want := range map[string]string{
		"":                  "memory: 460 MiB, 90 % of what its container or unit may have\n",
		"GOMEMLIMIT=100MiB": "memory: 100 MiB, by GOMEMLIMIT\n",
		"GOMEMLIMIT=off":    "",
	} {
		version := exec.Command("sh", "-c", join+` && exec "$0" version`, muster)
		version.Env = append(os.Environ(), set)
		out, err := version.Output()
		if got := string(out); err != nil || got != versionLine()+want {
			t.Errorf("%s: %q, %v", set, got, err)
		}
	}
}
