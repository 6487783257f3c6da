// Package mailtest is a mail server for tests: it keeps what it is sent, and
// can be told to go wrong in the ways in which real ones do.
package mailtest

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"io"
	"log"
	"math/big"
	"net"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// Caught is a mail that the server has taken.
type Caught struct {
	From, To string
	Text     []byte
}

// Settings say how a server is spoken to, and how it goes wrong. The zero value
// takes every mail, without TLS.
type Settings struct {
	TLS      bool   // from the first byte
	StartTLS bool   // once it is asked for
	Password string // of the user "muster"; "" lets everybody in

	// Each is asked for every mail, with how many came before it there, and
	// answers with an error, nil to go on. ErrCut breaks the connection off.
	From func(n int, address string) error
	To   func(n int, address string) error
	Text func(n int) error // the mail is kept where this is ErrCut
}

// ErrCut ends a connection without an answer.
var ErrCut = errors.New("cut")

// Says is an answer of the server that is none of success.
func Says(code int, enhanced [3]int, text string) error {
	return &smtp.SMTPError{Code: code, EnhancedCode: enhanced, Message: text}
}

// Server is a mail server on this computer.
type Server struct {
	Settings
	Host  string
	Port  int
	Roots *x509.CertPool // that vouch for it, where it has a certificate

	mu    sync.Mutex
	mails []Caught
	seen  map[string]int // by stage
	conns int
	said  transcript
}

// transcript is what was said on all connections.
type transcript struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write adds to it.
func (t *transcript) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.text.Write(p)
}

// Said is everything that was said so far, by both sides.
func (s *Server) Said() string {
	s.said.mu.Lock()
	defer s.said.mu.Unlock()
	return s.said.text.String()
}

// Start runs a server until the test ends.
func Start(t testing.TB, s Settings) *Server {
	t.Helper()
	server := &Server{Settings: s, seen: map[string]int{}, Host: "127.0.0.1"}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server.Port = listener.Addr().(*net.TCPAddr).Port
	back := smtp.NewServer(smtp.BackendFunc(server.session))
	back.Domain = "mail.example.com"
	back.Debug = &server.said
	back.ErrorLog = log.New(io.Discard, "", 0)
	if s.TLS || s.StartTLS {
		certificate, roots, err := certificate()
		if err != nil {
			t.Fatal(err)
		}
		server.Roots = roots
		back.TLSConfig = &tls.Config{Certificates: []tls.Certificate{certificate}}
	}
	if s.TLS {
		listener = tls.NewListener(listener, back.TLSConfig)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = back.Serve(listener) // ends when it is closed
	}()
	t.Cleanup(func() {
		_ = listener.Close() // the server may not have begun to serve it
		_ = back.Close()
		<-done
	})
	return server
}

// Mails are those that were taken so far.
func (s *Server) Mails() []Caught {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.mails)
}

// Connections is how many there were.
func (s *Server) Connections() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.conns
}

// count tells how often a stage was reached before.
func (s *Server) count(stage string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen[stage]++
	return s.seen[stage] - 1
}

func (s *Server) session(c *smtp.Conn) (smtp.Session, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.conns++
	return &session{server: s, conn: c}, nil
}

// session is one connection.
type session struct {
	server *Server
	conn   *smtp.Conn
	in     bool // the user is known
	mail   Caught
}

// AuthMechanisms are offered where there is a password, and the line is secure.
func (s *session) AuthMechanisms() []string {
	if s.server.Password == "" {
		return nil
	}
	return []string{sasl.Plain}
}

// Auth lets the one user in.
func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "muster" || password != s.server.Password {
			return smtp.ErrAuthFailed
		}
		s.in = true
		return nil
	}), nil
}

// answer turns a fault into what the client sees.
func (s *session) answer(err error) error {
	if errors.Is(err, ErrCut) {
		_ = s.conn.Conn().Close()
	}
	return err
}

// Mail takes the sender.
func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	n := s.server.count("from")
	switch {
	case s.server.Password != "" && !s.in:
		return smtp.ErrAuthRequired
	case s.server.From != nil:
		if err := s.server.From(n, from); err != nil {
			return s.answer(err)
		}
	}
	s.mail = Caught{From: from}
	return nil
}

// Rcpt takes whom the mail is for.
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	n := s.server.count("to")
	if s.server.To != nil {
		if err := s.server.To(n, to); err != nil {
			return s.answer(err)
		}
	}
	s.mail.To = to
	return nil
}

// Data takes the mail itself.
func (s *session) Data(r io.Reader) error {
	text, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	n := s.server.count("text")
	s.mail.Text = text
	if s.server.Text != nil {
		err = s.server.Text(n)
	}
	if err == nil || errors.Is(err, ErrCut) {
		s.server.mu.Lock()
		s.server.mails = append(s.server.mails, s.mail)
		s.server.mu.Unlock()
	}
	return s.answer(err)
}

// Reset forgets the mail that was begun.
func (s *session) Reset() { s.mail = Caught{} }

// Logout has nothing to free.
func (s *session) Logout() error { return nil }

// certificate makes one for the loopback address, and what vouches for it.
func certificate() (tls.Certificate, *x509.CertPool, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, nil, err
	}
	template := &x509.Certificate{
		SerialNumber:          big.NewInt(1),
		Subject:               pkix.Name{CommonName: "mail.example.com"},
		NotBefore:             time.Now().Add(-time.Hour),
		NotAfter:              time.Now().Add(time.Hour),
		IPAddresses:           []net.IP{net.IPv4(127, 0, 0, 1)},
		IsCA:                  true,
		BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return tls.Certificate{}, nil, err
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		return tls.Certificate{}, nil, err
	}
	roots := x509.NewCertPool()
	roots.AddCert(parsed)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, roots, nil
}
