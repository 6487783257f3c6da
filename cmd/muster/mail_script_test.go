package main

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"os"
	"path/filepath"
	"regexp"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"muster/provision/mail/mailtest"
)

// mailServers are the mail servers of scripts.
type mailServers struct {
	t  *testing.T
	mu sync.Mutex
	by map[string]*mailtest.Server // address
}

// start — mailserver — starts a mail server on this computer, and lets muster
// know it.
func (m *mailServers) start(ts *testscript.TestScript, _ bool, _ []string) {
	server := mailtest.Start(m.t, mailtest.Settings{To: func(_ int, to string) error {
		switch to {
		case "nobody@example.com":
			return mailtest.Says(550, [3]int{5, 1, 1}, "no such user")
		case "busy@example.org":
			return mailtest.Says(450, [3]int{4, 2, 1}, "mailbox is busy")
		}
		return nil
	}})
	address := fmt.Sprintf("smtp://%s:%d", server.Host, server.Port)
	ts.Setenv("MUSTER_SMTP", address)
	ts.Setenv("MUSTER_FROM", "Lakeside <hello@example.com>")
	m.mu.Lock()
	defer m.mu.Unlock()
	m.by[address] = server
}

// caught — caught DIR — writes the mails that the server was sent so far: N.eml as
// it came, N.txt its text, N.from where it comes back to.
func (m *mailServers) caught(ts *testscript.TestScript, _ bool, args []string) {
	m.mu.Lock()
	server := m.by[ts.Getenv("MUSTER_SMTP")]
	m.mu.Unlock()
	dir := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(dir, 0o700))
	for i, one := range server.Mails() {
		text, err := plainText(one.Text)
		ts.Check(err)
		for ending, content := range map[string][]byte{".eml": one.Text, ".txt": text, ".from": []byte(one.From + "\n")} {
			ts.Check(os.WriteFile(filepath.Join(dir, fmt.Sprint(i+1)+ending), content, 0o600))
		}
	}
}

// plainText is the first part of a mail, below its subject and whom it is for.
func plainText(eml []byte) ([]byte, error) {
	read, err := mail.ReadMessage(bytes.NewReader(eml))
	if err != nil {
		return nil, err
	}
	_, parameters, err := mime.ParseMediaType(read.Header.Get("Content-Type"))
	if err != nil {
		return nil, err
	}
	part, err := multipart.NewReader(read.Body, parameters["boundary"]).NextRawPart()
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(quotedprintable.NewReader(part))
	head := fmt.Sprintf("To: %s\nSubject: %s\n\n", read.Header.Get("To"), read.Header.Get("Subject"))
	return append([]byte(head), bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))...), err
}

// mailedlink NAME FILE sets a variable to the link in the text of a mail, and
// NAME_TOKEN to its token.
func mailedLink(ts *testscript.TestScript, _ bool, args []string) {
	link := regexp.MustCompile(`(?m)^https?://\S+/c/(mst1_\S+)$`).FindStringSubmatch(ts.ReadFile(args[1]))
	if link == nil {
		ts.Fatalf("there is no link in %s", args[1])
	}
	ts.Setenv(args[0], link[0])
	ts.Setenv(args[0]+"_TOKEN", link[1])
}
