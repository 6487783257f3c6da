package xlsxfile

import (
	"context"
	"io"

	"github.com/sourcegraph/conc"
	"github.com/sourcegraph/conc/stream"
)

// ahead has the pieces of a sheet read side by side and hands them out in their
// order. Of pieces that nobody has taken yet there are a few for each reader, so
// the memory of a long sheet is that of a short one.
type ahead struct {
	ready chan *piece // closed behind the last one
	err   error       // why no more came, good once ready is closed
	stop  context.CancelFunc
	done  conc.WaitGroup
}

// readAhead begins to read pieces, so many at a time.
func readAhead(pieces *pieceReader, read func(*piece), readers int) *ahead {
	ctx, cancel := context.WithCancel(context.Background())
	a := &ahead{ready: make(chan *piece), stop: cancel}
	a.done.Go(func() {
		defer close(a.ready)
		side := stream.New().WithMaxGoroutines(readers)
		defer side.Wait()
		for ctx.Err() == nil {
			next, err := pieces.next()
			if err != nil {
				a.err = err
				return
			}
			side.Go(func() stream.Callback {
				if ctx.Err() == nil {
					read(next)
				}
				return func() {
					select {
					case a.ready <- next:
					case <-ctx.Done():
					}
				}
			})
		}
	})
	return a
}

// next returns the next piece; io.EOF behind the last.
func (a *ahead) next() (*piece, error) {
	if next, ok := <-a.ready; ok {
		return next, nil
	}
	if a.err == nil {
		return nil, io.EOF
	}
	return nil, a.err
}

// close ends the reading and waits for it.
func (a *ahead) close() {
	a.stop()
	a.done.Wait()
}
