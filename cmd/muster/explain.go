package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"syscall"
	"time"

	"muster/importer/file"
	"muster/provision"
	"muster/provision/link"
	"muster/provision/report"
)

// Messages follow four rules:
//
//  1. what failed, where (file:line), and then a hint with what to try;
//  2. "muster: error: …" and "muster: hint: …", one line each, on standard error;
//  3. a cell is quoted only where its owner reads it, a secret nowhere;
//  4. with --json the error is one object on standard error that repeats the
//     exit code.

// A usageError is a command line that cannot be meant.
type usageError struct{ msg, hint string }

func (e *usageError) Error() string { return e.msg }

// explained is an error in words, with what to try and how the program ends.
type explained struct {
	Code    int    `json:"code"`
	Name    string `json:"name"`
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`
}

// explain is the one place that turns an error into words and an exit code.
func explain(ctx context.Context, err error) explained {
	code, hint := classify(ctx, err)
	return explained{Code: code, Name: exitName(code), Message: words(ctx, err), Hint: oneLine(hint)}
}

// classify finds the exit code and the hint. What was wrong with the command
// comes before what was wrong with the world.
func classify(ctx context.Context, err error) (code int, hint string) {
	var (
		usage    *usageError
		list     *file.Error
		header   *provision.HeaderError
		cell     *provision.DirectoryError
		plan     *provision.PlanFileError
		config   *provision.ConfigError
		keyring  *link.KeyringError
		folder   *report.ForeignFolderError
		stale    *provision.StalePlanError
		locked   *provision.LockedError
		denied   *provision.DeniedError
		stopped  *interruption
		goOn     = "run the same command again: it goes on where it stopped"
		migrate  = "muster db migrate"
		planDone = "make the plan again with muster plan"
	)
	switch {
	case errors.As(err, &usage):
		return exitUsage, usage.hint
	case errors.Is(err, context.Canceled) && errors.As(context.Cause(ctx), &stopped):
		return stopped.ExitCode(), goOn
	case errors.Is(err, provision.ErrDeclined):
		return exitInterrupt, ""
	case errors.As(err, &list):
		return exitInput, missingHint(list)
	case errors.As(err, &header):
		return exitInput, header.Hint
	case errors.As(err, &cell):
		return exitInput, cell.Hint
	case errors.As(err, &plan) && plan.Line == 0:
		return exitInput, "name a file that muster plan -o made"
	case errors.As(err, &plan):
		return exitInput, planDone
	case errors.As(err, &config):
		return exitConfig, config.Hint
	case errors.As(err, &keyring):
		return exitConfig, keyring.Hint()
	case errors.As(err, &folder):
		return exitConfig, folder.Hint()
	case errors.Is(err, provision.ErrNewer):
		return exitConfig, "run the version of muster that migrated it; muster version says which this is"
	case errors.Is(err, provision.ErrSchema):
		return exitConfig, migrate
	case errors.As(err, &denied):
		return exitConfig, denied.Hint + "; then run the same command again"
	case errors.As(err, &stale):
		return exitGuard, cmp.Or(stale.Hint, planDone)
	case errors.As(err, &locked):
		return exitLocked, fmt.Sprintf("wait for it, or say --if-locked wait=10m; if it is certainly dead: muster lock release %d", locked.Lease.Token)
	case errors.Is(err, provision.ErrFenced):
		return exitLocked, "muster lock show says who holds the lock now; when nobody does, " + goOn
	case errors.Is(err, provision.ErrAway):
		return exitTemporary, "see that the server is up, its address right and its disk not full; then " + goOn
	case errors.Is(err, context.Canceled):
		return exitInterrupt, goOn
	case errors.Is(err, syscall.ENOSPC):
		return exitInternal, "make room on the disk; then " + goOn
	}
	return exitInternal, ""
}

// words says what happened. Tokens of links are masked, wherever they come
// from.
func words(ctx context.Context, err error) string {
	var locked *provision.LockedError
	var stopped *interruption
	text := err.Error()
	switch {
	case errors.As(err, &locked):
		text = lockedWords(locked.Lease)
	case errors.Is(err, context.Canceled) && errors.As(context.Cause(ctx), &stopped):
		text = stopWords(stopped)
	}
	return link.Redact(oneLine(text))
}

func lockedWords(l provision.Lease) string {
	text := fmt.Sprintf("another run is at work in %s: %s (process %d) since %s", l.Name, l.Holder, l.PID, l.Acquired.Local().Format(time.DateTime))
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
	e := explain(ctx, err)
	a.logEnd(e)
	switch {
	case a.common.JSON:
		emit(a.stderr, "error", a.event("error"), e)
	case !a.talks():
	case errors.Is(err, provision.ErrDeclined): // a wish, not an error
		fmt.Fprintf(a.stderr, "muster: %s\n", e.Message)
	default:
		fmt.Fprintf(a.stderr, "muster: error: %s\n", e.Message)
		if e.Hint != "" {
			fmt.Fprintf(a.stderr, "muster: hint: %s\n", e.Hint)
		}
	}
	return e.Code
}
