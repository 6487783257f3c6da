package plan

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"

	"muster/provision/change"
)

// lineWriter writes JSON Lines into a private file, and keeps their digest.
type lineWriter struct {
	file   *os.File
	buf    *bufio.Writer
	digest hash.Hash
	at     int64 // behind the last line
}

// newLineWriter makes the file. Pack is what stands between the lines and the
// file, nil for nothing.
func newLineWriter(path string, pack func(io.Writer) io.Writer) (*lineWriter, error) {
	file, err := privateFile(path)
	if err != nil {
		return nil, err
	}
	w := &lineWriter{file: file, digest: sha256.New()}
	out := io.Writer(file)
	if pack != nil {
		out = pack(out)
	}
	w.buf = bufio.NewWriterSize(io.MultiWriter(out, w.digest), 1<<18)
	return w, nil
}

func (w *lineWriter) line(prefix string, value any) error {
	text, err := planText(prefix, value)
	if err != nil {
		return err
	}
	return w.raw(text)
}

func (w *lineWriter) raw(line []byte) error {
	w.at += int64(len(line))
	if _, err := w.buf.Write(line); err != nil {
		return fmt.Errorf("writing the plan: %w", err)
	}
	return nil
}

// flush writes what is still in memory.
func (w *lineWriter) flush() error {
	if err := w.buf.Flush(); err != nil {
		return fmt.Errorf("writing the plan: %w", err)
	}
	return nil
}

// end writes what is still in memory, and closes the file.
func (w *lineWriter) end() error {
	return errors.Join(w.buf.Flush(), w.file.Sync(), w.file.Close())
}

// privateFile makes a file that nobody else can read. What an earlier run
// left under the name goes; a link that somebody put there is not followed.
func privateFile(path string) (*os.File, error) {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("writing the plan: %w", err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("writing the plan: %w", err)
	}
	return f, nil
}

// planText is a value as a line of a plan file, behind its prefix. The value
// must marshal to an object with at least one member.
func planText(prefix string, value any) ([]byte, error) {
	var body []byte
	var err error
	if own, writes := value.(json.Marshaler); writes { // what it writes need not be checked and copied
		body, err = own.MarshalJSON()
	} else {
		body, err = json.Marshal(value)
	}
	if err != nil {
		return nil, fmt.Errorf("writing the plan: %w", err)
	}
	line := make([]byte, 0, len(prefix)+len(body))
	return append(append(append(line, prefix...), body[1:]...), '\n'), nil
}

// stepText is the line of a step, put into words in a buffer that is used again,
// which it returns as well.
func stepText(buffer []byte, s change.Step) (line, again []byte, err error) {
	within := len(stepLine) - 1 // the comma is where the object of the step begins
	buffer, err = s.AppendJSON(append(buffer[:0], stepLine[:within]...))
	if err != nil {
		return nil, buffer, fmt.Errorf("writing the plan: %w", err)
	}
	buffer[within] = ','
	buffer = append(buffer, '\n')
	return bytes.Clone(buffer), buffer, nil
}
