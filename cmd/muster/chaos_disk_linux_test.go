package main

import (
	"fmt"
	"os"
	"syscall"
	"testing"
)

// tinyDisk is a disk of so many KiB, which takes root.
func tinyDisk(t *testing.T, size int) (mount string, unmount func()) {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("NO FULL DISK TESTED: to mount a small one takes root")
	}
	mount = t.TempDir()
	if err := syscall.Mount("none", mount, "tmpfs", 0, fmt.Sprintf("size=%dk", size)); err != nil {
		t.Skipf("NO FULL DISK TESTED: %v", err)
	}
	return mount, func() { _ = syscall.Unmount(mount, syscall.MNT_DETACH) }
}

// growDisk gives a small disk more room.
func growDisk(t *testing.T, mount string, size int) {
	t.Helper()
	if err := syscall.Mount("none", mount, "tmpfs", syscall.MS_REMOUNT, fmt.Sprintf("size=%dk", size)); err != nil {
		t.Fatal(err)
	}
}
