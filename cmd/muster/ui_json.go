package main

import (
	"io"
	"sync"
	"time"

	"muster/provision"
)

// jsonView tells programs: one line an event, progress once a second at most.
type jsonView struct {
	out  io.Writer
	mu   sync.Mutex
	last time.Time
}

type phaseLine struct {
	Phase provision.Phase `json:"phase"`
	Total int             `json:"total,omitempty"`
	Done  int             `json:"done,omitempty"`
}

func (v *jsonView) tell(e provision.Event) {
	v.mu.Lock()
	defer v.mu.Unlock()
	switch e := e.(type) {
	case provision.RunStarted:
		emit(v.out, "run", struct {
			Run     string `json:"run"`
			Resumed bool   `json:"resumed"`
			Out     string `json:"out"`
		}{e.Run, e.Resumed, e.Out})
	case provision.PhaseStarted:
		v.last = time.Now()
		emit(v.out, "phase_started", phaseLine{Phase: e.Phase, Total: e.Total})
	case provision.Progress:
		if time.Since(v.last) >= time.Second {
			v.last = time.Now()
			emit(v.out, "progress", phaseLine{Phase: e.Phase, Done: e.Done})
		}
	case provision.PhaseDone:
		emit(v.out, "phase_done", phaseLine{Phase: e.Phase, Done: e.Done})
	case provision.Planned:
		emit(v.out, "plan", e.Summary)
	case provision.Notice:
		emit(v.out, "notice", map[string]string{"text": e.Text})
	case provision.Warning:
		emit(v.out, "warning", map[string]string{"text": e.Text})
	}
}

func (v *jsonView) close() {}
