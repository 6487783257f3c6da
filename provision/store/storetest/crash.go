//go:build unix

package storetest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Crash stops the server at once, without a word to its clients, as if its
// machine had gone. What it returns starts it again, and waits until it has
// recovered.
func (s *Server) Crash(ctx context.Context) (restart func() error, err error) {
	name := filepath.Join(s.dir, "data", "postmaster.pid")
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	first, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(first)
	if err != nil {
		return nil, fmt.Errorf("the server's process: %w", err)
	}
	if err := syscall.Kill(pid, syscall.SIGQUIT); err != nil {
		return nil, err
	}
	for { // its shell has not waited for it yet: it is there, and dead
		if _, err := os.Stat(name); errors.Is(err, fs.ErrNotExist) {
			break
		}
		if err := wait(ctx); err != nil {
			return nil, err
		}
	}
	return func() error {
		if err := s.again(); err != nil {
			return err
		}
		for s.admin.PingContext(ctx) != nil {
			if err := wait(ctx); err != nil {
				return err
			}
		}
		return nil
	}, nil
}

func wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(20 * time.Millisecond):
		return nil
	}
}
