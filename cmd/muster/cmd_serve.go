package main

import (
	"cmp"
	"context"
	"fmt"
	"net/netip"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"muster/cmd/muster/flags"
	"muster/cmd/muster/view"
	"muster/importer/failure"
	"muster/provision"
	"muster/provision/claim"
	"muster/provision/claim/page"
	"muster/provision/claim/password"
	"muster/provision/link"
)

// serveOptions are the flags of serve.
type serveOptions struct {
	Listen   string
	BaseURL  string
	Accepted []string
	Cert     string
	CertKey  string
	Trusted  []string
	Cost     flags.HashCost
	Memory   int // MiB

	proxies []netip.Prefix
}

func (a *app) serveCommand() *cobra.Command {
	o := serveOptions{Cost: flags.HashCost{Cost: password.DefaultCost}}
	c := &cobra.Command{
		Use:   "serve",
		Short: "Serve the page behind the links",
		Long: `Serve answers whoever opens a link: it asks for what the organization wants to
know, lets them choose a password, and they are registered. It works beside
imports, on the same database.

It listens where the links lead to if that is this machine, as on the first
use. Otherwise say --listen; people have to come by https, either because serve
has the certificate itself (--tls-cert, --tls-key) or by way of a proxy.

The key file is read again when another one is put in its place, and on SIGHUP.
A renewed certificate is taken as well.

Each request is told in a line. A link is named there by its fingerprint, never
by its token. /healthz and /readyz are for whoever watches the server. Ctrl-C or
SIGTERM stops it once those are answered who are waiting.`,
		Example: `  muster serve
  muster serve --listen :8443 --tls-cert claim.pem --tls-key claim.key
  muster serve --listen :8080 --trusted-proxy 10.0.0.0/8`,
		Args: arguments(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.validate(); err != nil {
				return err
			}
			return a.serve(cmd.Context(), o)
		},
	}
	o.flags(c.Flags())
	return c
}

func (o *serveOptions) flags(f *pflag.FlagSet) {
	f.StringVar(&o.Listen, "listen", "",
		"`address` to listen on, like :8080 (default where links lead to on this machine)")
	f.StringVar(&o.BaseURL, "base-url", "", "where the page is found (default what links were made with)")
	f.StringArrayVar(&o.Accepted, "accept-base-url", nil,
		"former base `URL` whose links still open; may be given again")
	f.StringVar(&o.Cert, "tls-cert", "", "`file` with the certificate and those that vouch for it (PEM)")
	f.StringVar(&o.CertKey, "tls-key", "", "`file` with the key of the certificate (PEM)")
	f.StringArrayVar(&o.Trusted, "trusted-proxy", nil,
		"`network` of proxies whose word is taken for who asks, like 10.0.0.0/8; may be given again")
	f.Var(&o.Cost, "hash-cost", "what hashing a password takes, as argon2id counts it (default m=19456,t=2,p=1)")
	f.IntVar(&o.Memory, "hash-memory", 256, "`number` of MiB that hashing may take at once (default 256); who comes then has to wait")
}

func (o *serveOptions) validate() error {
	if (o.Cert == "") != (o.CertKey == "") {
		return flags.Usage("--tls-cert and --tls-key belong together", "give both, or none behind a proxy")
	}
	for _, network := range o.Trusted {
		p, err := netip.ParsePrefix(network)
		if single, singleErr := netip.ParseAddr(network); singleErr == nil {
			p, err = netip.PrefixFrom(single, single.BitLen()), nil
		}
		if err != nil {
			return flags.Usage(fmt.Sprintf("--trusted-proxy %q is no network", network),
				"give it like 10.0.0.0/8 or 192.0.2.7")
		}
		o.proxies = append(o.proxies, p.Masked())
	}
	if err := checkBases(append(o.Accepted, o.BaseURL)); err != nil {
		return err
	}
	if o.Memory < 1 {
		return flags.Usage("--hash-memory is less than one MiB", "hashing one password takes what --hash-cost says")
	}
	return nil
}

// serve answers until it is told to stop.
func (a *app) serve(ctx context.Context, o serveOptions) error {
	v := a.out.View()
	s, err := a.openToRead(ctx, v)
	if err != nil {
		return err
	}
	defer s.close()
	fits := func(r *link.Keyring) error { return keysFit(ctx, s.Store, r) }
	keys, err := link.Hold(s.db.Keys, a.common.KeyFileGroup, fits)
	if err != nil {
		return err
	}
	defer follow(ctx, v, keys)()
	bases, err := o.bases(ctx, s, v)
	if err != nil {
		return err
	}
	hasher, err := password.NewHasher(o.Cost.Cost, int64(o.Memory)<<20)
	if err != nil {
		return flags.Usage("--hash-cost: "+err.Error(), "leave it out, or give it like m=19456,t=2,p=1")
	}
	fault := func(err error) { v.Tell(provision.Warning{Text: link.Redact(err.Error())}) }
	claims := &claim.Service{
		Store: s.Store, Keys: keys.Ring, Hasher: hasher, Now: s.Now, NewID: s.NewID, Audiences: bases, Fault: fault,
	}
	defer claims.Wait()
	site, err := page.New(page.Options{
		Claims:   claims,
		BaseURLs: bases,
		Proxies:  o.proxies,
		Ready:    func(ctx context.Context) error { return ready(ctx, s.Store, keys) },
		Log:      a.out.Requests(),
		Fault:    fault,
		Now:      s.Now,
	})
	if err != nil {
		return err
	}
	return o.listen(ctx, v, bases, site)
}

// ready makes sure that links can be answered, and after the next start, too.
func ready(ctx context.Context, db provision.Store, keys *link.Holder) error {
	if err := keys.Wrong(); err != nil {
		return fmt.Errorf("not ready, the key file cannot be used: %w", err)
	}
	if err := keysFit(ctx, db, keys.Ring()); err != nil {
		return fmt.Errorf("not ready: %w", err)
	}
	return nil
}

// keysFit makes sure that a database can be reached, and that links of it open
// with the keys of a ring.
func keysFit(ctx context.Context, db provision.Store, ring *link.Keyring) error {
	_, err := provision.FitKeys(ctx, db, link.Maker(ring).Checks())
	return err
}

// bases are the base URLs whose links open; the first is that of new ones.
func (o *serveOptions) bases(ctx context.Context, s *session, v view.View) ([]string, error) {
	kept, err := s.Store.Setting(ctx, provision.BaseURLSetting)
	if err != nil {
		return nil, err
	}
	base := cmp.Or(o.BaseURL, kept)
	if base == "" {
		return nil, &provision.ConfigError{
			Msg:   "the public address of the claim page is not known, and it is inside every link",
			Class: failure.BaseURL,
		}
	}
	all := eitherSlash(append([]string{base}, o.Accepted...))
	if kept != "" && !slices.Contains(all, kept) {
		v.Tell(provision.Warning{Text: fmt.Sprintf("links of this database were made for %[1]s and do not open here, "+
			"unless you say --accept-base-url %[1]s", kept)})
	}
	return all, nil
}
