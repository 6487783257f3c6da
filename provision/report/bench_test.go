package report

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime/metrics"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
)

// bulk makes n lines with outcomes as a first import has them.
func bulk(n int) (provision.Summary, func(func(provision.Line, error) bool)) {
	s := sampleSummary()
	s.Lists, s.Rows, s.Outcomes = s.Lists[:1], n, nil
	s.Lists[0].Columns = []string{"Name", "E-Mail", "Instagram", "TikTok", "Country", "Campaign"}
	candidates := sampleLines()[7].Candidates
	return s, func(yield func(provision.Line, error) bool) {
		for i := range n {
			address := fmt.Sprintf("creator.%07d@example.com", i)
			l := provision.Line{Record: roster(i+1, fmt.Sprintf("Creator Number %d", i), address, fmt.Sprintf("@creator%d", i)), Account: account(i)}
			l.Cells = append(l.Cells, "@other", "Germany", "summer")
			switch i % 10 {
			case 0, 1, 2, 3:
				l.Outcome, l.Reason, l.Link = provision.Created, reason.NewPerson, linkTo(provision.LinkIssued, l.Name, address, true)
			case 4, 5:
				l.Outcome, l.Reason, l.Link = provision.Unchanged, reason.NothingNew, linkTo(provision.LinkKept, l.Name, address, true)
			case 6:
				l.Outcome, l.Reason = provision.Claimed, reason.EmailMatch
			case 7:
				l.Outcome, l.Reason = provision.Merged, reason.SamePerson
			case 8:
				l.Outcome, l.Reason = provision.Review, reason.AccountsConflict
				l.Candidates = candidates
			case 9:
				l.Outcome, l.Reason = provision.Rejected, reason.EmailMalformed
				l.Problems = []record.Problem{{Column: "E-Mail", Code: reason.EmailMalformed, Message: "no domain", Fatal: true}}
			}
			if !yield(l, nil) {
				return
			}
		}
	}
}

// heapPeak samples the memory that Go holds until stop is called.
func heapPeak() (stop func() uint64) {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	var peak uint64
	done := make(chan struct{})
	var wait sync.WaitGroup
	wait.Go(func() {
		for {
			metrics.Read(sample)
			peak = max(peak, sample[1].Value.Uint64()-sample[2].Value.Uint64())
			select {
			case <-done:
				return
			case <-time.After(5 * time.Millisecond):
			}
		}
	})
	return func() uint64 { close(done); wait.Wait(); return peak }
}

// BenchmarkWrite writes whole reports, of few rows and of many: what a row takes is to
// be the same, and so is the memory that Go holds at most, which says nothing of one
// size where another was written before in the process. MUSTER_BENCH_ROWS names another
// size, a million as well.
func BenchmarkWrite(b *testing.B) {
	sizes := []int{1_000, 10_000, 100_000}
	if testing.Short() {
		sizes = sizes[:1]
	}
	if text := os.Getenv("MUSTER_BENCH_ROWS"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			b.Fatal(err)
		}
		sizes = []int{n}
	}
	for _, n := range sizes {
		b.Run(fmt.Sprintf("rows=%d", n), func(b *testing.B) { benchmarkWrite(b, n) })
	}
}

func benchmarkWrite(b *testing.B, n int) {
	b.ReportAllocs()
	dir := filepath.Join(b.TempDir(), "run") // of one report after the other
	stop := heapPeak()
	for b.Loop() {
		s, lines := bulk(n)
		if _, err := Write(b.Context(), dir, lines, s, Options{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(stop())/1e6, "MB-peak")
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	if status, err := os.ReadFile("/proc/self/status"); err == nil {
		_, after, _ := strings.Cut(string(status), "VmHWM:")
		var kb float64
		if _, err := fmt.Sscan(after, &kb); err == nil {
			b.ReportMetric(kb/1e3, "MB-rss")
		}
	}
}
