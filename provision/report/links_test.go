package report

import (
	"testing"

	"muster/provision"
)

func TestFirstName(t *testing.T) {
	for name, want := range map[string]string{
		"Ann Kim":               "Ann",
		"Müller, Jörg":          "Jörg",
		"de la Cruz, Ana María": "Ana",
		"Dr. Ann Kim":           "Ann",
		"":                      "",
	} {
		v := &view{Line: provision.Line{Link: &provision.Link{Name: name}}}
		if got := firstName(v); got != want {
			t.Errorf("%q is addressed as %q, want %q", name, got, want)
		}
	}
}
