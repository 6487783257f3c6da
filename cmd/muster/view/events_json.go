package view

import (
	"sync"
	"time"

	"muster/provision"
)

// jsonView tells programs: one line an event, progress once a second at most.
type jsonView struct {
	o    *Output
	mu   sync.Mutex
	last time.Time
}

type phaseLine struct {
	Phase    provision.Phase `json:"phase"`
	Total    int             `json:"total,omitempty"`
	Estimate int             `json:"estimate,omitempty"` // of the rows to read: lists say how many once they are read
	Done     int             `json:"done,omitempty"`
}

// Tell prints an event, but for progress that came too soon.
func (v *jsonView) Tell(e provision.Event) {
	v.mu.Lock()
	defer v.mu.Unlock()
	say := func(kind, level string, value any) { v.o.Emit(kind, v.o.Event(level), value) }
	switch e := e.(type) {
	case provision.RunStarted:
		say("run", "", struct {
			Resumed bool   `json:"resumed"`
			Out     string `json:"out"`
		}{e.Resumed, e.Out})
	case provision.PhaseStarted:
		v.last = time.Now()
		line := phaseLine{Phase: e.Phase, Total: e.Total}
		if e.Phase == provision.Reading {
			line.Total, line.Estimate = 0, e.Total
		}
		say("phase_started", "", line)
	case provision.Progress:
		if time.Since(v.last) >= time.Second {
			v.last = time.Now()
			say("progress", "", phaseLine{Phase: e.Phase, Done: e.Done})
		}
	case provision.PhaseDone:
		say("phase_done", "", phaseLine{Phase: e.Phase, Done: e.Done})
	case provision.Planned:
		say("plan", "", e.Summary)
	case provision.Notice:
		say("notice", "", map[string]string{"text": e.Text})
	case provision.Warning:
		say("warning", "warning", map[string]string{"text": e.Text})
	}
}

// Close has nothing to end.
func (v *jsonView) Close() {}
