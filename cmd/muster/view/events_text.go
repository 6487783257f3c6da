package view

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"muster/cmd/muster/flags"
	"muster/provision"
	"muster/provision/words"
)

const (
	lineInterval = 10 * time.Second // how often a phase says how far it is where nobody watches
	mailInterval = time.Minute      // the same of mails, whose pace is their servers'
	longPhase    = 5 * time.Second  // a shorter one says nothing at its end
)

// textView tells people: a bar for each phase on a terminal, a line now and
// then elsewhere.
type textView struct {
	talk flags.Talk
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

func newTextView(talk flags.Talk, w, terminal io.Writer, bars bool) *textView {
	return &textView{talk: talk, w: w, terminal: terminal, bars: bars && !talk.Quiet}
}

// Tell shows an event as a line or a bar.
func (v *textView) Tell(e provision.Event) {
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
		v.warn(e.Text)
	case provision.Planned: // whoever asked for the plan shows it
	}
}

func runWords(e provision.RunStarted) string {
	if e.Resumed {
		return "going on with run " + provision.ShortRun(e.Run) + ", which was begun before"
	}
	return "run " + provision.ShortRun(e.Run)
}

// say tells what nobody misses who wants quiet.
func (v *textView) say(format string, args ...any) {
	if !v.talk.Quiet {
		fmt.Fprintf(v.w, "muster: "+format+"\n", args...)
	}
}

func (v *textView) warn(text string) { fmt.Fprintf(v.w, "muster: warning: %s\n", text) }

func (v *textView) start(e provision.PhaseStarted) {
	v.stop()
	v.total, v.started, v.last = e.Total, time.Now(), time.Now()
	if !v.bars {
		return
	}
	v.barsOf = mpb.New(mpb.WithOutput(v.terminal), mpb.WithWidth(32))
	name := mpb.PrependDecorators(decor.Name(string(e.Phase), decor.WC{W: 10, C: decor.DindentRight}))
	if e.Total > 0 {
		// Made without a total, a bar ends when it is told to and not before.
		v.bar = v.barsOf.AddBar(0, name, mpb.AppendDecorators(decor.CountersNoUnit("%d/%d "), decor.Percentage(),
			decor.AverageSpeed(0, " %.0f/s "), decor.OnComplete(decor.AverageETA(decor.ET_STYLE_GO, decor.WC{W: 7}), "")))
		v.bar.SetTotal(int64(e.Total), false)
	} else {
		v.bar = v.barsOf.AddSpinner(0, name,
			mpb.AppendDecorators(decor.CurrentNoUnit("%d rows"), decor.AverageSpeed(0, " %.0f/s")))
	}
}

func (v *textView) progress(e provision.Progress) {
	if v.bar != nil {
		v.bar.SetCurrent(int64(e.Done))
		return
	}
	interval := lineInterval
	if e.Phase == provision.Sending {
		interval = mailInterval
	}
	if time.Since(v.last) < interval {
		return
	}
	v.last = time.Now()
	v.say("%s: %s", e.Phase, progressWords(e.Phase, e.Done, v.total, time.Since(v.started)))
}

// unit is what a phase counts.
func unit(phase provision.Phase) string {
	if phase == provision.Sending {
		return "mail"
	}
	return "row"
}

// progressWords say how far a phase is, how fast it goes and how long it will
// take; total is 0 where it is not known.
func progressWords(phase provision.Phase, done, total int, took time.Duration) string {
	rate := float64(done) / took.Seconds()
	if total <= done || rate == 0 {
		return fmt.Sprintf("%s, %s a second", Plural(done, unit(phase)), words.Number(int(rate)))
	}
	left := time.Duration(float64(total-done) / rate * float64(time.Second)).Round(time.Second)
	return fmt.Sprintf("%s of %s, %s a second, about %s left", words.Number(done), Plural(total, unit(phase)),
		words.Number(int(rate)), left)
}

func (v *textView) done(e provision.PhaseDone) {
	if v.bar != nil {
		v.endBar(e)
		return
	}
	if took := time.Since(v.started); v.talk.Verbose || took >= longPhase {
		v.say("%s: %s in %s", e.Phase, Plural(e.Done, unit(e.Phase)), took.Round(100*time.Millisecond))
	}
}

// endBar leaves the bar of a phase as full as the phase got. How many rows
// there are to read is a guess; what came after is not, and falls short where
// the run was interrupted.
func (v *textView) endBar(e provision.PhaseDone) {
	v.bar.SetCurrent(int64(e.Done))
	if e.Phase != provision.Reading && e.Done < v.total {
		v.stop()
		return
	}
	v.bar.SetTotal(int64(max(e.Done, 1)), true)
	v.barsOf.Wait()
	v.bar, v.barsOf = nil, nil
}

// stop leaves the bar of a phase that did not come to its end as it is.
func (v *textView) stop() {
	if v.bar != nil {
		v.bar.Abort(false)
		v.barsOf.Wait()
		v.bar, v.barsOf = nil, nil
	}
}

// Close leaves a bar as it is.
func (v *textView) Close() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.stop()
}
