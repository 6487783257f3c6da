package outside

import (
	"context"
	"maps"
	"sync"
	"time"

	"github.com/sourcegraph/conc"

	"muster/cmd/muster/exit"
	"muster/importer/reason"
	"muster/provision"
)

// Settings say who is told.
type Settings struct {
	MetricsFile string
	MetricsPush Address
	Heartbeat   Address
	Notify      Address
	Termination string // file
}

// A Watch follows one start of the program, and tells of it when it ends. Events
// may be told from several goroutines at once.
type Watch struct {
	settings Settings
	ended    bool
	starting conc.WaitGroup
	late     error // what the heartbeat said to the start

	mu     sync.Mutex
	report Report
	began  map[provision.Phase]time.Time
}

// Begin starts to watch, and lets the heartbeat know. Nobody waits for it.
func Begin(ctx context.Context, s Settings, r Report) *Watch {
	r.Started, r.Phases = time.Now(), map[provision.Phase]time.Duration{}
	s.Heartbeat = s.Heartbeat.of(r)
	w := &Watch{settings: s, report: r, began: map[provision.Phase]time.Time{}}
	if !s.Heartbeat.IsZero() {
		w.starting.Go(func() { w.late = beat(context.WithoutCancel(ctx), s.Heartbeat, "start", nil) })
	}
	return w
}

// Tell notes what an event says about the run.
func (w *Watch) Tell(e provision.Event) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch e := e.(type) {
	case provision.RunStarted:
		w.report.Run = e.Run
	case provision.PhaseStarted:
		w.began[e.Phase] = time.Now()
	case provision.PhaseDone:
		w.report.Phases[e.Phase] += time.Since(w.began[e.Phase])
	}
}

// Reported notes the totals of the run.
func (w *Watch) Reported(s provision.Summary) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.report.Run = s.Run
	w.report.Totals = &Totals{
		Rows:     s.Rows,
		Outcomes: s.Outcomes,
		Held:     s.Outcomes[provision.Review] - s.Reasons[reason.Skipped],
	}
	if s.Since.Compared() {
		w.report.Totals.Turns = map[provision.Turn]int{}
		maps.Copy(w.report.Totals.Turns, s.Since.Turns)
	}
	if s.Source != nil {
		late := len(s.Late)
		w.report.Totals.Late = &late
	}
	w.report.Mails = &s.Mails
}

// Rename calls the job something else from now on.
func (w *Watch) Rename(source string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.report.Source = source
}

// MailsWait notes how many mails wait to be sent.
func (w *Watch) MailsWait(n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.report.Mails = &n
}

// Leave ends the watch, and tells nobody: what was done is no run of the job.
func (w *Watch) Leave() {
	w.starting.Wait()
	w.ended = true
}

// End tells everybody with which code the program ends, and returns who could
// not be told, one error each. It tells once.
func (w *Watch) End(ctx context.Context, code int) []error { return w.end(ctx, code, false) }

// Crash is End for a fault of the program itself.
func (w *Watch) Crash(ctx context.Context) []error { return w.end(ctx, exit.Usage, true) }

func (w *Watch) end(ctx context.Context, code int, crashed bool) []error {
	if w.ended {
		return nil
	}
	w.starting.Wait()
	w.ended = true
	w.mu.Lock()
	w.report.Ended, w.report.Code, w.report.Crashed = time.Now(), code, crashed
	r := w.report
	w.mu.Unlock()
	return tell(context.WithoutCancel(ctx), w.settings, r, w.late)
}

// tell tells everybody at once; late is what was wrong with the heartbeat
// before.
func tell(ctx context.Context, s Settings, r Report, late error) []error {
	told := make([]error, 5)
	var all conc.WaitGroup
	if s.MetricsFile != "" {
		all.Go(func() { told[0] = writeMetrics(s.MetricsFile, r) })
	}
	if !s.MetricsPush.IsZero() {
		all.Go(func() { told[1] = push(ctx, s.MetricsPush, r) })
	}
	if !s.Heartbeat.IsZero() {
		all.Go(func() {
			if told[2] = beat(ctx, s.Heartbeat, heartbeatPath(r.Code), &r); told[2] == nil {
				told[2] = late
			}
		})
	}
	if !s.Notify.IsZero() {
		all.Go(func() { told[3] = notify(ctx, s.Notify, r) })
	}
	if s.Termination != "" {
		all.Go(func() { told[4] = writeTermination(s.Termination, r) })
	}
	all.Wait()
	var faults []error
	for _, err := range told {
		if err != nil {
			faults = append(faults, err)
		}
	}
	return faults
}
