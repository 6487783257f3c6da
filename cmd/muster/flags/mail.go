package flags

import (
	"crypto/x509"
	"errors"
	"fmt"
	netmail "net/mail"
	"os"
	"strings"

	"github.com/spf13/pflag"

	"muster/importer/identity"
	"muster/provision"
	"muster/provision/mail"
	"muster/provision/mail/letter"
	"muster/provision/mail/relay"
)

// Mail are the flags that say through which server mail goes, from whom, and
// how fast.
type Mail struct {
	SMTP         string
	PasswordFile string
	CAFile       string
	From         string
	BounceDomain string
	Templates    string
	PerSecond    float64
	PerMinute    int
	Connections  int
}

// Flags defines the flags.
func (o *Mail) Flags(f *pflag.FlagSet) {
	section(f, "The mail server, and from whom mail comes:", o.define)
}

func (o *Mail) define(f *pflag.FlagSet) {
	f.StringVar(&o.SMTP, "smtp", "",
		"mail server: smtps://user@host, smtp+starttls://user@host, or smtp://127.0.0.1:25 on this computer")
	f.StringVar(&o.PasswordFile, "smtp-password-file", "", "`file` with the password for the mail server")
	f.StringVar(&o.CAFile, "smtp-ca", "", "`file` of certificates (PEM) that vouch for the mail server")
	f.StringVar(&o.From, "from", "", "sender, like \"Outdoor <hello@example.com>\"")
	f.StringVar(&o.BounceDomain, "bounce-domain", "",
		"`domain` that takes mail for any address; mails come back there, for muster mail bounces")
	f.StringVar(&o.Templates, "templates", "", "`folder` of templates that go before those of muster")
	f.Float64Var(&o.PerSecond, "rate", mail.DefaultPerSecond, "mails a second, at most")
	f.IntVar(&o.PerMinute, "domain-rate", mail.DefaultDomainPerMinute,
		"mails a minute to the people of one domain, at most")
	f.IntVar(&o.Connections, "connections", 1, "connections to the mail server at once")
}

// Validate refuses what cannot be meant.
func (o *Mail) Validate() error {
	switch {
	case o.PerSecond <= 0 || o.PerSecond > 1000:
		return Usage(fmt.Sprintf("--rate %v is not possible", o.PerSecond), "give a number up to 1000")
	case o.PerMinute < 1 || o.PerMinute > 100000:
		return Usage(fmt.Sprintf("--domain-rate %d is not possible", o.PerMinute), "give a number from 1 to 100000")
	case o.Connections < 1 || o.Connections > 16:
		return Usage(fmt.Sprintf("--connections %d is not possible", o.Connections), "give a number from 1 to 16")
	case strings.ContainsAny(o.BounceDomain, "@ <>"):
		return Usage(fmt.Sprintf("--bounce-domain %q is no domain", o.BounceDomain), "give it like bounces.example.com")
	}
	return nil
}

// Settings reads what the flags name: the password, certificates and templates.
func (o *Mail) Settings() (mail.Settings, error) {
	server, err := o.server()
	if err != nil {
		return mail.Settings{}, err
	}
	from, err := o.sender()
	if err != nil {
		return mail.Settings{}, err
	}
	templates, err := letter.Load(o.Templates)
	return mail.Settings{
		Server:       server,
		From:         from,
		BounceDomain: o.BounceDomain,
		Templates:    templates,
		Rates:        mail.Rates{PerSecond: o.PerSecond, DomainPerMinute: o.PerMinute},
		Connections:  o.Connections,
	}, err
}

const likeServer = "say it like --smtp smtps://user@mail.example.com with --smtp-password-file FILE; " +
	"smtp+starttls:// where TLS comes later, smtp://127.0.0.1 for a server on this computer"

func (o *Mail) server() (relay.Server, error) {
	if o.SMTP == "" {
		return relay.Server{}, lacking("no mail server is named", likeServer)
	}
	server, err := relay.ParseServer(o.SMTP)
	switch {
	case errors.Is(err, relay.ErrPassword):
		return server, Usage("--smtp: "+err.Error(),
			"write it into a file that you alone can read, and name that with --smtp-password-file")
	case err != nil:
		return server, Usage("--smtp: "+err.Error(), likeServer)
	}
	if o.PasswordFile != "" {
		text, err := os.ReadFile(o.PasswordFile)
		if err != nil {
			return server, lacking("the password for the mail server cannot be read: "+err.Error(),
				"name its file with --smtp-password-file")
		}
		server.Password = strings.TrimRight(string(text), "\r\n")
	}
	switch {
	case server.User != "" && server.Password == "":
		return server, lacking("there is no password for "+server.User+" at the mail server",
			"name a file that holds it with --smtp-password-file")
	case server.User == "" && server.Password != "":
		return server, lacking("there is a password for the mail server and no user",
			"name the user in the address: --smtp smtps://user@host")
	}
	return server, o.roots(&server)
}

// roots reads the certificates that vouch for the server.
func (o *Mail) roots(server *relay.Server) error {
	if o.CAFile == "" {
		return nil
	}
	text, err := os.ReadFile(o.CAFile)
	if err != nil {
		return lacking("the certificates of --smtp-ca cannot be read: "+err.Error(), "name a file in PEM form")
	}
	server.Roots = x509.NewCertPool()
	if !server.Roots.AppendCertsFromPEM(text) {
		return lacking(o.CAFile+" holds no certificate",
			"give a file in PEM form, which begins with -----BEGIN CERTIFICATE-----")
	}
	return nil
}

// sender reads from whom mail comes.
func (o *Mail) sender() (netmail.Address, error) {
	const like = `say it like --from "Outdoor <hello@example.com>"`
	if o.From == "" {
		return netmail.Address{}, lacking("no sender is named", like)
	}
	return NamedAddress("--from", o.From, like)
}

// NamedAddress reads the value of a flag like "Name <address>".
func NamedAddress(flag, text, hint string) (netmail.Address, error) {
	a, err := netmail.ParseAddress(text)
	if err != nil {
		return netmail.Address{}, Usage(fmt.Sprintf("%s %q is no address", flag, text), hint)
	}
	e, _, err := identity.ParseEmail(a.Address)
	if err != nil {
		return netmail.Address{}, Usage(fmt.Sprintf("%s %q is no address", flag, text), hint)
	}
	return netmail.Address{Name: letter.Name(a.Name), Address: e.Address}, nil
}

// lacking says that a setting is missing or wrong.
func lacking(msg, hint string) error { return &provision.ConfigError{Msg: msg, Hint: hint} }
