package flags

import "muster/importer/failure"

// A usageError is a command line that cannot be meant.
type usageError struct{ msg, hint string }

// Usage is the error for a command line that cannot be meant: what is wrong
// with it, and what to type.
func Usage(msg, hint string) error { return &usageError{msg, hint} }

func (e *usageError) Error() string { return e.msg }

// Failure says that the command line has to be corrected.
func (e *usageError) Failure() (failure.Class, string) { return failure.Usage, e.hint }
