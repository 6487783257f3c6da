package mail

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/mail"
	"time"

	gomail "github.com/wneessen/go-mail"

	"muster/provision/mail/letter"
)

// A message is a letter on its way.
type message struct {
	letter.Letter
	from    mail.Address
	replyTo mail.Address // "" where answers go to the sender
	to      mail.Address
	id      string // without angle brackets; the same for every copy
	date    time.Time
}

// text is the message as it is handed to a server: the same bytes whenever it is
// asked for.
func (m message) text() ([]byte, error) {
	msg := gomail.NewMsg(
		gomail.WithNoDefaultUserAgent(),
		gomail.WithEncoding(gomail.EncodingQP),
		gomail.WithBoundary(boundary(m.id)),
	)
	msg.FromMailAddress(&m.from)
	msg.ToMailAddress(&m.to)
	if m.replyTo.Address != "" && m.replyTo.Address != m.from.Address {
		msg.ReplyToMailAddress(&m.replyTo)
	}
	msg.Subject(m.Subject)
	msg.SetMessageIDWithValue(m.id)
	msg.SetDateWithValue(m.date)
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetGenHeader("X-Auto-Response-Suppress", "All")
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	var text bytes.Buffer
	if _, err := msg.WriteTo(&text); err != nil {
		return nil, fmt.Errorf("writing a mail: %w", err)
	}
	return text.Bytes(), nil
}

// boundary separates the parts of a message: it would be random otherwise.
func boundary(id string) string {
	sum := sha256.Sum256([]byte(id))
	return hex.EncodeToString(sum[:16])
}
