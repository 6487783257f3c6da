package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"muster/provision"
)

// everywhere stands for an organization where something holds for the whole
// platform.
const everywhere = provision.Everywhere

// errText is the refusal of text that PostgreSQL cannot keep and SQLite
// would keep differently.
var errText = errors.New("text with a NUL character or that is not UTF-8 cannot be stored")

// A rows is what a statement takes as {rows}: one JSON array of arrays. It is
// one parameter whatever the number of rows, and has the same text on both
// databases. The values are string, int, int64, bool, json.RawMessage and nil.
// For a COPY statement it is lines of text instead, and for a statement that is
// run once a row its arguments.
type rows struct {
	text []byte
	n    int64
	err  error

	copied bool
	shared []byte // end of every line

	single bool
	args   []any // of all rows, one after the other
	every  []any // those that all rows have behind their own
}

// add appends one row.
func (r *rows) add(values ...any) {
	if r.copied {
		r.line(values)
		r.text = append(append(r.text, r.shared...), '\n')
		r.n++
		return
	}
	if r.single {
		for _, v := range values {
			r.arg(v)
		}
		r.n++
		return
	}
	r.text = append(r.text, separator(r.n))
	r.n++
	for i, v := range values {
		r.text = append(r.text, separator(int64(i)))
		r.value(v)
	}
	r.text = append(r.text, ']')
}

// separator opens a list before its first element and parts the others.
func separator(n int64) byte {
	if n == 0 {
		return '['
	}
	return ','
}

func (r *rows) value(v any) {
	switch v := v.(type) {
	case nil:
		r.text = append(r.text, "null"...)
	case string:
		r.string(v)
	case int:
		r.text = strconv.AppendInt(r.text, int64(v), 10)
	case int64:
		r.text = strconv.AppendInt(r.text, v, 10)
	case bool:
		r.text = strconv.AppendBool(r.text, v)
	case json.RawMessage:
		r.json(v)
	default:
		r.err = fmt.Errorf("store: no row value of type %T", v)
	}
}

func (r *rows) string(s string) {
	if err := checkText(s); err != nil {
		r.err = err
		return
	}
	const hex = "0123456789abcdef"
	r.text = append(r.text, '"')
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			r.text = append(r.text, '\\', c)
		case c < 0x20:
			r.text = append(r.text, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		default:
			r.text = append(r.text, c)
		}
	}
	r.text = append(r.text, '"')
}

func (r *rows) json(v json.RawMessage) {
	if len(v) == 0 {
		r.text = append(r.text, "null"...)
		return
	}
	r.check(v)
	r.text = append(r.text, v...)
}

// check refuses what is no JSON, or none that PostgreSQL keeps.
func (r *rows) check(v json.RawMessage) {
	switch {
	case !json.Valid(v):
		r.err = errors.New("store: a JSON value is not valid JSON")
	case !utf8.Valid(v) || namesNUL(v):
		r.err = errText
	}
}

// share sets the values that all rows have behind their own.
func (r *rows) share(values []any) {
	if r.single {
		for _, v := range values {
			r.arg(v)
		}
		r.every, r.args = r.args, nil
		return
	}
	for _, v := range values {
		r.text = append(r.text, '\t')
		r.field(v)
	}
	r.shared = bytes.Clone(r.text)
	r.text = r.text[:0]
}

// line appends the fields of one row as COPY reads them.
func (r *rows) line(values []any) {
	for i, v := range values {
		if i > 0 {
			r.text = append(r.text, '\t')
		}
		r.field(v)
	}
}

func (r *rows) field(v any) {
	switch v := v.(type) {
	case nil:
		r.text = append(r.text, `\N`...)
	case string:
		if err := checkText(v); err != nil {
			r.err = err
		}
		r.text = appendEscaped(r.text, v)
	case json.RawMessage:
		if len(v) == 0 {
			r.text = append(r.text, `\N`...)
			return
		}
		r.check(v)
		r.text = appendEscaped(r.text, v)
	default:
		r.value(v)
	}
}

