package main

import (
	"fmt"
	"math"
	"os"
	"runtime/debug"

	"muster/cmd/muster/cgroup"
)

// limitMemory makes Go collect garbage harder where its container or unit
// comes near its limit, instead of being killed there. Go does so by itself for
// processors alone. What is left is for what Go does not count. GOMEMLIMIT wins.
func limitMemory() {
	if os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	if limit := cgroup.MemoryLimit(os.DirFS("/")); limit > 0 {
		debug.SetMemoryLimit(limit / 10 * 9)
	}
}

// memoryLimit is what Go tries to stay below, in bytes; 0 where nobody set it.
func memoryLimit() int64 {
	if limit := debug.SetMemoryLimit(-1); limit < math.MaxInt64 {
		return limit
	}
	return 0
}

// memoryLine says which limit holds, and who set it; "" where none does.
func memoryLine() string {
	switch limit := memoryLimit(); {
	case limit == 0:
		return ""
	case os.Getenv("GOMEMLIMIT") != "":
		return fmt.Sprintf("memory: %d MiB, by GOMEMLIMIT\n", limit>>20)
	default:
		return fmt.Sprintf("memory: %d MiB, 90 %% of what its container or unit may have\n", limit>>20)
	}
}
