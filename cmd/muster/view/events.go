package view

import (
	"os"

	"muster/provision"
)

// A View shows the events of a run to whoever started it. Events may be told
// from several goroutines at once.
type View interface {
	Tell(provision.Event)
	Close() // ends a phase that was left open; it may be called again
}

// View returns what listens to a run: text, or JSON, or the log alone; and who
// else does.
func (o *Output) View() View {
	if o.listens != nil {
		return overheard{o.shown(), o.listens}
	}
	return o.shown()
}

// overheard passes on what a View is told.
type overheard struct {
	View
	listens func(provision.Event)
}

// Tell tells both.
func (v overheard) Tell(e provision.Event) {
	v.listens(e)
	v.View.Tell(e)
}

func (o *Output) shown() View {
	switch {
	case o.common.JSON && o.common.LogLevel != "":
		return runKeeper{&logView{View: &jsonView{o: o}, o: o}, o}
	case o.common.JSON:
		return runKeeper{&jsonView{o: o}, o}
	case o.common.LogLevel != "":
		return runKeeper{&logView{View: Silence{}, o: o}, o}
	}
	return newTextView(*o.talk, o.Stderr, o.terminal, IsTerminal(o.terminal) && os.Getenv("TERM") != "dumb")
}

// runKeeper keeps the run that events are of: every line names it.
type runKeeper struct {
	View
	o *Output
}

// Tell remembers the run and passes the event on.
func (k runKeeper) Tell(e provision.Event) {
	if started, ok := e.(provision.RunStarted); ok {
		k.o.keepRun(started.Run)
	}
	k.View.Tell(e)
}

// Silence is a View that shows nothing.
type Silence struct{}

// Tell shows nothing.
func (Silence) Tell(provision.Event) {}

// Close has nothing to end.
func (Silence) Close() {}
