package view

import (
	"fmt"
	"io"
	"log/slog"
	"sync"

	"muster/cmd/muster/flags"
	"muster/provision"
)

// Output is where a command shows what it does: results on standard output,
// everything else on standard error; as text for people, or as JSON Lines.
type Output struct {
	Stdout, Stderr io.Writer     // of text: see plain
	terminal       io.Writer     // standard error as it is, for bars
	common         *flags.Common // whether JSON or a log is asked for
	talk           *flags.Talk   // how much is said
	listens        func(provision.Event)
	totalled       bool // the totals of a run were shown
	logs           bool // the log was begun, where one is wanted

	mu    sync.Mutex
	run   string          // the run under way, once there is one
	phase provision.Phase // of it
}

// NewOutput shows things on two streams, as flags say that are still to be
// read.
func NewOutput(stdout, stderr io.Writer, common *flags.Common, talk *flags.Talk) *Output {
	return &Output{
		Stdout: plain{onScreen(stdout)}, Stderr: plain{onScreen(stderr)}, terminal: stderr, common: common, talk: talk,
	}
}

// Talks reports whether standard error is for people: no JSON goes there.
func (o *Output) Talks() bool { return !o.common.JSON && o.common.LogLevel == "" }

// Say tells people something beside the events, unless they want quiet.
func (o *Output) Say(format string, args ...any) {
	if o.Talks() && !o.talk.Quiet {
		fmt.Fprintf(o.Stderr, "muster: "+format+"\n", args...)
	}
}

// Listen lets somebody else hear the events of what is shown from now on.
func (o *Output) Listen(listens func(provision.Event)) { o.listens = listens }

// Warn says beside the events that something should be looked at. The results
// are out already, so that it goes to standard error, whatever is asked for.
func (o *Output) Warn(text string) {
	if o.common.LogLevel != "" {
		slog.Warn(text)
	}
	switch {
	case o.common.JSON:
		EmitTo(o.Stderr, "warning", o.Event("warning"), map[string]string{"text": text})
	case o.Talks():
		fmt.Fprintf(o.Stderr, "muster: warning: %s\n", text)
	}
}
