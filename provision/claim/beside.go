package claim

import (
	"sync/atomic"

	"github.com/sourcegraph/conc"
)

// beside does what an answer does not wait for.
type beside struct {
	going conc.WaitGroup
	many  atomic.Int64
}

// begin does something, unless as many as are given are being done: then it
// reports false, and does nothing.
func (b *beside) begin(most int64, do func()) bool {
	if b.many.Add(1) > most {
		b.many.Add(-1)
		return false
	}
	b.going.Go(func() {
		defer b.many.Add(-1)
		do()
	})
	return true
}

// wait returns once all is done that was begun.
func (b *beside) wait() { b.going.Wait() }
