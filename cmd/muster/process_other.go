//go:build !unix

package main

import "os"

// gone knows nothing of other processes here: their leases lapse by themselves.
func gone(here string) func(host string, pid int) bool {
	return func(host string, pid int) bool { return host == here && pid == os.Getpid() }
}
