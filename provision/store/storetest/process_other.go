//go:build !unix

package storetest

import "syscall"

// unprivileged changes nothing here: no server is started where there is no
// shell to hold it.
func unprivileged(string) (*syscall.SysProcAttr, error) { return &syscall.SysProcAttr{}, nil }

func apart(as *syscall.SysProcAttr) *syscall.SysProcAttr { return as }

// ended is not known here.
func ended(int) bool { return false }
