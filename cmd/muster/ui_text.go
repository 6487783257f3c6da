package main

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"muster/provision"
)

// lineInterval is how often a phase says how far it is where nobody watches.
const lineInterval = 10 * time.Second

// textView tells people: a bar for each phase on a terminal, a line now and
// then elsewhere.
type textView struct {
	w    io.Writer
	bars bool

	mu       sync.Mutex
	total    int
	last     time.Time // of the last line of this phase
	started  time.Time
	bar      *mpb.Bar
	barsOf   *mpb.Progress
	terminal io.Writer // where bars go
}

func newTextView(w, terminal io.Writer, bars bool) *textView {
	return &textView{w: w, terminal: terminal, bars: bars}
}

func (v *textView) tell(e provision.Event) {
	v.mu.Lock()
	defer v.mu.Unlock()
	switch e := e.(type) {
	case provision.RunStarted:
		v.say("%s", runWords(e))
	case provision.PhaseStarted:
		v.start(e)
	case provision.Progress:
		v.progress(e)
	case provision.PhaseDone:
		v.done(e)
	case provision.Notice:
		v.say("%s", e.Text)
	case provision.Warning:
		v.say("warning: %s", e.Text)
	case provision.Planned: // whoever asked for the plan shows it
	}
}

func runWords(e provision.RunStarted) string {
	if e.Resumed {
		return "going on with run " + e.Run + ", which was begun before"
	}
	return "run " + e.Run
}

func (v *textView) say(format string, args ...any) {
	fmt.Fprintf(v.w, "muster: "+format+"\n", args...)
}

func (v *textView) start(e provision.PhaseStarted) {
	v.stop()
	v.total, v.started, v.last = e.Total, time.Now(), time.Now()
	if !v.bars {
		return
	}
	v.barsOf = mpb.New(mpb.WithOutput(v.terminal), mpb.WithWidth(48))
	name := mpb.PrependDecorators(decor.Name(string(e.Phase), decor.WC{W: 10, C: decor.DindentRight}))
	if e.Total > 0 {
		// Made without a total, a bar ends when it is told to and not before.
		v.bar = v.barsOf.AddBar(0, name, mpb.AppendDecorators(decor.CountersNoUnit("%d/%d "), decor.Percentage()))
		v.bar.SetTotal(int64(e.Total), false)
	} else {
		v.bar = v.barsOf.AddSpinner(0, name, mpb.AppendDecorators(decor.CurrentNoUnit("%d rows")))
	}
}

func (v *textView) progress(e provision.Progress) {
	if v.bar != nil {
		v.bar.SetCurrent(int64(e.Done))
		return
	}
	if time.Since(v.last) < lineInterval {
		return
	}
	v.last = time.Now()
	if v.total > 0 {
		v.say("%s: %d of %d rows", e.Phase, e.Done, v.total)
	} else {
		v.say("%s: %d rows", e.Phase, e.Done)
	}
}

func (v *textView) done(e provision.PhaseDone) {
	if v.bar != nil {
		v.bar.SetCurrent(int64(e.Done))
		v.bar.SetTotal(int64(max(e.Done, 1)), true)
		v.barsOf.Wait()
		v.bar, v.barsOf = nil, nil
		return
	}
	took := time.Since(v.started).Round(100 * time.Millisecond)
	v.say("%s: %s, %s", e.Phase, plural(e.Done, "row"), took)
}

// stop takes away the bar of a phase that did not come to its end.
func (v *textView) stop() {
	if v.bar != nil {
		v.bar.Abort(false)
		v.barsOf.Wait()
		v.bar, v.barsOf = nil, nil
	}
}

func (v *textView) close() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.stop()
}
