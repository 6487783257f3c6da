package relay

import (
	"errors"
	"net/textproto"
	"regexp"
	"strings"
	"unicode"
)

// Outcome is what became of a mail at the server.
type Outcome int

// The outcomes.
const (
	Accepted Outcome = iota + 1 // the server answered for all of it
	Deferred                    // not taken; later it may be
	Refused                     // not taken, and never will be
	Unknown                     // the server was given the mail and its answer is lost: it may have taken it
)

// Reply is what the server made of one mail.
type Reply struct {
	Outcome  Outcome
	Code     int    // of SMTP, 0 where the server did not answer
	Enhanced string // such as 5.1.1, "" where it gave none
	Text     string // its words on one line, shortened, without links and names of mailboxes
}

// SlowDown reports whether the server asks for less mail, for now.
func (r Reply) SlowDown() bool {
	return r.Code == 421 || r.Outcome == Deferred && strings.HasPrefix(r.Enhanced, "4.7.")
}

// replyOf tells what an error of a mail means. Begun says that the server had
// asked for the text of the mail.
func replyOf(err error, begun bool) Reply {
	var said *textproto.Error
	switch {
	case errors.As(err, &said):
		r := answered(said.Code, said.Msg)
		r.Outcome = Deferred
		if said.Code >= 500 {
			r.Outcome = Refused
		}
		return r
	case begun:
		return Reply{Outcome: Unknown, Text: Words(err.Error())}
	}
	return Reply{Outcome: Deferred, Text: Words(err.Error())}
}

// answered is a reply of the server, without its outcome.
func answered(code int, text string) Reply {
	return Reply{Code: code, Enhanced: enhanced.FindString(text), Text: Words(text)}
}

var (
	enhanced = regexp.MustCompile(`^[245]\.\d{1,3}\.\d{1,3}`)
	// secrets are links: a server may quote what it does not like.
	secrets = regexp.MustCompile(`\S*mst1_\S*`)
	// addresses are people's: what a server says goes into logs.
	addresses = regexp.MustCompile(`[^\s<>@]+@([^\s<>@]+)`)
)

// maxWords is how much of a server's words is kept.
const maxWords = 200

// Words puts what a server said on one line. What cannot be printed, any link,
// and who an address is of, is left out.
func Words(text string) string {
	text = addresses.ReplaceAllString(secrets.ReplaceAllString(text, "[link]"), "…@$1")
	between := func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }
	text = strings.Join(strings.FieldsFunc(text, between), " ")
	if runes := []rune(text); len(runes) > maxWords {
		return string(runes[:maxWords-1]) + "…"
	}
	return text
}
