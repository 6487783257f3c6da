package relay_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/provision/mail/mailtest"
	"muster/provision/mail/relay"
)

// aMail is a finished one.
func aMail(to string) relay.Mail {
	return relay.Mail{From: "b.1@bounces.example.com", To: to, Text: []byte("Subject: Hello\r\n\r\n.Hello,\r\n.\r\nbye\r\n")}
}

// sender is one for a test server.
func sender(t *testing.T, server *mailtest.Server, change func(*relay.Server)) *relay.Sender {
	t.Helper()
	to := relay.Server{Host: server.Host, Port: server.Port, Security: relay.Loopback, Roots: server.Roots, Patience: 5 * time.Second}
	if change != nil {
		change(&to)
	}
	s, err := relay.NewSender(to)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func TestWhatAServerMakesOfAMail(t *testing.T) {
	always := func(err error) func(int) error { return func(int) error { return err } }
	at := func(err error) func(int, string) error { return func(int, string) error { return err } }
	busy := mailtest.Says(450, [3]int{4, 2, 1}, "mailbox is busy")
	slow := mailtest.Says(421, [3]int{4, 7, 28}, "too many mails from you")
	nobody := mailtest.Says(550, [3]int{5, 1, 1}, "<ann@example.com>: no such user")
	spam := mailtest.Says(554, [3]int{5, 7, 1}, "do not like https://here.example/c/mst1_"+strings.Repeat("x", 78)+" at all")
	full := mailtest.Says(552, [3]int{5, 2, 2}, "mailbox is full")
	for _, tt := range []struct {
		name  string
		fault mailtest.Settings
		want  relay.Reply
		taken int
		slow  bool
	}{
		{name: "it takes the mail",
			want: relay.Reply{Outcome: relay.Accepted, Code: 250, Enhanced: "2.0.0", Text: "2.0.0 OK: queued"}, taken: 1},
		{name: "the mailbox is busy", fault: mailtest.Settings{To: at(busy)},
			want: relay.Reply{Outcome: relay.Deferred, Code: 450, Enhanced: "4.2.1", Text: "4.2.1 mailbox is busy"}},
		{name: "it asks for less", fault: mailtest.Settings{To: at(slow)}, slow: true,
			want: relay.Reply{Outcome: relay.Deferred, Code: 421, Enhanced: "4.7.28", Text: "4.7.28 too many mails from you"}},
		{name: "there is nobody", fault: mailtest.Settings{To: at(nobody)},
			want: relay.Reply{Outcome: relay.Refused, Code: 550, Enhanced: "5.1.1", Text: "5.1.1 <…@example.com>: no such user"}},
		{name: "it quotes the link of a mail that it refuses", fault: mailtest.Settings{Text: always(spam)},
			want: relay.Reply{Outcome: relay.Refused, Code: 554, Enhanced: "5.7.1", Text: "5.7.1 do not like [link] at all"}},
		{name: "the mailbox is full after the text", fault: mailtest.Settings{Text: always(full)},
			want: relay.Reply{Outcome: relay.Refused, Code: 552, Enhanced: "5.2.2", Text: "5.2.2 mailbox is full"}},
		{name: "it breaks off before the text", fault: mailtest.Settings{To: at(mailtest.ErrCut)},
			want: relay.Reply{Outcome: relay.Deferred}},
		{name: "it has taken the mail and its answer is lost", fault: mailtest.Settings{Text: always(mailtest.ErrCut)},
			want: relay.Reply{Outcome: relay.Unknown}, taken: 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			server := mailtest.Start(t, tt.fault)
			got, err := sender(t, server, nil).Send(t.Context(), aMail("ann@example.com"))
			if err != nil {
				t.Fatal(err)
			}
			if tt.want.Code == 0 {
				got.Text = ""
			}
			if strings.HasPrefix(got.Text, "2.0.0 OK") {
				got.Text = tt.want.Text
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if got.SlowDown() != tt.slow {
				t.Errorf("it asks for less: %v", got.SlowDown())
			}
			if mails := server.Mails(); len(mails) != tt.taken {
				t.Errorf("the server has %d mails", len(mails))
			}
		})
	}
}

func TestAServerThatIsTooSlowAfterTheTextMayHaveTakenIt(t *testing.T) {
	answers := make(chan struct{})
	server := mailtest.Start(t, mailtest.Settings{Text: func(int) error { <-answers; return nil }})
	s := sender(t, server, func(to *relay.Server) { to.Patience = 300 * time.Millisecond })
	got, err := s.Send(t.Context(), aMail("ann@example.com"))
	close(answers)
	if err != nil || got.Outcome != relay.Unknown {
		t.Errorf("%+v %v", got, err)
	}
}

func TestTheTextArrivesAsItWas(t *testing.T) {
	server := mailtest.Start(t, mailtest.Settings{})
	m := aMail("ann@example.com")
	if _, err := sender(t, server, nil).Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"MAIL FROM:<" + m.From + ">", "RCPT TO:<" + m.To + ">"} {
		if !strings.Contains(server.Said(), command) {
			t.Errorf("no %s in\n%s", command, server.Said())
		}
	}
	want := mailtest.Caught{From: m.From, To: m.To, Text: m.Text}
	if diff := cmp.Diff([]mailtest.Caught{want}, server.Mails()); diff != "" {
		t.Errorf("-sent +caught:\n%s", diff)
	}
}

