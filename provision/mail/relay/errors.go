package relay

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/textproto"
	"strings"

	"muster/importer/failure"
)

// Trouble is what stands between us and a mail server.
type Trouble int

// The troubles.
const (
	Unreachable Trouble = iota + 1 // no connection, or it broke; trying later may help
	NotSecured                     // the line cannot be secured, or the certificate is not trusted
	NotLetIn                       // user and password are not accepted
	NotOurs                        // the server does not let us send from the sender's address
)

// An Error says that mails cannot be handed to a server. No mail is at fault.
type Error struct {
	Server Server
	What   Trouble
	Err    error
}

// Error has the server's own words, and no password: the server is never told
// one that it could repeat.
func (e *Error) Error() string {
	said := Words(e.Err.Error())
	switch e.What {
	case NotSecured:
		return fmt.Sprintf("the line to the mail server %s cannot be secured: %s", e.Server, said)
	case NotLetIn:
		return fmt.Sprintf("the mail server %s does not let %s in: %s", e.Server, e.Server.User, said)
	case NotOurs:
		return fmt.Sprintf("the mail server %s does not take mail from this sender: %s", e.Server, said)
	}
	return fmt.Sprintf("the mail server %s cannot be reached: %s", e.Server, said)
}

func (e *Error) Unwrap() error { return e.Err }

// Failure tells what waiting may mend from what somebody has to set right.
func (e *Error) Failure() (failure.Class, string) {
	switch e.What {
	case NotSecured:
		return failure.Config, "see that the name in --smtp is that of the certificate, and that smtps:// (TLS from the " +
			"start) or smtp+starttls:// fits the port"
	case NotLetIn:
		return failure.Config, "see that the user in --smtp and the file of --smtp-password-file are right"
	case NotOurs:
		return failure.Config, "name a sender with --from that the server accepts, or log in with smtps://user@…"
	}
	return failure.Away, "see that the mail server is up and its address right; the mails wait: run the same command again"
}

// errorOf tells what kept a connection from coming about.
func errorOf(s Server, err error) *Error {
	var (
		untrusted  *tls.CertificateVerificationError
		host       x509.HostnameError
		noTLS      tls.RecordHeaderError
		said       *textproto.Error
		handshaken = !errors.As(err, &untrusted) && !errors.As(err, &host) && !errors.As(err, &noTLS)
	)
	switch {
	case !handshaken, strings.Contains(err.Error(), "STARTTLS"):
		return &Error{Server: s, What: NotSecured, Err: err}
	case errors.As(err, &said) && said.Code >= 500, strings.Contains(err.Error(), "SMTP AUTH") && said == nil:
		if s.User == "" {
			return &Error{Server: s, What: NotOurs, Err: err}
		}
		return &Error{Server: s, What: NotLetIn, Err: err}
	}
	return &Error{Server: s, What: Unreachable, Err: err}
}
