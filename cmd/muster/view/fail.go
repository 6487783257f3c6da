package view

import "fmt"

// Ended is how the program ends other than well: in words, with what to try.
type Ended struct {
	Code    int    `json:"code"`
	Name    string `json:"name"`
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`
}

// Fail shows an error with which the program ends. What is a wish of the person
// is not called an error.
func (o *Output) Fail(e Ended, wish bool) {
	o.logFault(e)
	switch {
	case o.common.JSON:
		EmitTo(o.Stderr, "error", o.Event("error"), e)
	case !o.Talks():
	case wish:
		fmt.Fprintf(o.Stderr, "muster: %s\n", e.Message)
	default:
		fmt.Fprintf(o.Stderr, "muster: error: %s\n", e.Message)
		if e.Hint != "" {
			fmt.Fprintf(o.Stderr, "muster: hint: %s\n", e.Hint)
		}
	}
}
