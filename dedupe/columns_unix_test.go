//go:build unix

package dedupe_test

import (
	"fmt"
	"math"
	"syscall"
	"testing"
	"time"

	"muster/importer/record"
)

// What a decision costs grows with the columns of a list, not with their square.
// What counts is what this process computes, whatever else the machine is busy with.
func TestThousandsOfColumns(t *testing.T) {
	if testing.Short() {
		t.Skip("measures time")
	}
	const few, times = 1 << 11, 16
	const square = times * times
	small, large := columnsTime(t, few), columnsTime(t, few*times)
	if ratio := float64(large) / float64(small); ratio > square/2 {
		t.Errorf("%d times the columns take %.0f times as long", times, ratio)
	}
}

// columnsTime is the least of a few times that a decision computes about a row
// with so many free columns.
func columnsTime(t *testing.T, columns int) time.Duration {
	t.Helper()
	w := newWorld()
	w.account(t, "A email=ana@example.com name=Ana_Lima in=b1 link=live")
	w.row(t, "email=ana@example.com name=Ana_Lima")
	for i := range columns {
		column := record.Attribute{Column: fmt.Sprintf("Column %05d", i), Value: "x"}
		w.records[0].Attributes = append(w.records[0].Attributes, column)
	}
	shortest := time.Duration(math.MaxInt64)
	for range 7 {
		began := computed(t)
		if d := w.decide(t); len(d) != 1 || len(d[0].Write.Kept) != 1 || len(d[0].Write.Kept[0].After) != columns {
			t.Fatal("not every column is kept")
		}
		shortest = min(shortest, computed(t)-began)
	}
	return max(shortest, time.Microsecond)
}

// computed is how long this process has computed so far.
func computed(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
