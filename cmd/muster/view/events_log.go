package view

import (
	"fmt"
	"io"
	"log/slog"

	"muster/cmd/muster/exit"
	"muster/cmd/muster/flags"
	"muster/provision"
)

// logView also writes events to the log.
type logView struct{ View }

// Tell logs an event and passes it on.
func (l logView) Tell(e provision.Event) {
	switch e := e.(type) {
	case provision.RunStarted:
		slog.SetDefault(slog.Default().With("run_id", e.Run))
		slog.Info("run started", "resumed", e.Resumed, "out", e.Out)
	case provision.PhaseStarted:
		slog.Info("phase started", "phase", e.Phase)
	case provision.Progress:
		slog.Debug("progress", "phase", e.Phase, "done", e.Done)
	case provision.PhaseDone:
		slog.Info("phase done", "phase", e.Phase, "done", e.Done)
	case provision.Planned:
		slog.Info("planned", "rows", e.Summary.Rows, "people", e.Summary.People, "outcomes", e.Summary.Outcomes)
	case provision.Notice:
		slog.Info(e.Text)
	case provision.Warning:
		slog.Warn(e.Text)
	}
	l.View.Tell(e)
}

// logEnd writes how a command ended to the log, if there is one.
func (o *Output) logEnd(e Ended) {
	switch {
	case o.common.LogLevel == "":
	case e.Code == exit.Partial || e.Code == exit.Interrupt:
		slog.Warn(e.Message, "code", e.Code, "name", e.Name, "hint", e.Hint)
	default:
		slog.Error(e.Message, "code", e.Code, "name", e.Name, "hint", e.Hint)
	}
}

// StartLog lets slog write to standard error where that was asked for.
func StartLog(level string, to io.Writer) error {
	var least slog.Level
	switch level {
	case "":
		slog.SetDefault(slog.New(slog.DiscardHandler))
		return nil
	case "info", "debug":
		_ = least.UnmarshalText([]byte(level))
	default:
		return flags.Usage(fmt.Sprintf("--log-level %q is no level", level), "use info or debug")
	}
	slog.SetDefault(slog.New(slog.NewJSONHandler(to, &slog.HandlerOptions{Level: least})))
	return nil
}
