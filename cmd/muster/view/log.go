package view

import (
	"context"
	"fmt"
	"log/slog"
	"regexp"

	"muster/cmd/muster/flags"
	"muster/provision"
	"muster/provision/link"
)

// StartLog lets slog write to standard error where that was asked for: JSON, a
// line each. Lines carry the job they are of, and the run and phase under way.
func (o *Output) StartLog() error {
	var least slog.Level
	o.logs = true
	switch level := o.common.LogLevel; level {
	case "":
		slog.SetDefault(slog.New(slog.DiscardHandler))
		return nil
	case "info", "debug":
		_ = least.UnmarshalText([]byte(level))
	default:
		return flags.Usage(fmt.Sprintf("--log-level %q is no level", level), "use info or debug")
	}
	lines := slog.NewJSONHandler(o.Stderr, &slog.HandlerOptions{Level: least, ReplaceAttr: impersonal})
	slog.SetDefault(slog.New(running{lines, o}))
	return nil
}

// StartLogLate is StartLog where what is wrong with the command line came before:
// nothing is said of the level.
func (o *Output) StartLogLate() {
	if !o.logs && o.StartLog() != nil {
		slog.SetDefault(slog.New(slog.DiscardHandler))
	}
}

// LogJob lets all lines of the log name the job that they are of.
func (o *Output) LogJob(command, source, shard string) {
	job := slog.Default().With("command", command, "source", source)
	if shard != "" {
		job = job.With("shard", shard)
	}
	slog.SetDefault(job)
}

// running is a log whose lines name the run and the phase under way.
type running struct {
	slog.Handler
	o *Output
}

// Handle writes a line.
func (r running) Handle(ctx context.Context, line slog.Record) error {
	run, phase := r.o.underWay()
	if run != "" {
		line.AddAttrs(slog.String("run_id", run))
	}
	if phase != "" {
		line.AddAttrs(slog.String("phase", string(phase)))
	}
	return r.Handler.Handle(ctx, line)
}

// WithAttrs is Handler's, for lines that still name the run.
func (r running) WithAttrs(attrs []slog.Attr) slog.Handler {
	return running{r.Handler.WithAttrs(attrs), r.o}
}

// WithGroup is Handler's, for lines that still name the run.
func (r running) WithGroup(name string) slog.Handler { return running{r.Handler.WithGroup(name), r.o} }

// mailAddress is what may be somebody's address in a text.
var mailAddress = regexp.MustCompile(`[^\s"'<>(),;:=]+@[^\s"'<>(),;:=]+`)

// impersonal masks addresses and links in what a line says: logs are kept, and
// collected, where lists are not.
func impersonal(_ []string, a slog.Attr) slog.Attr {
	if a.Value.Kind() == slog.KindString {
		a.Value = slog.StringValue(mailAddress.ReplaceAllString(link.Redact(a.Value.String()), "…@…"))
	}
	return a
}

// enter notes the phase under way, "" for none.
func (o *Output) enter(phase provision.Phase) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.phase = phase
}

// keepRun notes the run under way.
func (o *Output) keepRun(run string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.run = run
}

// underWay is the run and the phase under way, "" for none.
func (o *Output) underWay() (run string, phase provision.Phase) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.run, o.phase
}
