package main

import (
	"crypto/tls"
	"os"
	"sync"
	"time"
)

// certificate is read again whenever its files have changed: certificates are
// renewed while the server runs.
type certificate struct {
	cert, key string // files

	mu      sync.Mutex
	read    *tls.Certificate
	changed [2]time.Time // of the files, as they were read
}

// current is the certificate as it is now. While new files do not fit each
// other, somebody is writing them: the former certificate counts.
func (c *certificate) current() (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	var changed [2]time.Time
	for i, path := range []string{c.cert, c.key} {
		if info, err := os.Stat(path); err == nil {
			changed[i] = info.ModTime()
		}
	}
	if c.read != nil && changed == c.changed {
		return c.read, nil
	}
	read, err := tls.LoadX509KeyPair(c.cert, c.key)
	switch {
	case err == nil:
		c.read, c.changed = &read, changed
	case c.read == nil:
		return nil, err
	}
	return c.read, nil
}
