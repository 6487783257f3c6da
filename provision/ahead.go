package provision

import (
	"iter"

	"github.com/sourcegraph/conc"
)

// aheadBatch is how many values are handed over at a time.
const aheadBatch = 256

// ahead runs a sequence in a goroutine of its own, a few hundred values before
// whoever uses them: what is read and decoded there, and what is done with it
// here, happen side by side. The order stays. The goroutine is gone when the
// loop over the sequence is left, however that happens.
func ahead[T any](values iter.Seq2[T, error]) iter.Seq2[T, error] {
	type item struct {
		value T
		err   error
	}
	return func(yield func(T, error) bool) {
		batches, left := make(chan []item, 1), make(chan struct{})
		var wg conc.WaitGroup
		defer wg.Wait()
		defer close(left)
		wg.Go(func() {
			defer close(batches)
			batch := make([]item, 0, aheadBatch)
			send := func() bool {
				select {
				case batches <- batch:
					batch = make([]item, 0, aheadBatch)
					return true
				case <-left:
					return false
				}
			}
			for value, err := range values {
				if batch = append(batch, item{value, err}); len(batch) == aheadBatch && !send() {
					return
				}
			}
			send()
		})
		for batch := range batches {
			for _, i := range batch {
				if !yield(i.value, i.err) {
					return
				}
			}
		}
	}
}
