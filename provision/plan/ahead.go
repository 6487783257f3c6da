package plan

import (
	"iter"

	"github.com/sourcegraph/conc"
)

// AheadBatch is how many small values are handed over at a time.
const AheadBatch = 256

// Ahead runs a sequence in a goroutine of its own, up to two batches before
// whoever uses the values: what is read and decoded there, and what is done
// with it here, happen side by side. The order stays. The goroutine is gone
// when the loop over the sequence is left, however that happens.
func Ahead[T any](values iter.Seq2[T, error], size int) iter.Seq2[T, error] {
	type item struct {
		value T
		err   error
	}
	return func(yield func(T, error) bool) {
		batches := make(chan []item, 1)
		left := make(chan struct{})
		var wg conc.WaitGroup
		defer wg.Wait()
		defer close(left)
		wg.Go(func() {
			defer close(batches)
			batch := make([]item, 0, size)
			send := func() bool {
				select {
				case batches <- batch:
					batch = make([]item, 0, size)
					return true
				case <-left:
					return false
				}
			}
			for value, err := range values {
				if batch = append(batch, item{value, err}); len(batch) == size && !send() {
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
