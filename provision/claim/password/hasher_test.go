package password

import (
	"context"
	"errors"
	"runtime"
	"runtime/metrics"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sourcegraph/conc"
)

func TestTurns(t *testing.T) {
	cores := runtime.GOMAXPROCS(0)
	one := int64(DefaultCost.Memory) << 10
	for name, tt := range map[string]struct {
		memory int64
		want   int
	}{
		"as many as there are cores":                 {1 << 40, cores},
		"one where memory is enough for one":         {one, 1},
		"one where memory is not enough for another": {2*one - 1, 1},
		"one at least": {0, 1},
	} {
		t.Run(name, func(t *testing.T) {
			h, err := NewHasher(DefaultCost, tt.memory)
			if err != nil || cap(h.turns) != tt.want {
				t.Errorf("%d at once, want %d: %v", cap(h.turns), tt.want, err)
			}
		})
	}
}

// A hundred people at once take the memory of a few hashes, not of a hundred;
// each of them gets a hash, or is told to come back.
func TestAHundredHashesAtOnceTakeTheMemoryOfAFew(t *testing.T) {
	cost := Cost{Memory: 32 * 1024, Passes: 1, Threads: 1}
	one := uint64(cost.Memory) << 10
	h, err := NewHasher(cost, int64(2*one))
	if err != nil {
		t.Fatal(err)
	}
	h.patience = time.Second
	runtime.GC()
	before := heap()
	var most, made, busy atomic.Uint64
	var all conc.WaitGroup
	for range 100 {
		all.Go(func() {
			switch hash, err := h.Hash(t.Context(), "gravel otter lantern quince"); {
			case errors.Is(err, ErrBusy):
				busy.Add(1)
			case err != nil:
				t.Error(err)
			default:
				made.Add(1)
				for now := heap(); now > most.Load(); {
					most.Store(now)
				}
				if c, err := CostOf(hash); err != nil || c != cost {
					t.Error(c, err)
				}
			}
		})
	}
	all.Wait()
	if made.Load() == 0 || made.Load()+busy.Load() != 100 {
		t.Errorf("%d made, %d sent away", made.Load(), busy.Load())
	}
	// The collector lets garbage be as much as what is in use, and a little.
	if taken := most.Load() - min(before, most.Load()); taken > 8*one {
		t.Errorf("%d MB more on the heap, for hashes of %d MB", taken>>20, one>>20)
	}
}

func heap() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

func TestWhoeverHasWaitedLongEnoughIsToldWhenToComeBack(t *testing.T) {
	h, err := NewHasher(quick, 0)
	if err != nil {
		t.Fatal(err)
	}
	h.patience = 20 * time.Millisecond
	h.turns <- struct{}{} // somebody who never ends
	var busy *BusyError
	if _, err := h.Hash(t.Context(), "gravel otter lantern quince"); !errors.As(err, &busy) || !errors.Is(err, ErrBusy) ||
		busy.RetryAfter < h.patience {
		t.Errorf("%v", err)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := h.Hash(gone, "gravel otter lantern quince"); !errors.Is(err, context.Canceled) {
		t.Errorf("somebody who has left: %v", err)
	}
	<-h.turns
	if _, err := h.Hash(t.Context(), "gravel otter lantern quince"); err != nil {
		t.Errorf("with a turn that is free again: %v", err)
	}
}
