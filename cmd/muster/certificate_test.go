package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"muster/provision/claim/page"
)

// certify writes a certificate of a name and its key.
func certify(t *testing.T, c *certificate, name string, at time.Time) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		Subject:      pkix.Name{CommonName: name},
		DNSNames:     []string{name},
		NotBefore:    at.Add(-time.Hour),
		NotAfter:     at.Add(24 * time.Hour),
	}
	cert, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	for path, block := range map[string]*pem.Block{
		c.cert: {Type: "CERTIFICATE", Bytes: cert}, c.key: {Type: "PRIVATE KEY", Bytes: secret},
	} {
		if err := os.WriteFile(path, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
	}
}

func TestARenewedCertificateIsTaken(t *testing.T) {
	dir := t.TempDir()
	c := &certificate{cert: filepath.Join(dir, "claim.pem"), key: filepath.Join(dir, "claim.key")}
	if _, err := c.current(); err == nil {
		t.Fatal("a certificate that is not there")
	}
	name := func() string {
		t.Helper()
		now, err := c.current()
		if err != nil {
			t.Fatal(err)
		}
		return now.Leaf.Subject.CommonName
	}
	at := time.Now().Add(-time.Hour)
	certify(t, c, "first", at)
	if got := name(); got != "first" {
		t.Errorf("got %s", got)
	}
	certify(t, c, "second", at.Add(time.Minute))
	if got := name(); got != "second" {
		t.Errorf("renewed: got %s", got)
	}
	if err := os.WriteFile(c.cert, []byte("half a"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := name(); got != "second" {
		t.Errorf("while it is written: got %s", got)
	}
	certify(t, c, "third", at.Add(2*time.Minute))
	if got := name(); got != "third" {
		t.Errorf("once it is written: got %s", got)
	}
}

func TestServeSpeaksTLS(t *testing.T) {
	dir := t.TempDir()
	o := serveOptions{Cert: filepath.Join(dir, "claim.pem"), CertKey: filepath.Join(dir, "claim.key")}
	certify(t, &certificate{cert: o.Cert, key: o.CertKey}, "localhost", time.Now())
	config, err := o.certificate()
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	site := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, r.Proto) })
	ended := make(chan error, 1)
	go func() { ended <- page.Serve(ctx, l, site, config) }()
	text, err := os.ReadFile(o.Cert)
	if err != nil {
		t.Fatal(err)
	}
	trusted := x509.NewCertPool()
	trusted.AppendCertsFromPEM(text)
	client := http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: trusted}, ForceAttemptHTTP2: true}}
	defer client.CloseIdleConnections()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	answer, err := client.Get("https://localhost:" + port)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if body, _ := io.ReadAll(answer.Body); string(body) != "HTTP/2.0" {
		t.Errorf("answered by %s", body)
	}
	client.CloseIdleConnections()
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
