package relay

import (
	"crypto/x509"
	"errors"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Server is a mail server, and how to speak to it.
type Server struct {
	Host     string
	Port     int
	Security Security
	User     string // "" where the server lets us in without
	Password string
	Roots    *x509.CertPool // whose certificates count; nil for those of the system
	Patience time.Duration  // for an answer; 0 is DefaultPatience
}

// DefaultPatience is how long the server may take for an answer. Giving up on
// one that comes in the end is what makes duplicates (RFC 1047).
const DefaultPatience = 2 * time.Minute

// Security is how the line to a server is kept from others.
type Security int

// The ways.
const (
	StartTLS    Security = iota + 1 // the line is secured before anything is said
	ImplicitTLS                     // the line is secure from its first byte
	Loopback                        // it does not leave this computer
)

// The schemes of addresses, each with its port where none is given.
var schemes = map[string]struct {
	security Security
	port     int
}{
	"smtp+starttls": {StartTLS, 587},
	"smtps":         {ImplicitTLS, 465},
	"smtp":          {Loopback, 25},
}

// Errors of ParseServer.
var (
	ErrPassword = errors.New("a password does not belong into the address of the mail server")
	ErrInsecure = errors.New(
		"smtp:// sends links over a line that others can read: it is for a server on this computer alone")
	ErrNoServer = errors.New("this is no address of a mail server")
)

// ParseServer reads the address of a mail server: smtp+starttls://user@host:port
// or smtps://user@host:port; smtp://127.0.0.1:port for one on this computer. The
// error is one of the three above and repeats nothing of the text, which may
// hold a password.
func ParseServer(text string) (Server, error) {
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
		return Server{}, ErrNoServer
	}
	scheme, known := schemes[u.Scheme]
	if !known {
		return Server{}, ErrNoServer
	}
	if _, set := u.User.Password(); set {
		return Server{}, ErrPassword
	}
	s := Server{Host: u.Hostname(), Port: scheme.port, Security: scheme.security, User: u.User.Username()}
	if u.Port() != "" {
		if s.Port, err = strconv.Atoi(u.Port()); err != nil || s.Port < 1 || s.Port > 65535 {
			return Server{}, ErrNoServer
		}
	}
	if s.Security == Loopback && (!isLoopback(s.Host) || s.User != "") {
		return Server{}, ErrInsecure
	}
	return s, nil
}

func isLoopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// String is the host and port: what people are shown.
func (s Server) String() string { return net.JoinHostPort(s.Host, strconv.Itoa(s.Port)) }