// arg appends one argument, of a type that drivers take.
func (r *rows) arg(v any) {
	switch v := v.(type) {
	case string:
		if err := checkText(v); err != nil {
			r.err = err
		}
		r.args = append(r.args, v)
	case json.RawMessage:
		if len(v) == 0 {
			r.args = append(r.args, nil)
			return
		}
		r.check(v)
		r.args = append(r.args, string(v))
	case int:
		r.args = append(r.args, int64(v))
	case nil, int64, bool:
		r.args = append(r.args, v)
	default:
		r.err = fmt.Errorf("store: no row value of type %T", v)
	}
}

// appendEscaped appends text as a field of COPY: the separators and the
// backslash are the only characters that mean anything else.
func appendEscaped[T string | json.RawMessage](to []byte, text T) []byte {
	from := 0
	for i := range len(text) {
		letter := byte(0)
		switch text[i] {
		case '\\':
			letter = '\\'
		case '\t':
			letter = 't'
		case '\n':
			letter = 'n'
		case '\r':
			letter = 'r'
		default:
			continue
		}
		to = append(append(to, text[from:i]...), '\\', letter)
		from = i + 1
	}
	return append(to, text[from:]...)
}

// param closes the array: what is sent, as a string.
func (r *rows) param() (string, error) {
	if r.n == 0 {
		return "[]", r.err
	}
	return string(r.text) + "]", r.err
}

// namesNUL reports an escaped NUL inside JSON text: \u0000 after an even
// number of backslashes.
func namesNUL(v []byte) bool {
	for at := 0; ; {
		i := bytes.Index(v[at:], []byte(`u0000`))
		if i < 0 {
			return false
		}
		at += i
		if before := v[:at]; (len(before)-len(bytes.TrimRight(before, `\`)))%2 == 1 {
			return true
		}
		at += len(`u0000`)
	}
}

func checkText(s string) error {
	if strings.IndexByte(s, 0) >= 0 || !utf8.ValidString(s) {
		return errText
	}
	return nil
}

func checkArgs(args []any) error {
	for _, a := range args {
		if s, ok := a.(string); ok {
			if err := checkText(s); err != nil {
				return err
			}
		}
	}
	return nil
}

// orNil is SQL NULL for an empty string.
func orNil(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// object is SQL NULL for no JSON.
func object(v json.RawMessage) any {
	if len(v) == 0 {
		return nil
	}
	return string(v)
}

// stampLayout has a fixed width, so that SQLite orders times by their text.
const stampLayout = "2006-01-02T15:04:05.000000Z"

func stamp(t time.Time) string { return t.UTC().Format(stampLayout) }

// stampOrNil is stamp, and SQL NULL for the zero time.
func stampOrNil(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return stamp(t)
}

// A moment reads a time from either database; NULL is the zero time.
type moment struct{ time.Time }

// Scan implements sql.Scanner.
func (m *moment) Scan(v any) (err error) {
	switch v := v.(type) {
	case nil:
		m.Time = time.Time{}
	case time.Time:
		m.Time = v.UTC()
	case string:
		m.Time, err = time.Parse(time.RFC3339Nano, v)
	case []byte:
		m.Time, err = time.Parse(time.RFC3339Nano, string(v))
	default:
		err = fmt.Errorf("no time: %T", v)
	}
	return err
}

// A document reads JSON from either database, compact; NULL is nil.
type document json.RawMessage

// Scan implements sql.Scanner.
func (d *document) Scan(v any) error {
	var text []byte
	switch v := v.(type) {
	case nil:
		*d = nil
		return nil
	case string:
		text = []byte(v)
	case []byte:
		text = v
	default:
		return fmt.Errorf("no JSON: %T", v)
	}
	var b bytes.Buffer
	if err := json.Compact(&b, text); err != nil {
		return err
	}
	*d = b.Bytes()
	return nil
}

// into decodes a document; nothing is decoded from NULL.
func (d document) into(v any) error {
	if len(d) == 0 {
		return nil
	}
	return json.Unmarshal(d, v)
}
