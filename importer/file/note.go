package file

import (
	"fmt"
	"strings"
)

// Note is something a person should know about how the file was read. Code
// is stable; Line is the first place, 0 = the file; Count says how often.
type Note struct {
	Code    string `json:"code"`
	Sheet   string `json:"sheet,omitempty"`
	Line    int    `json:"line,omitempty"`
	Column  string `json:"column,omitempty"`
	Count   int    `json:"count,omitempty"`
	Message string `json:"message"`
	Fatal   bool   `json:"fatal,omitempty"` // an import would stop here
}

// Text is the message with the place where that is not said in it.
func (n Note) Text() string {
	if n.Line > 0 && !strings.Contains(n.Message, fmt.Sprintf("line %d", n.Line)) {
		return fmt.Sprintf("line %d: %s", n.Line, n.Message)
	}
	return n.Message
}