func TestConnectionsAreKeptAndChanged(t *testing.T) {
	refusesFirst := func(n int, _ string) error {
		if n == 0 {
			return mailtest.Says(550, [3]int{5, 1, 1}, "no such user")
		}
		return nil
	}
	for _, tt := range []struct {
		name  string
		fault mailtest.Settings
		mails int
		want  int // connections
	}{
		{name: "one serves many mails", mails: 10, want: 1},
		{name: "one serves no more than so many", mails: relay.PerConnection + 1, want: 2},
		{name: "a refused mail costs no connection", fault: mailtest.Settings{To: refusesFirst}, mails: 3, want: 1},
		{name: "one that the server closed is made again for the same mail", mails: 3, want: 2,
			fault: mailtest.Settings{From: func(n int, _ string) error {
				if n == 1 {
					return mailtest.ErrCut
				}
				return nil
			}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			server := mailtest.Start(t, tt.fault)
			s := sender(t, server, nil)
			taken := 0
			for i := range tt.mails {
				reply, err := s.Send(t.Context(), aMail(fmt.Sprintf("ann%d@example.com", i)))
				if err != nil {
					t.Fatal(err)
				}
				if reply.Outcome == relay.Accepted {
					taken++
				}
			}
			if got := server.Connections(); got != tt.want {
				t.Errorf("%d connections, want %d", got, tt.want)
			}
			if got := len(server.Mails()); got != taken {
				t.Errorf("the server has %d mails, %d were accepted", got, taken)
			}
		})
	}
}

func TestAServerThatCannotBeSpokenTo(t *testing.T) {
	const password = "correct horse battery"
	secure := func(to *relay.Server) { to.Security = relay.StartTLS }
	for _, tt := range []struct {
		name   string
		server mailtest.Settings
		change func(*relay.Server)
		want   relay.Trouble
	}{
		{name: "nobody listens", want: relay.Unreachable, change: func(to *relay.Server) { to.Port = closedPort(t) }},
		{name: "it offers no TLS", want: relay.NotSecured, change: secure},
		{name: "its certificate is not trusted", want: relay.NotSecured, server: mailtest.Settings{StartTLS: true},
			change: func(to *relay.Server) { secure(to); to.Roots = nil }},
		{name: "its certificate is not trusted, with TLS from the start", want: relay.NotSecured,
			server: mailtest.Settings{TLS: true}, change: func(to *relay.Server) { to.Security, to.Roots = relay.ImplicitTLS, nil }},
		{name: "it speaks no TLS where it should from the start", want: relay.NotSecured,
			change: func(to *relay.Server) { to.Security = relay.ImplicitTLS }},
		{name: "the password is wrong", want: relay.NotLetIn,
			server: mailtest.Settings{StartTLS: true, Password: password},
			change: func(to *relay.Server) { secure(to); to.User, to.Password = "muster", "wrong "+password }},
		{name: "it wants a password and there is none", want: relay.NotOurs,
			server: mailtest.Settings{StartTLS: true, Password: password}, change: secure},
		{name: "it knows no users", want: relay.NotLetIn, server: mailtest.Settings{StartTLS: true},
			change: func(to *relay.Server) { secure(to); to.User, to.Password = "muster", password }},
		{name: "it does not take mail from this sender", want: relay.NotOurs,
			server: mailtest.Settings{From: func(int, string) error { return mailtest.Says(550, [3]int{5, 7, 1}, "not you") }}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := sender(t, mailtest.Start(t, tt.server), tt.change).Send(t.Context(), aMail("ann@example.com"))
			var got *relay.Error
			if !errors.As(err, &got) || got.What != tt.want {
				t.Fatalf("got %v, want trouble %d", err, tt.want)
			}
			if strings.Contains(err.Error(), password) {
				t.Errorf("the password is in it: %v", err)
			}
		})
	}
}

