package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"

	"muster/cmd/muster/view"
	"muster/provision"
	"muster/provision/claim/page"
)

// listen serves the site where the options say, and tells where that is.
func (o *serveOptions) listen(ctx context.Context, v view.View, bases []string, site http.Handler) error {
	base, err := url.Parse(bases[0])
	if err != nil {
		return err
	}
	address, err := o.address(base)
	if err != nil {
		return err
	}
	certificate, err := o.certificate()
	if err != nil {
		return err
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return &provision.ConfigError{
			Msg:  fmt.Sprintf("cannot listen on %s: %v", address, errors.Unwrap(err)),
			Hint: "stop what listens there, or say another address with --listen",
		}
	}
	for _, text := range o.doubts(base, l.Addr()) {
		v.Tell(provision.Warning{Text: text})
	}
	v.Tell(provision.Notice{Text: fmt.Sprintf("serving %s on %s; Ctrl-C stops it", bases[0], l.Addr())})
	if err := page.Serve(ctx, l, site, certificate); err != nil {
		return err
	}
	v.Tell(provision.Notice{Text: "stopped; nobody was waiting any more"})
	return nil
}

// address is where to listen: where links lead to, if that is this machine.
func (o *serveOptions) address(base *url.URL) (string, error) {
	if o.Listen != "" {
		return o.Listen, nil
	}
	if !loopback(base.Hostname()) {
		return "", &provision.ConfigError{
			Msg:  fmt.Sprintf("links lead to %s, which is not this machine by its own name", base.Host),
			Hint: "say where to listen, like --listen :8080",
		}
	}
	return net.JoinHostPort(base.Hostname(), port(base)), nil
}

// doubts are what may keep people from getting here.
func (o *serveOptions) doubts(base *url.URL, listening net.Addr) []string {
	var all []string
	_, heard, _ := net.SplitHostPort(listening.String())
	if loopback(base.Hostname()) && heard != port(base) {
		all = append(all, fmt.Sprintf("links lead to port %s, this listens on port %s", port(base), heard))
	}
	if base.Scheme == "http" && !loopback(base.Hostname()) {
		all = append(all, fmt.Sprintf("links lead to %s without https: passwords can be read on the way, and browsers do "+
			"not say where a form comes from, so that it is refused", base.Host))
	}
	return all
}

// loopback reports whether a host is this machine, seen from itself.
func loopback(host string) bool {
	address, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && address.IsLoopback()
}

// port is the port of an address, also where it goes without saying.
func port(u *url.URL) string {
	switch {
	case u.Port() != "":
		return u.Port()
	case u.Scheme == "https":
		return "443"
	}
	return "80"
}

// certificate is nil where somebody else speaks TLS.
func (o *serveOptions) certificate() (*tls.Config, error) {
	if o.Cert == "" {
		return nil, nil
	}
	c := &certificate{cert: o.Cert, key: o.CertKey}
	if _, err := c.current(); err != nil {
		return nil, &provision.ConfigError{Msg: fmt.Sprintf("--tls-cert %s, --tls-key %s: %v", o.Cert, o.CertKey, err),
			Hint: "give the certificate and its own key, both as PEM"}
	}
	return &tls.Config{
		MinVersion:     tls.VersionTLS12,
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return c.current() },
	}, nil
}
