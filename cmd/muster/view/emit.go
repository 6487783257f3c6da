package view

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"time"
)

// EmitTo writes values, which must marshal to objects, as one JSON line that
// begins with its type and has the members of all of them.
func EmitTo(w io.Writer, kind string, values ...any) {
	var line bytes.Buffer
	fmt.Fprintf(&line, "{\"type\":%q", kind)
	for _, value := range values {
		body, err := Marshal(value)
		if err != nil || len(body) < 2 || body[0] != '{' {
			body, _ = Marshal(map[string]string{"error": fmt.Sprintf("%v", err)})
		}
		if members := body[1 : len(body)-1]; len(members) > 0 {
			line.WriteByte(',')
			line.Write(members)
		}
	}
	line.WriteString("}\n")
	_, _ = w.Write(line.Bytes())
}

// Emit writes a JSON line to standard output.
func (o *Output) Emit(kind string, values ...any) { EmitTo(o.Stdout, kind, values...) }

// event is what every line has that tells of something happening.
type event struct {
	Time  time.Time `json:"time"`
	Level string    `json:"level,omitempty"` // warning or error; "" where all is well
	Run   string    `json:"run,omitempty"`   // once there is one
}

// Event is the head of such a line, now.
func (o *Output) Event(level string) event {
	run, _ := o.underWay()
	return event{time.Now().UTC().Truncate(time.Millisecond), level, run}
}

// Marshal is json.Marshal without the escapes that are for web pages.
func Marshal(value any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(value)
	return bytes.TrimRight(b.Bytes(), "\n"), err
}
