package plan

import (
	"bufio"
	"fmt"
	"io"
	"iter"

	fastjson "github.com/go-json-experiment/json"
)

// A lineReader reads lines of any length without keeping them: a line is good
// until the next one is asked for.
type lineReader struct {
	in   *bufio.Reader
	long []byte // a line that the buffer does not hold
}

func newLineReader(r io.Reader, buffer int) *lineReader {
	return &lineReader{in: bufio.NewReaderSize(r, buffer)}
}

// next returns the next line with its end. Like bufio.Reader.ReadBytes, it
// returns what is left together with io.EOF.
func (l *lineReader) next() ([]byte, error) {
	text, err := l.in.ReadSlice('\n')
	if err != bufio.ErrBufferFull {
		return text, err
	}
	l.long = l.long[:0]
	for err == bufio.ErrBufferFull {
		l.long = append(l.long, text...)
		text, err = l.in.ReadSlice('\n')
	}
	l.long = append(l.long, text...)
	return l.long, err
}

// lines streams a part of a file as values, one a line.
func lines[T any](file io.ReaderAt, from, to int64) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		if from >= to {
			return
		}
		in := newLineReader(io.NewSectionReader(file, from, to-from), 1<<18)
		for {
			text, err := in.next()
			if err == io.EOF && len(text) == 0 {
				return
			}
			var v T
			if err == nil {
				err = fastjson.Unmarshal(text, &v)
			}
			if err != nil {
				err = fmt.Errorf("reading the plan: %w", err)
			}
			if !yield(v, err) || err != nil {
				return
			}
		}
	}
}
