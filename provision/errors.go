package provision

// A ConfigError says that a run cannot start with what it was given: an
// unknown organization, brand or operator, a missing key.
type ConfigError struct{ Msg, Hint string }

func (e *ConfigError) Error() string { return e.Msg }

// A LostError says what a run no longer keeps: trying again does not help.
type LostError struct{ ConfigError }

func (e *LostError) Unwrap() error { return &e.ConfigError }

// A DeniedError is ErrDenied in words: the database does not let its user in,
// or not do something, until a person changes a password, a grant or a setting.
type DeniedError struct {
	Msg, Hint string
	Err       error // as the database said it
}

func (e *DeniedError) Error() string { return e.Msg + ": " + e.Err.Error() }

// Unwrap makes it ErrDenied.
func (e *DeniedError) Unwrap() []error { return []error{ErrDenied, e.Err} }

// A StalePlanError says that nothing of a plan can be applied any more.
type StalePlanError struct{ Msg, Hint string } // no Hint: plan again

func (e *StalePlanError) Error() string { return e.Msg }

// A PlanFileError says that a file is no whole plan.
type PlanFileError struct {
	Path string
	Line int
	Msg  string
}

func (e *PlanFileError) Error() string { return e.Path + ": " + e.Msg }

// A HeaderError says that a list has a column it may not have.
type HeaderError struct{ File, Column, Msg, Hint string }

func (e *HeaderError) Error() string { return e.File + ": column \"" + e.Column + "\": " + e.Msg }
