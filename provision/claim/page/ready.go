package page

import (
	"context"
	"net/http"
	"sync"
	"time"
)

// How long it is kept whether links can be answered, how long finding that out
// may take, and how often it is said why they cannot.
const (
	readyKept     = 2 * time.Second
	readyPatience = 5 * time.Second
	readySaid     = time.Minute
)

// readiness is whether links could be answered when that was found out last.
// However many watch, one of them at a time finds out.
type readiness struct {
	mu    sync.Mutex
	found time.Time
	err   error
	said  time.Time
}

// ready answers whoever watches the server.
func (s *site) ready(v *visit) answer {
	if s.readiness.of(v.Context(), s.Options) != nil {
		return plain(http.StatusServiceUnavailable, "not ready")
	}
	return plain(http.StatusOK, "ready")
}

// of is nil where links can be answered, as it is now or was a moment ago.
func (r *readiness) of(ctx context.Context, o Options) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if now := o.Now(); !r.found.IsZero() && now.Sub(r.found) < readyKept {
		return r.err
	}
	finding, cancel := context.WithTimeout(context.WithoutCancel(ctx), readyPatience) // others are told the same
	defer cancel()
	r.err = o.Ready(finding)
	r.found = o.Now()
	if r.err != nil && (r.said.IsZero() || r.found.Sub(r.said) >= readySaid) {
		o.Fault(r.err)
		r.said = r.found
	}
	return r.err
}
