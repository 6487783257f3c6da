package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"syscall"
	"time"

	"muster/cmd/muster/exit"
	"muster/cmd/muster/view"
	"muster/importer/failure"
	"muster/importer/file"
	"muster/provision"
	"muster/provision/link"
)

// Messages follow four rules:
//
//  1. what failed, where (file:line), and then a hint with what to try;
//  2. "muster: error: …" and "muster: hint: …", one line each, on standard error;
//  3. a cell is quoted only where its owner reads it, a secret nowhere;
//  4. with --json the error is one object on standard error that repeats the
//     exit code.

// describe is the one place that turns an error into words and an exit code.
func describe(ctx context.Context, err error) view.Ended {
	code, hint := classify(ctx, err)
	return view.Ended{Code: code, Name: exit.Name(code), Message: message(ctx, err), Hint: oneLine(hint)}
}

// classify finds the exit code and the hint.
func classify(ctx context.Context, err error) (code int, hint string) {
	var stopped *interruption
	known := failure.Find(err)
	switch {
	case errors.Is(err, context.Canceled) && errors.As(context.Cause(ctx), &stopped):
		return stopped.ExitCode(), goOn
	case known != nil:
		class, _ := known.Failure()
		return endings[class].code, hintOf(known)
	case errors.Is(err, context.Canceled):
		return exit.Interrupt, goOn
	case errors.Is(err, syscall.ENOSPC):
		return exit.Internal, "make room on the disk; then " + goOn
	}
	return exit.Internal, ""
}

// hintOf is what an error itself says to try, or else what its class does.
func hintOf(known failure.Error) string {
	class, own := known.Failure()
	switch e := known.(type) {
	case *file.Error:
		return missingHint(e)
	case *provision.DeniedError:
		return own + "; then run the same command again"
	case *provision.LockedError:
		return fmt.Sprintf("wait for it, or say --if-locked wait=10m; if it is certainly dead: muster lock release %d",
			e.Lease.Token)
	}
	return cmp.Or(own, endings[class].hint)
}

// message says what happened. Tokens of links are masked, wherever they come
// from.
func message(ctx context.Context, err error) string {
	var locked *provision.LockedError
	var stopped *interruption
	text := err.Error()
	switch {
	case errors.As(err, &locked):
		text = lockedWords(locked.AtWork())
	case errors.Is(err, context.Canceled) && errors.As(context.Cause(ctx), &stopped):
		text = stopWords(stopped)
	}
	return link.Redact(oneLine(text))
}

func lockedWords(l provision.Lease) string {
	text := fmt.Sprintf("another run is at work in %s: %s (process %d) since %s", l.Name, l.Holder, l.PID,
		l.Acquired.Local().Format(time.DateTime))
	if l.Run != "" {
		text += ", run " + l.Run
	}
	return text
}

func oneLine(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' }), "; ")
}

// fail says what went wrong and returns the exit code.
func (a *app) fail(ctx context.Context, err error) int {
	e := describe(ctx, err)
	a.out.Fail(e, errors.Is(err, provision.ErrDeclined))
	return e.Code
}
