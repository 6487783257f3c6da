package plan

import (
	"errors"
	"iter"
	"testing"
)

func count(to int, end error) iter.Seq2[int, error] {
	return func(yield func(int, error) bool) {
		for i := range to {
			if !yield(i, nil) {
				return
			}
		}
		if end != nil {
			yield(to, end)
		}
	}
}

func TestAheadKeepsOrderAndErrors(t *testing.T) {
	broken := errors.New("broken")
	for _, to := range []int{0, 1, AheadBatch - 1, AheadBatch, 10*AheadBatch + 7} {
		next, last := 0, error(nil)
		for v, err := range Ahead(count(to, broken), AheadBatch) {
			if v != next {
				t.Fatalf("of %d: %d comes where %d should", to, v, next)
			}
			next, last = next+1, err
		}
		if next != to+1 || last != broken {
			t.Errorf("of %d: ended after %d with %v", to, next, last)
		}
	}
}

func TestAheadStopsWhenItsUserDoes(t *testing.T) {
	reached := 0
	values := func(yield func(int, error) bool) {
		for i := range 1_000_000 {
			reached = i
			if !yield(i, nil) {
				return
			}
		}
	}
	for v := range Ahead(values, AheadBatch) {
		if v == 3 {
			break
		}
	}
	if reached > 4*AheadBatch { // nothing runs any more: no race with this read
		t.Errorf("went on to %d", reached)
	}
}
