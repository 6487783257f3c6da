// Package exit names the ways in which the program can end: what schedulers
// and scripts see of it.
package exit

// Exit codes of the program.
const (
	OK        = 0
	Internal  = 1
	Usage     = 2
	Partial   = 3
	Changes   = 10
	Locked    = 11
	Guard     = 12
	Input     = 13
	Config    = 14
	Temporary = 75
	Interrupt = 130
	Terminate = 143
)

// A Code is one way the program can end, and what to do then.
type Code struct {
	Code    int    `json:"code"`
	Name    string `json:"name"`
	Meaning string `json:"meaning"`
	Todo    string `json:"todo"`
}

// Codes is the one table of exit codes: help, README and errors show it.
var Codes = []Code{
	{OK, "ok", "every row is settled, or there was nothing to do", "nothing"},
	{Internal, "internal", "something went wrong inside muster", "report it; run the same command again"},
	{Usage, "usage", "wrong command, flag or argument; nothing was done", "correct the command line"},
	{Partial, "partial",
		"finished, but some rows were rejected or are held for a person, a sheet with people was not read, " +
			"or a file of the report is missing or could not be drawn; the report says which",
		"look at the report; --max-rejects and --max-held raise the bar"},
	{Changes, "changes",
		"plan --detailed-exitcode: applying the plan would write something",
		"look at the plan, then apply it"},
	{Locked, "locked",
		"another run is at work, or took over",
		"wait, or use --if-locked; muster lock show says who"},
	{Guard, "guard",
		"the plan does more than a guard allows, or is stale: the accounts, the list or the database are no longer those it was made for; " +
			"nothing was written",
		"see that the list is right, or plan again"},
	{Input, "input",
		"a file is missing, cannot be read or cannot be understood; no row was processed",
		"correct the file; muster inspect list shows how it is read"},
	{Config, "config", "a setting, secret, database address or schema is wrong", "follow the hint"},
	{Temporary, "temporary", "the database or the mail server could not be reached, or was busy for too long; progress is saved", "run the same command again"},
	{Interrupt, "interrupted",
		"stopped from the keyboard, or the question was answered with no",
		"run the same command again: it goes on"},
	{Terminate, "terminated", "stopped by SIGTERM; progress is saved", "run the same command again: it goes on"},
}

// Name returns the name of a code.
func Name(code int) string {
	for _, e := range Codes {
		if e.Code == code {
			return e.Name
		}
	}
	return "unknown"
}
