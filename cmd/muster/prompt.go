package main

import (
	"bufio"
	"context"
	"errors"
	"io"

	"github.com/sourcegraph/conc"
)

// answers is what a person types. One reader serves all questions: it may have
// read on beyond the first answer.
func (a *app) answers() *bufio.Reader {
	if a.typed == nil {
		a.typed = bufio.NewReader(a.stdin)
	}
	return a.typed
}

// readLine waits for a line from a person; the end of the input is an empty
// one. The context ends the waiting, though not the reading: nothing else
// reads from there afterwards.
func readLine(ctx context.Context, in *bufio.Reader) (string, error) {
	type answer struct {
		text string
		err  error
	}
	got := make(chan answer, 1)
	var reading conc.WaitGroup // never waited for: it ends with the program where nobody answers
	reading.Go(func() {
		text, err := in.ReadString('\n')
		got <- answer{text, err}
	})
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case a := <-got:
		if errors.Is(a.err, io.EOF) {
			a.err = nil
		}
		return a.text, a.err
	}
}
