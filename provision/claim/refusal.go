package claim

import (
	"fmt"

	"muster/provision"
)

// Unknown is the standing of a token that is none of ours, or that is told
// nothing: forged, of another site, of a key that is gone.
const Unknown provision.Standing = "unknown"

// A Refusal says that a link does not open. Its holder is told more than
// Unknown only where the link is genuine.
type Refusal struct {
	Standing provision.Standing
	View     View // empty where the standing is Unknown
}

func (r *Refusal) Error() string { return fmt.Sprintf("the link does not open: %s", r.Standing) }

// A Fault is what is wrong with one field of a form. It holds nothing that was
// typed.
type Fault struct {
	Field string // NameField, TermsField, FirstField, AgainField or an AnswerField
	Code  string // one of those below, or a password.Code
}

// The fields of forms.
const (
	NameField  = "name"
	TermsField = "terms"
	FirstField = "password"
	AgainField = "again"
)

// AnswerField is the field of a form that asks for a sign-up field.
func AnswerField(name string) string { return "answer." + name }

// The codes of faults, beside those of passwords.
const (
	Missing    = "missing"
	TooLong    = "too_long"
	Unfit      = "unfit"   // characters that cannot be kept
	NotAChoice = "choice"  // none of the choices
	NotADate   = "date"    // no date as YYYY-MM-DD
	NotAgreed  = "terms"   // not to the terms as they are now
	Differs    = "differs" // the second password from the first
)

// A FormError says that something of a form is to be corrected. The link stays
// as it was.
type FormError struct {
	View   View // of the step that the faults are of
	Faults []Fault
}

func (e *FormError) Error() string {
	return fmt.Sprintf("%d fields are to be corrected, first %s: %s", len(e.Faults), e.Faults[0].Field, e.Faults[0].Code)
}
