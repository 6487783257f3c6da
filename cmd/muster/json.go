package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
)

// emit writes a value, which must marshal to an object, as one JSON line that
// begins with its type.
func emit(w io.Writer, kind string, value any) {
	body, err := marshal(value)
	if err != nil || len(body) < 2 || body[0] != '{' {
		body, _ = marshal(map[string]string{"error": fmt.Sprintf("%v", err)})
	}
	separator := ","
	if string(body) == "{}" {
		separator = ""
	}
	fmt.Fprintf(w, "{\"type\":%q%s%s\n", kind, separator, body[1:])
}

// emit writes a JSON line to standard output.
func (a *app) emit(kind string, value any) { emit(a.stdout, kind, value) }

// marshal is json.Marshal without the escapes that are for web pages.
func marshal(value any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(value)
	return bytes.TrimRight(b.Bytes(), "\n"), err
}
