package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// clockVariable says by how much the clock of muster goes wrong.
const clockVariable = "TEST_CLOCK"

// Called muster, the test program is muster: tests start it as their users do.
func TestMain(m *testing.M) {
	if filepath.Base(os.Args[0]) == "muster" {
		if off, err := time.ParseDuration(os.Getenv(clockVariable)); err == nil {
			clock = func() time.Time { return time.Now().Add(off) }
		}
		main()
	}
	os.Exit(m.Run())
}

// program makes a folder that holds muster, to stand in PATH.
func program(dir string) (path string, err error) {
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	path = filepath.Join(dir, "muster")
	return path, os.Symlink(self, path)
}