func TestMailOverSecuredLines(t *testing.T) {
	const password = "correct horse battery"
	for name, tt := range map[string]struct {
		server   mailtest.Settings
		security relay.Security
	}{
		"STARTTLS":           {mailtest.Settings{StartTLS: true, Password: password}, relay.StartTLS},
		"TLS from the start": {mailtest.Settings{TLS: true, Password: password}, relay.ImplicitTLS},
	} {
		t.Run(name, func(t *testing.T) {
			server := mailtest.Start(t, tt.server)
			s := sender(t, server, func(to *relay.Server) {
				to.Security, to.User, to.Password = tt.security, "muster", password
			})
			reply, err := s.Send(t.Context(), aMail("ann@example.com"))
			if err != nil || reply.Outcome != relay.Accepted || len(server.Mails()) != 1 {
				t.Errorf("%+v %v, %d mails", reply, err, len(server.Mails()))
			}
			if bytes.Contains(server.Mails()[0].Text, []byte(password)) {
				t.Error("the password is in the mail")
			}
		})
	}
}

func TestNothingIsBegunAfterTheEnd(t *testing.T) {
	server := mailtest.Start(t, mailtest.Settings{})
	ctx, end := context.WithCancel(t.Context())
	end()
	if _, err := sender(t, server, nil).Send(ctx, aMail("ann@example.com")); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if server.Connections() != 0 {
		t.Error("it was spoken to")
	}
}

func TestAddressesOfServers(t *testing.T) {
	for text, want := range map[string]relay.Server{
		"smtp+starttls://relay.example.com":             {Host: "relay.example.com", Port: 587, Security: relay.StartTLS},
		"smtps://muster@relay.example.com":              {Host: "relay.example.com", Port: 465, Security: relay.ImplicitTLS, User: "muster"},
		"smtp+starttls://m%40example.org@relay.net:26/": {Host: "relay.net", Port: 26, Security: relay.StartTLS, User: "m@example.org"},
		"smtp://127.0.0.1:2525":                         {Host: "127.0.0.1", Port: 2525, Security: relay.Loopback},
		"smtp://[::1]":                                  {Host: "::1", Port: 25, Security: relay.Loopback},
		"smtp://localhost":                              {Host: "localhost", Port: 25, Security: relay.Loopback},
	} {
		if got, err := relay.ParseServer(text); err != nil || !cmp.Equal(want, got) {
			t.Errorf("%s: %+v %v", text, got, err)
		}
	}
	for text, want := range map[string]error{
		"smtps://muster:secret@relay.example.com": relay.ErrPassword,
		"smtp://relay.example.com":                relay.ErrInsecure,
		"smtp://muster@localhost":                 relay.ErrInsecure,
		"relay.example.com":                       relay.ErrNoServer,
		"https://relay.example.com":               relay.ErrNoServer,
		"smtps://relay.example.com:70000":         relay.ErrNoServer,
		"smtps://relay.example.com/secret":        relay.ErrNoServer,
		"smtps://:secret word@relay":              relay.ErrNoServer,
	} {
		_, err := relay.ParseServer(text)
		if !errors.Is(err, want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// closedPort is one that nobody listens on.
func closedPort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}
