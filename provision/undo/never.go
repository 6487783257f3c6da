package undo

import (
	"fmt"

	"muster/provision"
)

// never says of commands whose runs cannot be taken back why that is so.
var never = map[string]string{
	"accounts forget": "whoever was erased is gone for good",
	"accounts merge":  "what was whose of two accounts that are one cannot be told any more",
	"links show":      "whoever has seen a link has seen it",
	"links mark-sent": "links that were handed over are with their people",
	"links revoke":    "a link that has ended never opens again",
}

// Possible refuses, with a *provision.ConfigError, a run of which nothing can be
// taken back, whomever it was about.
func Possible(r provision.Run) error {
	if r.WroteNothing() {
		return &provision.ConfigError{
			Msg:  fmt.Sprintf("run %s wrote nothing: there is nothing to take back", provision.ShortRun(r.ID)),
			Hint: "muster runs lists those before it",
		}
	}
	why, is := never[r.Kind]
	if !is {
		return nil
	}
	hint := "muster audit list --run " + provision.ShortRun(r.ID) + " says what it did"
	if r.Kind == "links revoke" {
		hint = "muster links reissue gives people another one"
	}
	return &provision.ConfigError{
		Msg:  fmt.Sprintf("run %s (%s) cannot be undone: %s", provision.ShortRun(r.ID), r.Kind, why),
		Hint: hint,
	}
}
