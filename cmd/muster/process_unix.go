//go:build unix

package main

import (
	"errors"
	"os"
	"syscall"
)

// gone knows of processes of this host whether they have ended. A process
// with our own id was another one before us: in a container everybody is 1.
func gone(here string) func(host string, pid int) bool {
	return func(host string, pid int) bool {
		if host != here || pid <= 0 {
			return false
		}
		return pid == os.Getpid() || errors.Is(syscall.Kill(pid, 0), syscall.ESRCH)
	}
}
