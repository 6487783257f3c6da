package mail

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"net/textproto"
	"regexp"
	"strings"

	"muster/provision/mail/relay"
)

// A Bounce is what a mail server reports of a mail that it could not deliver
// (RFC 3464). It may be forged: its tag says whether it is about a mail of ours.
type Bounce struct {
	Mail   string // id of the mail in the outbox
	Tag    string // that only we could put beside it
	Failed bool   // for good, as the server sees it; otherwise it goes on trying
	Status string // such as 5.1.1
	Text   string // the server's words, on one line
}

// ErrNoReport says that a mail is none that came back: an answer, a note of
// absence, an advertisement.
var ErrNoReport = errors.New("this is no report of a mail that came back")

// mostReport is how much of a report is read: what matters comes first.
const mostReport = 1 << 20

// ReadBounce reads a report. It is ErrNoReport where the mail is something else.
func ReadBounce(r io.Reader) (Bounce, error) {
	read, err := mail.ReadMessage(bufio.NewReader(io.LimitReader(r, mostReport)))
	if err != nil {
		return Bounce{}, fmt.Errorf("%w: %w", ErrNoReport, err)
	}
	id, tag, ours := returned(read.Header)
	kind, parameters, err := mime.ParseMediaType(read.Header.Get("Content-Type"))
	if !ours || err != nil || !strings.HasPrefix(kind, "multipart/") { // not every server says multipart/report
		return Bounce{}, ErrNoReport
	}
	b, err := readParts(multipart.NewReader(read.Body, parameters["boundary"]))
	b.Mail, b.Tag = id, tag
	return b, err
}

// readParts finds what a report says: in the part for programs, and where that
// is too general in the one for people, which comes first.
func readParts(parts *multipart.Reader) (Bounce, error) {
	var forPeople string
	for {
		part, err := parts.NextPart()
		if err != nil { // its end, or what was cut off
			return Bounce{}, ErrNoReport
		}
		text, err := io.ReadAll(part)
		if err != nil {
			return Bounce{}, ErrNoReport
		}
		switch kind, _, _ := mime.ParseMediaType(part.Header.Get("Content-Type")); kind {
		case "text/plain":
			forPeople = string(text)
		case "message/delivery-status", "message/global-delivery-status":
			return delivery(text, forPeople)
		}
	}
}

// returnAddress is the part before the @ of an address that a mail comes back
// to.
var returnAddress = regexp.MustCompile(`^b\.([0-9a-f]{32})\.([0-9a-f]{16})$`)

// ReturnAddress is where a mail comes back to: its id and its tag stand in it.
func ReturnAddress(mail, tag, domain string) string {
	return "b." + strings.ReplaceAll(mail, "-", "") + "." + tag + "@" + domain
}

// returned finds the mail that a report came back for: it is addressed there.
func returned(h mail.Header) (id, tag string, ours bool) {
	for _, name := range []string{"To", "Delivered-To", "X-Original-To", "Envelope-To"} {
		for _, value := range h[name] {
			address, err := mail.ParseAddress(value)
			if err != nil {
				continue
			}
			local, _, _ := strings.Cut(address.Address, "@")
			if m := returnAddress.FindStringSubmatch(strings.ToLower(local)); m != nil {
				id := m[1]
				return id[:8] + "-" + id[8:12] + "-" + id[12:16] + "-" + id[16:20] + "-" + id[20:], m[2], true
			}
		}
	}
	return "", "", false
}

var statusForm = regexp.MustCompile(`^[245]\.\d{1,3}\.\d{1,3}$`)

// delivery reads what a report says of the one whom the mail was for: the block
// behind the first, as a header.
func delivery(text []byte, forPeople string) (Bounce, error) {
	text = append(bytes.TrimSpace(text), "\r\n\r\n"...)
	blocks := textproto.NewReader(bufio.NewReader(bytes.NewReader(text)))
	if _, err := blocks.ReadMIMEHeader(); err != nil {
		return Bounce{}, ErrNoReport
	}
	of, err := blocks.ReadMIMEHeader()
	if err != nil {
		return Bounce{}, ErrNoReport
	}
	status, _, _ := strings.Cut(strings.TrimSpace(of.Get("Status")), " ")
	if !statusForm.MatchString(status) {
		return Bounce{}, ErrNoReport
	}
	_, said, _ := strings.Cut(of.Get("Diagnostic-Code"), ";")
	if said == "" {
		said = saidOf(forPeople, of.Get("Final-Recipient"))
	}
	b := Bounce{Status: specific(status, said), Text: relay.Words(said)}
	switch strings.ToLower(strings.TrimSpace(of.Get("Action"))) {
	case "failed":
		b.Failed = true
	case "delayed":
	default: // delivered, relayed, expanded: the mail has not come back
		return Bounce{}, ErrNoReport
	}
	return b, nil
}

// saidOf is what the part for people says behind the address of the one whom the
// mail was for.
func saidOf(forPeople, recipient string) string {
	_, address, _ := strings.Cut(recipient, ";")
	if address = strings.TrimSpace(address); address == "" {
		return ""
	}
	for line := range strings.Lines(forPeople) {
		if _, said, found := strings.Cut(line, address+":"); found {
			return said
		}
	}
	return ""
}

// specific is the status of an answer that was reported with one that says
// nothing but its first digit.
func specific(status, said string) string {
	if !strings.HasSuffix(status, ".0.0") {
		return status
	}
	for _, word := range strings.Fields(said) {
		if statusForm.MatchString(word) && word[0] == status[0] {
			return word
		}
	}
	return status
}
