package page

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/sourcegraph/conc"
)

// How long anything may take, and how much may be said before the body.
const (
	headerTime = 5 * time.Second
	readTime   = 10 * time.Second
	writeTime  = 20 * time.Second
	idleTime   = 60 * time.Second
	stopTime   = 25 * time.Second // more than an answer may take
	headerSize = 16 << 10
)

// Serve answers requests on a listener until the context ends; then those under
// way come to their end, and nobody else is let in. With a certificate it
// speaks TLS, otherwise a proxy does before it.
func Serve(ctx context.Context, l net.Listener, site http.Handler, certificate *tls.Config) error {
	server := &http.Server{
		Handler:           site,
		TLSConfig:         certificate,
		ReadHeaderTimeout: headerTime,
		ReadTimeout:       readTime,
		WriteTimeout:      writeTime,
		IdleTimeout:       idleTime,
		MaxHeaderBytes:    headerSize,
		ErrorLog:          slog.NewLogLogger(slog.Default().Handler(), slog.LevelDebug), // what strangers do wrong
	}
	var stopping conc.WaitGroup
	var stopped error
	serving, done := context.WithCancel(ctx)
	stopping.Go(func() {
		<-serving.Done()
		patience, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTime)
		defer cancel()
		stopped = server.Shutdown(patience)
	})
	err := serve(server, l)
	done()
	stopping.Wait()
	if !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serving %s: %w", l.Addr(), err)
	}
	return stopped
}

func serve(server *http.Server, l net.Listener) error {
	if server.TLSConfig != nil {
		return server.ServeTLS(l, "", "")
	}
	return server.Serve(l)
}
