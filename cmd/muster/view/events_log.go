package view

import (
	"log/slog"
	"time"

	"muster/cmd/muster/exit"
	"muster/provision"
)

// logView also writes events to the log: a line as a phase ends. What names
// somebody is left out.
type logView struct {
	View
	o     *Output
	began time.Time // of the phase
}

// Tell logs an event and passes it on.
func (l *logView) Tell(e provision.Event) {
	switch e := e.(type) {
	case provision.RunStarted:
		slog.Info("run started", "resumed", e.Resumed, "out", e.Out)
	case provision.PhaseStarted:
		l.began = time.Now()
		l.o.enter(e.Phase)
		slog.Debug("phase started")
	case provision.Progress:
		slog.Debug("progress", "done", e.Done)
	case provision.PhaseDone:
		slog.Info("phase done", "done", e.Done, "seconds", time.Since(l.began).Round(time.Millisecond).Seconds())
		l.o.enter("")
	case provision.Planned:
		slog.Info("planned", "rows", e.Summary.Rows, "people", e.Summary.People, "outcomes", e.Summary.Outcomes)
	case provision.Notice:
		if !e.Personal {
			slog.Info(e.Text)
		}
	case provision.Warning:
		slog.Warn(e.Text)
	}
	l.View.Tell(e)
}

// LogEnd writes how a command ended to the log, where its totals did not say so
// already.
func (o *Output) LogEnd(code int) {
	if !o.totalled {
		slog.Info("run finished", "code", code, "name", exit.Name(code))
	}
}

// logFault writes what went wrong to the log, if there is one.
func (o *Output) logFault(e Ended) {
	switch {
	case o.common.LogLevel == "":
	case e.Code == exit.Partial || e.Code == exit.Interrupt:
		slog.Warn(e.Message, "code", e.Code, "name", e.Name, "hint", e.Hint)
	default:
		slog.Error(e.Message, "code", e.Code, "name", e.Name, "hint", e.Hint)
	}
}
