package relay

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net/textproto"
	"time"

	"github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"
)

// Mail is a finished mail in its envelope.
type Mail struct {
	From string // where bounces go
	To   string
	Text []byte // header and body
}

// PerConnection is how many mails go through one connection: servers dislike
// both a connection for each mail and one that never ends.
const PerConnection = 50

// A Sender hands mails to a server, one at a time. Close it.
type Sender struct {
	server Server
	dialer *mail.Client
	open   *smtp.Client // nil while there is no connection
	sent   int          // through it
}

// NewSender returns a sender that has no connection yet.
func NewSender(s Server) (*Sender, error) {
	if s.Patience == 0 {
		s.Patience = DefaultPatience
	}
	options := []mail.Option{
		mail.WithPort(s.Port),
		mail.WithTimeout(s.Patience),
		mail.WithTLSConfig(&tls.Config{ServerName: s.Host, RootCAs: s.Roots, MinVersion: tls.VersionTLS12}),
		mail.WithoutSMTPUTF8(),
	}
	switch s.Security {
	case StartTLS:
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	case ImplicitTLS:
		options = append(options, mail.WithSSL())
	case Loopback:
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	}
	if s.User != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover),
			mail.WithUsername(s.User), mail.WithPassword(s.Password))
	}
	dialer, err := mail.NewClient(s.Host, options...)
	if err != nil {
		return nil, fmt.Errorf("the mail server %s: %w", s, err)
	}
	return &Sender{server: s, dialer: dialer}, nil
}

// Send hands over one mail, and says what became of it. An error is an *Error:
// the server could not be spoken to, or does not let us send: no mail is at
// fault, and this one was not handed over. Once the text of a mail is under way
// it is not broken off.
func (s *Sender) Send(ctx context.Context, m Mail) (Reply, error) {
	if s.sent >= PerConnection {
		s.Close()
	}
	used := s.open != nil
	reply, err := s.attempt(ctx, m)
	var gone *Error
	if used && errors.As(err, &gone) && gone.What == Unreachable { // the server has closed the connection meanwhile
		return s.attempt(ctx, m)
	}
	return reply, err
}

// attempt hands over a mail through the connection there is, or a new one.
func (s *Sender) attempt(ctx context.Context, m Mail) (Reply, error) {
	if err := s.connect(ctx); err != nil {
		return Reply{}, err
	}
	if err := s.open.UpdateDeadline(s.server.Patience); err != nil {
		return Reply{}, s.lost(err)
	}
	if err := s.open.Mail(path(m.From)); err != nil {
		return Reply{}, s.lost(err)
	}
	s.sent++
	reply := s.hand(m)
	if reply.Outcome != Accepted {
		s.clear(reply)
	}
	return reply, nil
}

// path is an address as commands have it: not every server takes it bare.
func path(address string) string { return "<" + address + ">" }

// hand does what comes after the server has taken our own address.
func (s *Sender) hand(m Mail) Reply {
	if err := s.open.Rcpt(path(m.To)); err != nil {
		return replyOf(err, false)
	}
	text, err := s.open.Data()
	if err != nil {
		return replyOf(err, false)
	}
	if _, err := text.Write(m.Text); err != nil {
		return replyOf(err, true)
	}
	if err := text.Close(); err != nil {
		return replyOf(err, true)
	}
	reply := Reply{Outcome: Accepted, Code: 250}
	if closed, is := text.(*smtp.DataCloser); is {
		reply = answered(reply.Code, closed.ServerResponse())
		reply.Outcome = Accepted
	}
	return reply
}

// clear makes the connection fit for the next mail, or gives it up.
func (s *Sender) clear(after Reply) {
	if after.Code == 0 || after.Code == 421 || s.open.Reset() != nil {
		s.drop()
	}
}

// connect opens a connection where there is none.
func (s *Sender) connect(ctx context.Context) error {
	if s.open != nil {
		return nil
	}
	open, err := s.dialer.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return errorOf(s.server, err)
	}
	s.open = open
	s.sent = 0
	return nil
}

// lost gives the connection up before a mail was begun.
func (s *Sender) lost(err error) error {
	s.drop()
	var said *textproto.Error
	if errors.As(err, &said) && said.Code >= 500 {
		return &Error{Server: s.server, What: NotOurs, Err: err}
	}
	return &Error{Server: s.server, What: Unreachable, Err: err}
}

// drop ends the connection without a word.
func (s *Sender) drop() {
	_ = s.open.Close()
	s.open = nil
}

// Close says good-bye to the server.
func (s *Sender) Close() {
	if s.open == nil {
		return
	}
	if s.open.UpdateDeadline(min(s.server.Patience, 5*time.Second)) == nil && s.open.Quit() == nil {
		s.open = nil
		return
	}
	s.drop()
}
