package main

import (
	"fmt"
	"strings"
)

// Exit codes of the program.
const (
	exitOK        = 0
	exitInternal  = 1
	exitUsage     = 2
	exitPartial   = 3
	exitChanges   = 10
	exitLocked    = 11
	exitGuard     = 12
	exitInput     = 13
	exitConfig    = 14
	exitTemporary = 75
	exitInterrupt = 130
	exitTerminate = 143
)

// An exitCode is one way the program can end, and what to do then.
type exitCode struct {
	Code    int    `json:"code"`
	Name    string `json:"name"`
	Meaning string `json:"meaning"`
	Todo    string `json:"todo"`
}

// exitCodes is the one table of exit codes: help, README and errors show it.
var exitCodes = []exitCode{
	{exitOK, "ok", "every row is settled, or there was nothing to do", "nothing"},
	{exitInternal, "internal", "something went wrong inside muster", "report it; run the same command again"},
	{exitUsage, "usage", "wrong command, flag or argument; nothing was done", "correct the command line"},
	{exitPartial, "partial", "finished, but some rows were rejected or are held for a person, a sheet with people was not read, or a file of the report is missing or could not be drawn; the report says which", "look at the report; --max-rejects and --max-held raise the bar"},
	{exitChanges, "changes", "plan --detailed-exitcode: applying the plan would write something", "look at the plan, then apply it"},
	{exitLocked, "locked", "another run is at work, or took over", "wait, or use --if-locked; muster lock show says who"},
	{exitGuard, "guard", "the plan is stale: the accounts, the list or the database are no longer those it was made for; nothing was written", "plan again"},
	{exitInput, "input", "a file is missing, cannot be read or cannot be understood; no row was processed", "correct the file; muster inspect list shows how it is read"},
	{exitConfig, "config", "a setting, secret, database address or schema is wrong", "follow the hint"},
	{exitTemporary, "temporary", "the database could not be reached; progress is saved", "run the same command again"},
	{exitInterrupt, "interrupted", "stopped from the keyboard, or the question was answered with no", "run the same command again: it goes on"},
	{exitTerminate, "terminated", "stopped by SIGTERM; progress is saved", "run the same command again: it goes on"},
}

// exitName returns the name of a code.
func exitName(code int) string {
	for _, e := range exitCodes {
		if e.Code == code {
			return e.Name
		}
	}
	return "unknown"
}

// exitTable is the table as text.
func exitTable() string {
	var b strings.Builder
	for _, e := range exitCodes {
		head := fmt.Sprintf("  %3d  %-11s  ", e.Code, e.Name)
		b.WriteString(folded(head+e.Meaning, helpWidth, len(head)) + "\n")
		if e.Code != exitOK {
			b.WriteString(folded(strings.Repeat(" ", len(head))+"→ "+e.Todo, helpWidth, len(head)+2) + "\n")
		}
	}
	return b.String()
}

const exitIntro = `Exit codes of muster. Scripts and schedulers may rely on them.

`

func (a *app) emitExitCodes() {
	for _, e := range exitCodes {
		a.emit("exit_code", e)
	}
	a.emit("summary", map[string]int{"exit_codes": len(exitCodes)})
}
