// Package failure says what kind of trouble ends a run. An error that knows
// its kind is an Error; the command line gives every kind its exit code and,
// where the error has none of its own, its hint. What never happens here: a
// word for people.
package failure

import "errors"

// A Class is what has to be put right before a command can succeed. Where an
// error wraps several, the one that comes first counts: what was wrong with
// the command comes before what was wrong with the world.
type Class int

// The classes, in the order in which they count.
const (
	Usage      Class = iota + 1 // the command line cannot be meant
	Declined                    // a person said no
	Input                       // a file cannot be used
	NoPlan                      // there is no such plan
	BrokenPlan                  // a plan is not whole

	Config            // a setting, secret, address or name is wrong
	NoOrganization    // the database holds no organization
	Organization      // there are several organizations, and none is named
	Brand             // there are several brands, and none is named
	UnknownBrand      // the organization has no such brand
	Operator          // there are several administrators, and none is named
	UnknownOperator   // whoever is named does not belong to the organization
	BlockedOperator   // the operator is blocked
	Authority         // the operator may not do this
	AuthorityForBrand // the operator may not do this in the brand
	AuthorityToReveal // the operator may not see the links of others
	ForeignKeys       // the keyring is another database's
	BaseURL           // the address that links lead to is not known
	Folder            // a report cannot go into its folder
	OtherDatabase     // the run is none of this database
	NoLock            // no lock has the token that is named

	NewerSchema // a newer version of the program migrated the database
	Schema      // the schema is not the one the program needs
	Denied      // the database does not let its user do this
	Withdrawn   // the operator of a run may less than when it was planned
	Guarded     // a plan does more than its guards allow
	Stale       // what a plan was made for has changed
	Locked      // another run is at work
	Fenced      // another run took over
	Away        // the database cannot be reached
	Busy        // somebody else kept the database from it
	Internal    // anything else
)

// An Error is an error that knows its class. The hint says what to try; it is
// "" where the class says all there is to say.
type Error interface {
	error
	Failure() (class Class, hint string)
}

// New gives an error a class. errors.Is and errors.As find err in it.
func New(class Class, err error) error { return &classed{err, class} }

type classed struct {
	error
	class Class
}

func (c *classed) Unwrap() error { return c.error }

// Failure tells the class; the hint is that of the class.
func (c *classed) Failure() (Class, string) { return c.class, "" }

// Find returns the error in the tree of err whose class comes first, of equal
// ones the outermost; nil where no error in it knows its class.
func Find(err error) Error {
	first, _ := err.(Error)
	for _, inner := range wrapped(err) {
		if found := Find(inner); found != nil && (first == nil || classOf(found) < classOf(first)) {
			first = found
		}
	}
	return first
}

func classOf(e Error) Class {
	class, _ := e.Failure()
	return class
}

// wrapped lists the errors that an error wraps directly.
func wrapped(err error) []error {
	if several, ok := err.(interface{ Unwrap() []error }); ok {
		return several.Unwrap()
	}
	if inner := errors.Unwrap(err); inner != nil {
		return []error{inner}
	}
	return nil
}
