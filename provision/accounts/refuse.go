package accounts

import (
	"muster/dedupe"
	"muster/importer/reason"
)

// refused says why the operator may do nothing to what an account may do, ""
// if they may: nobody changes somebody above them, or themselves by accident.
func refused(a dedupe.Account, p dedupe.Policy) reason.Code {
	switch {
	case a.ID == p.Operator:
		return reason.Yourself
	case a.Above(p):
		return reason.NotAllowed
	}
	return ""
}
