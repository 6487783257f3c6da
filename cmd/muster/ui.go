package main

import (
	"fmt"
	"os"

	"muster/provision"
)

// A view shows the events of a run to whoever started it. Events may be told
// from several goroutines at once.
type view interface {
	tell(provision.Event)
	close() // ends a phase that was left open
}

// view returns what listens to a run: text, or JSON, or the log alone.
func (a *app) view() view {
	switch {
	case a.common.JSON && a.common.LogLevel != "":
		return runKeeper{logView{&jsonView{a: a}}, a}
	case a.common.JSON:
		return runKeeper{&jsonView{a: a}, a}
	case a.common.LogLevel != "":
		return runKeeper{logView{silence{}}, a}
	}
	return newTextView(a.talk, a.stderr, a.terminal, isTerminal(a.terminal) && os.Getenv("TERM") != "dumb")
}

// talks reports whether standard error is for people: no JSON goes there.
func (a *app) talks() bool { return !a.common.JSON && a.common.LogLevel == "" }

// say tells people something beside the events, unless they want quiet.
func (a *app) say(format string, args ...any) {
	if a.talks() && !a.talk.Quiet {
		fmt.Fprintf(a.stderr, "muster: "+format+"\n", args...)
	}
}

// runKeeper keeps the run that events are of: every line names it.
type runKeeper struct {
	view
	a *app
}

func (k runKeeper) tell(e provision.Event) {
	if started, ok := e.(provision.RunStarted); ok { // before there is anybody else to tell anything
		k.a.runID = started.Run
	}
	k.view.tell(e)
}

// silence shows nothing.
type silence struct{}

func (silence) tell(provision.Event) {}
func (silence) close()               {}
