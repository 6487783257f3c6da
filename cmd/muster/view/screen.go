package view

import (
	"io"
	"os"
	"regexp"
	"strings"
	"sync"

	"golang.org/x/term"

	"muster/provision"
	"muster/provision/words"
)

// screen is a terminal that text is written to: lines are folded between words
// where they are wider than it, and the words that one looks for have a colour.
// What goes to a pipe or a file passes no screen.
type screen struct {
	to      io.Writer
	colours bool
}

// onScreen is the stream itself where it is no terminal.
func onScreen(stream io.Writer) io.Writer {
	if !IsTerminal(stream) {
		return stream
	}
	return screen{stream, os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"}
}

// Write reports the whole of p as written, or nothing. Each write is whole
// lines, or ends with a question.
func (s screen) Write(p []byte) (int, error) {
	lines := strings.Split(string(p), "\n")
	for i, line := range lines {
		line = foldedLine(line, Columns(s.to))
		if s.colours {
			line = painted(line)
		}
		lines[i] = line
	}
	if _, err := io.WriteString(s.to, strings.Join(lines, "\n")); err != nil {
		return 0, err
	}
	return len(p), nil
}

// IsTerminal reports whether a stream is the terminal of a person.
func IsTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// Columns is how many characters fit on a line of a terminal, 0 for whatever
// is none and for lines of any length.
func Columns(stream any) int {
	if p, ok := stream.(plain); ok {
		stream = p.to
	}
	if s, ok := stream.(screen); ok {
		stream = s.to
	}
	if !IsTerminal(stream) {
		return 0
	}
	width, _, err := term.GetSize(int(stream.(*os.File).Fd()))
	if err != nil {
		return 0
	}
	return width
}

// The colours of a terminal that are used, by what they say.
const (
	good    = "\x1b[32m"
	waiting = "\x1b[33m"
	bad     = "\x1b[31m"
	plainly = "\x1b[0m"
)

// outcomeColours says how each outcome is meant; the others have no colour.
var outcomeColours = map[provision.Outcome]string{
	provision.Created: good, provision.Claimed: good, provision.Updated: good,
	provision.Review: waiting, provision.Blocked: waiting, provision.Pending: waiting,
	provision.Rejected: bad, provision.Failed: bad, provision.Stale: bad,
}

// titleColours are outcomeColours by the words that people see.
var titleColours = sync.OnceValue(func() map[string]string {
	colours := map[string]string{"error:": bad, "warning:": waiting, "hint:": good}
	for outcome, colour := range outcomeColours {
		colours[words.Outcome(outcome).Title] = colour
	}
	return colours
})

// marked finds the words that may have a colour, where the program itself puts
// them: at the beginning of a message or of a row of a table. What a list has
// in its cells stands elsewhere.
var marked = regexp.MustCompile(`^(muster: +|│ )([A-Z][a-z]+|[a-z]+:)( +│| |$)`)

// painted is a line with its word in colour.
func painted(line string) string {
	m := marked.FindStringSubmatchIndex(line)
	if m == nil {
		return line
	}
	colour, found := titleColours()[line[m[4]:m[5]]]
	if !found {
		return line
	}
	return line[:m[4]] + colour + line[m[4]:m[5]] + plainly + line[m[5]:]
}
