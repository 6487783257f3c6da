package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// certify writes a certificate of a name and its key.
func certify(t *testing.T, c *certificate, name string, at time.Time) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}}
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
