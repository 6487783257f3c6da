package provision

import (
	"cmp"
	"errors"
	"fmt"

	"muster/importer/failure"
	"muster/importer/record"
)

// A ConfigError says that a run cannot start with what it was given: an
// unknown organization, brand or operator, a missing key. Hint is "" where
// Class says what to try.
type ConfigError struct {
	Msg, Hint string
	Class     failure.Class // failure.Config where it is not set
}

func (e *ConfigError) Error() string { return e.Msg }

// Failure says what is wrong with what the run was given.
func (e *ConfigError) Failure() (failure.Class, string) {
	return cmp.Or(e.Class, failure.Config), e.Hint
}

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

// Failure says that a person has to change something in the database first.
func (e *DeniedError) Failure() (failure.Class, string) { return failure.Denied, e.Hint }

// A StalePlanError says that nothing of a plan can be applied any more.
type StalePlanError struct{ Msg, Hint string } // no Hint: plan again

func (e *StalePlanError) Error() string { return e.Msg }

// Failure says that the plan has to be made again.
func (e *StalePlanError) Failure() (failure.Class, string) { return failure.Stale, e.Hint }

// A PlanFileError says that a file is no whole plan.
type PlanFileError struct {
	Path string
	Line int
	Msg  string
}

func (e *PlanFileError) Error() string { return e.Path + ": " + e.Msg }

// Failure tells a file that is no plan, or not there, from one that is broken
// at a line.
func (e *PlanFileError) Failure() (failure.Class, string) {
	if e.Line == 0 {
		return failure.NoPlan, ""
	}
	return failure.BrokenPlan, ""
}

// A LastAdministratorError says that an organization would be left without an
// account that may edit it and is not blocked.
type LastAdministratorError struct {
	Organization string   // slug
	Accounts     []string // ids of those who would no longer be one
}

func (e *LastAdministratorError) Error() string {
	return fmt.Sprintf("organization %q would be left without anybody who may edit it", e.Organization)
}

// Failure says that somebody else has to get the right first.
func (e *LastAdministratorError) Failure() (failure.Class, string) {
	return failure.Config, "give somebody else a role with the right " + MayEditOrganization + " first"
}

// A WithdrawnError says that the operator of a run may less by now than what it
// was planned on.
type WithdrawnError struct{ Msg string }

func (e *WithdrawnError) Error() string { return e.Msg + ", and the run stopped" }

// Failure says that the run stopped; it goes on once they may again.
func (e *WithdrawnError) Failure() (failure.Class, string) { return failure.Withdrawn, "" }

// A HeaderError says that a list has a column it may not have.
type HeaderError struct{ File, Column, Msg, Hint string }

func (e *HeaderError) Error() string { return e.File + ": column \"" + e.Column + "\": " + e.Msg }

// Failure says that the list cannot be used as it is.
func (e *HeaderError) Failure() (failure.Class, string) { return failure.Input, e.Hint }

// ErrDeclined means that a person looked at the plan and said no.
var ErrDeclined = failure.New(failure.Declined, errors.New("declined: nothing more was written"))

// ErrLeftOpen is an ErrDeclined of a run that had written some of its rows
// before it was interrupted.
var ErrLeftOpen = fmt.Errorf("%w; the run was begun before and stays open: the same command goes on with it",
	ErrDeclined)

// ErrMeddled means that another run was at work while a person was asked: what they said
// yes to may not be what would be done.
var ErrMeddled = failure.New(failure.Stale, errors.New("another run was at work meanwhile: nothing was written, and the plan is to be made again"))

// A PlanLimitError says that an organization would have more people of a kind
// than its plan allows.
type PlanLimitError struct {
	Kind  record.Kind
	Limit int
	Over  int // how many there are too many
}

func (e *PlanLimitError) Error() string { return NoSeat(e.Kind, e.Limit) }

// Failure says that the plan does not allow it.
func (e *PlanLimitError) Failure() (failure.Class, string) { return failure.Config, "" }
