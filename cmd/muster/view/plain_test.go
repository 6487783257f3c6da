package view

import (
	"strings"
	"testing"
)

func TestNothingQuotedCommandsTheTerminal(t *testing.T) {
	var b strings.Builder
	if _, err := (plain{&b}).Write([]byte("no\x1b[2Jsuch\u202e.csv\tJürgen 🌿 \u009b31m\n")); err != nil {
		t.Fatal(err)
	}
	if want := "no\\u001b[2Jsuch\\u202e.csv\tJürgen 🌿 \\u009b31m\n"; b.String() != want {
		t.Errorf("%q, want %q", b.String(), want)
	}
}
