//go:build unix && !linux

package main

import "testing"

func tinyDisk(t *testing.T, _ int) (string, func()) {
	t.Skip("NO FULL DISK TESTED: only Linux mounts a small one")
	return "", nil
}

func growDisk(*testing.T, string, int) {}
